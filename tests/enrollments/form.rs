//! The form: a question a page, each answer kept.

use super::ENROLL;
use crate::support::enrolling::{CONSENTS, LUIS, begin, consents, fill, send};
use crate::support::{Page, portal};
use domain::actor::Role;
use domain::time::{DAY, MINUTE};

#[tokio::test]
async fn every_answer_is_saved_and_found_again() {
    let t = portal().await;
    let luis = t.visitor();
    begin(&luis, "en", &LUIS[..8]).await;
    t.wait(20 * MINUTE);
    let list = luis.get(ENROLL).await.is(200).says("You began this form before");
    assert_eq!(list.words().matches("Completed").count(), 2, "{}", list.words());
    list.says("Begun").says("Cannot start yet");
    luis.get(&format!("{ENROLL}/patient/name")).await.holds("value=\"Luis Ruiz\"");
    luis.get(&format!("{ENROLL}/patient/birth_date")).await.holds("value=\"1955\"");
    luis.get("/ar/programs/breathe/enroll/patient/name").await.is(200).holds("value=\"Luis Ruiz\"");
    t.visitor().get(ENROLL).await.is(200).says("Join the program").says_not("Luis");
}

#[tokio::test]
async fn a_form_nobody_comes_back_to_is_gone_after_thirty_days() {
    let t = portal().await;
    let luis = t.visitor();
    begin(&luis, "en", &LUIS[..2]).await;
    t.wait(29 * DAY);
    luis.get(&format!("{ENROLL}/patient/name")).await.holds("value=\"Luis Ruiz\"");
    t.wait(2 * DAY);
    let gone = luis.get(&format!("{ENROLL}/patient/name")).await.is(200);
    gone.says("We no longer have this form").says("Join the program").says_not("Luis");
    let ctx = t.portal().system("test");
    assert_eq!(domain::enrollments::clear_expired(&ctx).await.unwrap(), 1);
}

#[tokio::test]
async fn a_refused_answer_comes_back_as_it_was_typed() {
    let t = portal().await;
    let luis = t.visitor();
    begin(&luis, "en", &LUIS[..1]).await;
    for (page, fields, says) in [
        ("patient/name", &[("name", "")][..], "Write the name"),
        ("patient/name", &[("name", "Luis\u{202e}ziuR")], "Leave out signs that cannot be read"),
        (
            "patient/birth_date",
            &[("birth_date-day", "31"), ("birth_date-month", "2"), ("birth_date-year", "1955")],
            "This day does not exist",
        ),
        (
            "patient/birth_date",
            &[("birth_date-day", "1"), ("birth_date-month", "1"), ("birth_date-year", "2031")],
            "This day is still to come",
        ),
        (
            "patient/birth_date",
            &[("birth_date-day", "1"), ("birth_date-month", "1"), ("birth_date-year", "1899")],
            "more than 120 years ago",
        ),
        ("patient/written_language", &[("written_language", "xx")], "Choose one of the answers"),
        ("contact/email", &[("email", "luis(at)example")], "Write an email address like"),
        ("contact/phone", &[("phone", "12")], "Write a phone number with its area code"),
    ] {
        let path = format!("{ENROLL}/{page}");
        let refused = luis.post(&path, fields).await.is(422).says("There is a problem").says(says);
        assert!(refused.body.contains("<title>Error: "), "{page}");
        for (_, typed) in
            fields.iter().filter(|(name, typed)| !typed.is_empty() && !name.starts_with("written"))
        {
            assert!(refused.body.contains(&format!("value=\"{typed}\"")), "{page} lost {typed:?}");
        }
        for locale in ["es", "vi", "ar"] {
            let path = path.replace("/en/", &format!("/{locale}/"));
            luis.post(&path, fields).await.is(422).says_not("errors.").says_not("enrollments.");
        }
    }
    assert_eq!(t.count("select count(*) from drafts").await, 1);
}

#[tokio::test]
async fn hostile_text_is_shown_as_text() {
    let t = portal().await;
    let luis = t.visitor();
    begin(&luis, "en", LUIS).await;
    let hostile = "\"><script>alert(1)</script></textarea><b>&amp;";
    fill(&luis, "en", &[("prescriber/note", &[("note", hostile)]), ("patient/name", &[("name", hostile)])])
        .await;
    consents(&luis, "en", CONSENTS).await;
    for page in ["prescriber/note", "patient/name", "check"] {
        let page = luis.get(&format!("{ENROLL}/{page}")).await.is(200);
        assert!(!page.body.contains("<script>alert"), "{}", page.at);
        assert!(page.body.contains("&lt;script&gt;"), "{}", page.at);
    }
    send(&luis, "en").await.arrives_at(&format!("{ENROLL}/done"));
}

#[tokio::test]
async fn a_changed_answer_leads_back_to_the_check() {
    let t = portal().await;
    let luis = t.visitor();
    begin(&luis, "en", LUIS).await;
    consents(&luis, "en", CONSENTS).await;
    let check = luis.get(&format!("{ENROLL}/check")).await.is(200);
    let check =
        check.says("Luis Ruiz").says("March 2, 1955").says("Not provided").says("Yes, signed: Luis Ruiz");
    let change = check.attr("href", "/patient/name?from=check").unwrap();
    luis.post(&change, &[("name", "Luis A. Ruiz")])
        .await
        .arrives_at(&format!("{ENROLL}/check"))
        .says("Luis A. Ruiz");
    // an answer that opens another question asks it first
    luis.post(&format!("{ENROLL}/insurance/payer_type?from=check"), &[("payer_type", "none")])
        .await
        .arrives_at(&format!("{ENROLL}/check"));
    luis.get(&format!("{ENROLL}/insurance/payer_name")).await.arrives_at(ENROLL);
}

#[tokio::test]
async fn a_form_can_be_taken_away() {
    let t = portal().await;
    let luis = t.visitor();
    begin(&luis, "en", &LUIS[..3]).await;
    luis.post(ENROLL, &[("act", "discard")]).await.is(200).says("All answers are deleted");
    assert_eq!(t.count("select count(*) from drafts").await, 0);
    luis.get(&format!("{ENROLL}/patient/name")).await.says("We no longer have this form").says_not("Luis");
}

#[tokio::test]
async fn a_side_effect_in_the_note_is_heard_before_the_form_is_sent() {
    let t = portal().await;
    let luis = t.visitor();
    begin(&luis, "en", &LUIS[..16]).await;
    let note = format!("{ENROLL}/prescriber/note");
    let plain = luis.post(&note, &[("note", "Please call after lunch.")]).await.is(200);
    plain.says_not("Thank you for telling us");
    let told =
        luis.post(&note, &[("note", "Since I use it I have a rash and it itches a lot")]).await.is(200);
    told.says("Thank you for telling us").says("safety team");
    assert_eq!(t.count("select count(*) from safety_records where person_id is null").await, 1);
    consents(&luis, "en", CONSENTS).await;
    send(&luis, "en").await.arrives_at(&format!("{ENROLL}/done"));
    let known = "select count(*) from safety_records r join cases c on c.id = r.case_id and c.person_id = r.person_id where r.reporter = 'patient'";
    assert_eq!(t.count(known).await, 1, "once sent, the record knows whose words they are");
    let urgent = luis.post(ENROLL, &[("act", "start")]).await;
    assert_eq!(urgent.at, format!("{ENROLL}/who/filler"));
    fill(&luis, "en", &LUIS[..1]).await;
    let urgent = luis.post(&note, &[("note", "I can't breathe and my lips are swollen")]).await.is(200);
    urgent.says("You may need help right now").says("Call 911 now").holds("role=\"alert\"");
}

#[tokio::test]
async fn what_does_not_exist_is_not_found() {
    let t = portal().await;
    let luis = t.visitor();
    begin(&luis, "en", &LUIS[..1]).await;
    for path in [
        "/en/programs/none/enroll",
        "/en/programs/breathe/enroll/who/none",
        "/en/programs/breathe/enroll/none/filler",
    ] {
        luis.get(path).await.is(404);
        luis.post(path, &[("act", "start")]).await.is(404);
    }
    luis.post(ENROLL, &[("act", "nonsense")]).await.is(404);
    luis.post(&format!("{ENROLL}/done"), &[("act", "nonsense")]).await.is(404);
}

#[tokio::test]
async fn staff_do_not_enroll_as_patients() {
    let t = portal().await;
    let staff = t.staff("Kim Park", "kim@example.com", &[Role::CaseManager]).await;
    staff.post(ENROLL, &[("act", "start")]).await.is(404);
}

#[tokio::test]
async fn every_page_of_the_form_is_whole_in_every_language() {
    let t = portal().await;
    for locale in ["en", "es", "vi", "ar"] {
        for program in ["breathe", "clearpath"] {
            let enroll = format!("/{locale}/programs/{program}/enroll");
            let visitor = t.visitor();
            whole(visitor.get(&enroll).await);
            whole(visitor.post(&enroll, &[("act", "start")]).await);
            whole(visitor.post(&format!("{enroll}/who/filler"), &[("filler", "self")]).await);
            whole(visitor.get(&enroll).await);
            for (page, _) in LUIS {
                whole(visitor.get(&format!("{enroll}/{page}")).await);
            }
            for (purpose, _) in CONSENTS {
                whole(visitor.get(&format!("{enroll}/consents/{purpose}")).await);
            }
            whole(visitor.get(&format!("{enroll}/check")).await);
        }
    }
}

/// No key, no hole, one heading.
fn whole(page: Page) {
    let page = page.is(200);
    for mark in ["enrollments.", "consents.", "errors.", "common.", "%{"] {
        assert!(!page.words().contains(mark), "{mark} on {}: {}", page.at, page.words());
    }
    assert_eq!(page.body.matches("<h1").count(), 1, "{}", page.at);
}
