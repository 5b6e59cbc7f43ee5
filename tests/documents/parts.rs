//! A file sent in parts, over a line that breaks (tus).

use super::{ANA, Setting, setting};
use crate::support::accounts::PASSWORD;
use crate::support::{Browser, Page, accounts, pictures};
use domain::documents::State;
use domain::time::DAY;
use http::Method;
use reqwest::multipart::Form;
use tokio::io::AsyncWriteExt;

#[tokio::test]
async fn a_session_that_ended_is_told_and_the_upload_goes_on_after_signing_in() {
    let s = setting().await;
    let photo = pictures::jpeg(600, 400);
    let upload_at = create(&s, photo.len(), &[]).await;
    patch(&s.ana, &upload_at, 0, &photo[..1_000]).await.is(204);
    s.t.wait(DAY / 2);
    let page = s.send("card.jpg", &photo).await;
    assert!(page.at.starts_with("/en/sign-in"), "{}", page.at);
    assert_eq!(head(&s.ana, &upload_at).await.status, 401);
    let again = accounts::sign_in(&s.ana, ANA, PASSWORD).await;
    assert_eq!(again.at, "/en/home");
    assert_eq!(offset(&head(&s.ana, &upload_at).await), 1_000, "what was sent before is still there");
}

/// Begins an upload in parts for Ana's request.
async fn create(s: &Setting, length: usize, more: &[(&str, &str)]) -> String {
    let page = begin(&s.ana, &s.request.to_string(), length, more).await.is(201);
    page.header("location").to_owned()
}

async fn begin(browser: &Browser, purpose: &str, length: usize, more: &[(&str, &str)]) -> Page {
    use base64::Engine;
    let encode = |text: &str| base64::engine::general_purpose::STANDARD.encode(text);
    let mut metadata = format!("purpose {}", encode(purpose));
    for (name, value) in more {
        metadata.push_str(&format!(",{name} {}", encode(value)));
    }
    let request = tus(browser, Method::POST, "/files")
        .header("upload-length", length.to_string())
        .header("upload-metadata", metadata);
    browser.send(request).await
}

fn tus(browser: &Browser, method: Method, path: &str) -> reqwest::RequestBuilder {
    browser.request(method, path).header("tus-resumable", "1.0.0").header("sec-fetch-site", "same-origin")
}

async fn patch(browser: &Browser, at: &str, from: usize, bytes: &[u8]) -> Page {
    let request = tus(browser, Method::PATCH, at)
        .header("upload-offset", from.to_string())
        .header("content-type", "application/offset+octet-stream")
        .body(bytes.to_vec());
    browser.send(request).await
}

async fn head(browser: &Browser, at: &str) -> Page {
    browser.send(tus(browser, Method::HEAD, at)).await
}

fn offset(page: &Page) -> usize {
    page.header("upload-offset").parse().unwrap()
}

#[tokio::test]
async fn an_upload_that_was_interrupted_goes_on_where_it_was() {
    let s = setting().await;
    let able = s.ana.send(s.ana.request(Method::OPTIONS, "/files")).await.is(204);
    assert_eq!((able.header("tus-version"), able.header("tus-max-size")), ("1.0.0", "25000000"));
    let mut photo = pictures::jpeg(1_200, 900);
    photo.resize(2_500_000, 7); // what cameras put behind the picture
    let at = create(&s, photo.len(), &[]).await;
    patch(&s.ana, &at, 0, &photo[..1_200_000]).await.is(204);
    hang_up_midway(&s, &at, 1_200_000, 1_300_000, &photo[1_200_000..1_700_000]).await;
    let there = settled_offset(&s, &at).await;
    assert!((1_200_000..=1_700_000).contains(&there), "{there}");
    patch(&s.ana, &at, 5, &photo[5..10]).await.is(409);
    patch(&s.ana, &at, there, &photo[there..]).await.is(204);
    assert_eq!(offset(&head(&s.ana, &at).await), photo.len());
    assert!(s.documents().await.is_empty(), "its form has not come yet");
    let form = Form::new()
        .text("act", "send")
        .text("upload", at.clone())
        .text("upload_name", "card.jpg")
        .text("note", "");
    let request = s.ana.request(Method::POST, &s.page()).header("sec-fetch-site", "same-origin");
    s.ana.send(request.multipart(form)).await.is(200).says("Your file has arrived").says("card.jpg");
    assert_eq!(s.newest().await.state, State::InReview);
    assert_eq!(s.kept("uploads"), 0);
}

/// Announces more bytes than it sends, and hangs up.
async fn hang_up_midway(s: &Setting, at: &str, from: usize, announced: usize, bytes: &[u8]) {
    let sign_in = [("act", "password"), ("email", ANA), ("password", PASSWORD)];
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let url = format!("http://{}/en/sign-in", s.t.address);
    let answer =
        client.post(url).header("sec-fetch-site", "same-origin").form(&sign_in).send().await.unwrap();
    let cookie = answer.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let head = format!(
        "PATCH {at} HTTP/1.1\r\nHost: {}\r\nCookie: {cookie}\r\nSec-Fetch-Site: same-origin\r\nTus-Resumable: 1.0.0\r\n\
         Upload-Offset: {from}\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: {announced}\r\n\r\n",
        s.t.address
    );
    let mut socket = tokio::net::TcpStream::connect(s.t.address).await.unwrap();
    socket.write_all(head.as_bytes()).await.unwrap();
    socket.write_all(bytes).await.unwrap();
    socket.shutdown().await.unwrap();
}

/// How far an upload is once the server has noticed that its sender is gone.
async fn settled_offset(s: &Setting, at: &str) -> usize {
    for _ in 0..200 {
        let page = patch(&s.ana, at, 1, b"").await;
        if page.status == 409 {
            return offset(&head(&s.ana, at).await);
        }
        assert_eq!(page.status, 423, "{}", page.body);
        tokio::task::yield_now().await;
    }
    panic!("the upload stays locked");
}

#[tokio::test]
async fn an_upload_that_names_its_file_is_complete_in_itself() {
    let s = setting().await;
    let photo = pictures::jpeg(300, 200);
    let at = create(&s, photo.len(), &[("filename", "tarjeta.jpg")]).await;
    patch(&s.ana, &at, 0, &photo).await.is(204);
    let document = s.newest().await;
    assert_eq!((document.name.as_str(), document.note), ("tarjeta.jpg", None));
    head(&s.ana, &at).await.is(200);
    patch(&s.ana, &at, photo.len(), b"").await.is(409);
    assert_eq!(s.documents().await.len(), 1);
    // one that cannot be taken says why, and is gone
    let at = create(&s, 9, &[("filename", "photo.jpg")]).await;
    patch(&s.ana, &at, 0, b"some text").await.is(422).says("");
    head(&s.ana, &at).await.is(404);
}

#[tokio::test]
async fn an_upload_belongs_to_its_sender_and_keeps_to_its_length() {
    let s = setting().await;
    let at = create(&s, 100, &[]).await;
    s.t.person("Somebody Else", "else@example.com").await;
    let other = s.t.signed_in("else@example.com").await;
    head(&other, &at).await.is(404);
    patch(&other, &at, 0, b"x").await.is(404);
    other.send(tus(&other, Method::DELETE, &at)).await.is(404);
    begin(&other, &s.request.to_string(), 10, &[]).await.is(404);
    head(&s.t.visitor(), &at).await.is(401);
    patch(&s.ana, &at, 0, &[1; 101]).await.is(413);
    begin(&s.ana, &s.request.to_string(), 25_000_001, &[]).await.is(413);
    begin(&s.ana, &s.request.to_string(), 0, &[]).await.is(422);
    begin(&s.ana, "nonsense", 10, &[]).await.is(404);
    let bare = s.ana.request(Method::HEAD, &at).header("sec-fetch-site", "same-origin");
    s.ana.send(bare).await.is(412);
    s.ana.send(tus(&s.ana, Method::DELETE, &at)).await.is(204);
    head(&s.ana, &at).await.is(404);
    // what nobody takes up again in a day is thrown away
    let at = create(&s, 100, &[]).await;
    patch(&s.ana, &at, 0, &[1; 50]).await.is(204);
    assert_eq!(s.kept("uploads"), 1);
    s.t.wait(DAY);
    s.t.settle().await;
    assert_eq!(s.kept("uploads"), 0);
}
