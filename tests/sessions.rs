//! Signing in: what is asked, what is answered, how long it lasts, and how tries are slowed (N-01..05, AB-05..08).

use crate::support::accounts::{PASSWORD, sign_in};
use crate::support::authenticator::Authenticator;
use crate::support::{Browser, TestPortal, portal, portal_with};
use domain::actor::Role;
use domain::sessions::Door;
use domain::time::{DAY, MINUTE, SECOND};
use http::Method;
use std::time::{Duration, Instant};

const EMAIL: &str = "luis.ruiz@example.com";

/// Whether the account's page opens for this browser.
async fn is_in(browser: &Browser) -> bool {
    browser.get("/en/account").await.at == "/en/account"
}

/// A request whose answer is looked at before its redirect is followed.
async fn answer(t: &TestPortal, path: &str, fields: &[(&str, &str)], cookie: &str) -> reqwest::Response {
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let request = client.post(format!("http://{}{path}", t.address));
    request
        .header("sec-fetch-site", "same-origin")
        .header("cookie", cookie)
        .form(fields)
        .send()
        .await
        .unwrap()
}

fn cookies(response: &reqwest::Response) -> Vec<String> {
    let all = response.headers().get_all("set-cookie").iter();
    all.map(|cookie| cookie.to_str().unwrap().to_owned()).collect()
}

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
async fn staff_show_two_factors_always() {
    let t = portal().await;
    let added = t.add_staff("Grace Okafor", "grace@staff.test", &[Role::Nurse]).await;
    let grace = t.visitor();
    let page = sign_in(&grace, "grace@staff.test", &added.password).await.is(200);
    page.says("Write the code from your app").says("Choose your own password");
    assert!(!is_in(&grace).await, "a password alone opens nothing for staff");

    let send = |code: String, new: &'static str| {
        let grace = &grace;
        async move { grace.post("/en/sign-in/second-step", &[("code", &code), ("new_password", new)]).await }
    };
    send("000000".into(), PASSWORD).await.is(422).says("This code is not right");
    send(t.code(&added.totp_secret), "short").await.is(422).says("8 characters or more");
    send(t.code(&added.totp_secret), "grace okafor").await.is(422);
    let code = t.code(&added.totp_secret);
    let spaced = format!(" {}-{} ", &code[..3], &code[3..]);
    let page = send(spaced, PASSWORD).await;
    assert_eq!(page.at, "/en/staff/worklist");
    assert!(is_in(&grace).await);

    // the made-up password is gone, the code was good once
    let again = t.visitor();
    sign_in(&again, "grace@staff.test", &added.password).await.is(422);
    sign_in(&again, "grace@staff.test", PASSWORD).await.is(200).says_not("Choose your own");
    again.post("/en/sign-in/second-step", &[("code", &code)]).await.is(422).says("This code is not right");
    t.wait(30 * SECOND);
    let page = again.post("/en/sign-in/second-step", &[("code", &t.code(&added.totp_secret))]).await;
    assert_eq!(page.at, "/en/staff/worklist");
}

#[tokio::test]
async fn the_second_step_lasts_ten_minutes_and_happens_once() {
    let t = portal().await;
    let added = t.add_staff("Grace Okafor", "grace@staff.test", &[Role::Nurse]).await;
    let grace = t.visitor();
    sign_in(&grace, "grace@staff.test", &added.password).await.is(200);
    t.wait(10 * MINUTE + SECOND);
    let fields = [("code", t.code(&added.totp_secret)), ("new_password", PASSWORD.to_owned())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let page = grace.post("/en/sign-in/second-step", &fields).await;
    assert!(page.at.starts_with("/en/sign-in?next="), "{}", page.at);

    // many at the same moment, from two sign-ins: the code counts once
    let ctx = domain::ctx::Ctx { actor: domain::actor::Actor::Anonymous, ..t.portal().system("test") };
    let door =
        |network: u8| Door { device: "?", mark: None, network: [192, 0, 2, network].into(), shared: false };
    let mut tokens = Vec::new();
    for network in 1..=2 {
        let door = door(network);
        let opened = domain::sessions::sign_in(&ctx, "grace@staff.test", &added.password, &door).await;
        let domain::sessions::SignedIn::SecondFactor { token } = opened.unwrap() else {
            panic!("no second step")
        };
        tokens.push(token);
    }
    let code = t.code(&added.totp_secret);
    let tries = [0, 1, 0, 1].map(|which| {
        let (ctx, token, code) = (ctx.clone(), tokens[which].clone(), code.clone());
        tokio::spawn(async move {
            let door = Door { device: "?", mark: None, network: [192, 0, 2, 9].into(), shared: false };
            domain::sessions::second_factor(&ctx, &token, &code, Some(PASSWORD), &door).await.is_ok()
        })
    });
    let mut successes = 0;
    for one in tries {
        successes += usize::from(one.await.unwrap());
    }
    assert_eq!(successes, 1, "AB-07");
}

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
async fn codes_from_an_app_are_turned_on_used_and_turned_off() {
    let t = portal().await;
    t.person("Luis Ruiz", EMAIL).await;
    let luis = t.signed_in(EMAIL).await;
    let page = luis.post("/en/account", &[("act", "codes_on")]).await.is(200);
    assert_eq!(page.at, "/en/account/codes");
    assert!(
        page.body.contains("<svg") && page.body.contains("otpauth://totp/Handrail:luis.ruiz%40example.com")
    );
    let secret = page.attr("href", "otpauth:").unwrap();
    let secret = secret.split("secret=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    luis.post("/en/account/codes", &[("code", "123")]).await.is(422).says("This code is not right");
    luis.post("/en/account/codes", &[("code", &t.code(&secret))]).await.says("Codes from an app are on");

    t.wait(MINUTE);
    let again = t.visitor();
    sign_in(&again, EMAIL, PASSWORD).await.is(200).says("Write the code from your app");
    let code = t.code(&secret);
    let home = again.post("/en/sign-in/second-step", &[("code", &code)]).await;
    assert_eq!(home.at, "/en/home");
    // eight characters do beside codes, and then the codes cannot go
    again.post("/en/account", &[("act", "password"), ("new_password", "lamp by it")]).await.says("saved");
    again.post("/en/account", &[("act", "codes_off")]).await.is(422).says("Add another way first");
    let long = [("act", "password"), ("new_password", "a lamp beside the door")];
    again.post("/en/account", &long).await.says("saved");
    again.post("/en/account", &[("act", "codes_off")]).await.says("Codes from an app are off");
    sign_in(&t.visitor(), EMAIL, "a lamp beside the door").await.says_not("Write the code");
}

#[tokio::test]
async fn staff_cannot_give_up_their_second_factor() {
    let t = portal().await;
    let grace = t.staff("Grace Okafor", "grace@staff.test", &[Role::Nurse]).await;
    grace.post("/en/account", &[("act", "codes_off")]).await.is(422).says("Add another way first");
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
async fn a_passkey_step_gives_options_and_refuses_what_is_no_passkey() {
    let t = portal().await;
    t.person("Luis Ruiz", EMAIL).await;
    let visitor = t.visitor();
    let options = visitor.post("/en/sign-in/passkey", &[]).await.is(200);
    let options: serde_json::Value = serde_json::from_str(&options.body).unwrap();
    assert_eq!(options["publicKey"]["userVerification"], "required", "N-03");
    assert_eq!(options["publicKey"]["rpId"], "localhost");
    for credential in ["", "{}", "[1]", "x", &"{".repeat(40_000)] {
        let page = visitor.post("/en/sign-in", &[("act", "passkey"), ("credential", credential)]).await;
        page.is(422).says("The passkey did not work");
    }
    visitor.post("/en/account/passkey", &[]).await.says("Sign in");
    let luis = t.signed_in(EMAIL).await;
    let options = luis.post("/en/account/passkey", &[]).await.is(200);
    let options: serde_json::Value = serde_json::from_str(&options.body).unwrap();
    assert_eq!(options["publicKey"]["authenticatorSelection"]["residentKey"], "required");
    let add = [("act", "passkey_add"), ("name", "my phone"), ("credential", "{}")];
    luis.post("/en/account", &add).await.is(422).says("The passkey did not work").holds("value=\"my phone\"");
}

/// A passkey of the person signed in with this browser, added through their account.
async fn add_passkey(t: &TestPortal, browser: &Browser, name: &str) -> Authenticator {
    let mut phone = Authenticator::new(format!("http://localhost:{}", t.address.port()));
    let options = browser.post("/en/account/passkey", &[]).await.is(200);
    let credential = phone.create(&options.body);
    let fields = [("act", "passkey_add"), ("name", name), ("credential", &credential)];
    browser.post("/en/account", &fields).await.is(200).says("Your passkey is ready").says(name);
    phone
}

async fn show_passkey(browser: &Browser, phone: &Authenticator) -> crate::support::Page {
    let options = browser.post("/en/sign-in/passkey", &[]).await.is(200);
    let credential = phone.get(&options.body);
    browser.post("/en/sign-in", &[("act", "passkey"), ("credential", &credential)]).await
}

#[tokio::test]
async fn a_passkey_signs_in_without_a_password_even_while_others_guess() {
    let t = portal().await;
    t.person("Luis Ruiz", EMAIL).await;
    let phone = add_passkey(&t, &t.signed_in(EMAIL).await, "my phone").await;
    for _ in 0..6 {
        sign_in(&t.visitor(), EMAIL, "one of many guesses").await;
    }
    sign_in(&t.visitor(), EMAIL, PASSWORD).await.is(429);
    let luis = t.visitor();
    assert_eq!(show_passkey(&luis, &phone).await.at, "/en/home", "AB-06");
    luis.get("/en/account").await.says("Signed in with a passkey").says("Last used");
}

#[tokio::test]
async fn a_passkey_counts_once_for_this_site_and_with_its_owner_checked() {
    let t = portal().await;
    t.person("Luis Ruiz", EMAIL).await;
    let luis = t.signed_in(EMAIL).await;
    let mut phone = add_passkey(&t, &luis, "my phone").await;
    let refused = "The passkey did not work";

    let visitor = t.visitor();
    phone.verifies = false;
    show_passkey(&visitor, &phone).await.is(422).says(refused);
    phone.verifies = true;
    let ours = std::mem::replace(&mut phone.origin, "https://evil.test".into());
    show_passkey(&visitor, &phone).await.is(422).says(refused);
    phone.origin = ours;
    let stranger = Authenticator::new(phone.origin.clone());
    show_passkey(&visitor, &stranger).await.is(422).says(refused);

    let options = visitor.post("/en/sign-in/passkey", &[]).await;
    let credential = phone.get(&options.body);
    let fields = [("act", "passkey"), ("credential", credential.as_str())];
    t.wait(10 * MINUTE + SECOND);
    visitor.post("/en/sign-in", &fields).await.is(422).says(refused);
    let options = visitor.post("/en/sign-in/passkey", &[]).await;
    let credential = phone.get(&options.body);
    let fields = [("act", "passkey"), ("credential", credential.as_str())];
    assert_eq!(visitor.post("/en/sign-in", &fields).await.at, "/en/home");
    let replay = t.visitor();
    replay.post("/en/sign-in/passkey", &[]).await.is(200);
    replay.post("/en/sign-in", &fields).await.is(422).says(refused);

    // nor does one step count twice
    let begun = answer(&t, "/en/sign-in/passkey", &[], "").await;
    let step = cookies(&begun)[0].split(';').next().unwrap().to_owned();
    let credential = phone.get(&begun.text().await.unwrap());
    let fields = [("act", "passkey"), ("credential", credential.as_str())];
    assert_eq!(answer(&t, "/en/sign-in", &fields, &step).await.status(), 303);
    assert_eq!(answer(&t, "/en/sign-in", &fields, &step).await.status(), 422);

    let page = visitor.get("/en/account").await;
    let id =
        page.body.split("name=\"passkey\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    visitor
        .post("/en/account", &[("act", "passkey_remove"), ("passkey", &id)])
        .await
        .says("The passkey is removed");
    show_passkey(&t.visitor(), &phone).await.is(422).says(refused);
}

#[tokio::test]
async fn a_passkey_shows_who_it_is_again_and_is_enough_for_staff() {
    let t = portal().await;
    let grace = t.staff("Grace Okafor", "grace@staff.test", &[Role::Nurse]).await;
    let phone = add_passkey(&t, &grace, "key on my desk").await;
    grace.post("/en/account", &[("act", "codes_off")]).await.says("Codes from an app are off");
    t.wait(11 * MINUTE);
    let options = grace.post("/en/sign-in/passkey", &[]).await;
    let credential = phone.get(&options.body);
    let fields = [("act", "prove_passkey"), ("credential", credential.as_str())];
    grace.post("/en/account", &fields).await.says("You have ten minutes");

    let again = t.visitor();
    assert_eq!(show_passkey(&again, &phone).await.at, "/en/staff/worklist");
    // without codes a password alone is no way in for staff
    sign_in(&t.visitor(), "grace@staff.test", PASSWORD).await.is(422);
    let page = again.get("/en/account").await;
    let id =
        page.body.split("name=\"passkey\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let remove = [("act", "passkey_remove"), ("passkey", id.as_str())];
    again.post("/en/account", &remove).await.is(422).says("Add another way first");
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
