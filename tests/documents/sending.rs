//! A file sent with a form, and everything it can be that it should not.

use super::setting;
use crate::support::clamd::EICAR;
use crate::support::pictures;
use http::Method;
use reqwest::multipart::{Form, Part};

#[tokio::test]
async fn what_cannot_be_taken_is_refused_with_its_reason_and_nothing_is_lost() {
    let s = setting().await;
    let whole = pictures::jpeg(400, 300);
    let pdf = pictures::pdf(b"% x");
    let mut not_heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec();
    not_heic.extend_from_slice(&[0; 600]);
    for (name, bytes, reason) in [
        ("empty.jpg", Vec::new(), "This file is empty"),
        ("cut.jpg", whole[..whole.len() / 2].to_vec(), "damaged"),
        ("photo.jpg", b"only some text".to_vec(), "says one thing and its content another"),
        ("notes.txt", b"only some text".to_vec(), "cannot read this kind of file"),
        (
            "x.svg",
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec(),
            "cannot read this kind",
        ),
        ("x.html", b"<!doctype html><script>alert(1)</script>".to_vec(), "cannot read this kind"),
        ("big.png", pictures::png_bomb(), "up to 50 megapixels"),
        ("locked.pdf", pictures::locked(&s.t.dir, &pdf), "This PDF has a password"),
        ("half.pdf", pdf[..pdf.len() / 2].to_vec(), "damaged"),
        ("bad.heic", not_heic, "damaged"),
        ("eicar.com", EICAR.as_bytes().to_vec(), "cannot read this kind"),
    ] {
        let page = s.send_with(name, &bytes, "the front of it").await.is(422).says(reason);
        page.says("There is a problem").holds("the front of it</textarea>").holds("<title>Error: ");
        assert!(s.documents().await.is_empty(), "{name} left a row");
        assert_eq!((s.kept("documents"), s.kept("uploads")), (0, 0), "{name} left a file");
    }
    let nothing = Form::new().text("act", "send").text("note", "hello");
    let request = s.ana.request(Method::POST, &s.page()).header("sec-fetch-site", "same-origin");
    s.ana
        .send(request.multipart(nothing))
        .await
        .is(422)
        .says("Choose a photo or a PDF")
        .holds("hello</textarea>");
}

#[tokio::test]
async fn a_file_of_25_mb_and_one_byte_is_too_large() {
    let s = setting().await;
    let mut bytes = pictures::jpeg(40, 40);
    bytes.resize(25_000_001, 0);
    s.send("big.jpg", &bytes).await.is(422).says("It can have up to 25 MB");
    assert_eq!(s.kept("uploads"), 0);
    bytes.truncate(25_000_000);
    s.send("just.jpg", &bytes).await.is(200).says("Your file has arrived");
}

#[tokio::test]
async fn a_form_that_is_no_form_is_answered_on_a_page() {
    let s = setting().await;
    let post = |kind: &str, body: &'static str| {
        let request = s.ana.request(Method::POST, &s.page()).header("sec-fetch-site", "same-origin");
        s.ana.send(request.header("content-type", kind.to_owned()).body(body))
    };
    for (kind, body) in [
        ("multipart/form-data", "x"),
        ("multipart/form-data; boundary=", "x"),
        (
            "multipart/form-data; boundary=abc",
            "--abc\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nhalf",
        ),
        ("multipart/form-data; boundary=abc", "no boundary at all"),
        ("application/x-www-form-urlencoded", "act=send"),
        ("text/plain", "act=send"),
    ] {
        let page = post(kind, body).await;
        assert!((400..500).contains(&page.status), "{kind}: {}", page.status);
        page.holds("<html lang=\"en\"").says("call us");
    }
    // two files at once
    let part = || Part::bytes(pictures::jpeg(20, 20)).file_name("a.jpg");
    let form = Form::new().text("act", "send").part("file", part()).part("file", part());
    let request = s.ana.request(Method::POST, &s.page()).header("sec-fetch-site", "same-origin");
    s.ana.send(request.multipart(form)).await.is(422).says("Send one file at a time");
}

#[tokio::test]
async fn a_name_is_shown_clean_and_never_used() {
    let s = setting().await;
    let name = format!("../../\u{202e}{}gpj.exe", "😀".repeat(1_000));
    s.send(&name, &pictures::jpeg(40, 30)).await.is(200);
    let document = s.newest().await;
    assert!(document.name.chars().count() <= 200 && !document.name.contains(['\u{202e}', '/']), "AB-13");
    let page = s.ana.get(&s.page()).await.is(200);
    assert!(!page.body.contains('\u{202e}'));
    let disposition = s.served().await.headers()["content-disposition"].to_str().unwrap().to_owned();
    assert_eq!(disposition, format!("inline; filename=\"document-{}.jpg\"", document.id));
}

#[tokio::test]
async fn the_form_that_has_to_be_mended_keeps_the_file() {
    let s = setting().await;
    let photo = pictures::jpeg(300, 200);
    let page =
        s.send_with("card.jpg", &photo, &"a".repeat(2_001)).await.is(422).says("2,000 characters or fewer");
    let page = page.says("Your file has arrived and is waiting").says("card.jpg");
    let address = page.attr("value", "/files/").expect("the upload's address");
    let form = Form::new()
        .text("act", "send")
        .text("upload", address)
        .text("upload_name", "card.jpg")
        .text("note", "This is the front of my card");
    let request = s.ana.request(Method::POST, &s.page()).header("sec-fetch-site", "same-origin");
    s.ana
        .send(request.multipart(form))
        .await
        .is(200)
        .says("Your file has arrived")
        .says("card.jpg")
        .says("This is the front of my card");
    assert_eq!(s.newest().await.note.as_deref(), Some("This is the front of my card"));
    assert_eq!(s.kept("uploads"), 0);
}

#[tokio::test]
async fn a_side_effect_in_the_note_beside_a_file_is_answered_at_once() {
    let s = setting().await;
    let note = "Since I use it I have a rash and it itches a lot";
    let page = s.send_with("card.jpg", &pictures::jpeg(70, 50), note).await.is(200);
    page.says("Thank you for telling us").says("safety team").says("In review");
    let records = "select count(*) from safety_records where source = 'upload_note'";
    assert_eq!(s.t.count(records).await, 1, "EN-21");
    let note = "I can't breathe and my lips are swollen";
    s.send_with("back.jpg", &pictures::jpeg(71, 50), note)
        .await
        .is(200)
        .says("Call 911 now")
        .holds("role=\"alert\"");
}

#[tokio::test]
async fn a_form_submitted_twice_is_one_document() {
    let s = setting().await;
    let photo = pictures::jpeg(300, 200);
    let (first, second) = tokio::join!(s.send("a.jpg", &photo), s.send("a.jpg", &photo));
    first.is(200);
    second.is(200);
    s.send("again.jpg", &photo).await.is(200);
    assert_eq!((s.documents().await.len(), s.kept("documents")), (1, 1));
}
