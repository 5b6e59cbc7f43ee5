// SC-6 through the real pages: a lesson written, read by three desks, signed, published, translated, withdrawn.

import { DESKTOP, SMALLEST, accessible, check, code, expect, fits, says, sound, words } from "../support.mjs";

const PASSWORD = "hold on to the handrail";
/** A code can be shown once; each signature of a person uses the next of those the clock lets through. */
const signed = new Map();

/** The digits a person's app shows: the one before, this one, the next; sign-in used this one. */
function digits(who) {
  const turn = signed.get(who) ?? 0;
  signed.set(who, turn + 1);
  return code(new Date(Date.parse("2026-11-24T16:00:00Z") + (turn + 1) * 30_000).toISOString());
}

async function press(page, name) {
  await page.getByRole("button", { name, exact: true }).first().click();
  await page.waitForLoadState();
}

/** Writes a lesson and hands it in; leaves the page of its variant. */
async function writes(page, itemCode) {
  await page.goto("/en/staff/content/new");
  await check(page, "editorial-01-new");
  await page.selectOption("select[name=program]", "breathe");
  await page.selectOption("select[name=kind]", "module");
  await page.selectOption("select[name=language]", "en");
  await page.fill("input[name=code]", "edu");
  await page.fill("input[name=title]", "How to breathe with your inhaler");
  await press(page, "Begin writing");
  await says(page, "such as EDU-110");
  expect((await page.inputValue("input[name=title]")) === "How to breathe with your inhaler", "what was typed is lost");
  await page.fill("input[name=code]", itemCode);
  await press(page, "Begin writing");
  await page.fill("textarea[name=summary]", "How to breathe in the medicine, step by step.");
  await page.fill("input[name='pages.1.title']", "Before you start");
  await page.fill("textarea[name='pages.1.body']", "Wash your hands.\n\nSubsequent to administration, notify your physician. See [safety](page:safety).");
  await press(page, "Save");
  await says(page, "Saved.");
  await says(page, "A plainer word");
  await check(page, "editorial-02-write");
  await page.fill("textarea[name='pages.1.body']", "Wash your hands.\n\nSit up.\n\n> [!WARNING]\n> Call 911 if you can't breathe.");
  await press(page, "Save");
  await page.goto(page.url().replace(/\/edit.*/, ""));
  await check(page, "editorial-03-draft");
  await press(page, "Hand in for review");
  await says(page, "The desks read it now");
}

/** One desk: a remark, the checklist, both factors. */
async function reviews(house, who, desk, viewport, scripts) {
  const page = await house.page({ as: who, viewport, scripts });
  await page.goto("/en/staff/reviews");
  await check(page, `editorial-04-${desk}`);
  await page.getByRole("link", { name: "How to breathe with your inhaler" }).first().click();
  await check(page, `editorial-05-${desk}`);
  await press(page, "Sign and approve");
  await says(page, "Tick every point");
  for (const tick of await page.locator("form:has(input[value=approve]) input[type=checkbox]").all()) await tick.check();
  await page.fill("input[name=password]", PASSWORD);
  await page.fill("input[name=code]", digits(who));
  await press(page, "Sign and approve");
  await says(page, "Signed.");
  await check(page, `editorial-06-${desk}`);
  await page.context().close();
}

async function walk(house, itemCode, { scripts, viewport }) {
  const priya = await house.page({ as: "priya", viewport, scripts });
  await writes(priya, itemCode);
  const variant = new URL(priya.url()).pathname;
  await reviews(house, "kwame", "medical", viewport, scripts);
  await reviews(house, "eleanor", "legal", viewport, scripts);
  await reviews(house, "nils", "regulatory", viewport, scripts);

  const slug = itemCode.toLowerCase();
  const reader = await house.page({ viewport, scripts });
  const before = await reader.goto(`/en/learn/${slug}`);
  expect(before.status() === 404, "readers have it before it is published");

  const amira = await house.page({ as: "amira", viewport, scripts });
  await amira.goto(variant);
  await check(amira, "editorial-07-approved");
  await amira.fill("input[name=password]", PASSWORD);
  await amira.fill("input[name=code]", digits("amira"));
  await press(amira, "Sign and publish");
  await says(amira, "Live.");
  for (const name of ["Dr. Kwame Osei", "Eleanor Hart", "Nils Lindqvist", "Amira Haddad"]) await says(amira, name);
  await check(amira, "editorial-08-live");

  await reader.goto(`/en/learn/${slug}`);
  await check(reader, "editorial-09-read");
  await says(reader, "Call 911 if you can't breathe.");
  expect((await words(reader)).includes("Important"), "a warning has no word of its own");

  await priya.goto(variant);
  await priya.selectOption("select[name=language]", "ar");
  await press(priya, "Begin the translation");
  await check(priya, "editorial-10-translate");
  await says(priya, "Wash your hands.");
  await priya.goto(`${variant}/preview?width=320&role=caregiver`);
  await check(priya, "editorial-11-preview");

  await amira.goto(variant);
  await amira.locator("summary", { hasText: "Withdraw" }).click();
  await amira.locator("form:has(input[value=withdraw]) textarea").fill("A test");
  await press(amira, "Withdraw now");
  await says(amira, "Withdrawn.");
  const after = await reader.goto(`/en/learn/${slug}`);
  expect(after.status() === 404, "readers still have it");
}

export default {
  "a lesson is written, signed by three desks, published and withdrawn, without scripts": (house) =>
    walk(house, "EDU-951", { scripts: false, viewport: DESKTOP }),
  async "a draft is saved while somebody writes"(house) {
    const page = await house.page({ as: "priya", viewport: DESKTOP });
    await page.goto("/en/staff/content?state=draft");
    await page.locator("tbody a").first().click();
    await page.locator("a[href$='/edit']").first().click();
    // typed at once, as quick fingers do: perhaps before the script is there
    const field = page.locator("textarea").first();
    await field.fill(`${await field.inputValue()} Ask us.`);
    await page.locator("[data-saved]", { hasText: "All changes are saved." }).waitFor();
    const words = await field.inputValue();
    await page.reload();
    expect((await page.locator("textarea").first().inputValue()) === words, "what was saved is not there");
    await sound(page);
  },
  async "an edition is compared, read and signed from right to left"(house) {
    const page = await house.page({ as: "priya", viewport: SMALLEST });
    await page.goto("/ar/staff/content?kind=faq&language=ar");
    await page.locator("tbody a").first().click();
    await sound(page);
    await accessible(page);
    await fits(page);
    await page.getByRole("link", { name: "ما الذي تغيّر" }).or(page.locator("a[href$='/compare']")).first().click();
    await sound(page);
    await accessible(page);
    await fits(page);
  },
};
