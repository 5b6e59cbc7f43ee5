//! Contact choices: one row a purpose and channel, a yes and a no in the same steps, effect at once, nothing forgotten
//! (EN-19, ON-12, P3).

use crate::support::accounts::sign_in;
use crate::support::enrolling::{enroll, hidden};
use crate::support::{Browser, Page, TestPortal, portal};
use domain::consents::{Channel, Purpose, history, may_contact};
use domain::ids::CaseId;
use domain::time::{DAY, MINUTE};

const PREFERENCES: &str = "/en/preferences";
const PASSWORD: &str = "seven kettles on a wall";

/// Luis, enrolled and signed in.
async fn luis(t: &TestPortal) -> (Browser, CaseId) {
    let browser = t.visitor();
    let done = enroll(&browser, "en").await;
    let account = [("act", "account"), ("email", "luis.ruiz@example.com"), ("password", PASSWORD)];
    browser.post(&done.at, &account).await.is(200);
    assert_eq!(sign_in(&browser, "luis.ruiz@example.com", PASSWORD).await.at, "/en/home");
    (browser, t.only_case().await.0)
}

/// The fields of a row's form.
fn row<'a>(
    act: &'a str,
    case: &'a str,
    purpose: &'a str,
    channel: &'a str,
    edition: &'a str,
) -> [(&'a str, &'a str); 5] {
    [("act", act), ("case", case), ("purpose", purpose), ("channel", channel), ("edition", edition)]
}

async fn may(t: &TestPortal, purpose: Purpose, channel: Channel) -> bool {
    let (case, person) = t.only_case().await;
    let mut conn = t.portal().db.read().await.unwrap();
    may_contact(&mut conn, person, case, purpose, channel, t.portal().clock.now()).await.unwrap().is_some()
}

#[tokio::test]
async fn a_visitor_is_asked_to_sign_in() {
    let t = portal().await;
    let page = t.visitor().get(PREFERENCES).await;
    assert!(page.at.starts_with("/en/sign-in?next="), "{}", page.at);
    let fields = row("withdraw", "00000000-0000-0000-0000-000000000007", "marketing", "email", "1");
    let page = t.visitor().post(PREFERENCES, &fields).await;
    assert!(page.at.starts_with("/en/sign-in"), "{}", page.at);
}

#[tokio::test]
async fn every_choice_has_its_row_with_what_it_means_and_since_when() {
    let t = portal().await;
    let (luis, _) = luis(&t).await;
    let page = luis.get(PREFERENCES).await.is(200);
    assert_eq!(page.body.matches("class=\"preference\"").count(), 14, "a row for every wording there is");
    let page = page.says("Texts about my case").says("Nov 24, 2026").says("version 1").says("Not answered");
    let page = page.says("Ends on November 24, 2027").says("with the enrollment").says("If you say yes");
    page.says_not("consents.").says_not("%{");
    for locale in ["es", "vi", "ar"] {
        luis.get(&format!("/{locale}/preferences")).await.is(200).says_not("consents.").says_not("%{");
    }
}

#[tokio::test]
async fn who_leaves_the_program_is_not_written_to_and_a_person_looks_at_the_case() {
    let t = portal().await;
    let (luis, case) = luis(&t).await;
    let id = case.to_string();
    assert!(may(&t, Purpose::ProgramServices, Channel::Sms).await);
    let no = luis.post(PREFERENCES, &row("withdraw", &id, "program_services", "portal", "1")).await.is(200);
    no.says("We stop this now").says("someone from our team will look");
    assert!(!may(&t, Purpose::ProgramServices, Channel::Sms).await, "the yes to texts stands on the program");
    t.settle().await;
    let open = "select count(*) from tasks where kind = 'consent_withdrawn' and settled_at is null";
    assert_eq!(t.count(open).await, 1);
    t.wait(5 * MINUTE);
    luis.post(PREFERENCES, &row("give", &id, "program_services", "portal", "1")).await.is(200);
    assert!(may(&t, Purpose::ProgramServices, Channel::Sms).await);
    // a channel alone is nobody's task
    luis.post(PREFERENCES, &row("withdraw", &id, "program_services", "sms", "1")).await.is(200);
    t.settle().await;
    assert_eq!(t.count(open).await, 1);
}

#[tokio::test]
async fn a_no_takes_the_same_step_as_a_yes_and_acts_at_once() {
    let t = portal().await;
    let (luis, case) = luis(&t).await;
    let id = case.to_string();
    assert!(may(&t, Purpose::ProgramServices, Channel::Sms).await);
    let no = luis.post(PREFERENCES, &row("withdraw", &id, "program_services", "sms", "1")).await.is(200);
    no.says("You said no: Texts about my case").says_not("consents.");
    assert!(!may(&t, Purpose::ProgramServices, Channel::Sms).await);
    t.wait(5 * MINUTE);
    let yes = luis.post(PREFERENCES, &row("give", &id, "program_services", "sms", "1")).await.is(200);
    yes.says("You said yes: Texts about my case");
    assert!(may(&t, Purpose::ProgramServices, Channel::Sms).await);
    let (case, person) = t.only_case().await;
    let mut conn = t.portal().db.read().await.unwrap();
    let all = history(&mut conn, case, person).await.unwrap();
    let sms: Vec<_> =
        all.iter().filter(|row| row.channel == Channel::Sms).map(|row| (row.seq, row.is_given)).collect();
    assert_eq!(sms, [(1, true), (2, false), (3, true)], "nothing is changed, everything is added");
}

#[tokio::test]
async fn saying_the_same_twice_adds_nothing() {
    let t = portal().await;
    let (luis, case) = luis(&t).await;
    let id = case.to_string();
    let fields = row("withdraw", &id, "program_services", "sms", "1");
    let before = t.count("select count(*) from consents").await;
    tokio::join!(
        luis.post(PREFERENCES, &fields),
        luis.post(PREFERENCES, &fields),
        luis.post(PREFERENCES, &fields)
    );
    luis.post(PREFERENCES, &fields).await.is(200);
    assert_eq!(t.count("select count(*) from consents").await, before + 1);
}

#[tokio::test]
async fn a_script_gets_the_list_alone() {
    let t = portal().await;
    let (luis, case) = luis(&t).await;
    let id = case.to_string();
    let part =
        luis.post_fragment(PREFERENCES, &row("withdraw", &id, "program_services", "sms", "1")).await.is(200);
    assert!(!part.body.contains("<html"), "a fragment");
    part.holds("data-region").says("You said no: Texts about my case");
}

#[tokio::test]
async fn an_authorization_is_signed_again_and_ends_by_itself() {
    let t = portal().await;
    let (luis, case) = luis(&t).await;
    let id = case.to_string();
    let base = (Purpose::HealthAuthorization, Channel::Portal);
    assert!(may(&t, base.0, base.1).await);
    luis.post(PREFERENCES, &row("withdraw", &id, "health_authorization", "portal", "1")).await.is(200);
    assert!(!may(&t, base.0, base.1).await);
    let give = row("give", &id, "health_authorization", "portal", "1");
    let refused = luis.post(PREFERENCES, &give).await.is(422);
    refused.says("Write your full name. It is your signature");
    let mut signed = give.to_vec();
    signed.push(("signature", "Luis Ruiz"));
    luis.post(PREFERENCES, &signed).await.is(200).says("You said yes");
    assert!(may(&t, base.0, base.1).await);
    t.wait(366 * DAY);
    assert!(!may(&t, base.0, base.1).await, "it ends after twelve months");
}

#[tokio::test]
async fn a_yes_is_given_to_the_words_that_are_shown() {
    let t = portal().await;
    let (luis, case) = luis(&t).await;
    let id = case.to_string();
    let old = luis.post(PREFERENCES, &row("give", &id, "reminders", "email", "99")).await.is(422);
    old.says("These words have changed");
    let page = luis.get(PREFERENCES).await;
    assert_eq!(hidden(&page, "edition"), "1");
}

#[tokio::test]
async fn another_persons_case_is_not_there() {
    let t = portal().await;
    let (_, case) = luis(&t).await;
    t.person("Eve", "eve@example.com").await;
    let eve = t.signed_in("eve@example.com").await;
    let id = case.to_string();
    eve.post(PREFERENCES, &row("withdraw", &id, "program_services", "sms", "1")).await.is(404);
    eve.get(PREFERENCES).await.is(200).says("You have no enrollment yet").says_not("BR-2026");
    assert!(may(&t, Purpose::ProgramServices, Channel::Sms).await);
    assert_eq!(
        t.count("select count(*) from audit where act = 'refused' and what = 'consents.set'").await,
        1
    );
    for (field, value) in [("case", "7"), ("purpose", "everything"), ("channel", "pigeon"), ("act", "take")] {
        let mut fields = row("withdraw", &id, "program_services", "sms", "1");
        for pair in &mut fields {
            if pair.0 == field {
                pair.1 = value;
            }
        }
        let page: Page = eve.post(PREFERENCES, &fields).await;
        page.is(404);
    }
}

#[tokio::test]
async fn the_last_missing_yes_starts_the_case() {
    let t = portal().await;
    let (luis, case) = luis(&t).await;
    let id = case.to_string();
    assert_eq!(t.text("select sub_status from cases").await, "received");
    // a case that waits for consent is received by the yes it waits for
    let mut conn = t.portal().db.begin().await.unwrap();
    sqlx::query("update cases set sub_status = 'consent_pending', waiting_on = 'you'")
        .execute(&mut *conn)
        .await
        .unwrap();
    conn.commit().await.unwrap();
    luis.post(PREFERENCES, &row("withdraw", &id, "program_services", "portal", "1")).await.is(200);
    luis.post(PREFERENCES, &row("give", &id, "program_services", "portal", "1")).await.is(200);
    assert_eq!(t.text("select sub_status from cases").await, "received");
    assert_eq!(t.text("select waiting_on from cases").await, "program");
}
