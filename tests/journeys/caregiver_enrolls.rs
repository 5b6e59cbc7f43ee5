//! SC-1: on a Monday evening Ana enrolls her father Luis, in Spanish, from her phone. He answers his own consents on
//! Tuesday morning, through her one-time link.

use crate::support::accounts::sign_in;
use crate::support::enrolling::{ANA, CONSENTS, LUIS, begin, consent, fill, send};
use crate::support::{Page, TUESDAY_MORNING, portal};
use domain::actor::Role;
use domain::time::{DAY, MINUTE, Timestamp};

/// Monday 2026-11-23, 19:42 in Chicago.
const MONDAY_EVENING: Timestamp = TUESDAY_MORNING.plus(-858 * MINUTE);
/// Tuesday, 09:10.
const TUESDAY_NINE_TEN: Timestamp = TUESDAY_MORNING.plus(-50 * MINUTE);
const ENROLL: &str = "/es/programs/breathe/enroll";
const PASSWORD: &str = "siete teteras en la pared";

#[tokio::test]
async fn ana_enrolls_her_father_and_he_answers_for_himself() {
    let t = portal().await;
    t.portal().clock.set(MONDAY_EVENING);
    let (ana, luis) = (t.visitor(), t.visitor());

    // she begins, and stops at the fourth step
    begin(&ana, "es", ANA).await;
    fill(&ana, "es", &LUIS[1..10]).await;
    t.wait(23 * MINUTE); // 20:05, the same phone
    let list = ana.get(ENROLL).await.is(200).says("Usted ya empezó este formulario");
    assert_eq!(list.words().matches("Completo").count(), 3, "{}", list.words());
    fill(&ana, "es", &LUIS[10..]).await;

    // she answers for her own address only
    let own = format!("{ENROLL}/consents/program_services");
    ana.get(&own).await.says("Correos para usted sobre este formulario").says_not("Firmo");
    consent(&ana, &own, "program_services", &[("channel-email", "yes")]).await.is(200);
    let done = send(&ana, "es").await.is(200).says("Tenemos la inscripción").says("BR-2026-0");
    let number = number(&done);
    let link = done.attr("href", "/es/invitation/").unwrap();
    let link = &link[link.find("/es/").unwrap()..];

    // nothing has started: the record waits for Luis
    let kim = t.staff("Kim Park", "kim@example.com", &[Role::CaseManager]).await;
    let waiting = kim.get(&case_of(&kim.get("/en/staff/worklist?view=all").await)).await.is(200);
    waiting
        .says(&number)
        .says("Enrolled by somebody who helps the patient")
        .says("Nothing has been answered yet");

    // Tuesday, 09:10
    t.portal().clock.set(TUESDAY_NINE_TEN);
    luis.get(link).await.is(200).says("Alguien llenó un formulario para usted").says_not("Luis");
    let born = [
        ("act", "birth_date"),
        ("birth_date-day", "2"),
        ("birth_date-month", "3"),
        ("birth_date-year", "1955"),
    ];
    luis.post(link, &born).await.is(200).says("Participar en el programa");
    for (purpose, fields) in CONSENTS {
        consent(&luis, &format!("{link}?step={purpose}"), purpose, fields).await.is(200);
    }
    luis.get(link).await.says("Sí, firmado: Luis Ruiz");
    let thanks = luis.post(link, &[("act", "finish")]).await.is(200).says("Tenemos su permiso").says(&number);
    thanks.says("A más tardar el martes, 24 de noviembre a las 13:10");
    ana.get(&format!("{ENROLL}/done")).await.says("El paciente ya usó su enlace");

    // his own sign-in, and his own choices
    let account = [("act", "account"), ("email", "luis.ruiz@example.com"), ("password", PASSWORD)];
    luis.post(link, &account).await.is(200).says("Su acceso está listo");
    assert_eq!(sign_in(&luis, "luis.ruiz@example.com", PASSWORD).await.at, "/en/home");
    let choices = luis.get("/es/preferences").await.is(200);
    assert_eq!(choices.words().matches("con su enlace personal").count(), 5, "five answers of his own");
    choices.says("Termina el 24 de noviembre de 2027").says("versión 1, Español").says_not("Ana");

    // what staff see: the queue and its rule, five of seven items, the clock from 09:10
    let kim = t.staff("Lee Moss", "lee@example.com", &[Role::CaseManager]).await;
    let case = kim.get(&case_of(&kim.get("/en/staff/worklist?view=all").await)).await.is(200);
    let case = case.says("Access-ES").says("R-14 v3").says("Luis Ruiz").says("Intake checklist");
    assert!(case.words().contains("1:10"), "{}", case.words());

    // a link opens once
    t.visitor().get(link).await.is(404).says("Este enlace no funciona");
    t.wait(DAY);
    luis.get(link).await.is(404);
}

/// The first case of the worklist.
fn case_of(worklist: &Page) -> String {
    worklist.attr("href", "/en/staff/cases/").unwrap_or_else(|| panic!("no case: {}", worklist.words()))
}

fn number(page: &Page) -> String {
    let words = page.words();
    let at = words.find("BR-2026-").unwrap();
    words[at..at + 14].to_owned()
}
