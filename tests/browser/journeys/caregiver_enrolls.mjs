// SC-1: a daughter enrolls her father on her phone, in Spanish; he answers for himself by a link of his own. And
// somebody enrolls for themselves, in English, without ever pointing at anything.

import {
  DESKTOP, PHONE, SMALLEST, check, enter, expect, follow, leads, named, pickByKeyboard, press, refused, says, saysNot, tabTo, words,
} from "../support.mjs";

const ENROLL = "/es/programs/breathe/enroll";
const PASSWORD = "siete teteras en la pared";

/** The pages the helper sees, in their order, each with her answers. */
const questions = (patient) => [
  ["who/filler", { filler: "caregiver" }],
  ["who/relationship", { relationship: "child" }],
  ["who/filler_name", { filler_name: patient.helper }],
  ["who/filler_email", { filler_email: patient.helperMail }],
  ["patient/name", { name: patient.name }],
  ["patient/birth_date", { "birth_date-day": "2", "birth_date-month": "3", "birth_date-year": "1955" }],
  ["patient/written_language", { written_language: "es" }],
  ["patient/spoken_language", { spoken_language: "español" }],
  ["patient/interpreter", { interpreter: "yes" }],
  ["contact/email", { email: patient.mail }],
  ["contact/phone", { phone: "(555) 555-0142" }],
  ["contact/address", {}],
  ["contact/best_time", { best_time: "morning" }],
  ["insurance/payer_type", { payer_type: "medicare" }],
  ["insurance/payer_name", { payer_name: "Medicare" }],
  ["insurance/member_id", {}],
  ["prescriber/prescriber_name", { prescriber_name: "Dra. Osei" }],
  ["prescriber/prescriber_phone", {}],
  ["prescriber/prescribed", { prescribed: "yes" }],
  ["prescriber/note", {}],
];

const stands = (page) => new URL(page.url()).pathname;

/** Fills in what is asked, whatever kind of field it is. */
async function fill(page, answers) {
  for (const [name, value] of Object.entries(answers)) {
    const field = page.locator(`[name="${name}"]`);
    if ((await field.first().getAttribute("type")) === "radio") {
      await page.check(`[name="${name}"][value="${value}"]`);
    } else {
      await field.fill(value);
    }
  }
}

/** Answers one page; where its task is done, goes on from the list of tasks. */
async function answer(page, [path, answers]) {
  if (stands(page) === ENROLL) await follow(page, "Seguir");
  expect(stands(page) === `${ENROLL}/${path}`, `the question after this is ${stands(page)}, not ${path}`);
  expect((await page.locator("h1").count()) === 1, `not one question on ${path}`);
  await fill(page, answers);
  const response = await press(page, "Continuar");
  expect(response.ok(), `${path} was refused: ${await words(page)}`);
}

/** The browser was closed and is opened again: what was meant to last is still there, and nothing else. */
async function comesBack(house, page, options) {
  const { cookies, origins } = await page.context().storageState();
  await page.context().close();
  const lasting = cookies.filter((cookie) => cookie.expires > 0);
  return house.page({ ...options, storageState: { cookies: lasting, origins } });
}

/** From the front page in English to the first question in Spanish. */
async function begins(page, shots) {
  await page.goto("/en/");
  await follow(page, "BREATHE");
  await page.locator(".languages summary").click();
  await leads(page, () => page.getByRole("link", { name: "Español" }).click());
  expect(stands(page) === "/es/programs/breathe", `the language led to ${page.url()}`);
  await check(page, `${shots}-01-program`);
  await follow(page, "Inscribirse en el programa");
  await check(page, `${shots}-02-start`);
  await press(page, "Empezar");
}

/** The first tasks, with the mistakes one makes. */
async function answersHalf(page, all, shots) {
  await check(page, `${shots}-03-choice`);
  await refused(page, await press(page, "Continuar"), "filler", "Elija una de las respuestas");
  for (const question of all.slice(0, 2)) await answer(page, question);
  await refused(page, await press(page, "Continuar"), "filler_name", "Escriba su propio nombre, el de quien ayuda");
  for (const question of all.slice(2, 3)) await answer(page, question);
  await fill(page, { filler_email: "ines.robles" });
  await refused(page, await press(page, "Continuar"), "filler_email", "Escriba un correo electrónico como nombre@example.com");
  expect((await page.inputValue("#filler_email")) === "ines.robles", "what was typed is lost");
  await check(page, `${shots}-04-refused`);
  for (const question of all.slice(3, 5)) await answer(page, question);
  await says(page, "¿Cuál es la fecha de nacimiento del paciente?");
  await refused(page, await press(page, "Continuar"), "birth_date", "Escriba la fecha de nacimiento");
  await fill(page, { "birth_date-day": "31", "birth_date-month": "2", "birth_date-year": "1955" });
  await refused(page, await press(page, "Continuar"), "birth_date", "Ese día no existe. Revise el día, el mes y el año");
  for (const [part, kept] of [["day", "31"], ["month", "2"], ["year", "1955"]]) {
    expect((await page.inputValue(`[name=birth_date-${part}]`)) === kept, `the ${part} that was typed is lost`);
  }
  await check(page, `${shots}-05-date-refused`);
  for (const question of all.slice(5, 7)) await answer(page, question);
}

/** What she answered is where she left it, and it goes on at the very next question. */
async function resumes(page, patient, shots) {
  await page.goto(ENROLL);
  const tasks = page.locator(".rail .stop");
  expect((await tasks.count()) === 6, `${await tasks.count()} tasks, not six`);
  expect((await tasks.nth(0).innerText()).includes("Completo"), "the first task is not done");
  expect((await tasks.nth(1).innerText()).includes("Empezado"), "the second task is not begun");
  await check(page, `${shots}-06-tasks`);
  await page.goto(`${ENROLL}/patient/name`);
  expect((await page.inputValue("#name")) === patient.name, "the patient's name is lost");
  await page.goto(`${ENROLL}/patient/birth_date`);
  expect((await page.inputValue("[name=birth_date-year]")) === "1955", "the date of birth is lost");
  await page.goto(ENROLL);
}

/** She answers for her own address alone. */
async function answersForHerself(page, shots) {
  await follow(page, "Seguir");
  expect(stands(page) === `${ENROLL}/consents/program_services`, `the consents are at ${stands(page)}`);
  await says(page, "Correos para usted sobre este formulario");
  await saysNot(page, "Firmo", "Participar en el programa", "Mensajes de texto sobre mi caso");
  await check(page, `${shots}-07-helper-consent`);
  await page.check("[name=channel-email]");
  await press(page, "Continuar");
}

/** Everything is there to be read again, and one answer is changed on the way. */
async function looksItOver(page, patient, shots) {
  await follow(page, "Revise sus respuestas");
  await says(page, patient.helper, patient.helperMail, patient.name, "2 de marzo de 1955", "Español", "Medicare", "Dra. Osei", "Sin respuesta");
  await check(page, `${shots}-08-answers`);
  await follow(page, /^Cambiar.*Teléfono del paciente$/);
  await page.fill("[name=phone]", "(555) 555-0143");
  await press(page, "Continuar");
  expect(stands(page) === `${ENROLL}/check`, `a changed answer leads to ${stands(page)}`);
  await says(page, "0143");
  await saysNot(page, "0142");
}

const number = async (page) => (await words(page)).match(/BR-2026-\d{6}/)?.[0];

/** Sent from two windows, and once more with the way back: one case. */
async function sendsItTwice(page, shots) {
  const other = await page.context().newPage();
  other.problems = page.problems;
  await other.goto(`${ENROLL}/check`);
  await press(page, "Enviar esta inscripción");
  expect(stands(page) === `${ENROLL}/done`, `the submit led to ${stands(page)}`);
  const first = await number(page);
  expect(first, `no number: ${await words(page)}`);
  await press(other, "Enviar esta inscripción");
  expect((await number(other)) === first, "the second window got another number");
  await other.close();
  await page.goBack();
  const again = named(page, "button", "Enviar esta inscripción");
  if (await again.count()) await leads(page, () => again.click());
  expect((await number(page)) === first, `the way back led to ${page.url()}`);
  await says(page, "Tenemos la inscripción", "Qué sigue", "Dele al paciente el enlace", "1-800-555-0142", "8 de diciembre de 2026");
  await check(page, `${shots}-09-done`);
  return first;
}

/** Staff find one case of this name, which waits for the patient. */
async function waitsForThePatient(house, patient) {
  const rosa = await house.page({ as: "rosa", viewport: DESKTOP });
  await rosa.goto("/en/staff/worklist?view=all&queue=Access-ES&stage=enrollment_started");
  const rows = rosa.getByRole("rowheader").getByRole("link", { name: patient.name });
  expect((await rows.count()) === 1, `${await rows.count()} cases of ${patient.name}`);
  await leads(rosa, () => rows.click());
  await says(rosa, "Enrolled by somebody who helps the patient", "The patient is asked for consent", "Nothing has been answered yet.", "R-14 v3");
  await check(rosa);
  return rosa;
}

/** His link asks who he is, and says nothing about him before. */
async function provesHimself(page, patient, shots) {
  await says(page, "Alguien llenó un formulario para usted", "BREATHE");
  await saysNot(page, patient.name, patient.helper, "Aerovent");
  await check(page, `${shots}-10-invitation`);
  await fill(page, { "birth_date-day": "3", "birth_date-month": "2", "birth_date-year": "1955" });
  await refused(page, await press(page, "Continuar"), "birth_date", /No es la fecha de nacimiento que nos dieron\. Intentos que quedan: \d/);
  await saysNot(page, patient.name);
  await check(page, `${shots}-11-wrong-date`);
  await fill(page, { "birth_date-day": "2", "birth_date-month": "3", "birth_date-year": "1955" });
  await press(page, "Continuar");
}

/** Each purpose on a page of its own, each channel by itself, nothing ticked before he ticks it. */
async function consents(page, patient, shots) {
  await says(page, "Participar en el programa", "Mensajes de texto sobre mi caso", "Correos electrónicos sobre mi caso");
  expect((await page.locator("input:checked").count()) === 0, "something is ticked before he answers");
  await check(page, `${shots}-12-services`);
  await page.check("[name=channel-sms]");
  await refused(page, await press(page, "Continuar"), "agree", "Elija sí o no");
  expect(await page.isChecked("[name=channel-sms]"), "his tick is lost");
  await page.check("[name=agree][value=yes]");
  await press(page, "Continuar");

  await says(page, "Permiso para compartir mi información de salud", "Por cuánto tiempo");
  await page.check("[name=agree][value=yes]");
  await refused(page, await press(page, "Continuar"), "signature", "Escriba su nombre completo. Es su firma");
  expect(await page.isChecked("[name=agree][value=yes]"), "his yes is lost");
  await check(page, `${shots}-13-authorization-refused`);
  await page.fill("[name=signature]", patient.name);
  await press(page, "Continuar");

  await says(page, "Publicidad de Norrland Bio por correo electrónico", "puede ganar dinero");
  await check(page, `${shots}-14-marketing`);
  await press(page, "Continuar");
}

/** He looks it over, changes his mind and back, and sends it. */
async function sends(page, patient, number, shots) {
  await says(page, `Sí, firmado: ${patient.name}`);
  for (const [name, given] of [
    ["Participar en el programa", "Sí"],
    ["Permiso para compartir mi información de salud", `Sí, firmado: ${patient.name}`],
    ["Mensajes de texto sobre mi caso", "Sí"],
    ["Correos electrónicos sobre mi caso", "No"],
    ["Publicidad de Norrland Bio por correo electrónico", "No"],
  ]) {
    const line = page.locator(".answer", { has: page.locator("dt", { hasText: name }) }).locator("dd").first();
    expect((await line.innerText()) === given, `${name} is ${await line.innerText()}, not ${given}`);
  }
  await check(page, `${shots}-15-his-answers`);
  await press(page, "Enviar mis respuestas");
  await says(page, "Gracias", "Tenemos su permiso", number, "Tendrá noticias nuestras", "martes, 24 de noviembre a las 14:00");
  await check(page, `${shots}-16-thanks`);
}

/** A sign-in of his own, made at once and used at once. */
async function getsASignIn(page, patient, shots) {
  await fill(page, { email: patient.mail, password: "corta" });
  await refused(page, await press(page, "Crear mi acceso"), "password", /Elija una contraseña más larga: 15 caracteres/);
  expect((await page.inputValue("[name=email]")) === patient.mail, "his address is lost");
  expect((await page.inputValue("[name=password]")) === "", "a password came back with the page");
  await page.fill("[name=password]", PASSWORD);
  await press(page, "Crear mi acceso");
  await says(page, "Su acceso está listo");
  await check(page, `${shots}-17-account`);
  await follow(page, "Ir a iniciar sesión");
  await fill(page, { email: patient.mail, password: PASSWORD });
  await press(page, "Iniciar sesión");
  expect(stands(page) === "/es/home", `he signed in to ${page.url()}`);
  await says(page, `Hola, ${patient.name.split(" ")[0]}`, "BREATHE", "Paso 1 de 4");
  await check(page, `${shots}-18-home`);
  await page.goto("/es/preferences");
  const history = (await page.textContent("main")).match(/con su enlace personal/g) ?? [];
  expect(history.length === 5, `${history.length} answers of his own, not five`);
  await saysNot(page, patient.helper);
}

/** The whole of SC-1. */
async function enrolls(house, { scripts, viewport, patient, shots }) {
  const phone = { scripts, viewport };
  const all = questions(patient);
  let ana = await house.page(phone);
  await begins(ana, shots);
  await answersHalf(ana, all, shots);
  ana = await comesBack(house, ana, phone);
  await resumes(ana, patient, shots);
  for (const question of all.slice(7)) await answer(ana, question);
  await answersForHerself(ana, shots);
  await looksItOver(ana, patient, shots);
  const number = await sendsItTwice(ana, shots);
  const link = await ana.locator('a[href*="/invitation/"]').getAttribute("href");
  expect(link.startsWith(house.portal.base), `the link leads elsewhere: ${link}`);
  const rosa = await waitsForThePatient(house, patient);

  const luis = await house.page(phone);
  await luis.goto(link);
  await provesHimself(luis, patient, shots);
  await consents(luis, patient, shots);
  await sends(luis, patient, number, shots);
  await getsASignIn(luis, patient, shots);

  const stranger = await house.page(phone);
  const closed = await stranger.goto(link);
  expect(closed.status() === 404, "the link opens twice");
  await says(stranger, "Este enlace no funciona", "1-800-555-0142");
  await check(stranger, `${shots}-19-closed`);

  await ana.goto(`${ENROLL}/done`);
  await says(ana, "El paciente ya usó su enlace");
  await ana.goto(ENROLL);
  await says(ana, "Usted ya envió este formulario");
  await check(ana, `${shots}-20-sent-before`);
  await rosa.reload();
  await says(rosa, `${patient.name}`, "Access-ES");
  await saysNot(rosa, "The patient is asked for consent", "Nothing has been answered yet.");
}

/** Answers by keyboard alone: names and values as `questions`, consents as ticks. */
async function typeIn(page, answers) {
  for (const [name, value] of Object.entries(answers)) {
    const kind = await page.locator(`[name="${name}"]`).first().getAttribute("type");
    if (kind === "radio") {
      await pickByKeyboard(page, name, value);
    } else {
      await tabTo(page, `[name="${name}"]`);
      await page.keyboard.press(kind === "checkbox" ? "Space" : "ControlOrMeta+a");
      if (kind !== "checkbox") await page.keyboard.type(value);
    }
  }
  await tabTo(page, "main button[type=submit]");
  return enter(page);
}

/** The pages of somebody who enrolls for themselves. */
const OWN = [
  ["who/filler", { filler: "self" }],
  ["patient/name", { name: "Nora Whitfield" }],
  ["patient/birth_date", { "birth_date-month": "11", "birth_date-day": "30", "birth_date-year": "1962" }],
  ["patient/written_language", { written_language: "en" }],
  ["patient/spoken_language", { spoken_language: "English" }],
  ["patient/interpreter", { interpreter: "no" }],
  ["contact/email", { email: "nora.whitfield@example.com" }],
  ["contact/phone", { phone: "555 555 0177" }],
  ["contact/address", { address: "12 Elm Avenue, Riverton" }],
  ["contact/best_time", { best_time: "any" }],
  ["insurance/payer_type", { payer_type: "none" }],
  ["prescriber/prescriber_name", { prescriber_name: "Riverton Lung Clinic" }],
  ["prescriber/prescriber_phone", {}],
  ["prescriber/prescribed", { prescribed: "not_sure" }],
  ["prescriber/note", {}],
  ["consents/program_services", { agree: "yes", "channel-email": "yes" }],
  ["consents/health_authorization", { agree: "yes", signature: "Nora Whitfield" }],
  ["consents/marketing", {}],
];

/** The link of the page that is its next step. */
async function goOnByKeyboard(page) {
  await tabTo(page, "main a.button");
  return enter(page);
}

async function enrollsByKeyboard(house) {
  const page = await house.page({ viewport: DESKTOP });
  const enroll = "/en/programs/breathe/enroll";
  await page.goto("/en/programs/breathe");
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement.matches("a.skip")), "the way past the header does not come first");
  await page.keyboard.press("Enter");
  await page.waitForURL(/#main$/);
  await goOnByKeyboard(page);
  await tabTo(page, "main form button");
  await enter(page);
  for (const [path, answers] of OWN) {
    if (stands(page) === enroll) await goOnByKeyboard(page);
    expect(stands(page) === `${enroll}/${path}`, `the question after this is ${stands(page)}, not ${path}`);
    if (path === "patient/birth_date") {
      const response = await typeIn(page, { ...answers, "birth_date-year": "2062" });
      expect(response.status() === 422, "a day that has not come was taken");
      expect(await page.evaluate(() => document.activeElement.id === "error-summary"), "the summary does not have the focus");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      expect(await page.evaluate(() => document.activeElement.id === "birth_date"), "the summary does not lead to the date");
      await page.keyboard.press("Shift+Tab");
    }
    const response = await typeIn(page, answers);
    expect(response.ok(), `${path} was refused: ${await words(page)}`);
    if (path.startsWith("consents/")) await check(page, `keyboard-${path.split("/")[1]}`);
  }
  await goOnByKeyboard(page);
  await says(page, "November 30, 1962", "Nora Whitfield", "Yes, signed: Nora Whitfield", "12 Elm Avenue, Riverton", "Not provided");
  await check(page, "keyboard-answers");
  await tabTo(page, "main form button");
  await enter(page);
  await says(page, "We have your enrollment", /BR-2026-\d{6}/, "What happens next", "Tuesday, November 24", "2:00");
  await check(page, "keyboard-done");
  await typeIn(page, { email: "nora.whitfield@example.com", password: "seven teapots on the wall" });
  await says(page, "Your sign-in is ready");
  await goOnByKeyboard(page);
  await typeIn(page, { email: "nora.whitfield@example.com", password: "seven teapots on the wall" });
  expect(stands(page) === "/en/home", `she signed in to ${page.url()}`);
  await says(page, "Nora", "Step 1 of 4");
  await check(page, "keyboard-home");
}

const TOMAS = { name: "Tomás Robles", mail: "tomas.robles@example.com", helper: "Inés Robles", helperMail: "ines.robles@example.com" };
const ELVIRA = { name: "Elvira Montes", mail: "elvira.montes@example.com", helper: "Hugo Montes", helperMail: "hugo.montes@example.com" };

export default {
  "a caregiver enrolls her father in Spanish on a phone, without scripts": (house) =>
    enrolls(house, { scripts: false, viewport: PHONE, patient: TOMAS, shots: "enroll-off" }),
  "a caregiver enrolls his mother in Spanish on the smallest phone, with scripts": (house) =>
    enrolls(house, { scripts: true, viewport: SMALLEST, patient: ELVIRA, shots: "enroll-on" }),
  "somebody enrolls for themselves in English by keyboard alone": enrollsByKeyboard,
};
