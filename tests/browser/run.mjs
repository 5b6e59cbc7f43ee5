// The journeys in a real browser. `node run.mjs [part of a name]`

import { readdirSync } from "node:fs";
import { House, startBrowser, startPortal } from "./support.mjs";

const only = process.argv[2] ?? "";
const portal = await startPortal();
const browser = await startBrowser();
const house = new House(portal, browser);
let passed = 0;
let failed = 0;

for (const file of readdirSync(new URL("./journeys/", import.meta.url)).filter((name) => name.endsWith(".mjs")).sort()) {
  const { default: journeys } = await import(`./journeys/${file}`);
  for (const [name, walk] of Object.entries(journeys)) {
    if (!`${file} ${name}`.includes(only)) continue;
    const started = Date.now();
    try {
      await walk(house);
      passed += 1;
      console.log(`ok    ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
    } catch (error) {
      failed += 1;
      console.log(`FAIL  ${name}\n      ${String(error.stack ?? error).split("\n").slice(0, 12).join("\n      ")}`);
    } finally {
      await Promise.all(browser.contexts().map((context) => context.close()));
    }
  }
}

const panics = portal.log().match(/panicked|failed request/g);
if (panics) {
  failed += 1;
  console.log(`FAIL  the portal's log tells of ${panics.length} panics or failures:\n${portal.log().split("\n").filter((line) => /panicked|ERROR/.test(line)).slice(0, 5).join("\n")}`);
}
await browser.close();
await portal.stop();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
