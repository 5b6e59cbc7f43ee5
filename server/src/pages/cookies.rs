//! The cookies of signing in: the session, the step that waits, and the mark by which a device is known again. All are
//! kept from scripts and other sites, and bound to this host where the portal is served over TLS (ASVS 3.3).

use super::visit::{cookie, cookie_name};
use crate::config::Config;
use axum::response::Response;
use http::{HeaderMap, HeaderValue, header};

const STEP_SECONDS: u32 = 10 * 60;
const MARK_SECONDS: u32 = 365 * 24 * 60 * 60;

fn name(config: &Config, what: &str) -> String {
    format!("{}-{what}", cookie_name(config))
}

/// The token of the step of signing in that waits.
pub fn step(config: &Config, headers: &HeaderMap) -> Option<String> {
    cookie(headers, &name(config, "step")).filter(|token| !token.is_empty())
}

/// The device's mark.
pub fn mark(config: &Config, headers: &HeaderMap) -> Option<String> {
    cookie(headers, &name(config, "device"))
}

/// Sets the session's cookie, gone when the browser closes, and the mark's; the step is over.
pub fn open(config: &Config, response: Response, token: &str, mark: &str) -> Response {
    let response = set(config, response, cookie_name(config), token, None);
    let response = set(config, response, &name(config, "device"), mark, Some(MARK_SECONDS));
    end_step(config, response)
}

/// Sets the step's cookie.
pub fn wait(config: &Config, response: Response, token: &str) -> Response {
    set(config, response, &name(config, "step"), token, Some(STEP_SECONDS))
}

pub fn end_step(config: &Config, response: Response) -> Response {
    set(config, response, &name(config, "step"), "", Some(0))
}

/// Takes the session's cookie away, and what the browser kept of the pages (AB-22). The mark stays: it opens nothing.
pub fn close(config: &Config, response: Response) -> Response {
    let mut response = set(config, end_step(config, response), cookie_name(config), "", Some(0));
    response.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"cache\", \"storage\""));
    response
}

/// The token of an enrollment's form under way in a program.
pub fn form(config: &Config, headers: &HeaderMap, program: &str) -> Option<String> {
    cookie(headers, &name(config, &format!("enroll-{program}"))).filter(|token| !token.is_empty())
}

/// Keeps the form's token so many seconds, or until the browser closes.
pub fn keep_form(
    config: &Config,
    response: Response,
    program: &str,
    token: &str,
    seconds: Option<u32>,
) -> Response {
    set(config, response, &name(config, &format!("enroll-{program}")), token, seconds)
}

/// That the date of birth of an invitation was right in this browser.
pub fn proof(config: &Config, headers: &HeaderMap) -> Option<String> {
    cookie(headers, &name(config, "invitation")).filter(|token| !token.is_empty())
}

/// Keeps the proof until the browser closes.
pub fn keep_proof(config: &Config, response: Response, token: &str) -> Response {
    set(config, response, &name(config, "invitation"), token, None)
}

/// The token of a visitor's conversation with the assistant.
pub fn talk(config: &Config, headers: &HeaderMap) -> Option<String> {
    cookie(headers, &name(config, "ask")).filter(|token| !token.is_empty())
}

/// Keeps the conversation's token until the browser closes.
pub fn keep_talk(config: &Config, response: Response, token: &str) -> Response {
    set(config, response, &name(config, "ask"), token, None)
}

fn set(config: &Config, mut response: Response, name: &str, value: &str, seconds: Option<u32>) -> Response {
    let secure = if config.is_https() { "; Secure" } else { "" };
    let age = seconds.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use axum::response::IntoResponse;

    #[test]
    fn over_tls_the_cookie_belongs_to_this_host_alone() {
        let mut config = Config::default();
        for (base, start, secure) in [
            ("https://portal.example", "__Host-handrail=t; Path=/; HttpOnly; SameSite=Lax; Secure", true),
            ("http://127.0.0.1:3000", "handrail=t; Path=/; HttpOnly; SameSite=Lax", false),
        ] {
            config.server.base_url = base.into();
            let response = open(&config, ().into_response(), "t", "m");
            let cookies: Vec<_> = response.headers().get_all(header::SET_COOKIE).iter().collect();
            assert_eq!(cookies.len(), 3);
            assert_eq!(cookies[0].to_str().unwrap(), start);
            assert!(cookies.iter().all(|cookie| cookie.to_str().unwrap().contains("Secure") == secure));
        }
    }
}
