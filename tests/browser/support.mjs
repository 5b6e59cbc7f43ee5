// A portal of its own, a real browser, and the checks every page must pass.

import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

export const LOCALES = ["en", "es", "vi", "ar"];
export const PHONE = { width: 390, height: 844 };
export const SMALLEST = { width: 320, height: 568 };
export const DESKTOP = { width: 1280, height: 900 };
/** Tuesday 2026-11-24, 10:00 in Chicago. */
export const CLOCK = "2026-11-24T16:00:00Z";

const PASSWORD = "hold on to the handrail";
const TOTP = "IPWVN7YYB7AUOH6HCOPHHWVO4MEKSHCK";
const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** The demonstration with its clock stopped, in a folder that goes away. */
export async function startPortal() {
  const handrail = process.env.HANDRAIL_BIN;
  if (!handrail) throw new Error("HANDRAIL_BIN is not set: run `cargo xtask test --only browser`");
  const data = mkdtempSync(join(tmpdir(), "handrail-browser-"));
  const port = await freePort();
  let log = "";
  const child = spawn(handrail, ["demo", "--data", data, "--port", String(port), "--clock", CLOCK], {
    env: { ...process.env, HANDRAIL_TELEMETRY__LEVEL: "warn" },
  });
  child.stdout.on("data", (bytes) => (log += bytes));
  child.stderr.on("data", (bytes) => (log += bytes));
  const base = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries++) {
    if (child.exitCode !== null) throw new Error(`the portal stopped:\n${log}`);
    const ready = await fetch(`${base}/readyz`).then((answer) => answer.ok, () => false);
    if (ready) break;
    if (tries > 600) throw new Error(`the portal does not get ready:\n${log}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return {
    base,
    data,
    log: () => log,
    async stop() {
      child.kill("SIGTERM");
      await new Promise((resolve) => (child.exitCode === null ? child.once("exit", resolve) : resolve()));
      rmSync(data, { recursive: true, force: true });
    },
  };
}

export function startBrowser() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
}

/** The six digits an authenticator shows at the portal's time. */
export function code(at = CLOCK) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...TOTP].map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.parse(at) / 30_000)));
  const mac = createHmac("sha1", key).update(step).digest();
  const offset = mac[19] & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** Everything a journey works with. */
export class House {
  constructor(portal, browser) {
    this.portal = portal;
    this.browser = browser;
    this.sessions = new Map();
  }

  /** A page of a person with a device of their own. */
  async page({ scripts = true, viewport = PHONE, as = null, ...options } = {}) {
    const storageState = as ? await this.session(as) : undefined;
    const context = await this.browser.newContext({
      baseURL: this.portal.base, javaScriptEnabled: scripts, viewport, storageState, ...options,
    });
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    page.problems = [];
    page.scripts = scripts;
    page.on("pageerror", (error) => page.problems.push(`script error: ${error.message}`));
    page.on("console", (message) => {
      if (/Content Security Policy|Refused to/.test(message.text())) page.problems.push(message.text());
    });
    page.on("request", (request) => {
      if (!request.url().startsWith(this.portal.base) && !/^(data|blob):/.test(request.url())) {
        page.problems.push(`asked elsewhere: ${request.url()}`);
      }
    });
    return page;
  }

  /** Signs in once for each person; staff with the second step. */
  async session(who) {
    if (!this.sessions.has(who)) {
      const page = await this.page({ scripts: false });
      await signIn(page, who);
      this.sessions.set(who, await page.context().storageState());
      await page.context().close();
    }
    return this.sessions.get(who);
  }
}

export async function signIn(page, who, locale = "en", digits = code()) {
  await page.goto(`/${locale}/sign-in`);
  await page.fill("input[name=email]", `${who}@${PATIENTS.includes(who) ? "patients" : "staff"}.example`);
  await page.fill("input[name=password]", PASSWORD);
  await page.click("form:has(input[name=password]) button[type=submit]");
  if (page.url().includes("second-step")) {
    await page.fill("input[name=code]", digits);
    await page.click("form:has(input[name=code]) button[type=submit]");
  }
  expect(!page.url().includes("sign-in"), `${who} could not sign in: ${await page.innerText("main")}`);
}

const PATIENTS = ["luis", "dorothy", "layla", "mai", "jonas"];

export function expect(condition, message) {
  if (!condition) throw new Error(message);
}

/** axe finds nothing. */
export async function accessible(page) {
  if (page.scripts === false) return withScripts(page, accessible);
  await page.evaluate(AXE);
  const result = await page.evaluate(() =>
    // eslint-disable-next-line no-undef
    axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }),
  );
  const found = result.violations.map(
    (violation) => `${violation.id}: ${violation.help} (${violation.nodes.map((node) => node.target.join(" ")).join(", ")})`,
  );
  expect(found.length === 0, `axe on ${page.url()}:\n  ${found.join("\n  ")}`);
}

/** axe is a script: a page without scripts is looked at as a copy, which runs nothing of its own. */
async function withScripts(page, look) {
  const [html, url] = [await page.content(), page.url()];
  const context = await page.context().browser().newContext({ viewport: page.viewportSize() });
  const copy = await context.newPage();
  await copy.route("**/*", (route) => {
    const kind = route.request().resourceType();
    if (kind === "document") return route.fulfill({ body: html, contentType: "text/html; charset=utf-8" });
    return kind === "stylesheet" ? route.continue() : route.abort();
  });
  await copy.goto(url);
  await look(copy);
  await context.close();
}

/** Nothing is wider than the screen, but what scrolls in a region of its own. */
export async function fits(page) {
  const wide = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width + 1) return [];
    return [...document.querySelectorAll("body *")]
      .filter((element) => !element.closest(".table-region, .hidden, .skip"))
      .filter((element) => {
        const box = element.getBoundingClientRect();
        return box.width > 0 && (box.right > width + 1 || box.left < -1);
      })
      .slice(0, 5)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className}: ${element.textContent.slice(0, 40)}`);
  });
  expect(wide.length === 0, `wider than the screen on ${page.url()}:\n  ${wide.join("\n  ")}`);
}

/** Every press of Tab leads to something that shows it has the focus and is not hidden behind another. */
export async function walkByKeyboard(page, most = 60) {
  await page.evaluate(() => document.activeElement?.blur());
  const seen = [];
  for (let press = 0; press < most; press++) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const style = getComputedStyle(element);
      // the ring may stand on the whole block the link covers
      const around = [style, getComputedStyle(element, "::after"), getComputedStyle(element, "::before")];
      for (let up = element.parentElement, n = 0; up && n < 3; up = up.parentElement, n++) around.push(getComputedStyle(up));
      const shown = around.some((one) => one.outlineStyle !== "none" || one.boxShadow !== "none") || element.matches("input[type=radio], input[type=checkbox]");
      return { name: element.tagName + "#" + element.id + " " + (element.textContent || element.getAttribute("name") || "").trim().slice(0, 30), shown };
    });
    if (!stop) break;
    expect(stop.shown, `no focus ring on ${stop.name} at ${page.url()}`);
    seen.push(stop.name);
  }
  expect(seen.length > 2, `nothing to reach by keyboard at ${page.url()}`);
  return seen;
}

/** What every page keeps, whoever reads it. */
export async function sound(page) {
  expect(page.problems.length === 0, `${page.url()}: ${page.problems.join("; ")}`);
  expect((await page.locator("h1").count()) === 1, `not one h1 on ${page.url()}`);
  const text = await page.innerText("body");
  expect(!/%\{\w+\}|\{\w+\}/.test(text), `a place was not filled on ${page.url()}: ${text.match(/.{0,30}\{\w+\}.{0,30}/)?.[0]}`);
  // the audit trail shows the codes of acts as they are
  const key = !page.url().includes("/staff/audit") && text.match(/\b(common|case|document|consent|content|events|cases|sessions|account|public|learn|enrollments|consents|documents|assistant|safety|worklist|tasks|audit|messages|errors|problem)\.[a-z_]+(\.[a-z_]+)*\b/);
  expect(!key, `a key instead of words on ${page.url()}: ${key?.[0]}`);
}

/** All a page must keep in the state a journey has brought it to, and its picture where pictures are wanted. */
export async function check(page, picture) {
  if (picture) await shot(page, picture);
  await sound(page);
  await fits(page);
  await accessible(page);
}

/** A picture of the whole page, into the folder `HANDRAIL_SHOTS` names. */
export async function shot(page, name) {
  const folder = process.env.HANDRAIL_SHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/** Does what leads to another page and answers with that page's response. */
export async function leads(page, act) {
  const [answer] = await Promise.all([page.waitForNavigation(), act()]);
  return answer;
}

/** The button or link of the page's own part, by its whole name. */
export function named(page, role, name) {
  return page.locator("main").getByRole(role, { name, exact: true });
}

/** Presses a button and answers with the page it led to. */
export const press = (page, name) => leads(page, () => named(page, "button", name).click());

/** Follows a link and answers with the page it led to. */
export const follow = (page, name) => leads(page, () => named(page, "link", name).click());

/** What the page's own part says, with every kind of space as one. */
export async function words(page) {
  return (await page.innerText("main")).replace(/\s+/g, " ");
}

const holds = (text, sentence) => (sentence instanceof RegExp ? sentence.test(text) : text.includes(sentence));

/** The page says all of this. */
export async function says(page, ...sentences) {
  const text = await words(page);
  for (const sentence of sentences) {
    expect(holds(text, sentence), `${page.url()} does not say "${sentence}":\n      ${text.slice(0, 1500)}`);
  }
}

export async function saysNot(page, ...sentences) {
  const text = await words(page);
  for (const sentence of sentences) expect(!text.includes(sentence), `${page.url()} says "${sentence}"`);
}

/** A form came back: the same words at its top, where they have the focus, and at its field, where they lead. */
export async function refused(page, answer, field, sentence) {
  expect(answer.status() === 422, `${page.url()} answered ${answer.status()}, not 422`);
  const title = await page.title();
  const prefix = { en: "Error", es: "Error", vi: "Lỗi", ar: "خطأ" }[await page.getAttribute("html", "lang")];
  expect(title.startsWith(prefix), `the title does not begin with the error: ${title}`);
  const summary = page.locator("#error-summary");
  expect((await summary.count()) === 1, `${await summary.count()} summaries of what is wrong on ${page.url()}`);
  expect((await summary.getByRole("link", { name: sentence }).count()) === 1, `the summary does not say "${sentence}": ${await summary.innerText()}`);
  expect(await summary.evaluate((element) => element === document.activeElement), "the summary does not have the focus");
  const input = page.locator(`[id="${field}"]`);
  const described = await input.evaluate((element) => {
    const ids = [element, element.closest("fieldset")].map((one) => one?.getAttribute("aria-describedby") ?? "").join(" ");
    return ids.split(/\s+/).map((id) => (id ? document.getElementById(id)?.textContent : "")).join(" ");
  });
  expect(holds(described, sentence), `${field} is not described by "${sentence}" but by "${described}"`);
  await summary.getByRole("link", { name: sentence }).click();
  expect(await input.evaluate((element) => element === document.activeElement), `the summary does not lead to ${field}`);
}

/** Presses Tab until the focus stands on what the selector names. */
export async function tabTo(page, selector, most = 120) {
  for (let presses = 0; presses < most; presses++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
  }
  throw new Error(`Tab does not lead to ${selector} on ${page.url()}`);
}

/** Chooses among radio buttons as a keyboard does: Space for the first, arrows for the others. */
export async function pickByKeyboard(page, name, value) {
  await tabTo(page, `input[name="${name}"]`);
  await page.keyboard.press("Space");
  for (let presses = 0; presses < 12; presses++) {
    if (await page.isChecked(`input[name="${name}"][value="${value}"]`)) return;
    await page.keyboard.press("ArrowDown");
  }
  throw new Error(`the arrows do not lead to ${value} of ${name}`);
}

/** Presses Enter on what has the focus and answers with the page it led to. */
export const enter = (page) => leads(page, () => page.keyboard.press("Enter"));
