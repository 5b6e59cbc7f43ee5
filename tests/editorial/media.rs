//! Pictures and videos in content: made clean, named by their bytes, shown once their words are live.

use super::{LIBRARY, WORDS, act, publish, room, state, variant, write};
use crate::support::{Browser, Page, TestPortal, portal};
use domain::editorial;
use server::{content_files, content_media, package};

const FILM: &[u8] = include_bytes!("../../server/demo/breathe/inhaler.mp4");

async fn begin(t: &TestPortal, priya: &Browser, code: &str, title: &str) -> String {
    let new = [
        ("act", "create"),
        ("program", "breathe"),
        ("kind", "module"),
        ("language", "en"),
        ("code", code),
        ("title", title),
    ];
    priya.post(&format!("{LIBRARY}/new"), &new).await.is(200);
    variant(t, &format!("BR/{code}"), 1, "en").await
}

async fn send(t: &TestPortal, browser: &Browser, id: &str, bytes: Vec<u8>, name: &str) -> Page {
    let part = reqwest::multipart::Part::bytes(bytes).file_name(name.to_owned());
    let form = reqwest::multipart::Form::new().part("file", part);
    let at = format!("{LIBRARY}/{id}/media");
    let origin = format!("http://{}", t.address);
    browser.send(browser.request(http::Method::POST, &at).header("origin", origin).multipart(form)).await
}

/// Saves the lesson with this text on its first page.
async fn write_body(t: &TestPortal, browser: &Browser, id: &str, body: &str) {
    let mut words = WORDS.to_vec();
    words.retain(|(name, _)| *name != "pages.1.body");
    words.push(("pages.1.body", body));
    write(t, browser, id, &words).await.is(200);
}

#[tokio::test]
async fn a_picture_is_made_anew_and_shown_once_its_words_are_live() {
    let t = portal().await;
    let room = room(&t).await;
    let id = begin(&t, &room.priya, "EDU-911", "In pictures").await;
    send(&t, &room.priya, &id, b"no picture at all".to_vec(), "x.jpg").await.is(422);
    send(&t, &room.priya, &id, Vec::new(), "x.jpg").await.is(422).says("Choose a photo");
    send(&t, &room.amira, &id, crate::support::pictures::jpeg(40, 30), "x.jpg").await.is(404);
    send(&t, &room.priya, &id, crate::support::pictures::jpeg(40, 30), "x.jpg")
        .await
        .is(200)
        .says("It is added");
    let media = t.text("select id from content_media where item_id = 'BR/EDU-911'").await;
    let visitor = t.visitor();
    visitor.get(&format!("/en/media/{media}")).await.is(404);
    room.kwame.get(&format!("/en/media/{media}")).await.is(200);
    write_body(&t, &room.priya, &id, &format!("Look.\n\n![An inhaler, upright](media:{media})")).await;
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
async fn a_video_goes_out_with_its_captions_or_not_at_all() {
    let t = portal().await;
    let room = room(&t).await;
    // another one than the demonstration's, which readers have already
    let film = [FILM, b"\0\0\0\x08free"].concat();
    let id = begin(&t, &room.priya, "EDU-921", "In motion").await;
    send(&t, &room.priya, &id, film[..film.len() / 2].to_vec(), "x.mp4")
        .await
        .is(422)
        .says("This is no video we can show");
    let page = send(&t, &room.priya, &id, film.clone(), "x.mp4").await.is(200);
    let media = t.text("select id from content_media where item_id = 'BR/EDU-921'").await;
    page.says("It is added").holds(&format!("](video:{media})")).holds("```captions");
    let shown = format!("![Breathe in](video:{media})");
    let captions = "```captions\n00:00.000 --> 00:05.000\nSlide the cover & listen.\n```";
    for (body, why) in [
        (format!("Look.\n\n{shown}"), "A video needs a title, and captions"),
        (
            format!("Look.\n\n{shown}\n\n```captions\n00:05.000 --> 00:01.000\nBackwards.\n```"),
            "A video needs a title",
        ),
        (format!("Look.\n\n![](video:{media})\n\n{captions}"), "A video needs a title"),
        (format!("Look, {shown} inside a line."), "is not among those of this item"),
        (format!("Look.\n\n![Breathe in](media:{media})"), "is not among those of this item"),
        ("![x](media:00000000-0000-8000-8000-000000000001)".to_owned(), "is not among those of this item"),
    ] {
        write_body(&t, &room.priya, &id, &body).await;
        act(&t, &room.priya, &id, "hand_in", &[]).await.is(422).says(why);
    }
    write_body(&t, &room.priya, &id, &format!("Look.\n\n{shown}\n\n{captions}\n\nThen rest.")).await;
    act(&t, &room.priya, &id, "hand_in", &[]).await.is(200);
    room.pass(&t, &id).await;
    let visitor = t.visitor();
    let at = format!("/en/media/{media}");
    visitor.get(&at).await.is(404);
    publish(&t, &room.amira, &id, &[]).await.is(200);
    assert_eq!(state(&t, &id).await, "live");

    let page = visitor.get("/en/learn/edu-921").await.is(200);
    let page = page
        .holds("<video controls")
        .says("Read what is said and shown")
        .says("Slide the cover & listen.")
        .says("Then rest.");
    let track = page
        .body
        .split(&format!("src=\"{at}/captions/"))
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    let words = visitor.get(&format!("{at}/captions/{track}")).await.is(200);
    assert_eq!(words.header("content-type"), "text/vtt; charset=utf-8");
    assert_eq!(words.body, "WEBVTT\n\n00:00:00.000 --> 00:00:05.000\nSlide the cover &amp; listen.\n");
    visitor.get(&format!("{at}/captions/{}", "0".repeat(32))).await.is(404);
    visitor.get(&format!("{at}/captions/x")).await.is(404);

    let piece =
        |range: &'static str| visitor.send(visitor.request(http::Method::GET, &at).header("range", range));
    let first = piece("bytes=0-99").await.is(206);
    assert_eq!(first.header("content-range"), format!("bytes 0-99/{}", film.len()));
    assert_eq!((first.header("content-length"), first.header("content-type")), ("100", "video/mp4"));
    let last = piece("bytes=-10").await.is(206);
    assert_eq!(
        last.header("content-range"),
        format!("bytes {}-{}/{}", film.len() - 10, film.len() - 1, film.len())
    );
    for odd in ["bytes=9-1", "bytes=99999999-", "bytes=0-1,4-5", "lines=1-2", "x"] {
        piece(odd).await.is(200);
    }
}

#[tokio::test]
async fn media_lie_beside_exported_words_and_in_the_package() {
    let t = portal().await;
    let system = t.portal().system("test");
    server::demo::pictures(t.portal(), &t.app.files).await.unwrap();
    let all = editorial::everything(&system, false).await.unwrap();
    let lesson = all.iter().find(|sheet| sheet.item == "BR/EDU-103" && sheet.is_source()).unwrap();
    let ids = content_files::media_of(lesson);
    assert_eq!(ids.len(), 1);
    let file = editorial::media_file(&system, ids[0]).await.unwrap();
    assert_eq!(content_files::media_place(lesson, &file), format!("BR/media/{}.mp4", ids[0]));
    let bytes = t.app.files.get(&content_media::key(ids[0])).await.unwrap();
    assert_eq!(bytes, FILM);

    let packed = editorial::package(&system, "BR/EDU-103").await.unwrap();
    assert_eq!(packed.media().into_iter().collect::<Vec<_>>(), ids);
    let whole = package::write(&packed, &[(file.clone(), bytes.clone())], &t.portal().keys).unwrap();
    assert_eq!(package::verify(&whole).wrong, Vec::<String>::new());
    let without = package::verify(&package::write(&packed, &[], &t.portal().keys).unwrap());
    assert!(without.wrong.iter().any(|why| why.contains("which its words name, is missing")), "{without:?}");
    let mut other = bytes.to_vec();
    other[5_000] ^= 1;
    let forged = package::write(&packed, &[(file, other.into())], &t.portal().keys).unwrap();
    assert!(package::verify(&forged).wrong.iter().any(|why| why.contains("is not the file the words name")));
}
