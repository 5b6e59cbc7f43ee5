// SC-4: what people ask, and who answers. Approved words or a person, never anything made up; what tells of harm goes to
// the safety officer. And the two things people decide by themselves: whom they hear from, and staff where a case goes.

import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  DESKTOP, PHONE, SMALLEST, check, enter, expect, leads, named, press, refused, says, saysNot, tabTo,
} from "../support.mjs";

const ASK = "/es/ask";
const CASE = "BR-2026-000187";
const RASH = "Desde que lo uso me sale un sarpullido y me pica mucho";
const BREATH = "me cuesta respirar y tengo los labios hinchados";

/** Asks, and answers with what the portal says to it: everything after the question. */
async function ask(page, question) {
  const turns = page.locator("[role=log] article.turn");
  const before = await turns.count();
  await page.getByRole("textbox").fill(question);
  await named(page, "button", "Enviar").click();
  await turns.nth(before).waitFor();
  expect((await turns.nth(before).innerText()).includes(question), "the question does not stand in the conversation");
  await turns.nth(before + 1).waitFor();
  return turns.nth(before + 1);
}

/** What an answer says, with every kind of space as one. */
const said = async (turn) => (await turn.innerText()).replace(/\s+/g, " ");

function holds(text, ...sentences) {
  for (const sentence of sentences) expect(text.includes(sentence), `no "${sentence}" in: ${text}`);
}

function lacks(text, ...sentences) {
  for (const sentence of sentences) expect(!text.includes(sentence), `"${sentence}" in: ${text}`);
}

/** 1: the approved words, their title, when they were checked, and how to check them oneself. */
async function approvedAnswer(luis, shots) {
  const answer = await ask(luis, "¿Dónde guardo el inhalador?");
  const text = await said(answer);
  holds(
    text,
    "¿Dónde guardo el inhalador?",
    "Guárdelo en un lugar seco, a temperatura ambiente, entre 68 y 77°F (20 a 25°C). Una repisa o un cajón del dormitorio está bien. No lo guarde en el baño, en el refrigerador ni en un carro caliente.",
    "Tírelo después de 6 semanas, o cuando el contador muestre 0.",
    "edición 4, revisado el 30 de septiembre de 2026",
  );
  await answer.locator("details summary", { hasText: "Cómo se aprobó" }).click();
  holds(await said(answer), "FAQ-012", "Tres personas firmaron exactamente estas palabras");
  await check(luis, `${shots}-01-answered`);
}

/** 3: his own case, and the way to it. */
async function ownStatus(luis, shots) {
  const answer = await ask(luis, "¿Cuándo llega mi pedido?");
  const status = answer.locator(".own-status h3");
  holds(await said(answer), "Cómo va su caso", CASE);
  const short = await status.innerText();
  await check(luis, `${shots}-02-personal`);
  await leads(luis, () => answer.getByRole("link", { name: "Ver su caso" }).click());
  await says(luis, CASE, short);
  await luis.goto(ASK);
}

/** 4: the approved safety words, and no answer from the library. */
async function safety(luis, shots) {
  const answer = await ask(luis, RASH);
  const text = await said(answer);
  holds(text, "Gracias por contarnos", "una persona de nuestro equipo de seguridad lo lee", "1-800-FDA-1088", "1-800-555-0142", "Llame al 911");
  lacks(text, "Aprobado en revisión", "FAQ-", "edición");
  await check(luis, `${shots}-03-safety`);
}

/** 5: the number to call before anything else. */
async function emergency(luis, shots) {
  const answer = await ask(luis, BREATH);
  const text = await said(answer);
  holds(text, "Llame al 911 ahora", "No espere nuestra respuesta", "Gracias por contarnos");
  expect(text.indexOf("Llame al 911 ahora") < text.indexOf("Gracias por contarnos"), `911 does not come first: ${text}`);
  lacks(text, "Aprobado en revisión", "FAQ-", "edición");
  // and above everything else on the page, large
  const first = luis.locator("main .ask-now a[href='tel:911']");
  expect((await first.count()) === 1, "the number does not stand at the top of the page");
  const size = await first.evaluate((link) => parseFloat(getComputedStyle(link.closest(".phone") ?? link).fontSize));
  expect(size >= 32, `the number at the top is ${size}px`);
  const call = answer.locator("[role=alert]").getByRole("link", { name: "911" }).first();
  expect((await call.getAttribute("href")) === "tel:911", "911 cannot be pressed");
  await check(luis, `${shots}-04-emergency`);
}

/** 2: nothing approved: a person is offered, once; then a person has it, and says until when. */
async function handedOver(luis, shots) {
  const answer = await ask(luis, "¿Puedo tomarlo con warfarina?");
  const text = await said(answer);
  holds(text, "No tengo una respuesta aprobada para eso, y no adivino sobre su salud.");
  lacks(text, "Aprobado en revisión", "FAQ-", "24 nov 2026, 18:00");
  const person = named(luis, "button", "Hablar con una persona");
  expect((await person.count()) === 1, `a person is offered ${await person.count()} times`);
  await check(luis, `${shots}-05-offered`);
  const turns = luis.locator("[role=log] article.turn");
  const before = await turns.count();
  await person.click();
  await turns.nth(before + 1).waitFor();
  holds(await said(turns.nth(before + 1)), "24 nov 2026, 18:00");
  await says(luis, "Una persona de nuestro equipo lee su pregunta.");
  expect((await named(luis, "button", "Hablar con una persona").count()) === 0, "a person is offered twice");
  await check(luis, `${shots}-05-handed-over`);
}

/** Medical information finds it among the tasks, takes it and answers; the patient reads it without a name. */
async function personAnswers(house, luis, reply, shots) {
  const lena = await house.page({ as: "lena", viewport: DESKTOP });
  await lena.goto("/en/staff/tasks?whose=all&kind=answer_thread");
  const row = lena.locator("main tr", { hasText: CASE });
  expect((await row.count()) === 1, `${await row.count()} questions of his to answer`);
  await check(lena, `${shots}-06-tasks`);
  await leads(lena, () => row.getByRole("link", { name: "Answer a question" }).click());
  await says(lena, "Luis Ruiz", "¿Puedo tomarlo con warfarina?", "No approved answer. A person was offered.", "Handed over to a person.", "Medical information", "Español");
  await check(lena, `${shots}-07-thread`);
  await press(lena, "I am reading this");
  await says(lena, "The patient sees that a person reads it.");
  await luis.goto(ASK);
  await says(luis, "Una persona de nuestro equipo atiende esta conversación.");
  await refused(lena, await press(lena, "Send the answer"), "reply", "Write your answer");
  await lena.fill("[name=reply]", reply);
  await press(lena, "Send the answer");
  await says(lena, "Your answer is sent.", reply);
  await check(lena, `${shots}-08-answered`);
  await luis.goto(ASK);
  await says(luis, reply, "Nuestro equipo de información médica");
  await saysNot(luis, "Lena", "Fischer");
  await check(luis, `${shots}-09-reply`);
  await press(lena, "Give it back to the assistant");
  await says(lena, "The assistant answers again.");
  await lena.context().close();
}

/** The records of his case that nobody has looked at, as the safety officer sees them. */
const waiting = (samuel, kind) =>
  samuel.locator("main tr[data-state=flagged]", { hasText: CASE }).filter({ hasText: kind });

/** Pharmacovigilance finds the report in the folder both sides know, and lays its answer beside it. */
async function answered(house, record) {
  const folder = join(house.portal.data, "safety");
  const report = join(folder, "outbox", `${record}-1.xml`);
  await until(() => existsSync(report), "the report is not laid out");
  const sample = readFileSync(new URL("../../e2b/R3ack-positive.ack", import.meta.url), "utf8");
  const named = /extension="[^"]*"( root="2\.16\.840\.1\.113883\.3\.989\.2\.1\.3\.22")/;
  expect(named.test(sample), "the published answer names no batch");
  const inbox = join(folder, "inbox");
  writeFileSync(join(inbox, `${record}.part`), sample.replace(named, `extension="${record}-1"$1`));
  renameSync(join(inbox, `${record}.part`), join(inbox, `${record}.ack`));
  await until(() => existsSync(join(folder, "done", `${record}.ack`)), "the answer is not read");
}

async function until(holds, otherwise) {
  for (let tries = 0; !holds(); tries++) {
    expect(tries < 300, otherwise);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** One record: its clocks, its words, its four criteria; taken on, sent, and closed when they have it. */
async function settles(house, samuel, kind, sentence, shots) {
  await samuel.goto("/en/staff/safety");
  const row = waiting(samuel, kind);
  expect((await row.count()) === 1, `${await row.count()} records of ${kind} wait`);
  const line = (await row.innerText()).replace(/\s+/g, " ");
  holds(line, "4 h 0 min left", "24 h 0 min left", "4 of 4", "Question to the assistant", "Not looked at", "Español");
  await check(samuel, `${shots}-queue`);
  await leads(samuel, () => row.getByRole("link").first().click());
  const record = (await samuel.innerText("h1")).trim();
  await says(samuel, sentence, "What makes a report: 4 of 4", "Luis Ruiz", "The patient");
  expect((await samuel.locator("blockquote mark").count()) > 0, "the words that counted are not marked");
  await check(samuel, `${shots}-record`);
  await press(samuel, "I have read this");
  await says(samuel, "Your name is on the record now.", "Samuel Park", "24 h 0 min left");
  await refused(samuel, await press(samuel, "Save the assessment"), "as", "Choose what it was");
  await samuel.check("[name=as][value=ae]");
  await press(samuel, "Save the assessment");
  await says(samuel, "The assessment is saved.", "Assessed by");
  await press(samuel, "Send to pharmacovigilance");
  await says(samuel, "The report is on its way.");
  await saysNot(samuel, "Close the record");
  await check(samuel, `${shots}-sent`);
  await answered(house, record);
  await samuel.reload();
  await says(samuel, "Taken by pharmacovigilance", "33439257");
  await samuel.fill("[name=reason]", "Called the patient. Pharmacovigilance has it.");
  await press(samuel, "Close the record");
  await says(samuel, "The record is closed.", "Side effect", "Pharmacovigilance has it.");
  await check(samuel, `${shots}-closed`);
  await samuel.goto("/en/staff/safety?show=closed");
  await says(samuel, record);
}

/** The five questions of SC-4, and everybody behind them. */
async function asksFive(house, { scripts, viewport, shots }) {
  const luis = await house.page({ as: "luis", scripts, viewport });
  await luis.goto(ASK);
  if (scripts) await luis.locator("form[data-enhance][data-awake]").first().waitFor({ state: "attached" });
  holds(await said(luis.locator("#urgent")), "En una emergencia, no escriba. Llame al 911");
  await refused(luis, await refusedAt(luis, scripts), "question", "Escriba su pregunta");
  await approvedAnswer(luis, shots);
  await ownStatus(luis, shots);
  await safety(luis, shots);
  await emergency(luis, shots);
  await handedOver(luis, shots);
  await personAnswers(house, luis, `Consulte primero con su médico. ${shots}`, shots);

  const samuel = await house.page({ as: "samuel", viewport: DESKTOP });
  await settles(house, samuel, "Side effect", RASH, `${shots}-10-side-effect`);
  await settles(house, samuel, "Emergency", BREATH, `${shots}-11-emergency`);
}

/** An empty question: a page without scripts, a part of the page with them; the answer is 422 both ways. */
async function refusedAt(page, scripts) {
  if (!scripts) return press(page, "Enviar");
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === "POST"),
    named(page, "button", "Enviar").click(),
  ]);
  await page.locator("#error-summary").waitFor();
  return answer;
}

/** The choice of text messages, on the page of choices. */
const texts = (page) => page.locator("li.preference", { has: page.locator("input[name=channel][value=sms]") })
  .filter({ has: page.locator("input[name=purpose][value=program_services]") });

/** Says the other thing by keyboard: one press, and the row offers the way back. */
async function turnsRound(page, act, next) {
  const form = (act) => `[id="${row}"] form:has(input[name=act][value=${act}])`;
  const row = await texts(page).getAttribute("id");
  await tabTo(page, `${form(act)} button`);
  await page.keyboard.press("Enter");
  await page.locator(form(next)).waitFor();
}

/** No and yes take the same steps, hold at once, and stand in the history. */
async function changesHisMind(house) {
  const luis = await house.page({ as: "luis", viewport: PHONE });
  await luis.goto("/es/preferences");
  const entries = async () => (await texts(luis).locator(".consent-history").textContent()).match(/en esta página/g)?.length ?? 0;
  const before = await entries();
  const fields = async () => texts(luis).locator("form input:not([type=hidden]), form select, form textarea").count();
  const toSayNo = await fields();
  await check(luis, "preferences-01-before");
  await turnsRound(luis, "withdraw", "give");
  await says(luis, "Guardado", "Usted dijo que no: Mensajes de texto sobre mi caso.");
  expect((await fields()) === toSayNo, "a yes asks for more than a no");
  await check(luis, "preferences-02-no");
  await turnsRound(luis, "give", "withdraw");
  await says(luis, "Guardado", "Usted dijo que sí: Mensajes de texto sobre mi caso.");
  await tabTo(luis, `[id="${await texts(luis).getAttribute("id")}"] details:has(.consent-history) summary`);
  await luis.keyboard.press("Enter");
  await texts(luis).locator(".consent-history").waitFor();
  expect((await entries()) === before + 2, `${await entries()} answers on this page, not ${before + 2}`);
  const newest = (await texts(luis).locator(".consent-history li").first().innerText()).replace(/\s+/g, " ");
  holds(newest, "Sí", "24 nov 2026", "en esta página", "Español");
  await check(luis, "preferences-03-yes");
}

/** Staff move Dorothy's case on by keyboard: not without a reason, and she reads where it stands. */
async function movesACase(house) {
  const rosa = await house.page({ as: "rosa", viewport: DESKTOP });
  const dorothy = await house.page({ as: "dorothy", viewport: PHONE });
  await dorothy.goto("/en/home");
  const before = await dorothy.locator(".case-card h2").innerText();
  const number = (await dorothy.innerText("main")).match(/BR-2026-\d{6}/)[0];
  await rosa.goto("/en/staff/worklist?view=all&program=breathe&stage=therapy_start_confirmed&language=en");
  const row = rosa.locator("main tr", { hasText: number }).locator("th a");
  await tabTo(rosa, `main th a[href="${await row.getAttribute("href")}"]`, 300);
  await enter(rosa);
  await says(rosa, "Dorothy Hale", before);
  await chooses(rosa, "refill_due");
  await tabTo(rosa, "form:has(input[name=act][value=advance]) button");
  await refused(rosa, await enter(rosa), "advance-reason", "Write the reason");
  expect((await rosa.inputValue("[name=to]")) === "refill_due", "the status that was chosen is lost");
  await check(rosa, "advance-01-refused");
  await rosa.keyboard.type("The pharmacy confirms the first dispense.");
  await tabTo(rosa, "form:has(input[name=act][value=advance]) button");
  await enter(rosa);
  await says(rosa, "The case has moved. The patient sees it now.", "The pharmacy confirms the first dispense.", "Rosa Delgado");
  await check(rosa, "advance-02-moved");
  await dorothy.goto("/en/home");
  const after = await dorothy.locator(".case-card h2").innerText();
  expect(after !== before, `her page still says: ${after}`);
  await saysNot(dorothy, "The pharmacy confirms the first dispense.");
  await check(dorothy, "advance-03-home");
}

/** Chooses the new status as a keyboard does: arrows, one by one. */
async function chooses(rosa, status) {
  await tabTo(rosa, "select[name=to]");
  for (let presses = 0; presses < 30; presses++) {
    if ((await rosa.inputValue("select[name=to]")) === status) return;
    await rosa.keyboard.press("ArrowDown");
  }
  throw new Error(`the arrows do not lead to ${status}`);
}

/** A visitor asks in another language, is offered it without the words in an address, and says what the answer was worth;
 *  an author finds what could not be answered. */
async function learnsFromPeople(house) {
  const visitor = await house.page({ scripts: false, viewport: SMALLEST });
  await visitor.goto("/en/ask?program=breathe");
  await visitor.getByRole("textbox").fill("¿Dónde guardo el inhalador?");
  await press(visitor, "Send");
  await says(visitor, "On this page we answer in English", "Podemos contestarle en ese idioma.");
  await check(visitor, "learns-01-other-language");
  await press(visitor, "Preguntar en este idioma: Español");
  expect(visitor.url().includes("/es/ask") && !visitor.url().includes("inhalador"), `the address is ${visitor.url()}`);
  await says(visitor, "edición 4", "¿Le sirvió esta respuesta?");
  await check(visitor, "learns-02-answered");
  await press(visitor, "No");
  await says(visitor, "Gracias por contarnos.");
  const priya = await house.page({ as: "priya", viewport: DESKTOP });
  await priya.goto("/en/staff/questions?program=breathe&language=es");
  await says(priya, "¿Dónde guardo el inhalador?", "The answer did not help", "Week by week");
  await check(priya, "learns-03-questions");
  const row = priya.locator("main tr", { hasText: "¿Dónde guardo el inhalador?" });
  await leads(priya, () => row.getByRole("link", { name: "Look at it" }).click());
  await says(priya, "Another way to ask something approved", "A new answer");
  await check(priya, "learns-04-question");
}

/** The conversation is laid out in every language, also where it reads from right to left. */
async function readsInArabic(house) {
  const layla = await house.page({ as: "layla", viewport: SMALLEST });
  await layla.goto("/ar/ask");
  expect((await layla.locator("article.turn").count()) >= 2, "her conversation is not there");
  await check(layla, "arabic-01-ask");
  for (const path of ["home", "documents", "preferences"]) {
    await layla.goto(`/ar/${path}`);
    await check(layla, `arabic-02-${path}`);
  }
}

export default {
  "a patient asks the five questions and people answer, without scripts": (house) =>
    asksFive(house, { scripts: false, viewport: PHONE, shots: "ask-off" }),
  "a patient asks the five questions and people answer, with scripts": (house) =>
    asksFive(house, { scripts: true, viewport: SMALLEST, shots: "ask-on" }),
  "a visitor is offered the language of the question, and an author finds what did not help": learnsFromPeople,
  "a patient changes his mind by keyboard, in as many steps either way": changesHisMind,
  "staff move a case by keyboard, and not without a reason": movesACase,
  "a conversation reads from right to left": readsInArabic,
};
