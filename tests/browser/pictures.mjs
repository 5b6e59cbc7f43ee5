// The pictures that matter, into docs/pictures. `cargo xtask pictures`; the clock stands still, so they repeat.

import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { DESKTOP, House, PHONE, startBrowser, startPortal } from "./support.mjs";

const OUT = fileURLToPath(new URL("../../docs/pictures/", import.meta.url));

/** Name, who, language, address, screen and the rest. An address may be a function of the page. */
const PICTURES = [
  ["program.en.phone", null, "en", "/programs/breathe", PHONE],
  ["enroll.es.phone", null, "es", enrollment, PHONE],
  ["sign-in.en.desktop", null, "en", "/sign-in", DESKTOP],
  ["home.ar.phone", "layla", "ar", "/home", PHONE],
  ["status.en.phone", "dorothy", "en", ownCase, PHONE],
  ["status.ar.phone", "layla", "ar", ownCase, PHONE],
  ["status.en.dark", "dorothy", "en", ownCase, DESKTOP, { colorScheme: "dark" }],
  ["documents.es.phone", "luis", "es", "/documents", PHONE],
  ["learn.vi.phone", null, "vi", "/learn", PHONE],
  ["ask.en.phone", "dorothy", "en", question, PHONE],
  ["preferences.en.desktop", "dorothy", "en", "/preferences", DESKTOP],
  ["worklist.en.desktop", "rosa", "en", "/staff/worklist", DESKTOP],
  // the editorial room
  ["library.en.desktop", "priya", "en", "/staff/content?kind=module", DESKTOP],
  ["library.ar.desktop", "priya", "ar", "/staff/content?kind=faq&language=ar", DESKTOP],
  ["editor.en.desktop", "priya", "en", draft, DESKTOP],
  ["review.en.desktop", "kwame", "en", review, DESKTOP],
  ["review.ar.desktop", "kwame", "ar", review, DESKTOP],
  ["compare.en.desktop", "eleanor", "en", comparison, DESKTOP],
  ["signatures.ar.desktop", "priya", "ar", signatures, DESKTOP],
  ["lesson.en.phone", "dorothy", "en", lesson, PHONE],
  // the assistant: an answer, a choice, a person, an emergency
  ["answer.ar.phone", null, "ar", asking("أين أحفظ البخاخ؟"), PHONE],
  ["choice.en.phone", null, "en", asking("inhaler after a cold"), PHONE],
  ["person.en.phone", null, "en", asking("I want to talk to a person"), PHONE],
  ["person.ar.phone", null, "ar", asking("أريد التحدث مع شخص"), PHONE],
  ["emergency.en.phone", null, "en", asking("I can't breathe and my lips are swelling"), PHONE],
  ["emergency.ar.phone", null, "ar", asking("لا أستطيع التنفس وشفتاي متورمتان"), PHONE],
  // the safety desk
  ["safety.en.desktop", "samuel", "en", "/staff/safety", DESKTOP],
  ["record.en.desktop", "samuel", "en", record, DESKTOP],
  ["record.ar.desktop", "samuel", "ar", record, DESKTOP],
  ["reconciliation.en.desktop", "samuel", "en", "/staff/safety/reconciliation", DESKTOP],
  ["questions.en.desktop", "priya", "en", "/staff/questions", DESKTOP],
];

async function lesson(page, locale) {
  await page.goto(`/${locale}/learn/edu-103/1`);
  await page.locator("video").scrollIntoViewIfNeeded();
  await page.waitForTimeout(1_000);
}

function asking(words) {
  return async (page, locale) => {
    await page.goto(`/${locale}/ask?program=breathe`);
    await page.getByRole("textbox").fill(words);
    await page.locator("main form:has(textarea) button[type=submit]").first().click();
    await page.waitForLoadState("networkidle");
  };
}

async function record(page, locale) {
  await page.goto(`/${locale}/staff/safety`);
  await page.locator("main tbody a").first().click();
  const taken = page.locator("form:has(input[value=acknowledge]) button");
  if (await taken.count()) await taken.click();
}

async function draft(page, locale) {
  await page.goto(`/${locale}/staff/content?state=draft`);
  await page.locator("tbody a").first().click();
  await page.locator("a[href$='/edit']").first().click();
}

async function review(page, locale) {
  await page.goto(`/${locale}/staff/reviews`);
  await page.locator("tbody a").first().click();
}

async function comparison(page, locale) {
  await review(page, locale);
  await page.locator("a[href$='/compare']").first().click();
}

async function signatures(page, locale) {
  await page.goto(`/${locale}/staff/content?kind=module&language=ar&state=live`);
  await page.locator("tbody a").first().click();
}

async function ownCase(page, locale) {
  await page.goto(`/${locale}/home`);
  await page.click(`main a[href*="/cases/"]`);
}

async function enrollment(page, locale) {
  await page.goto(`/${locale}/programs/breathe/enroll`);
  await page.click("main form button[type=submit]");
}

async function question(page, locale) {
  await page.goto(`/${locale}/ask`);
  await page.fill("main textarea, main input[name=text]", "Where do I keep my inhaler?");
  await page.click("main form:has(textarea, input[name=text]) button[type=submit]");
  await page.waitForLoadState("networkidle");
}

mkdirSync(OUT, { recursive: true });
const portal = await startPortal();
const browser = await startBrowser();
const house = new House(portal, browser);
let failed = 0;
for (const [name, as, locale, where, viewport, options] of PICTURES) {
  const page = await house.page({ as, viewport, reducedMotion: "reduce", ...options });
  try {
    if (typeof where === "function") await where(page, locale);
    else await page.goto(`/${locale}${where}`);
    // what sticks to the screen stands where a reader begins
    await page.evaluate(() => scrollTo(0, 0));
    await page.screenshot({ path: `${OUT}${name}.png`, fullPage: viewport !== DESKTOP });
    console.log(`${name}.png`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL ${name}: ${error.message.split("\n")[0]}`);
  }
  await page.context().close();
}
await browser.close();
await portal.stop();
process.exit(failed > 0 ? 1 : 0);
