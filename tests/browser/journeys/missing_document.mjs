// SC-2: staff ask for a document; the patient sees one thing to do, does it from his phone, and again when the first
// photo was no good. What cannot be taken is refused in his language, with what to do instead.

import { DESKTOP, PHONE, SMALLEST, check, expect, follow, leads, named, press, refused, says, saysNot, words } from "../support.mjs";

/** A photo as a phone takes it; each one different. The camera's notes say where it was taken. */
async function photo(page, text) {
  const base64 = await page.evaluate((text) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 1600, height: 1000 });
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#7a5c3e";
    pen.fillRect(0, 0, 1600, 1000);
    pen.fillStyle = "#f4f6fb";
    pen.fillRect(140, 120, 1320, 760);
    pen.fillStyle = "#1c3f94";
    pen.font = "84px sans-serif";
    pen.fillText("Medicare", 220, 280);
    pen.font = "56px sans-serif";
    pen.fillText(text, 220, 480);
    return canvas.toDataURL("image/jpeg", 0.85).split(",")[1];
  }, text);
  const bytes = Buffer.from(base64, "base64");
  const note = Buffer.from(`${PLACE} at the kitchen table`);
  const head = Buffer.from([0xff, 0xfe, (note.length + 2) >> 8, (note.length + 2) & 255]);
  return Buffer.concat([bytes.subarray(0, 2), head, note, bytes.subarray(2)]);
}

const PLACE = "41.8781 N 87.6298 W";

/** A PDF of one page that does not open without its password. */
function lockedPdf() {
  const secret = "(" + "x".repeat(32) + ")";
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
    `<< /Filter /Standard /V 2 /R 3 /Length 128 /P -1340 /O ${secret} /U ${secret} >>`,
  ];
  let text = "%PDF-1.4\n";
  const places = objects.map((object, at) => {
    const place = text.length;
    text += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(place).padStart(10, "0")} 00000 n \n`;
  });
  const table = text.length;
  text += `xref\n0 5\n0000000000 65535 f \n${places.join("")}`;
  text += `trailer\n<< /Size 5 /Root 1 0 R /Encrypt 4 0 R /ID [<0123456789abcdef> <0123456789abcdef>] >>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(text, "latin1");
}

/** What cannot be taken, and what the person reads instead. */
const WRONG = [
  [{ name: "carta.pdf", mimeType: "application/pdf", buffer: lockedPdf() }, "Este PDF tiene contraseña. Guárdelo sin contraseña o envíe una foto"],
  [{ name: "tarjeta.jpg", mimeType: "image/jpeg", buffer: Buffer.from("Esto es solo texto.\n") }, "El nombre de este archivo dice una cosa y su contenido otra. Envíe una foto (JPEG, PNG o HEIC) o un PDF"],
  [{ name: "carta.txt", mimeType: "text/plain", buffer: Buffer.from("Esto es solo texto.\n") }, "No podemos leer este tipo de archivo. Envíe una foto (JPEG, PNG o HEIC) o un PDF"],
  [{ name: "vacio.jpg", mimeType: "image/jpeg", buffer: Buffer.alloc(0) }, "Este archivo está vacío. Elija otro"],
];

/** The page of the patient's case, for staff. */
async function opensCase(house, number) {
  const rosa = await house.page({ as: "rosa", viewport: DESKTOP });
  await rosa.goto("/en/staff/worklist?view=all&queue=Access-ES");
  for (;;) {
    const row = rosa.locator("main tr", { hasText: number }).getByRole("link").first();
    if (await row.count()) {
      await leads(rosa, () => row.click());
      return rosa;
    }
    await follow(rosa, "Next page");
  }
}

/** Staff take back what is open, then ask for one document by Friday. */
async function asks(rosa, kind, shots) {
  const withdraw = () => named(rosa, "button", /^Take back/);
  while (await withdraw().count()) {
    await leads(rosa, () => withdraw().first().click());
    await says(rosa, "The request is taken back.");
  }
  await rosa.locator("#documents details summary").click();
  const form = rosa.locator("#documents form", { has: rosa.locator("[name=kind]") });
  await form.locator(`[name=kind][value=${kind}]`).check();
  for (const [part, value] of [["month", "2"], ["day", "30"], ["year", "2026"]]) await form.locator(`[name=due-${part}]`).fill(value);
  const answer = await leads(rosa, () => form.getByRole("button").click());
  await refused(rosa, answer, "ask-due", "This day does not exist. Check the day, the month and the year");
  expect(await rosa.isChecked(`[name=kind][value=${kind}]`), "the kind that was chosen is lost");
  for (const [part, value] of [["month", "11"], ["day", "27"]]) await form.locator(`[name=due-${part}]`).fill(value);
  await leads(rosa, () => form.getByRole("button").click());
  await says(rosa, "The patient is asked for it now.");
  await check(rosa, `${shots}-01-case`);
}

/** Home shows one thing to do, with its day, and leads to it. */
async function oneThingToDo(luis, name, shots) {
  await luis.goto("/es/home");
  await says(luis, "Necesitamos un documento");
  const action = luis.locator(".action");
  expect((await action.count()) === 1, `${await action.count()} things to do, not one`);
  const text = await action.innerText();
  expect(text.includes(`Envíe: ${name}`) && text.includes("Antes del viernes, 27 de noviembre"), text);
  await check(luis, `${shots}-02-home`);
  await leads(luis, () => action.getByRole("link").click());
  await says(luis, name, "Envíelo, por favor, a más tardar el viernes, 27 de noviembre", "hasta 25 MB", "Tome una foto o elija un archivo");
  await check(luis, `${shots}-03-request`);
}

/** With scripts a file goes in parts: they must be at work before a file is chosen. */
async function readyToSend(luis, scripts) {
  if (scripts) await luis.locator(".upload-progress[data-awake]").waitFor({ state: "attached" });
}

async function choose(luis, file) {
  await luis.setInputFiles("input[type=file]", file);
  return press(luis, "Enviar");
}

async function whatCannotBeTaken(luis, scripts, shots) {
  await readyToSend(luis, scripts);
  await refused(luis, await press(luis, "Enviar"), "file", "Elija una foto o un PDF");
  for (const [file, sentence] of WRONG) {
    await readyToSend(luis, scripts);
    await luis.fill("[name=note]", "Es la tarjeta nueva.");
    await refused(luis, await choose(luis, file), "file", sentence);
    expect((await luis.inputValue("[name=note]")) === "Es la tarjeta nueva.", "the note is lost");
    await saysNot(luis, "Su archivo llegó");
    await check(luis, `${shots}-04-${file.name}`);
  }
  await says(luis, "1-800-555-0142");
}

/** He sends a photo; the way it went is the way it should. */
async function sendsPhoto(luis, scripts, file, shots) {
  await readyToSend(luis, scripts);
  const parts = [];
  const listen = (request) => request.method() === "PATCH" && parts.push(request);
  luis.on("request", listen);
  await luis.setInputFiles("input[type=file]", file);
  const answer = await leads(luis, () => named(luis, "button", "Enviar").click());
  luis.off("request", listen);
  expect(answer.ok(), `the photo was refused: ${await words(luis)}`);
  expect(scripts ? parts.length > 0 : parts.length === 0, `${parts.length} parts were sent`);
  await says(luis, "Su archivo llegó", "Una persona lo va a mirar. Usted no tiene que hacer nada.", file.name, "En revisión");
  await check(luis, `${shots}-sent`);
  await luis.goto("/es/home");
  expect((await luis.locator(".action").count()) === 0, "there is still something to do");
}

/** What we keep says nothing of where it was taken, and staff see the picture. */
async function review(rosa, house, file, shots) {
  await rosa.goto("/en/staff/tasks?whose=all&kind=review_document");
  await check(rosa, `${shots}-tasks`);
  const row = rosa.locator("main tr", { hasText: "Luis Ruiz" });
  expect((await row.count()) === 1, `${await row.count()} of his documents to look at`);
  await leads(rosa, () => row.getByRole("link", { name: "Look at a document" }).click());
  await says(rosa, "Luis Ruiz", file.name, "Es la tarjeta nueva.", "Español");
  const picture = rosa.locator("figure img");
  await picture.waitFor();
  expect(await picture.evaluate(async (image) => (await image.decode(), image.naturalWidth > 400)), "the picture is not shown");
  const kept = await rosa.request.get(await picture.getAttribute("src"));
  expect(kept.ok() && !(await kept.body()).includes(PLACE), "the picture tells where it was taken");
  const stranger = await house.page();
  expect((await stranger.request.get(await picture.getAttribute("src"))).headers()["content-type"]?.startsWith("text/html"), "a stranger sees the picture");
  await stranger.context().close();
  await check(rosa, `${shots}-review`);
}

async function sendsItBack(rosa) {
  await refused(rosa, await press(rosa, "Send back"), "reason", /Choose/);
  await rosa.check("[name=reason][value=cut_off]");
  await press(rosa, "Send back");
  await says(rosa, "Sent back", "Rosa Delgado");
  await check(rosa);
}

const CUT_OFF = "Una parte de la página quedó cortada. Por favor, tome la foto otra vez para que se vean las cuatro esquinas.";

async function sendsAnother(luis, scripts, first, second, shots) {
  await luis.goto("/es/home");
  const action = luis.locator(".action");
  expect((await action.count()) === 1, "the request did not open again");
  expect((await action.innerText()).includes(CUT_OFF), `home does not say why: ${await action.innerText()}`);
  await check(luis, `${shots}-05-again`);
  await leads(luis, () => action.getByRole("link").click());
  await says(luis, "Por favor, envíelo otra vez", CUT_OFF, "Devuelto");
  await check(luis, `${shots}-06-sent-back`);
  await readyToSend(luis, scripts);
  await refused(luis, await choose(luis, first), "file", "Este es el mismo archivo de antes. Tome una foto nueva y envíe esa");
  await luis.fill("[name=note]", "Es la tarjeta nueva.");
  await sendsPhoto(luis, scripts, second, `${shots}-07`);
}

async function accepts(rosa, luis, name, shots) {
  await press(rosa, "Accept");
  await says(rosa, "Accepted", "Rosa Delgado");
  await luis.goto("/es/documents");
  await says(luis, "Ahora no tiene que enviarnos nada.", name, "Aceptado");
  await check(luis, `${shots}-08-documents`);
  await luis.goto("/es/home");
  await saysNot(luis, "Necesitamos un documento");
  expect((await luis.locator(".action").count()) === 0, "there is still something to do");
}

/** The whole way of one document. Answers with both at the end of it. */
async function walk(house, { scripts, viewport, kind, name, shots }) {
  const luis = await house.page({ as: "luis", scripts, viewport });
  const camera = await house.page();
  const first = { name: "IMG_2041.jpg", mimeType: "image/jpeg", buffer: await photo(camera, `${kind} frente`) };
  const second = { name: "IMG_2042.jpg", mimeType: "image/jpeg", buffer: await photo(camera, `${kind} frente y reverso`) };
  await camera.context().close();

  const rosa = await opensCase(house, "BR-2026-000187");
  const casePage = new URL(rosa.url()).pathname;
  await asks(rosa, kind, shots);
  await oneThingToDo(luis, name, shots);
  await whatCannotBeTaken(luis, scripts, shots);
  await luis.fill("[name=note]", "Es la tarjeta nueva.");
  await sendsPhoto(luis, scripts, first, `${shots}-05`);
  await review(rosa, house, first, shots);
  await sendsItBack(rosa);
  await sendsAnother(luis, scripts, first, second, shots);
  await review(rosa, house, second, `${shots}-2`);
  await accepts(rosa, luis, name, shots);
  await rosa.goto(casePage);
  return { luis, rosa };
}

/** Staff move the case on; the patient reads it on his page, and what happened on the way. */
async function movesOn(luis, rosa, shots) {
  await rosa.selectOption("[name=to]", "bv_running");
  await rosa.fill("[name=reason]", "The card is here, front and back.");
  await refused(rosa, await press(rosa, "Move the case"), "advance-exception", "Write why the case may go on with an open checklist");
  expect((await rosa.inputValue("[name=to]")) === "bv_running", "the status that was chosen is lost");
  await rosa.fill("[name=exception]", "The doctor's office confirms by phone today.");
  await press(rosa, "Move the case");
  await says(rosa, "The case has moved. The patient sees it now.");
  await check(rosa, `${shots}-09-moved`);
  await luis.goto("/es/home");
  await says(luis, "Paso 2 de 4");
  await follow(luis, "Ver cómo va");
  const name = "Tarjeta del seguro, frente y reverso";
  await says(luis, `Le pedimos: ${name}`, `Recibimos: ${name}`, `No pudimos usar: ${name}`, CUT_OFF, `Está bien: ${name}`);
  await check(luis, `${shots}-10-case`);
}

export default {
  async "a missing document is asked for, refused, sent back and accepted, without scripts"(house) {
    const card = { kind: "insurance_card", name: "Tarjeta del seguro, frente y reverso" };
    const { luis, rosa } = await walk(house, { scripts: false, viewport: PHONE, ...card, shots: "document-off" });
    await movesOn(luis, rosa, "document-off");
  },
  "a missing document goes in parts where scripts run": (house) =>
    walk(house, { scripts: true, viewport: SMALLEST, kind: "photo_id", name: "Identificación con foto", shots: "document-on" }),
};
