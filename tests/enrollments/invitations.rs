//! Somebody enrolls for somebody else, who is invited and answers for themselves.

use super::{ENROLL, PASSWORD};
use crate::support::enrolling::{ANA, CONSENTS, LUIS, begin, consent, consents, fill, send};
use crate::support::{Browser, portal};
use domain::actor::Role;
use domain::time::DAY;

#[tokio::test]
async fn somebody_who_helps_gets_a_link_and_the_patient_answers_for_themselves() {
    let t = portal().await;
    let (ana, luis) = (t.visitor(), t.visitor());
    let link = help(&ana).await;
    assert_eq!(t.text("select sub_status from cases").await, "consent_pending");
    assert_eq!(t.text("select waiting_on from cases").await, "you");
    assert_eq!(t.count("select count(*) from consents").await, 1, "Ana's own, and none of Luis'");
    assert_eq!(t.count("select count(*) from case_checklist where ticked_at is not null").await, 3);

    let asked = luis.get(&link).await.is(200).says("Alguien llenó un formulario para usted");
    asked.says_not("Luis").says_not("Ana").says_not("BR-2026");
    let date = [
        ("act", "birth_date"),
        ("birth_date-day", "2"),
        ("birth_date-month", "3"),
        ("birth_date-year", "1955"),
    ];
    luis.post(&link, &date).await.is(200).says("Participar en el programa");
    t.visitor().get(&link).await.says("Alguien llenó un formulario");
    for (purpose, fields) in CONSENTS {
        let path = format!("{link}?step={purpose}");
        consent(&luis, &path, purpose, fields).await.is(200);
    }
    let check = luis.get(&link).await.says("Revise sus respuestas").says("Sí, firmado: Luis Ruiz");
    luis.post(&check.at, &[("act", "finish")]).await.is(200).says("Gracias").says("BR-2026-0");
    luis.post(&check.at, &[("act", "finish")]).await.is(200).says("Gracias");
    assert_eq!(t.text("select sub_status from cases").await, "received");
    assert_eq!(t.count("select count(*) from consents").await, 6, "5 of Luis, 1 of Ana");
    assert_eq!(t.count("select count(*) from consents where how = 'invitation' and locale = 'es'").await, 5);
    assert_eq!(t.count("select count(*) from case_statuses").await, 2);
    assert_eq!(t.count("select count(*) from case_checklist where ticked_at is not null").await, 5);
    ana.get("/es/programs/breathe/enroll/done").await.says("El paciente ya usó su enlace");

    let fields = [("act", "account"), ("email", "luis.ruiz@example.com"), ("password", PASSWORD)];
    luis.post(&link, &fields).await.is(200).says("Su acceso está listo");
    t.visitor().get(&link).await.is(404).says("Este enlace no funciona");
    let home = crate::support::accounts::sign_in(&luis, "luis.ruiz@example.com", PASSWORD).await;
    assert!(home.at.ends_with("/home"), "{}", home.at);
}

#[tokio::test]
async fn nobody_is_written_to_without_their_own_yes() {
    let t = portal().await;
    let link = help(&t.visitor()).await;
    t.settle().await;
    assert_eq!(t.count("select count(*) from messages where state = 'sent'").await, 1, "Ana said yes");
    let rule = "select rule from messages where state = 'suppressed'";
    assert_eq!(t.text(rule).await, "no_consent", "Luis was not asked yet");
    let luis = t.visitor();
    let date = [
        ("act", "birth_date"),
        ("birth_date-day", "2"),
        ("birth_date-month", "3"),
        ("birth_date-year", "1955"),
    ];
    luis.post(&link, &date).await.is(200);
    for (purpose, fields) in CONSENTS {
        consent(&luis, &format!("{link}?step={purpose}"), purpose, fields).await.is(200);
    }
    luis.post(&link, &[("act", "finish")]).await.is(200);
    t.settle().await;
    assert_eq!(
        t.count("select count(*) from messages where state = 'sent'").await,
        1,
        "he said no to e-mail"
    );
    assert_eq!(t.count("select count(*) from messages where state not in ('sent', 'suppressed')").await, 0);
}

#[tokio::test]
async fn a_wrong_date_of_birth_closes_an_invitation_after_five_tries() {
    let t = portal().await;
    let link = help(&t.visitor()).await;
    let guess = |year: &'static str| {
        [("act", "birth_date"), ("birth_date-day", "2"), ("birth_date-month", "3"), ("birth_date-year", year)]
    };
    let stranger = t.visitor();
    stranger.post(&link, &[("act", "birth_date")]).await.is(422).says("Escriba");
    for (year, left) in [("1950", "4"), ("1951", "3"), ("1952", "2"), ("1953", "1")] {
        stranger.post(&link, &guess(year)).await.is(422).says(&format!("Intentos que quedan: {left}"));
    }
    stranger.post(&link, &guess("1954")).await.is(404).says("Este enlace no funciona");
    stranger.post(&link, &guess("1955")).await.is(404);
    for act in ["consents", "finish", "account"] {
        stranger.post(&link, &[("act", act), ("purpose", "program_services")]).await.is(404);
    }
    assert_eq!(
        t.count("select count(*) from audit where act = 'refused' and what = 'invitations.prove'").await,
        5
    );
}

#[tokio::test]
async fn an_invitation_ends_and_an_unknown_one_looks_the_same() {
    let t = portal().await;
    let link = help(&t.visitor()).await;
    t.wait(15 * DAY);
    let old = t.visitor().get(&link).await.is(404);
    let unknown = t.visitor().get("/es/invitation/no-such-token").await.is(404);
    assert_eq!(old.words(), unknown.words().replace("no-such-token", ""));
    t.visitor().post(&link, &[("act", "finish")]).await.is(404);
}

#[tokio::test]
async fn staff_make_a_new_link_and_the_old_one_ends() {
    let t = portal().await;
    let old = help(&t.visitor()).await;
    let (case, _) = t.only_case().await;
    let kim = t.staff("Kim Park", "kim@example.com", &[Role::CaseManager]).await;
    let path = format!("/en/staff/cases/{case}/invitation");
    kim.get(&format!("/en/staff/cases/{case}")).await.says("Make a new link");
    kim.get(&path).await.is(200).says("A new link for the patient").says_not("enrollments.");
    let made = kim.post(&path, &[("act", "make")]).await.is(200).says("shown only once");
    let link = made.attr("href", "/es/invitation/").unwrap();
    t.visitor().get(&old).await.is(404);
    t.visitor().get(&link).await.is(200).says("Alguien llenó un formulario para usted");
    t.visitor().get(&path).await.says("Sign in");
    let auditor = t.staff("Ada Audit", "ada@example.com", &[Role::Auditor]).await;
    auditor.get(&path).await.is(404);
    auditor.post(&path, &[("act", "make")]).await.is(404);
    kim.get("/en/staff/cases/00000000-0000-0000-0000-000000000007/invitation").await.is(404);
}

#[tokio::test]
async fn looking_at_an_invitation_changes_nothing() {
    let t = portal().await;
    let link = help(&t.visitor()).await;
    let before = t.count("select seq from audit_head").await;
    t.visitor().get(&link).await.is(200);
    t.visitor().get(&format!("{link}?step=check")).await.is(200).says("Alguien llenó");
    assert_eq!(t.count("select seq from audit_head").await, before);
    assert_eq!(t.count("select tries from invitations").await, 0);
}

#[tokio::test]
async fn when_the_filler_turns_out_to_be_another_the_consents_are_asked_again() {
    let t = portal().await;
    let luis = t.visitor();
    begin(&luis, "en", LUIS).await;
    consents(&luis, "en", CONSENTS).await;
    fill(&luis, "en", ANA).await;
    let path = format!("{ENROLL}/consents/program_services");
    let page = luis.get(&path).await.is(200).says("Emails to you about this form");
    assert!(!page.body.contains("checked"), "nobody else's yes");
    luis.get(&format!("{ENROLL}/consents/health_authorization")).await.arrives_at(ENROLL);
}

/// Ana enrolls Luis in Spanish. Returns his link.
async fn help(ana: &Browser) -> String {
    begin(ana, "es", ANA).await;
    fill(ana, "es", &LUIS[1..]).await;
    let path = "/es/programs/breathe/enroll/consents/program_services";
    consent(ana, path, "program_services", &[("channel-email", "yes")]).await.is(200);
    let done = send(ana, "es").await.is(200).says("Tenemos la inscripción").holds("class=\"picture-code\"");
    let link = done.attr("href", "/invitation/").unwrap();
    let again = ana.get(&done.at).await;
    assert_eq!(again.attr("href", "/invitation/").as_ref(), Some(&link), "it is still there later");
    link[link.find("/es/").unwrap()..].to_owned()
}
