// What a page costs. `cargo xtask bench`: the release binary on one core, the load on the other, one table.

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statfsSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { House, code, signIn, startBrowser } from "./support.mjs";

const HANDRAIL = process.env.HANDRAIL_BIN;
const POSTGRES = process.env.HANDRAIL_BENCH_POSTGRES;
const SIZES = (process.env.HANDRAIL_BENCH_CASES ?? "1000,100000").split(",").map(Number);
const SECONDS = Number(process.env.HANDRAIL_BENCH_SECONDS ?? 8);
const TICKS = 100; // clock ticks a second, as /proc counts them

const rows = [];
const note = (what, value) => {
  rows.push([what, value]);
  console.log(`${what.padEnd(64)} ${value}`);
};

const read = (pid, file) => readFileSync(`/proc/${pid}/${file}`, "utf8");
/** Milliseconds of processor time a process has used. */
function cpu(pid) {
  const fields = read(pid, "stat").split(") ")[1].split(" ");
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS;
}
/** Its share of memory, in MB. */
const memory = (pid) => Number(read(pid, "smaps_rollup").match(/^Pss:\s+(\d+)/m)[1]) / 1024;

async function ready(base, child) {
  for (;;) {
    if (child.exitCode !== null) throw new Error("the portal stopped");
    if (await fetch(`${base}/readyz`).then((answer) => answer.ok, () => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Starts a command on the first core. */
function onFirstCore(args, env = {}) {
  return spawn("taskset", ["-c", "0", HANDRAIL, ...args], {
    env: { ...process.env, HANDRAIL_TELEMETRY__LEVEL: "warn", ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
}

/** Requests a second, latency, and processor time a request. */
function load(pid, url, cookie) {
  const wrk = (seconds) =>
    execFileSync("taskset", ["-c", "1", "wrk", "-t1", "-c8", `-d${seconds}s`, "--latency", "-H", `Cookie: ${cookie}`, url], { encoding: "utf8" });
  wrk(2);
  const before = cpu(pid);
  const text = wrk(SECONDS);
  const used = cpu(pid) - before;
  const requests = Number(text.match(/(\d+) requests in/)[1]);
  const failed = text.match(/Non-2xx or 3xx responses: (\d+)/);
  if (failed) throw new Error(`${failed[1]} of ${requests} requests failed at ${url}`);
  return {
    rate: Number(text.match(/Requests\/sec:\s+([\d.]+)/)[1]).toFixed(0),
    p50: text.match(/^\s+50%\s+(\S+)/m)[1],
    p99: text.match(/^\s+99%\s+(\S+)/m)[1],
    cpu: (used / requests).toFixed(2),
  };
}

const told = (result) => `${result.rate}/s, p50 ${result.p50}, p99 ${result.p99}, ${result.cpu} CPU-ms a request`;

async function measure(cases) {
  const data = mkdtempSync(join(tmpdir(), "handrail-bench-"));
  const port = 31000 + Math.floor(Math.random() * 9000);
  const base = `http://127.0.0.1:${port}`;
  const demo = ["demo", "--data", data, "--port", String(port), "--cases", String(cases)];
  if (POSTGRES) demo.push("--postgres", POSTGRES.replace("{n}", cases));
  const seeding = Date.now();
  execFileSync(HANDRAIL, [...demo, "--prepare-only"], { env: { ...process.env, HANDRAIL_TELEMETRY__LEVEL: "warn" }, stdio: "ignore" });
  note(`${cases} cases: made in`, `${((Date.now() - seeding) / 1000).toFixed(1)} s`);

  const started = performance.now();
  const child = onFirstCore(demo);
  await ready(base, child);
  await fetch(`${base}/en/`).then((answer) => answer.text());
  note(`${cases} cases: from start to the first page`, `${(performance.now() - started).toFixed(0)} ms`);
  note(`${cases} cases: memory idle`, `${memory(child.pid).toFixed(0)} MB`);

  const browser = await startBrowser();
  const house = new House({ base }, browser);
  const cookies = {};
  const at = new Date().toISOString();
  for (const who of ["dorothy", "rosa"]) {
    const page = await house.page({ scripts: false });
    await signIn(page, who, "en", code(at));
    cookies[who] = (await page.context().cookies()).map((cookie) => `${cookie.name}=${cookie.value}`).join("; ");
    await page.goto("/en/home");
    if (who === "dorothy") house.status = await page.getAttribute('main a[href*="/cases/"]', "href");
    await page.context().close();
  }
  await browser.close();

  const status = `${base}${house.status}`;
  const statusBytes = (await fetch(status, { headers: { cookie: cookies.dorothy } }).then((answer) => answer.text())).length;
  note(`${cases} cases: status page, signed in`, told(load(child.pid, status, cookies.dorothy)));
  note(`${cases} cases: memory under load`, `${memory(child.pid).toFixed(0)} MB`);
  note(`${cases} cases: worklist`, told(load(child.pid, `${base}/en/staff/worklist`, cookies.rosa)));

  if (cases === SIZES[0]) {
    await weigh(base, cookies, house.status);
    await ask(base, child.pid);
    const bare = onFirstCore(["bare", "--bytes", String(statusBytes), "--port", String(port + 1)]);
    await ready(`http://127.0.0.1:${port + 1}`, bare);
    note(`a bare axum route of the same size (${statusBytes} bytes)`, told(load(bare.pid, `http://127.0.0.1:${port + 1}/`, "a=b")));
    bare.kill();
  }
  child.kill("SIGTERM");
  await new Promise((resolve) => child.once("exit", resolve));
  await statements(demo, base, cookies.dorothy, house.status);
  rmSync(data, { recursive: true, force: true });
}

/** Bytes over the wire of the main pages, and of what they load. */
async function weigh(base, cookies, status) {
  const size = async (path, cookie = "") => {
    const answer = await fetch(`${base}${path}`, { headers: { cookie, "accept-encoding": "br" } });
    const text = await answer.text();
    return [Number(answer.headers.get("content-length")) || Buffer.byteLength(text), text];
  };
  const [, page] = await size("/en/help");
  const css = page.match(/href="(\/assets\/[^"]+\.css)"/)[1];
  const wire = (path) => Number(execFileSync("curl", ["-s", "-o", "/dev/null", "-w", "%{size_download}", "-H", "Accept-Encoding: br", `${base}${path}`], { encoding: "utf8" }));
  note("styles, compressed", `${(wire(css) / 1000).toFixed(1)} kB`);
  for (const [name, path, cookie] of [
    ["status", status, cookies.dorothy], ["home", "/en/home", cookies.dorothy], ["documents", "/en/documents", cookies.dorothy],
    ["ask", "/en/ask", cookies.dorothy], ["preferences", "/en/preferences", cookies.dorothy], ["program", "/en/programs/breathe", ""],
    ["enroll", "/en/programs/breathe/enroll", ""], ["sign in", "/en/sign-in", ""], ["worklist", "/en/staff/worklist", cookies.rosa],
  ]) {
    const [bytes, text] = await size(path, cookie);
    const scripted = /<script/.test(text);
    note(`page ${name}: HTML`, `${(bytes / 1000).toFixed(1)} kB${scripted ? ", loads the islands" : ", no script"}`);
  }
}

/** Processor time of answering, page included. */
async function ask(base, pid) {
  const questions = ["Where do I keep my inhaler?", "what does it cost", "can i take it on a plane", "i missed a dose", "who sees my data"];
  const post = (text) =>
    fetch(`${base}/en/ask?program=breathe`, {
      method: "POST", redirect: "manual", headers: { origin: base, "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ act: "ask", question: text }),
    }).then((answer) => answer.text());
  await post(questions[0]);
  const before = cpu(pid);
  for (let round = 0; round < 4; round++) for (const text of questions) await post(text);
  note("a question asked, screened, answered and stored", `${((cpu(pid) - before) / 20).toFixed(2)} CPU-ms`);
}

/** The library with twenty thousand texts in it: a search, and how it starts. */
async function library() {
  const data = mkdtempSync(join(tmpdir(), "handrail-bench-"));
  const port = 31000 + Math.floor(Math.random() * 9000);
  const base = `http://127.0.0.1:${port}`;
  const demo = ["demo", "--data", data, "--port", String(port), "--texts", "20000"];
  execFileSync(HANDRAIL, [...demo, "--prepare-only"], { env: { ...process.env, HANDRAIL_TELEMETRY__LEVEL: "warn" }, stdio: "ignore" });
  const started = performance.now();
  const child = onFirstCore(demo);
  await ready(base, child);
  note("21,000 texts: from start to ready", `${(performance.now() - started).toFixed(0)} ms`);
  note("21,000 texts: memory idle", `${memory(child.pid).toFixed(0)} MB`);
  const browser = await startBrowser();
  const page = await new House({ base }, browser).page({ scripts: false });
  await signIn(page, "priya", "en", code(new Date().toISOString()));
  const cookie = (await page.context().cookies()).map((one) => `${one.name}=${one.value}`).join("; ");
  await browser.close();
  for (const [what, query] of [["words found often", "text=dry+heat&language=es"], ["words found once", "text=number+4711"], ["words found nowhere", "text=zeppelin"]]) {
    note(`21,000 texts: search the library, ${what}`, told(load(child.pid, `${base}/en/staff/content?${query}`, cookie)));
  }
  child.kill("SIGTERM");
  await new Promise((resolve) => child.once("exit", resolve));
  rmSync(data, { recursive: true, force: true });
}

/** How many statements one status page takes. */
async function statements(demo, base, cookie, status) {
  const child = onFirstCore(demo, { HANDRAIL_TELEMETRY__LEVEL: "warn,sqlx::query=debug" });
  let log = "";
  child.stderr.on("data", (bytes) => (log += bytes));
  await ready(base, child);
  await fetch(`${base}${status}`, { headers: { cookie } }).then((answer) => answer.text());
  await new Promise((resolve) => setTimeout(resolve, 300));
  const seen = [];
  for (let round = 0; round < 5; round++) {
    log = "";
    await fetch(`${base}${status}`, { headers: { cookie } }).then((answer) => answer.text());
    await new Promise((resolve) => setTimeout(resolve, 100));
    seen.push(log.split("\n").filter((line) => /summary|db\.statement/.test(line) && !/content_release|from events|from messages|update messages|begin|commit/i.test(line)).length);
  }
  note("statements for a status page", String(Math.min(...seen)));
  child.kill("SIGTERM");
  await new Promise((resolve) => child.once("exit", resolve));
}

console.log(`${cpus()[0].model}, ${cpus().length} cores; ${POSTGRES ? "PostgreSQL" : "SQLite"}; ${(statfsSync(tmpdir()).bavail * statfsSync(tmpdir()).bsize / 1e9).toFixed(0)} GB free\n`);
for (const cases of SIZES) await measure(cases);
await library();
console.log(`\n| what | measured |\n|---|---|\n${rows.map(([what, value]) => `| ${what} | ${value} |`).join("\n")}`);
