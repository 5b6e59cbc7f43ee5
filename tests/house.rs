//! What every address keeps: health, headers, refusals from other sites, problem pages in the reader's language.

use crate::support::portal;
use http::Method;

#[tokio::test]
async fn the_portal_says_that_it_lives_and_is_ready() {
    let t = portal().await;
    let visitor = t.visitor();
    assert_eq!(visitor.get("/livez").await.is(200).body, "ok\n");
    assert_eq!(visitor.get("/readyz").await.is(200).body, "ready\n");
    t.app.draining.store(true, std::sync::atomic::Ordering::Release);
    assert_eq!(visitor.get("/readyz").await.is(503).body, "draining\n");
}

#[tokio::test]
async fn an_address_that_does_not_exist_is_explained_in_the_readers_language() {
    let t = portal().await;
    for (locale, dir) in [("en", "ltr"), ("es", "ltr"), ("vi", "ltr"), ("ar", "rtl")] {
        let page = t.visitor().get(&format!("/{locale}/no-such-page")).await.is(404);
        assert_eq!(page.header("content-language"), locale);
        page.holds(&format!("<html lang=\"{locale}\" dir=\"{dir}\""));
    }
    t.visitor().get("/xx/no-such-page").await.is(404);
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let t = portal().await;
    for path in ["/en/no-such-page", "/livez", "/assets/none.css"] {
        let page = t.visitor().get(path).await;
        for (name, part) in [
            ("content-security-policy", "frame-ancestors 'none'"),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cache-control", "no-store"),
        ] {
            assert!(page.header(name).contains(part), "{path}: {name} is {:?}", page.header(name));
        }
    }
}

#[tokio::test]
async fn another_site_cannot_change_anything() {
    let t = portal().await;
    let visitor = t.visitor();
    let forged = visitor
        .request(Method::POST, "/en/sign-in")
        .header("origin", "https://evil.example")
        .header("cookie", "handrail=x");
    visitor.send(forged).await.is(403);
}
