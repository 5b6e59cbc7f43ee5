//! Who sees a request, and how staff settle it.

use super::{setting, staff, tasks, upload};
use crate::support::pictures;
use domain::actor::{Actor, Role};
use domain::documents;
use domain::error::Error;
use domain::ids::{DocumentId, SessionId};

#[tokio::test]
async fn nobody_else_sees_the_request_the_page_or_the_file() {
    let s = setting().await;
    s.send("card.jpg", &pictures::jpeg(50, 40)).await.is(200);
    let file = format!("/en/documents/files/{}", s.newest().await.id);
    let desk = format!("/en/staff/documents/{}", s.newest().await.id);
    s.t.person("Somebody Else", "else@example.com").await;
    let other = s.t.signed_in("else@example.com").await;
    other.get(&s.page()).await.is(404);
    other.get(&file).await.is(404);
    other.get(&desk).await.is(404);
    s.ana.get(&desk).await.is(404);
    upload(&other, &s.page(), "a.jpg", &pictures::jpeg(20, 20), "").await.is(404);
    for path in [&s.page(), &file, &desk] {
        assert!(s.t.visitor().get(path).await.at.starts_with("/en/sign-in"), "{path}");
    }
    for id in ["1", "x", "00000000-0000-0000-0000-000000000000", "..%2f..%2fetc"] {
        s.ana.get(&format!("/en/documents/{id}")).await.is(404);
        s.ana.get(&format!("/en/documents/files/{id}")).await.is(404);
    }
}

#[tokio::test]
async fn staff_accept_and_the_request_is_settled() {
    let s = setting().await;
    s.send_with("front.jpg", &pictures::jpeg(90, 60), "the front").await.is(200);
    s.send("back.jpg", &pictures::jpeg(91, 60)).await.is(200).says("Send one more page");
    s.t.settle().await;
    let kim = s.t.staff("Kim Lee", "kim@example.com", &[Role::CaseManager]).await;
    let (back, front) = (s.documents().await[0].clone(), s.documents().await[1].clone());
    let desk = |id: DocumentId| format!("/en/staff/documents/{id}");
    let page = kim.get(&desk(front.id)).await.is(200).says("Ana Ruiz").says("the front").says("back.jpg");
    let page = page.says("This file was not checked for viruses").says("Next document");
    kim.get(&page.attr("src", "/documents/files/").unwrap()).await.is(200);
    let version = front.version.to_string();
    kim.post(&desk(front.id), &[("act", "accept"), ("version", &version)])
        .await
        .is(200)
        .says("Accepted")
        .says("Kim Lee");
    let asked = documents::for_case(&staff(&s.t), s.case).await.unwrap();
    assert!(asked[0].request.is_open(), "the back still waits");
    kim.post(&desk(front.id), &[("act", "accept"), ("version", &version)])
        .await
        .is(422)
        .says("Somebody else decided");
    let version = back.version.to_string();
    kim.post(&desk(back.id), &[("act", "reject"), ("version", &version)])
        .await
        .is(422)
        .says("Choose one of the answers");
    let fields = [("act", "reject"), ("version", &version), ("reason", "cut_off")];
    kim.post(&desk(back.id), &fields).await.is(200).says("Sent back");
    s.ana.get(&s.page()).await.says("Part of the page is cut off").says("Please send it again");
    s.ana.get(&s.page().replace("/en/", "/ar/")).await.is(200).says_not("cut off").says_not("documents.");
    // the very same photo again is no answer
    s.send("back.jpg", &pictures::jpeg(91, 60)).await.is(422).says("the same file as before");
    s.send("back2.jpg", &pictures::jpeg(92, 60)).await.is(200);
    s.t.settle().await;
    let better = s.newest().await;
    kim.post(&desk(better.id), &[("act", "accept"), ("version", &better.version.to_string())]).await.is(200);
    let asked = documents::for_case(&staff(&s.t), s.case).await.unwrap();
    assert!(!asked[0].request.is_open());
    s.ana.get(&s.page()).await.says("We have what we need");
    s.ana.get("/en/documents").await.says("You do not need to send us anything now");
    s.send("more.jpg", &pictures::jpeg(93, 60)).await.is(200).says("We have what we need");
    assert_eq!(s.documents().await.len(), 3, "nothing is taken for what is settled");
    s.t.settle().await;
    assert!(
        !tasks(&s.t).await.iter().any(|kind| kind == "review_document"),
        "nobody needs to look any longer"
    );
}

#[tokio::test]
async fn one_request_of_a_kind_is_open_at_a_time() {
    let s = setting().await;
    let ctx = staff(&s.t);
    let again = documents::request(&ctx, s.case, "insurance_card", None).await;
    assert!(matches!(again, Err(Error::Invalid(flaws)) if flaws[0].code == "already_asked"), "ON-19");
    assert!(documents::request(&ctx, s.case, "moon_dust", None).await.is_err());
    let past = documents::request(&ctx, s.case, "photo_id", "2026-11-20".parse().ok()).await;
    assert!(matches!(past, Err(Error::Invalid(_))));
    documents::withdraw(&ctx, s.request).await.unwrap();
    s.ana.get(&s.page()).await.is(200).says("We no longer need this document");
    documents::request(&ctx, s.case, "insurance_card", None).await.unwrap();
    let patient = domain::ctx::Ctx {
        actor: Actor::Person { id: s.person, session: SessionId::fixed(1) },
        ..ctx.clone()
    };
    assert!(documents::request(&patient, s.case, "photo_id", None).await.is_err(), "only staff ask");
}

#[tokio::test]
async fn every_page_speaks_the_readers_language() {
    let s = setting().await;
    s.send("card.jpg", &pictures::jpeg(50, 40)).await.is(200);
    let kim = s.t.staff("Kim Lee", "kim@example.com", &[Role::CaseManager]).await;
    let desk = format!("/en/staff/documents/{}", s.newest().await.id);
    for locale in ["es", "vi", "ar"] {
        let local = |path: &str| path.replacen("/en/", &format!("/{locale}/"), 1);
        for page in [
            s.ana.get(&local("/en/documents")).await,
            s.ana.get(&local(&s.page())).await,
            upload(&s.ana, &local(&s.page()), "x.jpg", b"", "").await,
            kim.get(&local(&desk)).await,
        ] {
            page.says_not("documents.").says_not("errors.").says_not("%{").says_not("Insurance card");
        }
    }
}
