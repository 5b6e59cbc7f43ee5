//! Safety: every free text is screened where it is stored, and a flagged one reaches a named person (EN-21, ON-18, SC-5).

mod handover; // to pharmacovigilance and back
mod questions; // to the patient
mod watch; // nobody looks; second looks

use crate::support::cases::Patient;
use crate::support::enrolling::{self, hidden};
use crate::support::{Browser, TestPortal, portal};
use domain::actor::Role;
use domain::time::{HOUR, MINUTE};

async fn officer(t: &TestPortal, name: &str, email: &str) -> Browser {
    t.staff(name, email, &[Role::SafetyOfficer]).await
}

/// The address of the newest record.
async fn newest(t: &TestPortal) -> String {
    format!("/en/staff/safety/{}", t.text("select id from safety_records order by number desc limit 1").await)
}

#[tokio::test]
async fn a_record_is_read_acknowledged_and_closed_by_named_people() {
    let t = portal().await;
    t.patient(Patient::default()).await;
    let luis = t.signed_in("luis@example.com").await;
    luis.post("/en/ask?program=breathe", &[("act", "ask"), ("question", "Since I use it I have a rash")])
        .await
        .is(200);
    t.wait(48 * MINUTE);
    let samuel = officer(&t, "Samuel Park", "samuel@example.com").await;
    samuel
        .get("/en/staff/safety")
        .await
        .is(200)
        .says("SR-000001")
        .says("3 h 12 min left")
        .says("23 h 12 min left")
        .says("4 of 4")
        .says("Not looked at");
    let at = newest(&t).await;
    let page = samuel.get(&at).await.is(200).says("Since I use it I have a").says("Luis").holds("<mark>");
    assert!(t.count("select count(*) from audit where what = 'safety.record' and act = 'read'").await >= 1);
    let version = hidden(&page, "version");

    // closing comes after acknowledging
    samuel.post(&at, &[("act", "close"), ("version", &version), ("as", "ae"), ("reason", "x")]).await.is(422);
    let page = samuel.post(&at, &[("act", "acknowledge"), ("version", &version)]).await.is(200);
    let page = page.says("Your name is on the record now.").says("Samuel Park");
    // a second press, another window: told, nothing lost
    samuel.post(&at, &[("act", "acknowledge"), ("version", &version)]).await.is(422).says("in the meantime");

    // Samuel says it is no safety matter; that takes somebody else to close
    let version = hidden(&page, "version");
    samuel.post(&at, &[("act", "triage"), ("version", &version)]).await.is(422).says("Choose what it was");
    let page =
        samuel.post(&at, &[("act", "triage"), ("version", &version), ("as", "not_safety")]).await.is(200);
    let version = hidden(&page, "version");
    let close = [("act", "close"), ("version", version.as_str()), ("reason", "only a question")];
    let page = samuel.post(&at, &close).await.is(422);
    page.says("A second person must close it").holds("only a question");
    let ruth = officer(&t, "Ruth Adler", "ruth@example.com").await;
    ruth.post(&at, &[("act", "close"), ("version", &version), ("reason", " ")])
        .await
        .is(422)
        .says("Write the reason");
    let page = ruth.post(&at, &close).await.is(200);
    page.says("The record is closed.").says("Ruth Adler").says("only a question");
    samuel.post(&at, &close).await.is(422);
    ruth.get("/en/staff/safety").await.is(200).says_not("SR-000001").says("Nothing waits here.");
    ruth.get("/en/staff/safety?show=closed").await.is(200).says("SR-000001").says("Not a safety matter");
    assert_eq!(t.text("select state from safety_records").await, "closed");
    t.settle().await;
}

#[tokio::test]
async fn the_clock_says_when_it_is_late_and_never_pauses() {
    let t = portal().await;
    let visitor = t.visitor();
    visitor
        .post("/en/ask?program=breathe", &[("act", "ask"), ("question", "I got a rash from Aerovent")])
        .await
        .is(200);
    // through the night: no business hours
    t.wait(4 * HOUR + 5 * MINUTE);
    let samuel = officer(&t, "Samuel Park", "samuel@example.com").await;
    samuel
        .get("/en/staff/safety")
        .await
        .is(200)
        .says("5 min late")
        .says("19 h 55 min left")
        .says("Nobody known");
    assert_eq!(
        t.count("select count(*) from safety_records where has_patient = 0 and has_reporter = 0 and has_product = 1 and has_reaction = 1").await,
        1,
        "a medicine that is named is known, a visitor is not"
    );
}

#[tokio::test]
async fn the_same_words_are_found_whatever_door_they_come_through() {
    let t = portal().await;
    let (_, case) = t.patient(Patient::default()).await;
    let kim = t.staff("Kim Park", "kim@example.com", &[Role::CaseManager]).await;
    let at = format!("/en/staff/cases/{}", case.id);
    let note = [("act", "note"), ("kind", "call"), ("text", "He says he felt dizzy after the second dose")];
    kim.post(&at, &note).await.is(200).says("SR-000001");
    assert_eq!(t.text("select source from safety_records").await, "case_note");
    assert_eq!(t.text("select reporter from safety_records").await, "staff");

    // a note that reports nothing has its verdict and no record
    kim.post(&at, &[("act", "note"), ("kind", "note"), ("text", "Called the office, card is on its way")])
        .await
        .is(200);
    assert_eq!(t.count("select count(*) from screenings where source = 'case_note'").await, 2);
    assert_eq!(t.count("select count(*) from safety_records").await, 1);

    // what the screen let pass a person flags, and the miss is kept
    let flag = [("act", "flag_safety"), ("safety_kind", "ae"), ("safety_text", "He sounded different today")];
    kim.post(&at, &flag).await.is(200).says("The safety team has it now.").says("SR-000002");
    assert_eq!(t.count("select count(*) from safety_records where is_screen_miss = 1").await, 1);
    kim.post(&at, &[("act", "flag_safety"), ("safety_kind", ""), ("safety_text", "x")]).await.is(422);
    kim.post(&at, &[("act", "flag_safety"), ("safety_kind", "ae"), ("safety_text", " ")])
        .await
        .is(422)
        .says("Write what was said");
    kim.get("/en/staff/safety").await.is(404);
}

#[tokio::test]
async fn what_the_enrollment_form_says_is_screened_at_once_and_gets_its_patient_later() {
    let t = portal().await;
    let visitor = t.visitor();
    enrolling::begin(&visitor, "en", enrolling::LUIS).await;
    let note =
        [("prescriber/note", &[("note", "The inhaler gives me chest pain and a rash")] as &[(&str, &str)])];
    enrolling::fill(&visitor, "en", &note).await;
    assert_eq!(
        t.count("select count(*) from safety_records where person_id is null and source = 'enrollment'")
            .await,
        1
    );
    // the same words saved again are no second record
    enrolling::fill(&visitor, "en", &note).await;
    assert_eq!(t.count("select count(*) from safety_records").await, 1);
    enrolling::consents(&visitor, "en", enrolling::CONSENTS).await;
    enrolling::send(&visitor, "en").await.is(200);
    assert_eq!(
        t.count("select count(*) from safety_records where person_id is not null and case_id is not null and has_reporter + has_patient + has_product + has_reaction = 4").await,
        1
    );
    let samuel = officer(&t, "Samuel Park", "samuel@example.com").await;
    samuel.get(&newest(&t).await).await.is(200).says("chest pain").says("Luis Ruiz").says("Enrollment form");
}

#[tokio::test]
async fn the_queue_and_its_records_are_for_safety_officers() {
    let t = portal().await;
    t.visitor()
        .post("/en/ask?program=breathe", &[("act", "ask"), ("question", "I have a rash")])
        .await
        .is(200);
    let at = newest(&t).await;
    t.visitor().get(&at).await.is(200).says("Sign in");
    for role in [Role::CaseManager, Role::MedicalInformation, Role::Auditor] {
        let email = format!("{}@example.com", role.code().replace('_', "-"));
        let staff = t.staff("Some Body", &email, &[role]).await;
        staff.get("/en/staff/safety").await.is(404);
        staff.get(&at).await.is(404);
        staff.post(&at, &[("act", "acknowledge"), ("version", "1")]).await.is(404);
    }
    let samuel = officer(&t, "Samuel Park", "samuel@example.com").await;
    for id in ["x", "00000000-0000-7000-8000-000000000000"] {
        samuel.get(&format!("/en/staff/safety/{id}")).await.is(404);
    }
    samuel.get("/en/staff/safety?show=x&after=nonsense.1.2").await.is(200).says("SR-000001");
    samuel.post(&at, &[("act", "explode")]).await.is(404);
}

#[tokio::test]
async fn words_of_a_stranger_stay_words_on_the_officers_page() {
    let t = portal().await;
    let visitor = t.visitor();
    let text = "<script>alert(1)</script> I have a rash \u{202e}evil";
    visitor.post("/en/ask?program=breathe", &[("act", "ask"), ("question", text)]).await.is(200);
    let samuel = officer(&t, "Samuel Park", "samuel@example.com").await;
    let page = samuel.get(&newest(&t).await).await.is(200).says("<script>alert(1)</script>");
    assert!(!page.body.contains("<script>alert"));
    for locale in ["es", "vi", "ar"] {
        let path = newest(&t).await.replace("/en/", &format!("/{locale}/"));
        samuel.get(&path).await.is(200).holds(&format!("<html lang=\"{locale}\""));
        samuel.get(&format!("/{locale}/staff/safety")).await.is(200);
    }
}
