//! What a program decides about its content: the order of the desks, and lessons that are not there in every language.

use super::{act, live, new_lesson, publish, room, sign, state};
use crate::support::{TestPortal, portal};
use domain::locale::Locale;
use domain::programs::{self, Settings};

async fn set(t: &TestPortal, change: impl FnOnce(&mut Settings)) {
    let mut program = (*t.portal().programs.by_code("breathe").unwrap()).clone();
    change(&mut program.settings);
    assert!(programs::install(&t.portal().system("test"), &program).await.unwrap());
}

#[tokio::test]
async fn desks_decide_one_after_another_where_the_program_says_so() {
    let t = portal().await;
    set(&t, |settings| settings.reviews_in_order = true).await;
    let room = room(&t).await;
    let id = new_lesson(&t, &room, "EDU-931").await;
    // the second and third desk are not asked yet, whatever they post
    sign(&t, &room.eleanor, &id, "legal").await.is(422).says("This desk is not to decide now");
    sign(&t, &room.nils, &id, "regulatory").await.is(422).says("This desk is not to decide now");
    sign(&t, &room.kwame, &id, "medical").await.is(200).says("Signed.");
    sign(&t, &room.nils, &id, "regulatory").await.is(422);
    sign(&t, &room.eleanor, &id, "legal").await.is(200).says("Signed.");
    assert_eq!(state(&t, &id).await, "in_review");
    sign(&t, &room.nils, &id, "regulatory").await.is(200).says("Signed.");
    assert_eq!(state(&t, &id).await, "approved");
}

#[tokio::test]
async fn a_lesson_missing_in_a_language_is_shown_in_english_or_left_out_as_the_program_says() {
    let t = portal().await;
    let room = room(&t).await;
    let id = new_lesson(&t, &room, "EDU-932").await;
    room.pass(&t, &id).await;
    publish(&t, &room.amira, &id, &[]).await.is(200);
    assert_eq!(live(&t, "edu-932", Locale::Ar), Some((1, "en".to_owned())));
    let visitor = t.visitor();
    // shown, marked as English
    visitor.get("/ar/learn").await.is(200).says("How to use your inhaler");
    visitor.get("/ar/learn/edu-932").await.is(200).holds("lang=\"en\"");
    set(&t, |settings| settings.needs_all_languages = true).await;
    let page = visitor.get("/ar/learn").await.is(200).says_not("How to use your inhaler");
    page.says("1-800-555-0142");
    visitor.get("/ar/learn/edu-932").await.is(200).says_not("Wash your hands").says("1-800-555-0142");
    visitor.get("/en/learn").await.is(200).says("How to use your inhaler");
    act(&t, &room.priya, &id, "hand_in", &[]).await.is(422);
}
