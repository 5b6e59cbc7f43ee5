//! Two factors: shown, turned on and off, and not given up by staff.

use super::{EMAIL, is_in};
use crate::support::accounts::{PASSWORD, sign_in};
use crate::support::portal;
use domain::actor::Role;
use domain::sessions::Door;
use domain::time::{MINUTE, SECOND};

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
