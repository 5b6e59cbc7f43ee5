//! Requests that change something must come from our own pages: judged by `Sec-Fetch-Site`, else by `Origin`.
//! A browser that sends neither with a cookie is refused; machines without cookies pass.

use crate::state::App;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, Method, StatusCode, header};

pub async fn check(State(app): State<App>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || is_ours(request.headers(), &app.config.server.base_url) {
        return next.run(request).await;
    }
    tracing::warn!(method = %request.method(), "a request from another site was refused");
    (StatusCode::FORBIDDEN, "This request did not come from a page of this portal.\n").into_response()
}

fn is_ours(headers: &HeaderMap, base_url: &str) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    match text("origin") {
        Some(origin) => {
            let host = origin.split_once("://").map(|(_, host)| host);
            origin.eq_ignore_ascii_case(base_url.trim_end_matches('/'))
                || (host.is_some() && host == text("host"))
        }
        None => !headers.contains_key(header::COOKIE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn only_our_own_pages_may_change_something() {
        let base = "https://portal.example";
        let ours = |pairs: &[(&'static str, &'static str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.insert(*name, HeaderValue::from_static(value));
            }
            is_ours(&headers, base)
        };
        assert!(ours(&[("sec-fetch-site", "same-origin"), ("cookie", "a=b")]));
        assert!(ours(&[("origin", "https://portal.example"), ("cookie", "a=b")]));
        assert!(ours(&[("origin", "http://127.0.0.1:3000"), ("host", "127.0.0.1:3000")]));
        assert!(ours(&[]), "a machine without a cookie");
        for refused in [
            &[("sec-fetch-site", "cross-site")][..],
            &[("sec-fetch-site", "same-site"), ("origin", "https://portal.example")],
            &[("origin", "https://evil.example"), ("cookie", "a=b")],
            &[("origin", "null"), ("cookie", "a=b")],
            &[("cookie", "a=b")],
        ] {
            assert!(!ours(refused), "{refused:?}");
        }
    }
}
