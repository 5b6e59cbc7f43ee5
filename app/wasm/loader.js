// Starts the islands of a page. The server adds this module only to pages that hold a <leptos-island>.
// Every page works before it ran, and goes on working if it never runs.
//
// The build replaces ./app.js and ./app.wasm by their hashed names.

// What hydration looks for: whole documents leave nothing pending.
self.__RESOLVED_RESOURCES = [];
self.__SERIALIZED_ERRORS = [];
self.__INCOMPLETE_CHUNKS = [];

let starting;

// Fetches the wasm while the glue is imported, then wakes the islands of the page. Once.
function start() {
  starting ??= load().catch((error) => {
    console.warn("The page stays plain: its islands could not start.", error);
  });
  return starting;
}

async function load() {
  const wasm = fetch(new URL("./app.wasm", import.meta.url));
  const [app] = await Promise.all([import("./app.js"), wasm]);
  await app.default({ module_or_path: wasm });
  app.hydrate();
  await walk(document.body, app, []);
  return app;
}

// Hydrates the islands in and below an element. `waiting` holds the callbacks of the children
// regions around it, innermost last: an island inside another's children starts under its owner.
async function walk(element, app, waiting) {
  if (element.localName === "leptos-island") await hydrate(element, app, waiting);
  const inside = element.localName === "leptos-children" ? [...waiting, element.$$on_hydrate] : waiting;
  for (const child of [...element.children]) await walk(child, app, inside);
}

async function hydrate(island, app, waiting) {
  const name = island.dataset.component;
  if (island.$$hydrated || !app[name]) return;
  island.$$hydrated = true;
  try {
    waiting.at(-1)?.();
    await app[name](island);
  } catch (error) {
    console.warn(`The island ${name} stays plain.`, error);
  }
}

// For whoever swaps a region: `rest` before its islands leave the page, `wake` after new ones came.
window.islands = {
  rest(region) {
    for (const island of region.querySelectorAll("leptos-island")) {
      island.$$dispose?.();
      delete island.$$dispose;
    }
  },
  async wake(region) {
    const app = await start();
    const around = region.closest("leptos-children")?.$$on_hydrate;
    if (app) await walk(region, app, around ? [around] : []);
  },
};

// When: at the first touch of a form with an island, or as soon as the browser has nothing better to do.
// Someone who saves data only pays for what they touch.
for (const touch of ["pointerdown", "focusin", "keydown"]) {
  document.addEventListener(touch, (event) => event.target.closest?.("form")?.querySelector("leptos-island") && start(), {
    capture: true,
    passive: true,
  });
}
if (!navigator.connection?.saveData) {
  if ("requestIdleCallback" in window) requestIdleCallback(start, { timeout: 2000 });
  else setTimeout(start, 200);
}
