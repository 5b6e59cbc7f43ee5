//! Passkeys: added, shown, and refused when they are no longer the same.

use super::{EMAIL, answer, cookies};
use crate::support::accounts::{PASSWORD, sign_in};
use crate::support::authenticator::Authenticator;
use crate::support::{Browser, TestPortal, portal};
use domain::actor::Role;
use domain::time::{MINUTE, SECOND};

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
