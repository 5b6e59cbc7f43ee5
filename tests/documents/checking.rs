//! What becomes of a file that was taken: made anew, scanned, shown or gone.

use super::{scanned, setting, tasks};
use crate::support::clamd::EICAR;
use crate::support::pictures;
use domain::documents::State;
use domain::time::MINUTE;

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
