//! An emergency and a crisis: the number of the program, large, before anything else, scripts or not; then the record.

use super::ask;
use crate::support::{Page, TestPortal, portal};
use domain::time::MINUTE;

/// The number stands in its own paragraph at the top of the page, and can be pressed.
#[track_caller]
fn comes_first(page: &Page, phone: &str) {
    let main = page.body.find("<main").unwrap();
    let at = |mark: &str| page.body[main..].find(mark).unwrap_or_else(|| panic!("no {mark} on {}", page.at));
    let now = at("class=\"ask-now\"");
    let call =
        now + page.body[main + now..].find(&format!("href=\"tel:{phone}\"")).expect("a number to press");
    for later in ["id=\"urgent\"", "<h1", "role=\"log\"", "<form"] {
        assert!(call < at(later), "{later} comes before the number");
    }
}

async fn set_phones(t: &TestPortal, code: &str, emergency: &str, crisis: &str) {
    let mut tx = t.portal().db.begin().await.unwrap();
    let program = t.portal().programs.by_code(code).unwrap();
    let mut settings = serde_json::to_value(&program.settings).unwrap();
    settings["emergency_phone"] = emergency.into();
    settings["crisis_phone"] = crisis.into();
    sqlx::query("update programs set settings = $1 where code = $2")
        .bind(settings.to_string())
        .bind(code.to_owned())
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    t.portal().programs.refresh(&t.portal().db).await.unwrap();
}

#[tokio::test]
async fn the_number_of_the_program_comes_before_everything_and_the_record_is_made() {
    let t = portal().await;
    // a program of another country has other numbers
    set_phones(&t, "clearpath", "112", "0800 111 0 111").await;
    for (program, emergency) in [("breathe", "911"), ("clearpath", "112")] {
        for (locale, words) in [
            ("en", "I can't breathe and my lips are swollen"),
            ("es", "me cuesta respirar y tengo los labios hinchados"),
            ("vi", "tôi khó thở và môi bị sưng"),
            ("ar", "لا أستطيع التنفس وشفتاي متورمتان"),
        ] {
            let before = t.count("select count(*) from safety_records where kind = 'emergency'").await;
            let (visitor, path) = (t.visitor(), format!("/{locale}/ask?program={program}"));
            let page = ask(&visitor, &path, words).await.is(200);
            comes_first(&page, emergency);
            let records = t.count("select count(*) from safety_records where kind = 'emergency'").await;
            assert_eq!(records, before + 1, "{words}");
            // with scripts the same regions come, the number among them
            let fragment = visitor
                .post_fragment(&path, &[("act", "ask"), ("question", words)])
                .await
                .is(200)
                .holds("class=\"ask-now\"");
            assert!(fragment.body.find("ask-now").unwrap() < fragment.body.find("id=\"log\"").unwrap());
            t.wait(10 * MINUTE);
        }
    }
    t.settle().await;
    assert!(
        t.count("select count(*) from tasks where kind = 'safety_follow_up' and priority = 1").await >= 8
    );
}

#[tokio::test]
async fn in_a_crisis_there_is_a_line_kind_words_and_a_person() {
    let t = portal().await;
    set_phones(&t, "clearpath", "112", "0800 111 0 111").await;
    for (program, phone, kind) in [
        ("breathe", "988", "You do not have to carry it alone"),
        ("clearpath", "08001110111", "You do not have to carry it alone"),
    ] {
        let (visitor, path) = (t.visitor(), format!("/en/ask?program={program}"));
        let page = ask(&visitor, &path, "I don't want to live anymore").await.is(200);
        comes_first(&page, phone);
        let page = page.says(kind).says("Talk to a person").says_not("FAQ-");
        assert_eq!(page.body.matches("value=\"person\"").count(), 1, "a person is offered once");
        visitor
            .post(&path, &[("act", "person")])
            .await
            .is(200)
            .says("A person on our team reads your question");
        t.wait(10 * MINUTE);
    }
    assert_eq!(t.count("select count(*) from safety_records where kind = 'crisis'").await, 2);
    t.settle().await;
}

#[tokio::test]
async fn what_comes_after_an_emergency_takes_its_place_again() {
    let t = portal().await;
    let (visitor, path) = (t.visitor(), "/en/ask?program=breathe");
    ask(&visitor, path, "I can't breathe").await.is(200).holds("class=\"ask-now\"");
    t.wait(MINUTE);
    let page = ask(&visitor, path, "Where do I keep my inhaler?").await.is(200);
    assert!(!page.body.contains("class=\"ask-now\""), "the line above every page is still there");
    page.holds("id=\"urgent\"").holds("href=\"tel:911\"");
}
