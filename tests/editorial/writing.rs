//! The library, and what is written in it.

use super::{LIBRARY, act, staff, variant, version, write};
use crate::support::portal;

#[tokio::test]
async fn the_library_is_searched_and_its_gaps_are_seen() {
    let t = portal().await;
    let priya = staff(&t, "priya").await;
    let page = priya.get(LIBRARY).await.is(200).says("Content library").says("Next");
    page.says_not("editorial.");
    priya.get(&format!("{LIBRARY}?text=inhaler+dry&kind=faq&language=en")).await.is(200).says("FAQ-012");
    priya.get(&format!("{LIBRARY}?text=qqqqq")).await.is(200).says("Nothing here fits");
    priya.get(&format!("{LIBRARY}?kind=x&state=y&after=nonsense&text=%25")).await.is(200);
    let id = variant(&t, "BR/FAQ-012", 4, "es").await;
    priya
        .get(&format!("{LIBRARY}/{id}"))
        .await
        .is(200)
        .says("I have read these words")
        .says_not("editorial.");
    priya
        .get(&format!("{LIBRARY}/{id}/preview?role=patient&stage=x"))
        .await
        .is(200)
        .says("This reader sees it");
    let amira = staff(&t, "amira").await;
    let gone = act(&t, &amira, &id, "withdraw", &[("reason", "Test")]).await.is(200);
    gone.says("Withdrawn");
    priya.get("/en/staff/content/coverage").await.is(200).says("1 missing");
    for path in ["new", "00000000-0000-7000-8000-000000000000", "x"] {
        let rosa = t.visitor();
        let page = rosa.get(&format!("{LIBRARY}/{path}")).await;
        assert!(page.at.starts_with("/en/sign-in") || page.status == 404, "{path}");
    }
    // case managers read it; they write nothing
    let rosa = staff(&t, "rosa").await;
    rosa.get(LIBRARY).await.is(200).says_not("New item");
    rosa.get(&format!("{LIBRARY}/new")).await.is(404);
    let new =
        [("act", "create"), ("program", "breathe"), ("kind", "faq"), ("code", "FAQ-900"), ("title", "x")];
    rosa.post(&format!("{LIBRARY}/new"), &new).await.is(404);
    for (field, value, says) in [
        ("code", "faq", "such as EDU-110"),
        ("code", "FAQ-012", "There is an item for this already"),
        ("title", "", "Write an answer"),
    ] {
        let mut fields = vec![
            ("act", "create"),
            ("program", "breathe"),
            ("kind", "faq"),
            ("code", "FAQ-901"),
            ("title", "x"),
        ];
        fields.retain(|(name, _)| *name != field);
        fields.push((field, value));
        priya.post(&format!("{LIBRARY}/new"), &fields).await.is(422).says(says);
    }
}

#[tokio::test]
async fn a_draft_is_saved_while_somebody_writes_and_never_over_another_ones_words() {
    let t = portal().await;
    let priya = staff(&t, "priya").await;
    let faq = variant(&t, "BR/FAQ-012", 4, "en").await;
    act(&t, &priya, &faq, "new_edition", &[]).await.is(200);
    let id = variant(&t, "BR/FAQ-012", 5, "en").await;
    let at = format!("{LIBRARY}/{id}/edit");
    let save = async |version: &str, answer: &str| {
        let fields = [("act", "autosave"), ("version", version), ("title", "Where?"), ("answer", answer)];
        priya.post_fragment(&at, &fields).await
    };
    let saved = save("1", "In a dry place.").await.is(200);
    assert_eq!(saved.header("x-version"), "2");
    let again = save("2", "In a dry, dark place.").await.is(200);
    assert_eq!(again.header("x-version"), "3");
    // an older window, and a new one
    let stale =
        save("1", "Somewhere else.").await.is(422).says("Somebody changed it").holds("Somewhere else.");
    assert_eq!(stale.headers.get("x-version"), None);
    priya.get(&at).await.is(200).holds("In a dry, dark place.");
    // only what was saved by hand is a version to go back to
    write(&t, &priya, &id, &[("answer", "In a dry, dark and cool place.")]).await.is(200);
    assert_eq!(t.count(format!("select count(*) from content_saves where variant_id = '{id}'")).await, 1);
    act(&t, &priya, &id, "hand_in", &[]).await.is(200);
    let version_now = version(&t, &id).await;
    save(&version_now, "Too late.").await.is(422).says("cannot be changed any more");
}
