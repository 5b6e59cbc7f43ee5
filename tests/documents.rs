//! Documents: asked for, sent from a phone, checked, decided; and everything a file can be that it should not (EN-24, ON-19,
//! AB-10..14, F-16).

use crate::support::accounts::PASSWORD;
use crate::support::clamd::{Clamd, EICAR};
use crate::support::{Browser, Page, TestPortal, accounts, pictures, portal, portal_with};
use domain::actor::{Actor, Role};
use domain::cases::{self, Filler, NewCase, SubStatus};
use domain::documents::{self, State};
use domain::error::Error;
use domain::ids::{CaseId, DocumentId, PersonId, RequestId, SessionId};
use domain::locale::Locale;
use domain::time::{DAY, MINUTE};
use http::Method;
use reqwest::multipart::{Form, Part};
use tokio::io::AsyncWriteExt;

const ANA: &str = "ana@example.com";

/// A portal, a patient who is signed in, their case, and a request for an insurance card.
struct Setting {
    t: TestPortal,
    ana: Browser,
    person: PersonId,
    case: CaseId,
    request: RequestId,
}

async fn setting() -> Setting {
    set(portal().await).await
}

/// With a real clamd beside it.
async fn scanned() -> (Setting, Clamd) {
    let mut clamd = None;
    let t = portal_with(|config| {
        let dir = config.files.dir.parent().unwrap();
        let started = Clamd::start(dir);
        config.antivirus.clamd = Some(started.address());
        config.antivirus.timeout_seconds = 1;
        clamd = Some(started);
    })
    .await;
    (set(t).await, clamd.unwrap())
}

async fn set(t: TestPortal) -> Setting {
    let person = t.person("Ana Ruiz", ANA).await;
    let case = open_case(&t, person).await;
    let request = documents::request(&staff(&t), case, "insurance_card", None).await.unwrap();
    let ana = t.signed_in(ANA).await;
    Setting { t, ana, person, case, request }
}

async fn open_case(t: &TestPortal, person: PersonId) -> CaseId {
    let ctx = t.portal().system("test");
    let program = t.portal().programs.by_code("breathe").unwrap();
    let mut tx = ctx.begin().await.unwrap();
    let key = domain::people::key(tx.conn(), ctx.keys(), person).await.unwrap();
    let new = NewCase {
        program: &program,
        person,
        key: &key,
        filler: Filler::Patient,
        sub_status: SubStatus::Received,
        locale: Locale::Es,
        payer_type: "commercial",
        answers: "{}",
        ticked: &[],
    };
    let opened = cases::open(&mut tx, &ctx, new).await.unwrap();
    tx.commit().await.unwrap();
    opened.id
}

/// A case manager's context, for what their page does.
fn staff(t: &TestPortal) -> domain::ctx::Ctx {
    let mut ctx = t.portal().system("test");
    ctx.actor = Actor::Staff {
        id: PersonId::fixed(77),
        session: SessionId::fixed(77),
        roles: vec![Role::CaseManager],
    };
    ctx
}

impl Setting {
    fn page(&self) -> String {
        format!("/en/documents/{}", self.request)
    }

    async fn send(&self, name: &str, bytes: &[u8]) -> Page {
        self.send_with(name, bytes, "").await
    }

    async fn send_with(&self, name: &str, bytes: &[u8], note: &str) -> Page {
        upload(&self.ana, &self.page(), name, bytes, note).await
    }

    /// The newest document of the case, as staff see it.
    async fn newest(&self) -> documents::Document {
        self.documents().await.into_iter().next().expect("a document")
    }

    async fn documents(&self) -> Vec<documents::Document> {
        let asked = documents::for_case(&staff(&self.t), self.case).await.unwrap();
        asked.into_iter().flat_map(|asked| asked.documents).collect()
    }

    /// The file of the newest document, as its sender gets it.
    async fn served(&self) -> reqwest::Response {
        let path = format!("/en/documents/files/{}", self.newest().await.id);
        self.ana.request(Method::GET, &path).send().await.unwrap()
    }

    fn kept(&self, folder: &str) -> usize {
        let dir = self.t.dir.join("files").join(folder);
        std::fs::read_dir(dir).map(|files| files.count()).unwrap_or(0)
    }
}

async fn upload(browser: &Browser, page: &str, name: &str, bytes: &[u8], note: &str) -> Page {
    let file = Part::bytes(bytes.to_vec()).file_name(name.to_owned()).mime_str("image/jpeg").unwrap();
    let form = Form::new().text("act", "send").part("file", file).text("note", note.to_owned());
    browser
        .send(browser.request(Method::POST, page).header("sec-fetch-site", "same-origin").multipart(form))
        .await
}

#[tokio::test]
async fn a_photo_is_taken_made_anew_and_shown_to_staff() {
    let (s, _clamd) = scanned().await;
    s.ana.get("/en/documents").await.is(200).says("We need one document from you").says("Insurance card");
    s.ana.get(&s.page()).await.is(200).says("All four corners should show").says("up to 25 MB");
    let photo = pictures::with_location(&s.t.dir, &pictures::jpeg(900, 600));
    assert!(pictures::traces(&s.t.dir, &photo).contains("GPS"), "the photo knows where it was taken");
    let page =
        s.send("IMG_0231.jpg", &photo).await.is(200).says("Your file has arrived").says("IMG_0231.jpg");
    assert_eq!(page.at, s.page(), "sent, and back on the page by 303");
    s.t.settle().await;
    assert_eq!(s.newest().await.state, State::InReview);
    assert!(s.newest().await.checked_at.is_some());
    let answer = s.served().await;
    assert_eq!(answer.headers()["content-type"], "image/jpeg");
    assert!(answer.headers()["content-security-policy"].to_str().unwrap().contains("sandbox"));
    assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
    let bytes = answer.bytes().await.unwrap();
    let traces = pictures::traces(&s.t.dir, &bytes);
    for trace in ["GPS", "Handrail Phone", "Ana", "XMP", "Comment"] {
        assert!(!traces.contains(trace), "AB-12: {trace} is still in the file: {traces}");
    }
    let picture = image::load_from_memory(&bytes).unwrap().into_rgb8();
    assert_eq!(picture.dimensions(), (600, 900), "turned upright");
    assert!(picture.get_pixel(550, 450)[0] > 150 && picture.get_pixel(50, 450)[0] < 90, "and the right way");
    // at rest nothing of it can be read
    let sealed =
        std::fs::read(s.t.dir.join("files/documents").join(s.newest().await.id.to_string())).unwrap();
    assert!(image::guess_format(&sealed).is_err() && !sealed.windows(4).any(|window| window == b"JFIF"));
    assert_eq!((s.kept("originals"), s.kept("uploads")), (0, 0), "what was sent is not kept beside it");
}

#[tokio::test]
async fn a_heic_photo_becomes_a_jpeg() {
    let s = setting().await;
    let heic = pictures::heic(&s.t.dir, &pictures::jpeg(640, 480));
    s.send("IMG_0232.HEIC", &heic).await.is(200).says("Your file has arrived");
    let bytes = s.served().await.bytes().await.unwrap();
    assert_eq!(image::guess_format(&bytes).unwrap(), image::ImageFormat::Jpeg);
    let picture = image::load_from_memory(&bytes).unwrap();
    assert_eq!(picture.width().max(picture.height()), 640);
    assert!(!pictures::traces(&s.t.dir, &bytes).contains("GPS"));
}

#[tokio::test]
async fn a_pdf_keeps_its_pages_and_loses_what_runs() {
    let s = setting().await;
    s.send("letter.pdf", &pictures::pdf(b"% nothing")).await.is(200).says("Your file has arrived");
    let answer = s.served().await;
    assert_eq!(answer.headers()["content-type"], "application/pdf");
    assert!(answer.headers()["content-disposition"].to_str().unwrap().starts_with("attachment"));
    let bytes = answer.bytes().await.unwrap();
    assert!(bytes.starts_with(b"%PDF-"));
    assert!(!bytes.windows(10).any(|window| window == b"JavaScript"), "AB-10");
}

#[tokio::test]
async fn a_harmful_file_fails_and_is_gone() {
    let (s, _clamd) = scanned().await;
    s.send("letter.pdf", &pictures::pdf(EICAR.as_bytes())).await.is(200);
    s.t.settle().await;
    let document = s.newest().await;
    assert_eq!((document.state, document.reason.as_deref()), (State::Failed, Some("infected")), "F-16");
    assert_eq!((s.kept("documents"), s.kept("originals")), (0, 0), "the file is gone");
    assert_eq!(s.served().await.status(), 404);
    let page =
        s.ana.get(&s.page()).await.says("found something harmful").says("Send it again below, or call us");
    page.holds("tel:").holds("type=\"file\"");
    s.ana.get("/en/documents").await.says("Please send it again");
    let tasks = tasks(&s.t).await;
    assert!(tasks.iter().any(|kind| kind == "document_failed"), "{tasks:?}");
}

#[tokio::test]
async fn a_scanner_that_is_down_holds_a_document_and_after_fifteen_minutes_the_sender_is_told() {
    let (s, clamd) = scanned().await;
    clamd.freeze();
    s.send("card.jpg", &pictures::jpeg(80, 60)).await.is(200).says("never more than 15");
    s.t.settle().await;
    assert_eq!(s.newest().await.state, State::Checking, "fails closed");
    assert_eq!(s.served().await.status(), 404, "nobody sees what was not checked");
    s.t.wait(14 * MINUTE);
    s.t.settle().await;
    assert_eq!(s.newest().await.state, State::Checking);
    s.t.wait(MINUTE);
    s.t.settle().await;
    let document = s.newest().await;
    assert_eq!((document.state, document.reason.as_deref()), (State::Failed, Some("not_checked")));
    s.ana.get(&s.page()).await.says("That was not your fault").says("call us");
    assert!(tasks(&s.t).await.iter().any(|kind| kind == "document_failed"));
    // the same file may be sent again, and now it goes through
    clamd.thaw();
    s.send("card.jpg", &pictures::jpeg(80, 60)).await.is(200);
    s.t.settle().await;
    assert_eq!(s.newest().await.state, State::InReview);
}

#[tokio::test]
async fn a_scanner_that_comes_back_is_asked_again() {
    let (s, clamd) = scanned().await;
    clamd.freeze();
    s.send("card.jpg", &pictures::jpeg(80, 60)).await.is(200);
    clamd.thaw();
    s.t.wait(MINUTE);
    s.t.settle().await;
    assert_eq!(s.newest().await.state, State::InReview);
}

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
        .text("note", "short");
    let request = s.ana.request(Method::POST, &s.page()).header("sec-fetch-site", "same-origin");
    s.ana
        .send(request.multipart(form))
        .await
        .is(200)
        .says("Your file has arrived")
        .says("card.jpg")
        .says("short");
    assert_eq!(s.newest().await.note.as_deref(), Some("short"));
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

/// The kinds of open tasks.
async fn tasks(t: &TestPortal) -> Vec<String> {
    let page = domain::tasks::list(&staff(t), &domain::tasks::Filter::default(), None).await.unwrap();
    page.tasks.into_iter().map(|task| task.kind.code().to_owned()).collect()
}
