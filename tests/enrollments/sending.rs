//! The form is sent once, with its consents, and may become a sign-in.

use super::{ENROLL, PASSWORD, number};
use crate::support::enrolling::{CONSENTS, LUIS, begin, consent, consents, enroll, fill, hidden, send};
use crate::support::portal;
use domain::time::{HOUR, MINUTE};

#[tokio::test]
async fn a_patient_enrolls_and_reads_their_number_and_what_happens_next() {
    let t = portal().await;
    let luis = t.visitor();
    let done = enroll(&luis, "es").await;
    let done = done.says("Tenemos su inscripción").says("BR-2026-0").says("1-800-555-0142");
    done.says("martes, 24 de noviembre").says_not("Luis").says_not("enrollments.").says_not("consents.");
    assert_eq!(t.count("select count(*) from cases").await, 1);
    assert_eq!(t.text("select sub_status from cases").await, "received");
    assert_eq!(t.text("select waiting_on from cases").await, "program");
    assert_eq!(t.text("select rule from cases").await, "R-14 v3");
    assert_eq!(t.text("select queue from cases").await, "Access-ES");
    assert_eq!(t.text("select locale from cases").await, "es");
    let due = t.count("select first_response_due - opened_at from cases").await;
    assert_eq!(due, 4 * HOUR, "four business hours on a Tuesday morning");
    assert_eq!(t.count("select count(*) from case_checklist").await, 7);
    assert_eq!(t.count("select count(*) from case_checklist where ticked_at is not null").await, 5);
    let open = "select count(*) from case_checklist where ticked_at is null and item in ('insurance_card', 'prescriber_confirmed')";
    assert_eq!(t.count(open).await, 2);
    let sentence = t.text("select sentence_id from case_statuses").await;
    assert!(sentence.contains("STS-01"), "{sentence}");
    assert_eq!(t.count("select count(*) from consents").await, 5, "every channel asked about has its row");
    assert_eq!(t.count("select count(*) from consents where locale = 'es' and how = 'enrollment'").await, 5);
    assert_eq!(t.count("select count(*) from consents where is_given = 1").await, 3);
    assert_eq!(t.count("select count(*) from consents where signature_sealed is not null").await, 1);
}

#[tokio::test]
async fn a_form_is_not_sent_while_something_is_open() {
    let t = portal().await;
    let luis = t.visitor();
    begin(&luis, "en", LUIS).await;
    consents(&luis, "en", &CONSENTS[..1]).await;
    let check = luis.get(&format!("{ENROLL}/check")).await.says("Some questions are still open");
    assert!(check.attr("href", "/consents/health_authorization").is_some());
    for version in ["0", "18", "-1", "x", ""] {
        luis.post(&format!("{ENROLL}/check"), &[("act", "submit"), ("version", version)]).await.is(422);
    }
    assert_eq!(t.count("select count(*) from cases").await, 0);
}

#[tokio::test]
async fn however_often_it_is_sent_there_is_one_case() {
    let t = portal().await;
    let luis = t.visitor();
    begin(&luis, "en", LUIS).await;
    consents(&luis, "en", CONSENTS).await;
    let path = format!("{ENROLL}/check");
    let version = hidden(&luis.get(&path).await, "version");
    let fields = [("act", "submit"), ("version", version.as_str())];
    let (a, b, c) =
        tokio::join!(luis.post(&path, &fields), luis.post(&path, &fields), luis.post(&path, &fields));
    let numbers: Vec<String> = [a, b, c].map(number).into();
    assert!(numbers.iter().all(|number| *number == numbers[0]), "{numbers:?}");
    assert_eq!(number(luis.post(&path, &fields).await), numbers[0], "a replay");
    assert_eq!(t.count("select count(*) from cases").await, 1);
    assert_eq!(t.count("select count(*) from people where staff_name is null").await, 1);
    luis.get(ENROLL).await.says("You have sent this form");
    luis.get(&format!("{ENROLL}/patient/name")).await.arrives_at(&format!("{ENROLL}/done"));
    luis.post(&format!("{ENROLL}/patient/name"), &[("name", "Else")])
        .await
        .arrives_at(&format!("{ENROLL}/done"));
}

#[tokio::test]
async fn what_another_tab_answered_is_looked_over_before_it_is_sent() {
    let t = portal().await;
    let luis = t.visitor();
    begin(&luis, "en", LUIS).await;
    consents(&luis, "en", CONSENTS).await;
    let path = format!("{ENROLL}/check");
    let seen = hidden(&luis.get(&path).await, "version");
    fill(&luis, "en", &[("patient/name", &[("name", "Lucía Ruiz")])]).await;
    let again = luis.post(&path, &[("act", "submit"), ("version", &seen)]).await.is(422);
    let again = again.says("Something changed in another window").says("Lucía Ruiz");
    let version = hidden(&again, "version");
    luis.post(&path, &[("act", "submit"), ("version", &version)]).await.arrives_at(&format!("{ENROLL}/done"));
}

#[tokio::test]
async fn a_no_to_what_the_program_needs_waits_for_the_patient() {
    let t = portal().await;
    let luis = t.visitor();
    begin(&luis, "en", LUIS).await;
    consents(
        &luis,
        "en",
        &[
            ("program_services", &[("agree", "yes")]),
            ("health_authorization", &[("agree", "no")]),
            ("marketing", &[]),
        ],
    )
    .await;
    send(&luis, "en").await.says("You said no to a permission the program needs");
    assert_eq!(t.text("select sub_status from cases").await, "consent_pending");
    assert_eq!(t.text("select waiting_on from cases").await, "you");
    assert_eq!(t.count("select count(*) from case_checklist where ticked_at is not null").await, 4);
}

#[tokio::test]
async fn a_consent_is_answered_and_signed_or_not_taken() {
    let t = portal().await;
    let luis = t.visitor();
    begin(&luis, "en", LUIS).await;
    let path = |purpose: &str| format!("{ENROLL}/consents/{purpose}");
    consent(&luis, &path("program_services"), "program_services", &[]).await.is(422).says("Choose yes or no");
    let signed = path("health_authorization");
    let page = consent(&luis, &signed, "health_authorization", &[("agree", "yes"), ("signature", " ")]).await;
    page.is(422).says("Write your full name. It is your signature").holds("checked");
    let stale = [("agree", "yes"), ("edition-portal", "0")];
    luis.post(&path("program_services"), &stale).await.is(422).says("These words have changed");
    luis.post(&path("program_services"), &[("agree", "yes")]).await.is(422);
    assert_eq!(luis.get(&path("no_such_purpose")).await.status, 404);
}

#[tokio::test]
async fn a_sign_in_is_made_once_by_whoever_just_enrolled() {
    let t = portal().await;
    let luis = t.visitor();
    let done =
        enroll(&luis, "en").await.says("Make your sign-in now").holds("value=\"luis.ruiz@example.com\"");
    let account = |email, password| [("act", "account"), ("email", email), ("password", password)];
    let short = luis.post(&done.at, &account("luis.ruiz@example.com", "short")).await.is(422);
    short.says("There is a problem").says_not("short");
    luis.post(&done.at, &account("luis.ruiz@example.com", PASSWORD))
        .await
        .is(200)
        .says("Your sign-in is ready");
    luis.post(&done.at, &account("other@example.com", PASSWORD)).await.says_not("Make your sign-in now");
    assert_eq!(t.count("select count(*) from accounts where kind = 'person'").await, 1);
    let home = crate::support::accounts::sign_in(&t.visitor(), "luis.ruiz@example.com", PASSWORD).await;
    assert_eq!(home.at, "/en/home");
    // a stranger without this browser's cookie sees nothing of it
    t.visitor().get(&done.at).await.arrives_at(ENROLL);
    t.visitor().post(&done.at, &account("thief@example.com", PASSWORD)).await.arrives_at(ENROLL);
}

#[tokio::test]
async fn an_address_that_has_a_sign_in_answers_like_one_that_has_none() {
    let t = portal().await;
    t.person("Somebody", "luis.ruiz@example.com").await;
    let luis = t.visitor();
    let done = enroll(&luis, "en").await;
    let fields =
        [("act", "account"), ("email", "luis.ruiz@example.com"), ("password", "another long password here")];
    luis.post(&done.at, &fields).await.is(200).says("Your sign-in is ready");
    luis.get(&done.at).await.says("Your sign-in is ready");
    assert_eq!(t.count("select count(*) from accounts where kind = 'person'").await, 1);
}

#[tokio::test]
async fn after_an_hour_no_sign_in_can_be_made_from_the_confirmation() {
    let t = portal().await;
    let luis = t.visitor();
    let done = enroll(&luis, "en").await;
    t.wait(61 * MINUTE);
    luis.get(&done.at).await.is(200).says("BR-2026-0").says_not("Make your sign-in now");
}
