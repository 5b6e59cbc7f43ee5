//! Content: signed before it is shown, the same words as were signed, nothing changed by loading twice.

use crate::support::portal;
use domain::content::Kind;
use domain::db::Columns;
use domain::locale::Locale;

#[tokio::test]
async fn every_language_has_every_item_and_nothing_is_loaded_twice() {
    let t = portal().await;
    let shelf = t.portal().library.shelf();
    let release = shelf.release;
    for program in t.portal().programs.all().iter() {
        for kind in Kind::ALL {
            let english: Vec<_> =
                shelf.list(program.id, kind, Locale::En).iter().map(|v| v.item.clone()).collect();
            let may_be_none = matches!(kind, Kind::Script | Kind::Claim) && program.code != "breathe";
            assert!(may_be_none || !english.is_empty(), "{} {kind:?}", program.code);
            for locale in Locale::ALL {
                let theirs: Vec<_> =
                    shelf.list(program.id, kind, locale).iter().map(|v| v.item.clone()).collect();
                assert_eq!(theirs, english, "{} {kind:?} {locale}", program.code);
            }
        }
    }
    server::demo::library(t.portal(), t.portal().clock.now()).await.unwrap();
    assert_eq!(t.portal().library.shelf().release, release);
}

#[tokio::test]
async fn words_that_were_changed_after_signing_are_not_shown() {
    let t = portal().await;
    let program = t.portal().programs.by_code("breathe").unwrap();
    let shown = || {
        t.portal()
            .library
            .shelf()
            .exact(program.id, Kind::Faq, "faq-012", Locale::Es)
            .map(|found| found.edition)
    };
    assert_eq!(shown(), Some(4));
    let mut tx = t.portal().db.begin().await.unwrap();
    sqlx::query("update content_variants set body = replace(body, 'a', 'e') where item_id = 'BR/FAQ-012' and locale = 'es'")
        .execute(&mut *tx)
        .await
        .unwrap();
    sqlx::query("update content_release set number = number + 1").execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    t.portal().library.refresh(&t.portal().db).await.unwrap();
    assert_eq!(shown(), None);
}

#[tokio::test]
async fn what_is_live_was_signed_by_four_others_than_its_author() {
    let t = portal().await;
    let mut conn = t.portal().db.read().await.unwrap();
    let row = sqlx::query(
        "select count(*) as wrong from content_variants v
         join content_editions e on e.item_id = v.item_id and e.edition = v.edition
         where v.state = 'live' and (select count(distinct s.signer_id) from content_signatures s
           where s.variant_id = v.id and s.hash = v.hash and s.signer_id <> e.author_id) <> 4",
    )
    .fetch_one(&mut *conn)
    .await
    .unwrap();
    assert_eq!(row.int("wrong").unwrap(), 0);
}
