//! Signing in: what is asked, what is answered, how long it lasts, and how tries are slowed (N-01..05, AB-05..08).

mod passkeys;
mod second_factor;
mod signing_in;
mod staying;

use crate::support::{Browser, TestPortal};

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
