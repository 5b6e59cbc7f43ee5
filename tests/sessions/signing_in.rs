//! With a password: what is asked, what is answered, and how tries are slowed.

use super::{EMAIL, is_in};
use crate::support::accounts::{PASSWORD, sign_in};
use crate::support::portal;
use domain::time::{DAY, MINUTE, SECOND};
use std::time::{Duration, Instant};

#[tokio::test]
async fn a_person_signs_in_with_a_long_password() {
    let t = portal().await;
    t.person("Luis Ruiz", EMAIL).await;
    let luis = t.visitor();
    luis.get("/en/sign-in").await.is(200).says("Sign in").says_not("sessions.");
    let home = sign_in(&luis, " Luis.Ruiz@Example.com ", PASSWORD).await;
    assert_eq!(home.at, "/en/home", "an address is known however it is written");
    luis.get("/en/account").await.is(200).says(EMAIL).says("Firefox · Linux").says("This device");
    luis.get("/en/sign-in").await.arrives_at("/en/home");
}

#[tokio::test]
async fn what_is_missing_is_said_and_what_was_typed_is_kept() {
    let t = portal().await;
    let page = sign_in(&t.visitor(), EMAIL, "").await.is(422);
    let page = page.says("Write a password").holds(&format!("value=\"{EMAIL}\"")).says("There is a problem");
    assert!(page.body.contains("<title>Error: Sign in"), "the title says so first");
    let page = sign_in(&t.visitor(), EMAIL, "a wrong password that stays out").await.is(422);
    assert!(!page.body.contains("stays out"), "no password comes back");
    for locale in ["es", "vi", "ar"] {
        let page = t.visitor().post(&format!("/{locale}/sign-in"), &[]).await.is(422);
        page.says_not("sessions.").says_not("errors.").says_not("Sign in");
    }
}

#[tokio::test]
async fn whether_an_account_exists_shows_neither_in_words_nor_in_time() {
    let t = portal().await;
    t.person("Luis Ruiz", EMAIL).await;
    let (mut known, mut unknown) = (Duration::MAX, Duration::MAX);
    let ratio = |known: Duration, unknown: Duration| known.as_secs_f64() / unknown.as_secs_f64();
    // other tests take the processor now and then: the shortest of many is what it costs
    for round in 0..40 {
        if round > 3 && (0.5..2.0).contains(&ratio(known, unknown)) {
            return;
        }
        t.wait(DAY);
        let mut answers = Vec::new();
        for (email, shortest) in [(EMAIL, &mut known), ("luis.ruis@example.com", &mut unknown)] {
            let started = Instant::now();
            let page = sign_in(&t.visitor(), email, "not the right password").await.is(422);
            *shortest = (*shortest).min(started.elapsed());
            let names: Vec<String> = page.headers.keys().map(ToString::to_string).collect();
            answers.push((names, page.body.replace(email, "…")));
        }
        assert_eq!(answers[0], answers[1], "AB-05");
    }
    panic!("AB-05: {known:?} with an account, {unknown:?} without");
}

#[tokio::test]
async fn many_tries_are_slowed_but_the_owner_gets_in() {
    let t = portal().await;
    t.person("Luis Ruiz", EMAIL).await;
    let owner = t.signed_in(EMAIL).await;
    owner.post("/en/sign-out", &[]).await;

    for (email, wait) in [(EMAIL, "2"), ("nobody@example.com", "2")] {
        let attacker = t.visitor();
        for _ in 0..5 {
            sign_in(&attacker, email, "one of many guesses").await.is(422);
        }
        let page = sign_in(&attacker, email, "one of many guesses").await.is(429);
        assert_eq!(page.header("retry-after"), wait, "the same with and without an account");
        t.wait(3 * SECOND);
        sign_in(&attacker, email, "one of many guesses").await.is(422);
        sign_in(&attacker, email, "one of many guesses").await.is(429).says("Please wait a little");
    }
    // case and dots do not make another account (AB-25)
    sign_in(&t.visitor(), "LUIS.RUIZ@example.com", "one of many guesses").await.is(429);
    // nor does the right password get through from a stranger's device while it is tried
    sign_in(&t.visitor(), EMAIL, PASSWORD).await.is(429);
    // but the owner's own device is known (AB-06)
    sign_in(&owner, EMAIL, PASSWORD).await;
    assert!(is_in(&owner).await);
    // and nobody is locked out for longer than twenty minutes
    t.wait(20 * MINUTE);
    let elsewhere = t.visitor();
    sign_in(&elsewhere, EMAIL, PASSWORD).await;
    assert!(is_in(&elsewhere).await);
}

#[tokio::test]
async fn after_signing_in_one_goes_on_within_the_house() {
    let t = portal().await;
    t.person("Luis Ruiz", EMAIL).await;
    for (wanted, at) in [
        ("/es/account", "/en/account"),
        ("https://evil.test/en/account", "/en/home"),
        ("//evil.test", "/en/home"),
        ("javascript:alert(1)", "/en/home"),
        ("/en/staff/worklist", "/en/home"),
    ] {
        let fields = [("act", "password"), ("email", EMAIL), ("password", PASSWORD), ("next", wanted)];
        let page = t.visitor().post("/en/sign-in", &fields).await;
        assert_eq!(page.at, at, "AB-19: {wanted}");
    }
}

#[tokio::test]
async fn refused_tries_are_on_the_audit_trail() {
    let t = portal().await;
    let luis = t.person("Luis Ruiz", EMAIL).await;
    for email in [EMAIL, "nobody@example.com"] {
        sign_in(&t.visitor(), email, "not the right password").await.is(422);
    }
    t.signed_in(EMAIL).await;
    let mut conn = t.portal().db.read().await.unwrap();
    let rows: Vec<(String, String, Option<String>)> = sqlx::query_as(
        "select act, what, person_id from audit where what in ('account.sign_in', 'account.signed_in') order by seq",
    )
    .fetch_all(&mut *conn)
    .await
    .unwrap();
    let luis = Some(luis.to_string());
    let row =
        |act: &str, what: &str, person: &Option<String>| (act.to_owned(), what.to_owned(), person.clone());
    assert_eq!(
        rows,
        [
            row("refused", "account.sign_in", &luis),
            row("refused", "account.sign_in", &None),
            row("write", "account.signed_in", &luis)
        ]
    );
}
