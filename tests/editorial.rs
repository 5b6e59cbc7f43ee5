//! Words on their way to readers: written, read by three desks, signed, translated, published, out of date, withdrawn
//! (SC-6, EN-18, P4).

use crate::support::accounts::sign_in;
use crate::support::enrolling::hidden;
use crate::support::{Browser, Page, TestPortal, portal};
use domain::actor::{Actor, Role};
use domain::content::{Desk, Kind};
use domain::ctx::Ctx;
use domain::editorial::{self, NewItem, Writing};
use domain::error::Error;
use domain::ids::{SessionId, VariantId};
use domain::locale::Locale;
use domain::people;
use domain::sessions::{self, Proof};
use domain::time::{DAY, HOUR, Timestamp};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use server::demo::accounts::{PASSWORD, TOTP};

const LIBRARY: &str = "/en/staff/content";

/// Somebody of the demonstration's staff, signed in with both factors.
async fn staff(t: &TestPortal, mail: &str) -> Browser {
    t.wait(31_000);
    let browser = t.visitor();
    sign_in(&browser, &format!("{mail}@staff.example"), PASSWORD).await;
    let code = t.code(TOTP);
    let page = browser.post("/en/sign-in/second-step", &[("act", "code"), ("code", code.as_str())]).await;
    assert!(page.at.starts_with("/en/staff"), "{mail}: {} {}", page.at, page.words());
    browser
}

/// The id of a variant: of an item, an edition and a language, the latest try.
async fn variant(t: &TestPortal, item: &str, edition: i64, locale: &str) -> String {
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

async fn state(t: &TestPortal, id: &str) -> String {
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
async fn act(t: &TestPortal, browser: &Browser, id: &str, act: &str, more: &[(&str, &str)]) -> Page {
    let version = version(t, id).await;
    let mut fields = vec![("act", act), ("version", version.as_str())];
    fields.extend_from_slice(more);
    browser.post(&format!("{LIBRARY}/{id}"), &fields).await
}

async fn publish(t: &TestPortal, browser: &Browser, id: &str, more: &[(&str, &str)]) -> Page {
    t.wait(31_000);
    let code = t.code(TOTP);
    let mut fields = vec![("password", PASSWORD), ("code", code.as_str())];
    fields.extend_from_slice(more);
    act(t, browser, id, "publish", &fields).await
}

/// Saves words of a draft.
async fn write(t: &TestPortal, browser: &Browser, id: &str, words: &[(&str, &str)]) -> Page {
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
struct Room {
    priya: Browser,
    kwame: Browser,
    eleanor: Browser,
    nils: Browser,
    amira: Browser,
}

async fn room(t: &TestPortal) -> Room {
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
    async fn pass(&self, t: &TestPortal, id: &str) {
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

#[tokio::test]
async fn a_lesson_goes_its_way_from_the_author_to_its_readers_and_out_again() {
    let t = portal().await;
    let room = room(&t).await;

    // day 0: Priya writes and hands in; the three desks have five business days
    let v1 = new_lesson(&t, &room, "EDU-907").await;
    let queue = room.kwame.get("/en/staff/reviews").await.is(200);
    queue.says("How to use your inhaler").says("EDU-907").says("Medical").says("Dec 2, 2026");
    assert_eq!(live(&t, "edu-907", Locale::En), None, "nobody reads what nobody signed");

    // medical signs, with a remark settled on the way; the words are frozen
    let review = format!("{LIBRARY}/{v1}/review");
    let remark = [("act", "remark"), ("block", "pages.1.body#1"), ("remark", "With soap?")];
    room.kwame.post(&review, &remark).await.is(200).says("With soap?");
    let page = room.priya.get(&review).await.is(200);
    let settle = [("act", "resolve"), ("remark_id", &*hidden(&page, "remark_id"))];
    room.priya.post(&review, &settle).await.is(200).says("Settled by Priya Nair");
    sign(&t, &room.kwame, &v1, "medical")
        .await
        .is(200)
        .says("Dr. Kwame Osei")
        .says("I have read these words");
    write(&t, &room.priya, &v1, &[("summary", "Other words")])
        .await
        .is(422)
        .says("cannot be changed any more");

    // day 2: legal wants other words; the medical signature does not carry over to the next edition
    t.wait(2 * DAY);
    let room = self::room(&t).await;
    let version = version(&t, &v1).await;
    let changes = [
        ("act", "changes"),
        ("desk", "legal"),
        ("version", &*version),
        ("reason", "“Never” promises too much."),
    ];
    room.eleanor.post(&review, &changes).await.is(200).says("Sent back.");
    assert_eq!(state(&t, &v1).await, "changes");
    sign(&t, &room.nils, &v1, "regulatory").await.is(422).says("not to decide now");
    act(&t, &room.priya, &v1, "new_edition", &[]).await.is(200).says("Edition 2");
    let v2 = variant(&t, "BR/EDU-907", 2, "en").await;
    assert_eq!(
        t.count(format!("select count(*) from content_signatures where variant_id = '{v2}'")).await,
        0
    );
    write(
        &t,
        &room.priya,
        &v2,
        &[
            ("pages.1.body", "Wash your hands with soap.\n\nSit up."),
            ("audience", "patient"),
            ("channel-portal", "yes"),
        ],
    )
    .await
    .is(200);
    let compare = room.eleanor.get(&format!("{LIBRARY}/{v2}/compare")).await.is(200);
    compare.holds("<ins>").says("with soap");
    act(&t, &room.priya, &v2, "hand_in", &[]).await.is(200);

    // day 4: all three sign; Priya cannot publish, nor can a reviewer; Amira can
    t.wait(2 * DAY);
    let room = self::room(&t).await;
    room.pass(&t, &v2).await;
    assert_eq!(live(&t, "edu-907", Locale::En), None);
    publish(&t, &room.priya, &v2, &[]).await.is(404);
    publish(&t, &room.kwame, &v2, &[]).await.is(404);
    publish(&t, &room.amira, &v2, &[]).await.is(200).says("Live.").says("Amira Haddad");
    assert_eq!(live(&t, "edu-907", Locale::En), Some((2, "en".into())));
    let hash = t.text(format!("select hash from content_variants where id = '{v2}'")).await;
    assert_eq!(
        t.count(format!(
            "select count(*) from content_signatures where variant_id = '{v2}' and hash = '{hash}'"
        ))
        .await,
        4
    );

    // Spanish is its own object with its own review; until it is there readers see English, marked
    assert_eq!(live(&t, "edu-907", Locale::Es), Some((2, "en".into())));
    act(&t, &room.priya, &v2, "translate", &[("language", "es")])
        .await
        .is(200)
        .says("Wash your hands with soap.");
    let es = variant(&t, "BR/EDU-907", 2, "es").await;
    let words = [
        ("title", "Cómo usar su inhalador"),
        ("summary", "Cómo inhalar la medicina, paso a paso."),
        ("minutes", "4"),
        ("pages.1.title", "Antes de empezar"),
        ("pages.1.body", "Lávese las manos con jabón.\n\nSiéntese derecho."),
    ];
    write(&t, &room.priya, &es, &words).await.is(200);
    act(&t, &room.priya, &es, "hand_in", &[]).await.is(200);
    room.pass(&t, &es).await;
    publish(&t, &room.amira, &es, &[]).await.is(200);
    assert_eq!(live(&t, "edu-907", Locale::Es), Some((2, "es".into())));

    // a label change: edition 3, and the policy of this change shows the Spanish of edition 2 for 14 days more
    act(&t, &room.priya, &v2, "new_edition", &[]).await.is(200);
    let v3 = variant(&t, "BR/EDU-907", 3, "en").await;
    let policy = [
        ("summary", "How to breathe in the medicine, by label 9."),
        ("audience", "patient"),
        ("channel-portal", "yes"),
        ("label_edition", "9"),
        ("on_change", "previous"),
        ("on_change_days", "14"),
        ("note", "Label 9"),
    ];
    write(&t, &room.priya, &v3, &policy).await.is(200);
    act(&t, &room.priya, &v3, "hand_in", &[]).await.is(200);
    room.pass(&t, &v3).await;
    let before = t.portal().clock.now();
    publish(&t, &room.amira, &v3, &[]).await.is(200).says("Live.");
    assert_eq!(state(&t, &es).await, "stale", "in the same second");
    assert_eq!(live(&t, "edu-907", Locale::En), Some((3, "en".into())));
    assert_eq!(live(&t, "edu-907", Locale::Es), Some((2, "es".into())), "shown for some days more");
    assert_eq!(state(&t, &v2).await, "replaced");
    t.portal().clock.set(Timestamp(before.0 + 13 * DAY));
    t.settle().await;
    assert_eq!(live(&t, "edu-907", Locale::Es), Some((2, "es".into())));
    t.portal().clock.set(Timestamp(before.0 + 15 * DAY));
    t.settle().await;
    assert_eq!(
        live(&t, "edu-907", Locale::Es),
        None,
        "its days are over, and English does not take its place unmarked"
    );
    let reader = t.visitor();
    reader.get("/es/learn").await.is(200).says("Estamos poniendo al día algunas lecciones");
    reader
        .get("/es/learn/edu-907")
        .await
        .is(200)
        .says("Estamos poniendo al día esta lección")
        .says("1-800-555-0142");
    reader.get("/en/learn/edu-907").await.is(200).says("edition 3");
    let paper = reader.get("/en/learn/edu-907/pdf").await.is(200);
    assert_eq!(paper.header("content-type"), "application/pdf");
    assert!(paper.body.starts_with("%PDF"));
    reader.get("/es/learn/edu-907/pdf").await.is(404);

    // Spanish of edition 3, and it is back
    let room = self::room(&t).await;
    act(&t, &room.priya, &v3, "translate", &[("language", "es")]).await.is(200).holds("<ins>");
    let es3 = variant(&t, "BR/EDU-907", 3, "es").await;
    write(&t, &room.priya, &es3, &words).await.is(200);
    act(&t, &room.priya, &es3, "hand_in", &[]).await.is(200);
    room.pass(&t, &es3).await;
    publish(&t, &room.amira, &es3, &[]).await.is(200);
    assert_eq!(live(&t, "edu-907", Locale::Es), Some((3, "es".into())));

    // withdrawn in every language, at once
    act(&t, &room.nils, &v3, "withdraw", &[("reason", " ")]).await.is(422).says("Write the reason");
    let all = [("reason", "Recall"), ("everywhere", "yes")];
    act(&t, &room.nils, &v3, "withdraw", &all).await.is(200).says("Withdrawn.");
    for locale in [Locale::En, Locale::Es] {
        assert_eq!(live(&t, "edu-907", locale), None);
    }
    reader.get("/en/learn/edu-907").await.is(404);
}

#[tokio::test]
async fn nobody_signs_their_own_words_twice_or_with_half_a_proof() {
    let t = portal().await;
    let room = room(&t).await;
    let id = new_lesson(&t, &room, "EDU-908").await;
    let review = format!("{LIBRARY}/{id}/review");
    // half of the checklist
    let version_now = version(&t, &id).await;
    let half = [
        ("act", "approve"),
        ("desk", "medical"),
        ("version", &*version_now),
        ("tick-accurate", "yes"),
        ("password", PASSWORD),
        ("code", "123456"),
    ];
    room.kwame.post(&review, &half).await.is(422).says("Tick every point");
    // one factor, a wrong one, one used before
    let ticks = ticks("medical");
    let with = |password: &'static str, code: String| {
        let mut fields: Vec<(String, String)> = vec![
            ("act".into(), "approve".into()),
            ("desk".into(), "medical".into()),
            ("version".into(), version_now.clone()),
            ("password".into(), password.into()),
            ("code".into(), code),
        ];
        fields.extend(ticks.clone());
        fields
    };
    for (password, code, says) in [
        (PASSWORD, String::new(), "Write the code"),
        ("", "123456".to_owned(), "Write a password"),
        ("not this one", t.code(TOTP), "not right"),
        (PASSWORD, t.code(TOTP), "not right"),
    ] {
        let fields = with(password, code);
        let fields: Vec<(&str, &str)> =
            fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let kwame = staff(&t, "kwame").await;
        kwame.post(&review, &fields).await.is(422).says(says);
        t.wait(6 * HOUR);
    }
    let room = self::room(&t).await;
    // another desk's reviewer, a patient, nobody
    sign(&t, &room.kwame, &id, "legal").await.is(422).says("do not sit at this desk");
    t.visitor().get(&review).await.is(200).says("Sign in");
    // Priya gets two desks: she wrote it, so she signs at none; Kwame gets two: he signs once
    for (mail, role) in [("priya", Role::RegulatoryReviewer), ("kwame", Role::LegalReviewer)] {
        grant(&t, mail, role).await;
    }
    let (priya, kwame) = (staff(&t, "priya").await, staff(&t, "kwame").await);
    sign(&t, &priya, &id, "regulatory").await.is(422).says("Whoever wrote some of it cannot sign it");
    sign(&t, &kwame, &id, "medical").await.is(200);
    sign(&t, &kwame, &id, "legal").await.is(422).says("You have signed it before");
    assert_eq!(
        t.count(format!("select count(*) from content_signatures where variant_id = '{id}'")).await,
        1
    );
    // the database alone refuses it too
    let mut tx = t.portal().db.begin().await.unwrap();
    let forged = format!(
        "insert into content_signatures (variant_id, role, signer_id, author_id, signer_name, meaning, hash, signed_at)
         select id, 'legal', author_id, author_id, 'x', 'approved', hash, 1 from content_variants where id = '{id}'"
    );
    assert!(sqlx::query(sqlx::AssertSqlSafe(forged)).execute(&mut *tx).await.is_err());
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

/// Rounds each rule of approval is tried in, with another order of events each time.
const ROUNDS: u64 = 200;

/// Somebody who acts through the verbs, at the same moment as others.
async fn acting(t: &TestPortal, mail: &str, roles: &[Role]) -> Ctx {
    let ctx = t.portal().system("test");
    let mut conn = ctx.read().await.unwrap();
    let id = sessions::has_account(&mut conn, ctx.keys(), &format!("{mail}@staff.example"))
        .await
        .unwrap()
        .unwrap();
    drop(conn);
    Ctx { actor: Actor::Staff { id, session: SessionId::new(), roles: roles.to_vec() }, ..ctx }
}

/// The same person a moment later.
fn now(t: &TestPortal, ctx: &Ctx) -> Ctx {
    Ctx { now: t.portal().clock.now(), ..ctx.clone() }
}

/// A lesson handed in, through the verbs; its id and version.
async fn handed_in(t: &TestPortal, author: &Ctx, number: u64) -> (VariantId, i64) {
    let program = t.portal().programs.by_code("breathe").unwrap().id;
    let code = format!("TST-{number}");
    let new = NewItem { program, kind: Kind::Module, code, slug: String::new(), title: "Words".into() };
    let author = now(t, author);
    let id = editorial::create(&author, &new, Locale::En).await.unwrap();
    let leaves = [("summary", "Short."), ("pages.1.title", "One"), ("pages.1.body", "First.")];
    let leaves = leaves.map(|(path, text)| (path.to_owned(), text.to_owned())).into_iter().collect();
    let writing = Writing { title: "Words".into(), leaves, meta: None };
    let version = editorial::save(&author, id, 1, &writing, true).await.unwrap();
    editorial::hand_in(&author, id, version).await.unwrap();
    (id, version + 2)
}

async fn approve(t: &TestPortal, ctx: &Ctx, id: VariantId, version: i64, desk: Desk) -> Result<(), Error> {
    let proof = prove(t, ctx).await;
    sign_with(t, ctx, id, version, desk, proof).await
}

/// Both factors, shown before the moment at which everybody decides.
async fn prove(t: &TestPortal, ctx: &Ctx) -> Proof {
    sessions::show_again(&now(t, ctx), PASSWORD, &t.code(TOTP)).await.unwrap()
}

async fn sign_with(
    t: &TestPortal,
    ctx: &Ctx,
    id: VariantId,
    version: i64,
    desk: Desk,
    proof: Proof,
) -> Result<(), Error> {
    let ctx = now(t, ctx);
    let ticks: Vec<String> =
        editorial::rules::checklist(desk).iter().map(|tick| (*tick).to_owned()).collect();
    editorial::approve(&ctx, id, version, desk, &ticks, proof).await
}

/// Lets others go first: now a moment, now a long while.
async fn dawdle(chance: &mut StdRng) {
    let most = if chance.random_range(0..2) == 0 { 4 } else { 2_000 };
    for _ in 0..chance.random_range(0..most) {
        tokio::task::yield_now().await;
    }
}

/// What holds whatever happened: words that are approved have three signatures of three people over their hash, and
/// none of those wrote them.
async fn holds(t: &TestPortal) {
    let wrong = "select count(*) from content_variants v where v.item_id like 'BR/TST-%' and (
        (v.state in ('approved', 'scheduled', 'live') and
          (select count(distinct s.signer_id) from content_signatures s where s.variant_id = v.id and s.hash = v.hash and s.role <> 'publisher') <> 3)
        or (v.state = 'changes' and exists (select 1 from content_reviews r where r.variant_id = v.id and r.state in ('open', 'waiting')))
        or (v.state = 'live' and not exists (select 1 from content_signatures s where s.variant_id = v.id and s.role = 'publisher'))
        or exists (select 1 from content_signatures s where s.variant_id = v.id and s.signer_id in (select saved_by from content_saves w where w.variant_id = v.id)))";
    assert_eq!(t.count(wrong).await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_desks_that_decide_at_the_same_moment_never_let_half_signed_words_through() {
    let t = portal().await;
    let priya = acting(&t, "priya", &[Role::Author]).await;
    let kwame = acting(&t, "kwame", &[Role::MedicalReviewer]).await;
    let eleanor = acting(&t, "eleanor", &[Role::LegalReviewer]).await;
    let nils = acting(&t, "nils", &[Role::RegulatoryReviewer]).await;
    let (mut chance, mut other) = (StdRng::seed_from_u64(1), StdRng::seed_from_u64(2));
    let (mut signed, mut sent_back) = (0, 0);
    for round in 0..ROUNDS {
        t.wait(31_000);
        let (id, version) = handed_in(&t, &priya, round).await;
        let proof = prove(&t, &kwame).await;
        let (medical, changes) = tokio::join!(
            async {
                dawdle(&mut chance).await;
                sign_with(&t, &kwame, id, version, Desk::Medical, proof).await
            },
            async {
                dawdle(&mut other).await;
                let eleanor = now(&t, &eleanor);
                editorial::ask_for_changes(&eleanor, id, version, Desk::Legal, "Other words").await
            }
        );
        assert!(medical.is_ok() != changes.is_ok(), "one of them was first: {medical:?} {changes:?}");
        signed += u64::from(medical.is_ok());
        sent_back += u64::from(changes.is_ok());
        if changes.is_ok() {
            assert!(approve(&t, &nils, id, version + 2, Desk::Regulatory).await.is_err());
        }
    }
    assert!(signed > 0 && sent_back > 0, "both orders were seen: {signed} {sent_back}");
    holds(&t).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_signatures_at_the_same_moment_are_three_or_are_asked_for_again() {
    let t = portal().await;
    let priya = acting(&t, "priya", &[Role::Author]).await;
    let desks = [
        (acting(&t, "kwame", &[Role::MedicalReviewer]).await, Desk::Medical),
        (acting(&t, "eleanor", &[Role::LegalReviewer]).await, Desk::Legal),
        (acting(&t, "nils", &[Role::RegulatoryReviewer]).await, Desk::Regulatory),
    ];
    for round in 0..ROUNDS / 4 {
        let (id, _) = handed_in(&t, &priya, round).await;
        for _ in 0..6 {
            t.wait(31_000);
            let version = version(&t, &id.to_string()).await.parse().unwrap();
            let [a, b, c] = &desks;
            let _ = tokio::join!(
                approve(&t, &a.0, id, version, a.1),
                approve(&t, &b.0, id, version, b.1),
                approve(&t, &c.0, id, version, c.1)
            );
            holds(&t).await;
        }
        assert_eq!(state(&t, &id.to_string()).await, "approved");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn words_that_change_while_somebody_signs_are_not_signed() {
    let t = portal().await;
    let priya = acting(&t, "priya", &[Role::Author]).await;
    let kwame = acting(&t, "kwame", &[Role::MedicalReviewer]).await;
    let (mut chance, mut other) = (StdRng::seed_from_u64(3), StdRng::seed_from_u64(4));
    for round in 0..ROUNDS {
        t.wait(31_000);
        let (id, version) = handed_in(&t, &priya, round).await;
        let proof = prove(&t, &kwame).await;
        let writing = Writing { title: "Other words".into(), ..Writing::default() };
        let (signed, (back, saved)) = tokio::join!(
            async {
                dawdle(&mut chance).await;
                sign_with(&t, &kwame, id, version, Desk::Medical, proof).await
            },
            async {
                dawdle(&mut other).await;
                let priya = now(&t, &priya);
                let back = editorial::take_back(&priya, id, version).await;
                (back, editorial::save(&priya, id, version + 2, &writing, true).await)
            }
        );
        assert!(signed.is_ok() != back.is_ok(), "{signed:?} {back:?}");
        assert!(saved.is_err(), "words that were handed in never change");
        assert_eq!(title(&t, &id.to_string()).await, "Words");
    }
    holds(&t).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_role_that_is_taken_away_half_way_signs_nothing_afterwards() {
    let t = portal().await;
    let priya = acting(&t, "priya", &[Role::Author]).await;
    // the session was told of the role, and goes on believing it
    let kwame = acting(&t, "kwame", &[Role::MedicalReviewer]).await;
    let person = kwame.person().unwrap();
    let (mut chance, mut other) = (StdRng::seed_from_u64(5), StdRng::seed_from_u64(6));
    let mut refused = 0;
    for round in 0..ROUNDS {
        t.wait(31_000);
        let (id, version) = handed_in(&t, &priya, round).await;
        let proof = prove(&t, &kwame).await;
        let (signed, ()) = tokio::join!(
            async {
                dawdle(&mut chance).await;
                sign_with(&t, &kwame, id, version, Desk::Medical, proof).await
            },
            async {
                dawdle(&mut other).await;
                let mut tx = t.portal().db.begin().await.unwrap();
                let gone = "delete from staff_roles where person_id = $1 and role = 'medical_reviewer'";
                sqlx::query(gone).bind(person.to_string()).execute(&mut *tx).await.unwrap();
                tx.commit().await.unwrap();
            }
        );
        refused += u64::from(signed.is_err());
        t.wait(31_000);
        let again = version_of(&t, id).await;
        assert!(approve(&t, &kwame, id, again, Desk::Medical).await.is_err(), "the role is gone");
        let system = t.portal().system("test");
        let mut tx = system.begin().await.unwrap();
        people::grant(tx.conn(), person, Role::MedicalReviewer, "test", system.now).await.unwrap();
        tx.commit().await.unwrap();
    }
    assert!(refused > 0, "the role was gone first at least once");
    holds(&t).await;
}

async fn version_of(t: &TestPortal, id: VariantId) -> i64 {
    version(t, &id.to_string()).await.parse().unwrap()
}

#[tokio::test]
async fn a_picture_is_made_anew_and_shown_once_its_words_are_live() {
    let t = portal().await;
    let room = room(&t).await;
    let new = [
        ("act", "create"),
        ("program", "breathe"),
        ("kind", "module"),
        ("language", "en"),
        ("code", "EDU-911"),
        ("title", "In pictures"),
    ];
    room.priya.post(&format!("{LIBRARY}/new"), &new).await.is(200);
    let id = variant(&t, "BR/EDU-911", 1, "en").await;
    let send = async |browser: &Browser, bytes: Vec<u8>, name: &str| {
        let part = reqwest::multipart::Part::bytes(bytes).file_name(name.to_owned());
        let form = reqwest::multipart::Form::new().part("file", part);
        let at = format!("{LIBRARY}/{id}/media");
        let origin = format!("http://{}", t.address);
        browser.send(browser.request(http::Method::POST, &at).header("origin", origin).multipart(form)).await
    };
    send(&room.priya, b"no picture at all".to_vec(), "x.jpg").await.is(422);
    send(&room.priya, Vec::new(), "x.jpg").await.is(422).says("Choose a photo");
    send(&room.amira, crate::support::pictures::jpeg(40, 30), "x.jpg").await.is(404);
    send(&room.priya, crate::support::pictures::jpeg(40, 30), "x.jpg")
        .await
        .is(200)
        .says("The picture is added");
    let media = t.text("select id from content_media").await;
    let visitor = t.visitor();
    visitor.get(&format!("/en/media/{media}")).await.is(404);
    room.kwame.get(&format!("/en/media/{media}")).await.is(200);
    let mut words = WORDS.to_vec();
    words.retain(|(name, _)| *name != "pages.1.body");
    let body = format!("Look.\n\n![An inhaler, upright](media:{media})");
    words.push(("pages.1.body", &body));
    write(&t, &room.priya, &id, &words).await.is(200);
    act(&t, &room.priya, &id, "hand_in", &[]).await.is(200);
    room.pass(&t, &id).await;
    visitor.get(&format!("/en/media/{media}")).await.is(404);
    publish(&t, &room.amira, &id, &[]).await.is(200);
    let page = visitor.get("/en/learn/edu-911").await.is(200);
    page.holds("alt=\"An inhaler, upright\"").holds(&format!("src=\"/en/media/{media}\""));
    let shown = visitor.get(&format!("/en/media/{media}")).await.is(200);
    assert_eq!(shown.header("content-type"), "image/jpeg");
    assert!(shown.header("content-security-policy").contains("sandbox"));
    visitor.get("/en/media/x").await.is(404);
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
