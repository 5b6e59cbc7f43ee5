//! Words on their way to readers: written, read by three desks, signed, translated, published, out of date, withdrawn
//! (SC-6, EN-18, P4).

mod interleavings;
mod media;
mod publishing;
mod settings;
mod signing;
mod writing;

use crate::support::accounts::sign_in;
use crate::support::{Browser, Page, TestPortal};
use domain::actor::Role;
use domain::content::Kind;
use domain::locale::Locale;
use domain::people;
use domain::sessions;
use domain::time::Timestamp;
use server::demo::accounts::{PASSWORD, TOTP};

const LIBRARY: &str = "/en/staff/content";

/// Somebody of the demonstration's staff, signed in with both factors.
pub(crate) async fn staff(t: &TestPortal, mail: &str) -> Browser {
    t.wait(31_000);
    let browser = t.visitor();
    sign_in(&browser, &format!("{mail}@staff.example"), PASSWORD).await;
    let code = t.code(TOTP);
    let page = browser.post("/en/sign-in/second-step", &[("act", "code"), ("code", code.as_str())]).await;
    assert!(page.at.starts_with("/en/staff"), "{mail}: {} {}", page.at, page.words());
    browser
}

/// The id of a variant: of an item, an edition and a language, the latest try.
pub(crate) async fn variant(t: &TestPortal, item: &str, edition: i64, locale: &str) -> String {
    let mut conn = t.portal().db.read().await.unwrap();
    sqlx::query_scalar(
        "select id from content_variants where item_id = $1 and edition = $2 and locale = $3 order by attempt desc limit 1",
    )
    .bind(item)
    .bind(edition)
    .bind(locale)
    .fetch_one(&mut *conn)
    .await
    .unwrap()
}

pub(crate) async fn state(t: &TestPortal, id: &str) -> String {
    let mut conn = t.portal().db.read().await.unwrap();
    sqlx::query_scalar("select state from content_variants where id = $1")
        .bind(id)
        .fetch_one(&mut *conn)
        .await
        .unwrap()
}

fn ticks(desk: &str) -> Vec<(String, String)> {
    let desk = desk.parse().unwrap();
    let ticks = domain::editorial::rules::checklist(desk).iter();
    ticks.map(|code| (format!("tick-{code}"), "yes".to_owned())).collect()
}

/// Signs at a desk, as a reviewer does: everything ticked, both factors shown.
async fn sign(t: &TestPortal, browser: &Browser, id: &str, desk: &str) -> Page {
    t.wait(31_000);
    let at = format!("{LIBRARY}/{id}/review");
    let version = version(t, id).await;
    let code = t.code(TOTP);
    let ticks = ticks(desk);
    let mut fields = vec![
        ("act", "approve"),
        ("desk", desk),
        ("version", &*version),
        ("password", PASSWORD),
        ("code", &*code),
    ];
    fields.extend(ticks.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    browser.post(&at, &fields).await
}

async fn version(t: &TestPortal, id: &str) -> String {
    let mut conn = t.portal().db.read().await.unwrap();
    let version: i64 = sqlx::query_scalar("select version from content_variants where id = $1")
        .bind(id)
        .fetch_one(&mut *conn)
        .await
        .unwrap();
    version.to_string()
}

/// An act on the page of a variant.
pub(crate) async fn act(
    t: &TestPortal,
    browser: &Browser,
    id: &str,
    act: &str,
    more: &[(&str, &str)],
) -> Page {
    let version = version(t, id).await;
    let mut fields = vec![("act", act), ("version", version.as_str())];
    fields.extend_from_slice(more);
    browser.post(&format!("{LIBRARY}/{id}"), &fields).await
}

pub(crate) async fn publish(t: &TestPortal, browser: &Browser, id: &str, more: &[(&str, &str)]) -> Page {
    t.wait(31_000);
    let code = t.code(TOTP);
    let mut fields = vec![("password", PASSWORD), ("code", code.as_str())];
    fields.extend_from_slice(more);
    act(t, browser, id, "publish", &fields).await
}

/// Saves words of a draft.
pub(crate) async fn write(t: &TestPortal, browser: &Browser, id: &str, words: &[(&str, &str)]) -> Page {
    let at = format!("{LIBRARY}/{id}/edit");
    let version = version(t, id).await;
    let title = title(t, id).await;
    let mut fields = vec![("act", "save"), ("version", version.as_str())];
    if !words.iter().any(|(name, _)| *name == "title") {
        fields.push(("title", title.as_str()));
    }
    fields.extend_from_slice(words);
    browser.post(&at, &fields).await
}

async fn title(t: &TestPortal, id: &str) -> String {
    let mut conn = t.portal().db.read().await.unwrap();
    sqlx::query_scalar("select title from content_variants where id = $1")
        .bind(id)
        .fetch_one(&mut *conn)
        .await
        .unwrap()
}

/// Everybody at the desks, and who writes and publishes.
pub(crate) struct Room {
    pub(crate) priya: Browser,
    kwame: Browser,
    eleanor: Browser,
    nils: Browser,
    pub(crate) amira: Browser,
}

pub(crate) async fn room(t: &TestPortal) -> Room {
    Room {
        priya: staff(t, "priya").await,
        kwame: staff(t, "kwame").await,
        eleanor: staff(t, "eleanor").await,
        nils: staff(t, "nils").await,
        amira: staff(t, "amira").await,
    }
}

impl Room {
    /// All three desks sign, and the publisher makes it live.
    pub(crate) async fn pass(&self, t: &TestPortal, id: &str) {
        for (browser, desk) in
            [(&self.kwame, "medical"), (&self.eleanor, "legal"), (&self.nils, "regulatory")]
        {
            sign(t, browser, id, desk).await.is(200).says("Signed.");
        }
        assert_eq!(state(t, id).await, "approved");
    }
}

/// What readers have.
fn live(t: &TestPortal, code: &str, locale: Locale) -> Option<(i64, String)> {
    let program = t.portal().programs.by_code("breathe").unwrap();
    let shelf = t.portal().library.shelf();
    shelf
        .find(program.id, Kind::Module, code, locale)
        .map(|shown| (shown.variant.edition, shown.variant.locale.tag().to_owned()))
}

const WORDS: &[(&str, &str)] = &[
    ("audience", "patient"),
    ("channel-portal", "yes"),
    ("label_edition", "8"),
    ("summary", "How to breathe in the medicine, step by step."),
    ("minutes", "4"),
    ("pages.1.title", "Before you start"),
    ("pages.1.body", "Wash your hands.\n\nSit up. See [safety](page:safety)."),
];

/// A new lesson by Priya, handed in.
async fn new_lesson(t: &TestPortal, room: &Room, code: &str) -> String {
    let new = [
        ("act", "create"),
        ("program", "breathe"),
        ("kind", "module"),
        ("language", "en"),
        ("code", code),
        ("title", "How to use your inhaler"),
    ];
    room.priya.post(&format!("{LIBRARY}/new"), &new).await.is(200).says("Edition 1");
    let id = variant(t, &format!("BR/{code}"), 1, "en").await;
    write(t, &room.priya, &id, WORDS).await.is(200).says("Saved.");
    act(t, &room.priya, &id, "hand_in", &[]).await.is(200).says("Handed in.");
    id
}

async fn grant(t: &TestPortal, mail: &str, role: Role) {
    let ctx = t.portal().system("test");
    let mut tx = ctx.begin().await.unwrap();
    let address = format!("{mail}@staff.example");
    let person = sessions::has_account(tx.conn(), ctx.keys(), &address).await.unwrap().unwrap();
    people::grant(tx.conn(), person, role, "test", ctx.now).await.unwrap();
    tx.commit().await.unwrap();
}

/// The clock of the portal, set so long after an instant, and everything that follows from it.
async fn later(t: &TestPortal, from: Timestamp, millis: i64) {
    t.portal().clock.set(Timestamp(from.0 + millis));
    t.settle().await;
}
