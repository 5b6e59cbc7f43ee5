//! How the assistant learns through people: what it could not answer is a list, staff write for it, three desks sign, and
//! the next release answers.

use super::{ask, last_outcome, lena};
use crate::editorial::{Room, act, publish, room, state, variant};
use crate::support::cases::Patient;
use crate::support::enrolling::hidden;
use crate::support::{Browser, Page, TestPortal, portal};
use domain::actor::Role;
use domain::time::{DAY, MINUTE};

const EN: &str = "/en/ask?program=breathe";
const LIST: &str = "/en/staff/questions?program=breathe&language=en";

/// The address of the group that stands in a list at a place.
fn group(page: &Page, place: usize) -> String {
    let rest = page.body.split("href=\"/en/staff/questions/").nth(place + 1).expect("a group");
    format!("/en/staff/questions/{}", rest.split('"').next().unwrap())
}

async fn link(author: &Browser, at: &str, item: &str, phrasing: &str) -> Page {
    let turns = hidden(&author.get(at).await.is(200), "turns");
    author.post(at, &[("act", "link"), ("turns", &turns), ("item", item), ("phrasing", phrasing)]).await
}

/// Hands in, three signatures, live.
async fn through(t: &TestPortal, room: &Room, id: &str) {
    act(t, &room.priya, id, "hand_in", &[]).await.is(200).says("Handed in.");
    room.pass(t, id).await;
    publish(t, &room.amira, id, &[]).await.is(200);
    assert_eq!(state(t, id).await, "live");
    t.settle().await;
}

#[tokio::test]
async fn what_was_not_answered_is_linked_reviewed_and_answered_by_the_next_release() {
    let t = portal().await;
    let room = room(&t).await;
    for text in [
        "Can I take it with warfarin?",
        "Can I mix it with grapefruit juice?",
        "Is it ok to take it with warfarin",
    ] {
        ask(&t.visitor(), EN, text).await.is(200);
        assert_eq!(last_outcome(&t).await, "no_match", "{text}");
        t.wait(MINUTE);
    }
    let page = room.priya.get(LIST).await.is(200);
    let page =
        page.says("Can I take it with warfarin?").says("Is it ok to take it with warfarin").says("2 times");
    let at = group(&page, 0);
    let page = room.priya.get(&at).await.is(200).says("2 times").says_not("grapefruit");
    assert!(page.at.len() < 80, "no words in the address: {}", page.at);
    assert!(
        t.count(
            "select count(*) from audit where what in ('assistant.gaps', 'assistant.gap') and act = 'read'"
        )
        .await
            >= 2
    );

    // not without words, and not to an answer that is not there
    link(&room.priya, &at, "BR/FAQ-015", " ").await.is(422).says("Write the way to ask");
    link(&room.priya, &at, "", "Can I take it with warfarin?").await.is(422).says("Choose an answer");
    link(&room.priya, &at, "BR/FAQ-999", "Can I take it with warfarin?").await.is(404);
    link(&room.priya, &at, "BR/FAQ-015", "Can I take it with warfarin?").await.is(200).says("Linked.");
    room.priya.get(LIST).await.is(200).says("Being answered").says("BR/FAQ-015");
    let draft =
        t.text("select id from content_variants where item_id = 'BR/FAQ-015' and state = 'draft'").await;
    // nothing is live before it is signed
    ask(&t.visitor(), EN, "Can I take it with warfarin?").await.is(200);
    assert_eq!(last_outcome(&t).await, "no_match");
    t.wait(MINUTE);
    // pressed again it is not written twice
    link(&room.priya, &at, "BR/FAQ-015", "Can I take it with warfarin?").await.is(200);
    let body =
        t.text("select body from content_variants where item_id = 'BR/FAQ-015' and state = 'draft'").await;
    assert_eq!(body.matches("with warfarin?").count(), 1, "{body}");
    through(&t, &room, &draft).await;

    ask(&t.visitor(), EN, "Can I take it with warfarin?").await.is(200).says("FAQ-015");
    assert_eq!(last_outcome(&t).await, "answered");
    assert_eq!(t.count("select count(*) from question_gaps where settled_at is not null").await, 2);
    let page = room.priya.get(LIST).await.is(200).says("grapefruit").says_not("Being answered");
    // one was asked while the edition was on its way; it needs nothing more
    let rest: Vec<String> = (0..2).map(|place| group(&page, place)).collect();
    for at in rest {
        let page = room.priya.get(&at).await.is(200);
        if page.words().contains("warfarin") {
            let turns = hidden(&page, "turns");
            room.priya.post(&at, &[("act", "aside"), ("turns", &turns)]).await.is(200).says("Put aside.");
        }
    }
    room.priya.get(LIST).await.is(200).says_not("warfarin");
}

#[tokio::test]
async fn in_a_translation_the_source_comes_first_and_then_the_way_to_ask() {
    let t = portal().await;
    let room = room(&t).await;
    let es = "/es/ask?program=breathe";
    ask(&t.visitor(), es, "¿Puedo tomarlo con warfarina?").await.is(200);
    let list = "/en/staff/questions?program=breathe&language=es";
    let at = group(&room.priya.get(list).await.is(200), 0);
    let way = "¿Puedo tomarlo con warfarina?";
    link(&room.priya, &at, "BR/FAQ-015", way).await.is(200).says("Waits for edition");
    let source =
        t.text("select id from content_variants where item_id = 'BR/FAQ-015' and state = 'draft'").await;
    through(&t, &room, &source).await;
    assert_eq!(t.count("select count(*) from question_gaps where settled_at is null").await, 1);
    // readers keep the translation of the edition before
    ask(&t.visitor(), es, "¿Qué hago con los efectos secundarios?").await.is(200);
    link(&room.priya, &at, "BR/FAQ-015", way).await.is(200).says_not("Waits for edition").says("In edition");
    let edition = t.count("select max(edition) from content_variants where item_id = 'BR/FAQ-015'").await;
    let translation = variant(&t, "BR/FAQ-015", edition, "es").await;
    through(&t, &room, &translation).await;
    ask(&t.visitor(), es, way).await.is(200).says("FAQ-015");
    room.priya.get(list).await.is(200).says_not("warfarina");
}

#[tokio::test]
async fn a_new_answer_is_drafted_with_the_question_in_it() {
    let t = portal().await;
    let room = room(&t).await;
    ask(&t.visitor(), EN, "Can I take it with warfarin?").await.is(200);
    let at = group(&room.priya.get(LIST).await.is(200), 0);
    let turns = hidden(&room.priya.get(&at).await.is(200), "turns");
    let new = |code| {
        [
            ("act", "draft"),
            ("turns", &*turns),
            ("code", code),
            ("question", "Can I take it with blood thinners?"),
        ]
    };
    room.priya.post(&at, &new("nonsense")).await.is(422).says("such as EDU-110");
    room.priya.post(&at, &new("FAQ-012")).await.is(422);
    room.priya.post(&at, &new("FAQ-120")).await.is(200).says("The draft is begun").says("BR/FAQ-120");
    let draft = variant(&t, "BR/FAQ-120", 1, "en").await;
    room.priya
        .get(&format!("/en/staff/content/{draft}/edit"))
        .await
        .is(200)
        .holds("Can I take it with blood thinners?");
    assert_eq!(state(&t, &draft).await, "draft");
}

#[tokio::test]
async fn a_thumb_down_is_a_gap_a_thumb_up_is_not_and_the_words_are_screened() {
    let t = portal().await;
    let (visitor, stranger) = (t.visitor(), t.visitor());
    let page = ask(&visitor, EN, "Where do I keep my inhaler?").await.is(200).says("Was this helpful?");
    let answer = hidden(&page, "answer");
    let rate = |helpful, comment| {
        [("act", "rate"), ("answer", &*answer), ("helpful", helpful), ("comment", comment)]
    };
    // nobody rates somebody else's answer, nor a question
    stranger.post(EN, &rate("no", "")).await.is(404);
    let question = t.text("select id from turns where author = 'person'").await;
    visitor.post(EN, &[("act", "rate"), ("answer", &question), ("helpful", "no")]).await.is(404);
    visitor.post(EN, &rate("maybe", "")).await.is(404);
    visitor
        .post(EN, &rate("no", ""))
        .await
        .is(200)
        .says("Thank you for telling us")
        .says_not("Was this helpful?");
    assert_eq!(t.text("select why from question_gaps").await, "not_helpful");
    visitor.post(EN, &rate("yes", "")).await.is(200).says("You said that this helped");
    assert_eq!(t.count("select count(*) from question_gaps").await, 0);
    // too long is refused and kept; a symptom among the words is seen
    let long = "x".repeat(1_001);
    visitor.post(EN, &rate("no", &long)).await.is(422);
    let page =
        visitor.post(EN, &rate("no", "It says nothing of my rash, I got a rash from the inhaler")).await;
    page.is(200).says("Thank you for telling us").says("1-800-FDA-1088");
    assert_eq!(t.count("select count(*) from safety_records where source = 'rating'").await, 1);
    let page = visitor.post(EN, &rate("no", "and now I can't breathe")).await.is(200);
    page.says("Call 911 now").holds("class=\"ask-now\"");
    assert_eq!(t.count("select count(*) from turn_ratings").await, 1);
    let kept = t.count("select count(*) from turn_ratings where comment_sealed is not null").await;
    assert_eq!(kept, 1);
}

#[tokio::test]
async fn words_are_for_those_who_write_and_gone_with_whoever_is_erased() {
    let t = portal().await;
    t.patient(Patient::default()).await;
    let luis = t.signed_in("luis@example.com").await;
    ask(&luis, EN, "Can I take it with warfarin?").await.is(200);
    t.visitor().get(LIST).await.is(200).says("Sign in");
    luis.get(LIST).await.is(404);
    let nurse = t.staff("Nora", "nora@example.com", &[Role::Nurse]).await;
    nurse.get(LIST).await.is(404);
    let lena = lena(&t).await;
    let page = lena.get(LIST).await.is(200).says("warfarin").says_not("Luis");
    let at = group(&page, 0);
    // medical information reads, authors write
    let page = lena.get(&at).await.is(200).says("Authors link these questions").says_not("Add it to a draft");
    let turns = t.text("select turn_id from question_gaps").await;
    assert!(!page.body.contains("name=\"turns\""));
    for act in ["aside", "link", "draft"] {
        let post = [
            ("act", act),
            ("turns", &*turns),
            ("item", "BR/FAQ-012"),
            ("phrasing", "x"),
            ("code", "FAQ-121"),
            ("question", "x"),
        ];
        lena.post(&at, &post).await.is(404);
    }
    let read =
        "select count(*) from audit where what = 'assistant.gaps' and act = 'read' and person_id is not null";
    assert_eq!(t.count(read).await, 1);
    let mut tx = t.portal().db.begin().await.unwrap();
    sqlx::query("update people set key_wrapped = null where id = (select person_id from threads)")
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    lena.get(LIST).await.is(200).says_not("warfarin").says("Nothing waits");
    lena.get(&at).await.is(404);
}

#[tokio::test]
async fn the_weeks_are_counted_by_language() {
    let t = portal().await;
    let visitor = t.visitor();
    let page = ask(&visitor, EN, "Where do I keep my inhaler?").await.is(200);
    let answer = hidden(&page, "answer");
    visitor.post(EN, &[("act", "rate"), ("answer", &answer), ("helpful", "yes")]).await.is(200);
    t.wait(MINUTE);
    ask(&visitor, EN, "Can I take it with warfarin?").await.is(200);
    t.wait(MINUTE);
    ask(&visitor, EN, "I got a rash from the inhaler").await.is(200);
    t.wait(MINUTE);
    visitor.post(EN, &[("act", "person")]).await.is(200);
    t.wait(7 * DAY);
    ask(&t.visitor(), "/es/ask?program=breathe", "¿Dónde guardo el inhalador?").await.is(200);
    let lena = lena(&t).await;
    let page = lena.get(LIST).await.is(200);
    let words = page.words();
    let figures = &words[words.find("Week by week").unwrap()..];
    assert!(figures.contains("November 30, 2026 Español 1 1 0 0 0 0 Nobody said"), "{figures}");
    assert!(figures.contains("November 23, 2026 English 3 1 0 1 1 1 1 of 1"), "{figures}");
}
