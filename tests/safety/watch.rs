//! Nobody looks: those who must are reminded, then the next ones, then somebody is called. And some of what the screen let
//! pass is looked at again.

use super::officer;
use crate::support::{TestPortal, portal};
use domain::actor::Role;
use domain::time::{HOUR, MINUTE};

async fn told(t: &TestPortal, step: &str) -> i64 {
    t.count(&format!("select count(*) from messages where dedupe like 'safety_alert_staff:triage:{step}:%'"))
        .await
}

#[tokio::test]
async fn who_does_not_look_is_reminded_then_others_then_somebody_is_called() {
    let t = portal().await;
    officer(&t, "Samuel Park", "samuel@example.com").await;
    let visitor = t.visitor();
    visitor
        .post("/en/ask?program=breathe", &[("act", "ask"), ("question", "I got a rash from Aerovent")])
        .await
        .is(200);
    let officers = t.count("select count(*) from staff_roles where role = 'safety_officer'").await;
    for (hours, reminded, others, calls) in [(1, 0, 0, 0), (3, 1, 0, 0), (4, 1, 1, 0), (6, 1, 1, 1)] {
        let from = t.count("select min(aware_at) from safety_records").await;
        t.portal().clock.set(domain::time::Timestamp(from + hours * HOUR + MINUTE));
        // twice is as once
        t.settle().await;
        t.settle().await;
        assert_eq!(told(&t, "officers").await, reminded * officers, "after {hours} h");
        assert_eq!(told(&t, "others").await > 0, others == 1, "after {hours} h");
        let tasks = t.count("select count(*) from tasks where dedupe like 'safety_call:triage:%'").await;
        assert_eq!(tasks, calls, "after {hours} h");
    }
}

#[tokio::test]
async fn the_watch_says_that_it_lives_and_is_missed_when_it_does_not() {
    let t = portal().await;
    let visitor = t.visitor();
    visitor.get("/safetyz").await.is(503);
    t.settle().await;
    assert_eq!(visitor.get("/safetyz").await.is(200).body, "watching\n");
    t.wait(6 * MINUTE);
    visitor.get("/safetyz").await.is(503);
}

#[tokio::test]
async fn some_of_what_was_let_pass_is_looked_at_again() {
    let t = portal().await;
    let visitor = t.visitor();
    // one in ten is drawn, by a key nobody knows
    for n in 0..60 {
        let question = format!("Where is parcel number {n}?");
        visitor.post("/en/ask?program=breathe", &[("act", "ask"), ("question", &question)]).await;
        t.wait(MINUTE);
    }
    let drawn = t.count("select count(*) from safety_samples").await;
    assert!((1..=20).contains(&drawn), "{drawn}");
    let samuel = officer(&t, "Samuel Park", "samuel@example.com").await;
    let at = "/en/staff/safety/second-looks";
    let page = samuel
        .get(at)
        .await
        .is(200)
        .says("Where is parcel number")
        .says("nobody knows what the screen misses");
    assert!(t.count("select count(*) from audit where what = 'safety.samples'").await >= 1);
    let sample = crate::support::enrolling::hidden(&page, "sample");
    samuel
        .post(at, &[("act", "fine"), ("sample", &sample)])
        .await
        .is(200)
        .says("It is noted.")
        .says("0 of 1");
    samuel.post(at, &[("act", "fine"), ("sample", &sample)]).await.is(422).says("in the meantime");
    if drawn > 1 {
        let page = samuel.get(at).await.is(200);
        let sample = crate::support::enrolling::hidden(&page, "sample");
        let page = samuel.post(at, &[("act", "miss"), ("sample", &sample)]).await.is(422);
        page.says("Choose what it is about").holds("href=\"#safety_kind\"");
        samuel
            .post(at, &[("act", "miss"), ("sample", &sample), ("safety_kind", "pqc")])
            .await
            .is(200)
            .says("A safety record was made");
        assert_eq!(
            t.count("select count(*) from safety_records where is_screen_miss = 1 and kind = 'pqc'").await,
            1
        );
        samuel.get(at).await.is(200).says("1 of 2").says("50");
    }
    samuel.post(at, &[("act", "fine"), ("sample", "x")]).await.is(404);
    for role in [Role::CaseManager, Role::Auditor] {
        let email = format!("{}@example.com", role.code().replace('_', "-"));
        t.staff("Some Body", &email, &[role]).await.get(at).await.is(404);
    }
}

#[tokio::test]
async fn a_text_that_nobody_read_goes_to_a_person_within_minutes() {
    let t = portal().await;
    let visitor = t.visitor();
    visitor
        .post("/en/ask?program=breathe", &[("act", "ask"), ("question", "Where is my parcel?")])
        .await
        .is(200);
    t.wait(2 * MINUTE);
    t.settle().await;
    assert_eq!(t.count("select count(*) from safety_records").await, 0);
    // as if a writer had forgotten the screen
    t.run("delete from safety_samples").await;
    t.run("delete from screenings").await;
    t.settle().await;
    t.settle().await;
    assert_eq!(
        t.count("select count(*) from safety_records where kind = 'unreadable' and source = 'chat'").await,
        1
    );
    let samuel = officer(&t, "Samuel Park", "samuel@example.com").await;
    samuel.get("/en/staff/safety").await.is(200).says("Cannot be read");
}
