//! `/`: the language a browser chose before, else one it asks for, else a page to choose one.

use crate::pages::visit::cookie;
use crate::state::App;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::locale::Locale;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use ui::document::{self, Shell};
use ui::i18n::Words;
use ui::pages::public::languages;
use ui::paths;

/// The cookie that remembers a language.
const COOKIE: &str = "language";

pub async fn choose(State(app): State<App>, headers: HeaderMap) -> Response {
    let mut response = match remembered(&headers).or_else(|| asked_for(&headers)) {
        Some(locale) => {
            (StatusCode::FOUND, [(header::LOCATION, paths::portal(locale).to_string())]).into_response()
        }
        None => page(&app),
    };
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("cookie, accept-language"));
    response
}

fn page(app: &App) -> Response {
    let w = Words::of(Locale::En);
    let shell = Shell {
        demo: app.config.demo.enabled,
        ..Shell::new(w, w.t("public.languages.title"), paths::portal(Locale::En), app.assets.for_pages())
    };
    let html = document::html(&shell, languages::view);
    (
        [
            (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
            (header::CONTENT_LANGUAGE, HeaderValue::from_static("en")),
        ],
        html,
    )
        .into_response()
}

fn remembered(headers: &HeaderMap) -> Option<Locale> {
    cookie(headers, COOKIE)?.parse().ok()
}

/// A language of ours the browser asks for.
fn asked_for(headers: &HeaderMap) -> Option<Locale> {
    let header = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    let locale = Locale::negotiate(header);
    let is_named = header.split([',', ';', '-']).any(|part| part.trim().eq_ignore_ascii_case(locale.tag()));
    is_named.then_some(locale)
}

/// Remembers the language of a visit for the next one that begins at `/`.
pub(super) fn remember(mut response: Response, locale: Locale, is_https: bool) -> Response {
    let secure = if is_https { "; Secure" } else { "" };
    let value = format!("{COOKIE}={locale}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly{secure}");
    if let Ok(value) = HeaderValue::from_str(&value) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}
