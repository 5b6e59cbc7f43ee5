//! How long a session lasts, what is kept of it, and who ends it.

use super::{EMAIL, answer, cookies, is_in};
use crate::support::accounts::{PASSWORD, sign_in};
use crate::support::{Browser, portal, portal_with};
use domain::actor::Role;
use domain::time::{DAY, MINUTE, SECOND};
use http::Method;

#[tokio::test]
async fn a_session_ends_when_idle_when_old_and_sooner_where_others_use_the_device() {
    let t = portal().await;
    t.person("Luis Ruiz", EMAIL).await;
    let luis = t.signed_in(EMAIL).await;
    t.wait(30 * MINUTE - SECOND);
    assert!(is_in(&luis).await, "N-02: one second before");
    t.wait(30 * MINUTE + SECOND);
    let page = luis.get("/en/account").await;
    assert_eq!(page.at, "/en/sign-in?next=%2Fen%2Faccount", "N-02: one second after");
    page.says("This page is private");

    let luis = t.signed_in(EMAIL).await;
    for _ in 0..(DAY / (20 * MINUTE) - 1) {
        t.wait(20 * MINUTE);
        assert!(is_in(&luis).await);
    }
    t.wait(20 * MINUTE + SECOND);
    assert!(!is_in(&luis).await, "N-02: a day is the most");

    let shared = t.visitor();
    let fields = [("act", "password"), ("email", EMAIL), ("password", PASSWORD), ("shared", "yes")];
    shared.post("/en/sign-in", &fields).await;
    t.wait(15 * MINUTE - SECOND);
    assert!(is_in(&shared).await);
    t.wait(15 * MINUTE + SECOND);
    assert!(!is_in(&shared).await);

    let staff = t.staff("Grace Okafor", "grace@staff.test", &[Role::Nurse]).await;
    t.wait(15 * MINUTE - SECOND);
    assert!(is_in(&staff).await);
    t.wait(15 * MINUTE + SECOND);
    assert!(!is_in(&staff).await, "staff: 15 minutes");
}

#[tokio::test]
async fn a_token_is_new_at_each_sign_in_and_only_its_hash_is_kept() {
    let t = portal().await;
    t.person("Luis Ruiz", EMAIL).await;
    let fields = [("act", "password"), ("email", EMAIL), ("password", PASSWORD)];
    let planted = "handrail=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let response = answer(&t, "/en/sign-in", &fields, planted).await;
    assert_eq!(response.status(), 303);
    let first = cookies(&response);
    assert!(first[0].starts_with("handrail=") && first[0].ends_with("; Path=/; HttpOnly; SameSite=Lax"));
    let cookie = first[0].split(';').next().unwrap();
    assert_ne!(cookie, planted, "AB-08: a planted cookie is replaced");

    let response = answer(&t, "/en/sign-in", &fields, cookie).await;
    let second = cookies(&response)[0].split(';').next().unwrap().to_owned();
    assert_ne!(second, cookie);
    let (fresh, old) = (t.visitor(), t.visitor());
    let page = |browser: &Browser, cookie: &str| {
        browser.request(Method::GET, "/en/account").header("cookie", cookie)
    };
    let (fresh, old) = (fresh.send(page(&fresh, &second)).await, old.send(page(&old, cookie)).await);
    assert_eq!((fresh.at.as_str(), old.status), ("/en/account", 200));
    assert!(old.at.starts_with("/en/sign-in"), "the session signed in over is ended");

    let token = second.split_once('=').unwrap().1;
    let mut conn = t.portal().db.read().await.unwrap();
    let stored: i64 = sqlx::query_scalar("select count(*) from sessions where token_hash = $1")
        .bind(token)
        .fetch_one(&mut *conn)
        .await
        .unwrap();
    assert_eq!(stored, 0, "what the database holds opens nothing");
    let stored = domain::seal::token_hash(token);
    let replayed = t.visitor();
    let replayed = replayed.send(page(&replayed, &format!("handrail={stored}"))).await;
    assert!(replayed.at.starts_with("/en/sign-in"));
}

#[tokio::test]
async fn over_tls_the_cookie_is_bound_to_its_host() {
    let t = portal_with(|config| config.server.base_url = "https://portal.example".into()).await;
    t.person("Luis Ruiz", EMAIL).await;
    let fields = [("act", "password"), ("email", EMAIL), ("password", PASSWORD)];
    let response = answer(&t, "/en/sign-in", &fields, "").await;
    let cookies = cookies(&response);
    assert!(cookies[0].starts_with("__Host-handrail="), "{cookies:?}");
    for cookie in &cookies {
        assert!(cookie.starts_with("__Host-handrail"));
        for part in ["; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        assert!(!cookie.contains("Domain"));
    }
}

#[tokio::test]
async fn sessions_are_seen_and_ended_by_their_owner_alone() {
    let t = portal().await;
    t.person("Luis Ruiz", EMAIL).await;
    t.person("Ana Ruiz", "ana@example.com").await;
    let (phone, laptop) = (t.signed_in(EMAIL).await, t.signed_in(EMAIL).await);
    let ana = t.signed_in("ana@example.com").await;
    let page = phone.get("/en/account").await.is(200);
    let other = page.body.split("name=\"session\" value=\"").nth(1).unwrap().split('"').next().unwrap();

    ana.post("/en/account", &[("act", "end"), ("session", other)]).await.is(404);
    assert!(is_in(&laptop).await, "nobody ends another person's session");
    for junk in ["", "7", "../x", "00000000-0000-0000-0000-000000000000"] {
        ana.post("/en/account", &[("act", "end"), ("session", junk)]).await.is(404);
    }
    phone.post("/en/account", &[("act", "end"), ("session", other)]).await.says("That device is signed out");
    assert!(!is_in(&laptop).await, "from its next request on");
    assert!(is_in(&phone).await);

    let laptop = t.signed_in(EMAIL).await;
    phone.post("/en/account", &[("act", "end_others")]).await.says("All other devices are signed out");
    assert!(!is_in(&laptop).await);
    assert!(is_in(&phone).await);
}

#[tokio::test]
async fn a_new_password_needs_a_fresh_proof_and_ends_other_sessions() {
    let t = portal().await;
    t.person("Luis Ruiz", EMAIL).await;
    let (phone, laptop) = (t.signed_in(EMAIL).await, t.signed_in(EMAIL).await);
    let change = |new: &'static str| [("act", "password"), ("new_password", new)];
    phone.post("/en/account", &change("fourteen chars")).await.is(422).says("15 characters");
    phone.post("/en/account", &change("luis ruiz luis ruiz")).await.is(422).says("has your name");
    phone.post("/en/account", &change("password12345678")).await.is(422).says("Many people use");

    t.wait(11 * MINUTE);
    phone
        .post("/en/account", &change("a lamp beside the door"))
        .await
        .is(422)
        .says("First show that it is you");
    phone.get("/en/account").await.says("Your password now").says_not("Save the new password");
    phone.post("/en/account", &[("act", "prove"), ("password", "no")]).await.is(422).says("not right");
    phone.post("/en/account", &[("act", "prove"), ("password", PASSWORD)]).await.is(200).says("ten minutes");
    assert!(is_in(&laptop).await);
    phone.post("/en/account", &change("a lamp beside the door")).await.says("Your new password is saved");
    assert!(is_in(&phone).await && !is_in(&laptop).await, "ASVS 7.4.3");

    sign_in(&t.visitor(), EMAIL, PASSWORD).await.is(422);
    let again = t.visitor();
    sign_in(&again, EMAIL, "a lamp beside the door").await;
    assert!(is_in(&again).await);
}

#[tokio::test]
async fn signing_out_ends_the_session_and_clears_what_the_browser_kept() {
    let t = portal().await;
    t.person("Luis Ruiz", EMAIL).await;
    let fields = [("act", "password"), ("email", EMAIL), ("password", PASSWORD)];
    let cookie =
        cookies(&answer(&t, "/en/sign-in", &fields, "").await)[0].split(';').next().unwrap().to_owned();
    let response = answer(&t, "/en/sign-out", &[], &cookie).await;
    assert_eq!(response.headers()["clear-site-data"], "\"cache\", \"storage\"", "AB-22");
    assert_eq!(response.headers()["location"], "/en/sign-in?out=1");
    assert!(
        cookies(&response)
            .iter()
            .any(|cookie| cookie.starts_with("handrail=; ") && cookie.contains("Max-Age=0"))
    );

    let luis = t.signed_in(EMAIL).await;
    luis.get("/en/sign-out").await.is(200).says("Do you want to sign out?");
    assert!(is_in(&luis).await, "a visit changes nothing");
    luis.post("/en/sign-out", &[]).await.says("You are signed out");
    assert!(!is_in(&luis).await);
    luis.post("/en/sign-out", &[]).await.is(200);
}

#[tokio::test]
async fn what_is_over_is_swept_away() {
    let t = portal().await;
    t.person("Luis Ruiz", EMAIL).await;
    sign_in(&t.visitor(), EMAIL, "a wrong one for the count").await.is(422);
    t.visitor().post("/en/sign-in/passkey", &[]).await.is(200);
    t.signed_in(EMAIL).await;
    t.wait(40 * DAY);
    domain::sessions::sweep(&t.portal().system("test")).await.unwrap();
    let mut conn = t.portal().db.read().await.unwrap();
    for table in ["sign_in_attempts", "ceremonies", "sessions"] {
        let query = sqlx::AssertSqlSafe(format!("select count(*) from {table}"));
        let left: i64 = sqlx::query_scalar(query).fetch_one(&mut *conn).await.unwrap();
        assert_eq!(left, 0, "{table}");
    }
}
