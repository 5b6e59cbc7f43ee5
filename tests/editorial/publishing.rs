//! What is out: planned, overdue, withdrawn, and all that hangs on it.

use super::{LIBRARY, WORDS, act, later, live, new_lesson, publish, room, staff, state, variant, write};
use crate::support::portal;
use domain::content::Kind;
use domain::locale::Locale;
use domain::time::DAY;

#[tokio::test]
async fn what_is_planned_goes_live_late_rather_than_never_and_what_is_overdue_leaves() {
    let t = portal().await;
    let room = room(&t).await;
    let id = new_lesson(&t, &room, "EDU-909").await;
    room.pass(&t, &id).await;
    let past = [("on-day", "1"), ("on-month", "1"), ("on-year", "2020")];
    publish(&t, &room.amira, &id, &past).await.is(422).says("This moment is over");
    let plan = [("on-day", "1"), ("on-month", "12"), ("on-year", "2026"), ("time", "08:30")];
    publish(&t, &room.amira, &id, &plan).await.is(200).says("Planned.").says("Dec 1, 2026, 8:30");
    let start = t.portal().clock.now();
    later(&t, start, 3 * DAY).await;
    assert_eq!(live(&t, "edu-909", Locale::En), None);
    // the scheduler stood still for half a day past the moment; it catches up, and says so
    later(&t, start, 8 * DAY).await;
    assert_eq!(live(&t, "edu-909", Locale::En), Some((1, "en".into())));
    assert_eq!(t.count("select count(*) from events where code = 'content.late'").await, 1);
    t.settle().await;
    assert_eq!(
        t.count("select count(*) from events where code = 'content.published' and body like '%EDU-909%'")
            .await,
        1
    );
    // reminders 60, 30 and 7 days before its review is due, each once
    let due = format!("select count(*) from tasks where kind = 'content_review' and subject_id = '{id}'");
    for (days, tasks) in [(300, 0), (315, 1), (316, 1), (345, 2), (367, 3), (368, 3)] {
        later(&t, start, days * DAY).await;
        assert_eq!(t.count(due.clone()).await, tasks, "after {days} days");
    }
    let kwame = staff(&t, "kwame").await;
    kwame.get("/en/staff/reviews").await.is(200).says("Review content again");
    // nobody renewed it
    later(&t, start, 380 * DAY).await;
    assert_eq!(state(&t, &id).await, "expired");
    assert_eq!(live(&t, "edu-909", Locale::En), None);
}

#[tokio::test]
async fn a_claim_that_is_withdrawn_takes_everything_that_stands_on_it() {
    let t = portal().await;
    let room = room(&t).await;
    let new = [
        ("act", "create"),
        ("program", "breathe"),
        ("kind", "claim"),
        ("language", "en"),
        ("code", "CLM-001"),
        ("title", "How soon it works"),
    ];
    room.priya.post(&format!("{LIBRARY}/new"), &new).await.is(200);
    let claim = variant(&t, "BR/CLM-001", 1, "en").await;
    let words = [
        ("text", "begins to work within 15 minutes"),
        ("audience", "staff"),
        ("ref-1-document", "Study NB-12"),
        ("ref-1-page", "p. 7"),
        ("ref-1-until-day", "1"),
        ("ref-1-until-month", "6"),
        ("ref-1-until-year", "2027"),
    ];
    write(&t, &room.priya, &claim, &words).await.is(200);
    // a lesson that stands on it cannot be handed in before it is live
    let new = [
        ("act", "create"),
        ("program", "breathe"),
        ("kind", "module"),
        ("language", "en"),
        ("code", "EDU-910"),
        ("title", "When it works"),
    ];
    room.priya.post(&format!("{LIBRARY}/new"), &new).await.is(200);
    let lesson = variant(&t, "BR/EDU-910", 1, "en").await;
    let mut standing = WORDS.to_vec();
    standing.retain(|(name, _)| *name != "pages.1.body");
    standing.push(("pages.1.body", "It {claim:CLM-001@1}. See [nowhere](page:nowhere)."));
    write(&t, &room.priya, &lesson, &standing).await.is(200);
    let refused = act(&t, &room.priya, &lesson, "hand_in", &[]).await.is(422);
    refused.says("A claim it stands on is not live").says("leads to no page we have");
    act(&t, &room.priya, &claim, "hand_in", &[]).await.is(200);
    room.pass(&t, &claim).await;
    publish(&t, &room.amira, &claim, &[]).await.is(200).says("June 1, 2027");
    standing.pop();
    standing.push(("pages.1.body", "It {claim:CLM-001@1}. See [safety](page:safety)."));
    write(&t, &room.priya, &lesson, &standing).await.is(200);
    act(&t, &room.priya, &lesson, "hand_in", &[]).await.is(200);
    room.pass(&t, &lesson).await;
    publish(&t, &room.amira, &lesson, &[]).await.is(200);
    t.visitor().get("/en/learn/edu-910").await.is(200).says("It begins to work within 15 minutes.");
    // where it is used is known exactly, and withdrawing it pulls that
    let page = room.nils.get(&format!("{LIBRARY}/{claim}")).await.is(200);
    page.says("What stands on it").says("When it works").says("1 text stands on it");
    act(&t, &room.nils, &claim, "withdraw", &[("reason", "Study retracted")])
        .await
        .is(200)
        .says("Withdrawn.");
    assert_eq!(state(&t, &lesson).await, "withdrawn");
    t.visitor().get("/en/learn/edu-910").await.is(404);
}

#[tokio::test]
async fn messages_wait_while_their_words_are_away_and_go_on_when_there_are_new_ones() {
    let t = portal().await;
    t.patient(crate::support::cases::Patient::default()).await;
    let room = room(&t).await;
    let mut tx = t.portal().db.begin().await.unwrap();
    sqlx::query("update messages set state = 'planned'").execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    let planned = t
        .count("select count(*) from messages where state = 'planned' and kind = 'enrollment_received'")
        .await;
    assert_eq!(planned, 1);
    let id = variant(&t, "BR/MSG-01", 1, "en").await;
    act(&t, &room.amira, &id, "withdraw", &[("reason", "Wrong phone")]).await.is(200);
    assert_eq!(
        t.text("select rule from messages where state = 'held' and kind = 'enrollment_received'").await,
        "withdrawn"
    );
    let rosa = staff(&t, "rosa").await;
    rosa.get("/en/staff/messages").await.is(200).says("Waits for words").says("The words were withdrawn");
    act(&t, &room.priya, &id, "new_edition", &[]).await.is(200);
    let next = variant(&t, "BR/MSG-01", 2, "en").await;
    act(&t, &room.priya, &next, "hand_in", &[]).await.is(200);
    room.pass(&t, &next).await;
    publish(&t, &room.amira, &next, &[]).await.is(200);
    assert_eq!(t.count("select count(*) from messages where state = 'held'").await, 0);
}

#[tokio::test]
async fn a_reader_says_whether_it_helped_and_the_words_are_screened() {
    let t = portal().await;
    let visitor = t.visitor();
    let at = "/en/learn/edu-101/4";
    visitor
        .post(at, &[("act", "rate"), ("comment", "good")])
        .await
        .is(422)
        .says("Choose one of the answers")
        .says("good");
    visitor
        .post(at, &[("act", "rate"), ("helpful", "yes")])
        .await
        .is(200)
        .says("Thank you. We read every word.");
    let said = [("act", "rate"), ("helpful", "no"), ("comment", "2/5, after the second puff I got a rash")];
    visitor.post(at, &said).await.is(200).says("Thank you for telling us");
    assert_eq!(t.count("select count(*) from safety_records where source = 'rating'").await, 1);
    assert_eq!(t.count("select count(*) from content_ratings").await, 2);
    let long = "x".repeat(1_001);
    visitor.post(at, &[("act", "rate"), ("helpful", "no"), ("comment", &long)]).await.is(422).says("1,000");
    visitor.get("/en/learn/edu-101").await.is(200);
    let priya = staff(&t, "priya").await;
    priya.get("/en/staff/content/measures").await.is(200).says("BR/EDU-101");
}

#[tokio::test]
async fn another_node_shows_what_this_one_published() {
    let t = portal().await;
    let room = room(&t).await;
    let id = new_lesson(&t, &room, "EDU-912").await;
    room.pass(&t, &id).await;
    let other = domain::content::Library::load(&t.portal().db).await.unwrap();
    let program = t.portal().programs.by_code("breathe").unwrap().id;
    publish(&t, &room.amira, &id, &[]).await.is(200);
    assert!(other.shelf().exact(program, Kind::Module, "edu-912", Locale::En).is_none());
    // what its timetable does every second
    assert!(other.refresh(&t.portal().db).await.unwrap());
    assert!(other.shelf().exact(program, Kind::Module, "edu-912", Locale::En).is_some());
    act(&t, &room.nils, &id, "withdraw", &[("reason", "Recall")]).await.is(200);
    assert!(other.refresh(&t.portal().db).await.unwrap());
    assert!(other.shelf().exact(program, Kind::Module, "edu-912", Locale::En).is_none());
    assert!(!other.refresh(&t.portal().db).await.unwrap());
}

#[tokio::test]
async fn a_link_that_leads_nowhere_any_more_becomes_one_task() {
    let t = portal().await;
    let room = room(&t).await;
    let target = new_lesson(&t, &room, "EDU-913").await;
    room.pass(&t, &target).await;
    publish(&t, &room.amira, &target, &[]).await.is(200);
    let faq = variant(&t, "BR/FAQ-012", 4, "en").await;
    act(&t, &room.priya, &faq, "new_edition", &[]).await.is(200);
    let id = variant(&t, "BR/FAQ-012", 5, "en").await;
    let answer = [
        ("answer", "See [how to use it](module:edu-913)."),
        ("audience", "public"),
        ("channel-portal", "yes"),
    ];
    write(&t, &room.priya, &id, &answer).await.is(200);
    act(&t, &room.priya, &id, "hand_in", &[]).await.is(200);
    room.pass(&t, &id).await;
    publish(&t, &room.amira, &id, &[]).await.is(200);
    t.settle().await;
    let broken = "select count(*) from tasks where kind = 'broken_link'";
    assert_eq!(t.count(broken).await, 0);
    act(&t, &room.nils, &target, "withdraw", &[("reason", "Recall"), ("everywhere", "yes")]).await.is(200);
    t.settle().await;
    t.settle().await;
    assert_eq!(t.count(broken).await, 1, "one task, however often it is looked at");
    room.kwame.get("/en/staff/reviews").await.is(200).says("Mend a link");
}
