// Every page, in every language: axe, 320 px, keyboard, no script where none is needed, nothing from elsewhere.

import { DESKTOP, LOCALES, SMALLEST, accessible, expect, fits, sound, walkByKeyboard } from "../support.mjs";

const PUBLIC = [
  "/", "/programs/breathe", "/programs/breathe/medicine", "/programs/breathe/cost", "/programs/breathe/safety",
  "/programs/clearpath", "/programs/breathe/enroll", "/learn", "/ask", "/sign-in", "/help", "/privacy", "/accessibility", "/no-such-page",
];
const PATIENT = ["/home", "/documents", "/learn", "/ask", "/preferences", "/account"];
const STAFF = {
  rosa: ["/staff/worklist", "/staff/tasks", "/staff/messages"],
  samuel: ["/staff/safety"],
  edith: ["/staff/audit"],
  priya: ["/staff/content", "/staff/content/coverage", "/staff/content/measures", "/staff/content/new"],
  kwame: ["/staff/reviews"],
};
/** Pages that hold an island, and so a script. */
const WITH_ISLAND = ["/ask", "/sign-in", "/preferences", "/account", "/documents/", "/staff/threads", "/staff/cases"];

async function checkAll(house, as, paths, viewport) {
  const page = await house.page({ as, viewport });
  const wrong = [];
  for (const locale of LOCALES) {
    for (const path of paths) {
      try {
        const answer = await page.goto(`/${locale}${path}`);
        expect(path === "/no-such-page" ? answer.status() === 404 : answer.ok(), `${page.url()} answered ${answer.status()}`);
        expect((await page.getAttribute("html", "lang")) === locale, `${page.url()} is not in ${locale}`);
        await sound(page);
        await accessible(page);
        await fits(page);
        if (!WITH_ISLAND.some((island) => path.includes(island))) {
          expect((await page.locator("script").count()) === 0, `a script on ${page.url()}`);
        }
      } catch (error) {
        wrong.push(error.message);
      }
    }
  }
  await page.context().close();
  expect(wrong.length === 0, wrong.join("\n"));
}

const journeys = {
  "public pages are sound in four languages on the smallest phone": (house) => checkAll(house, null, PUBLIC, SMALLEST),
  "public pages are sound in four languages on a desktop": (house) => checkAll(house, null, PUBLIC, DESKTOP),
  "a patient's pages are sound in four languages on the smallest phone": (house) => checkAll(house, "luis", PATIENT, SMALLEST),
  async "a patient's pages are reached by keyboard alone"(house) {
    const page = await house.page({ as: "luis" });
    for (const path of PATIENT) {
      await page.goto(`/en${path}`);
      await walkByKeyboard(page);
    }
  },
  async "a page read from right to left is laid out from right to left"(house) {
    const page = await house.page({ viewport: SMALLEST });
    await page.goto("/ar/help");
    const box = await page.locator("h1").boundingBox();
    const heading = await page.locator("h1").evaluate((element) => getComputedStyle(element).direction);
    expect(heading === "rtl" && box, "the heading is not right to left");
  },
  async "a page can be read in the dark, printed, and without motion"(house) {
    const page = await house.page({ as: "luis", colorScheme: "dark", reducedMotion: "reduce" });
    await page.goto("/en/home");
    await accessible(page);
    expect((await page.evaluate(() => document.getAnimations().length)) === 0, "something moves");
    await page.emulateMedia({ media: "print" });
    expect(!(await page.locator(".menu").isVisible()), "the menu is printed");
  },
};
for (const [who, paths] of Object.entries(STAFF)) {
  journeys[`staff pages of ${who} are sound in four languages`] = (house) => checkAll(house, who, paths, DESKTOP);
}
export default journeys;
