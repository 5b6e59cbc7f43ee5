//! From the author over three desks to readers, and who may not sign.

use super::{
    LIBRARY, act, grant, live, new_lesson, publish, room, sign, staff, state, ticks, variant, version, write,
};
use crate::support::enrolling::hidden;
use crate::support::portal;
use domain::actor::Role;
use domain::locale::Locale;
use domain::time::{DAY, HOUR, Timestamp};
use server::demo::accounts::{PASSWORD, TOTP};

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
