//! The visit: which language, who, from where. Turns an error that a page gave up on into a page in that language.

use crate::http::middleware::log::RequestId;
use crate::pages::visit::{Origin, session_cookie};
use crate::pages::{Problem, Visit};
use crate::state::App;
use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use domain::actor::Actor;
use domain::ctx::Ctx;
use domain::error::Error;
use domain::locale::Locale;
use http::request::Parts;
use http::{HeaderMap, Method, StatusCode, header};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// For everything below `/{locale}`.
pub async fn enter(State(app): State<App>, request: Request, next: Next) -> Response {
    let locale = request.uri().path().split('/').nth(1).and_then(|tag| tag.parse::<Locale>().ok());
    let (head, body) = request.into_parts(); // a body may not be shared between threads; its head may
    let visit = match open(&app, &head, locale.unwrap_or_default()).await {
        Ok(visit) => visit,
        Err(error) => {
            tracing::error!(%error, "a visit could not be opened");
            return (
                StatusCode::SERVICE_UNAVAILABLE,
                [(header::RETRY_AFTER, "60")],
                "The portal cannot be reached right now.\n",
            )
                .into_response();
        }
    };
    if locale.is_none() {
        return visit.problem(&Error::NotFound);
    }
    let is_get = head.method == Method::GET;
    let mut request = Request::from_parts(head, body);
    request.extensions_mut().insert(visit.clone());
    let mut response = next.run(request).await;
    match response.extensions_mut().remove::<Problem>() {
        Some(Problem(error)) if matches!(*error, Error::SignIn) && !visit.is_fragment => {
            let next = if is_get { visit.here.clone() } else { ui::paths::home(visit.locale()) };
            Redirect::to(ui::paths::sign_in(visit.locale()).query("next", next.as_str()).as_str())
                .into_response()
        }
        Some(Problem(error)) => visit.problem(&error),
        // what axum itself refuses comes as plain text: a body too large, a form of the wrong type
        None if response.status().is_client_error() && !response.headers().contains_key("x-page") => {
            visit.refusal(response.status())
        }
        None => response,
    }
}

/// Who visits, and from where.
pub(crate) async fn open(app: &App, head: &Parts, locale: Locale) -> Result<Visit, Error> {
    let (headers, path) = (&head.headers, head.uri.path());
    let now = app.portal.clock.now();
    let identity = match session_cookie(&app.config, headers) {
        Some(token) => domain::sessions::authenticate(&app.portal, &token, now).await?,
        None => None,
    };
    let ctx = Ctx {
        portal: app.portal.clone(),
        actor: identity.as_ref().map_or(Actor::Anonymous, |identity| identity.actor.clone()),
        now,
        locale,
        request: head.extensions.get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default(),
    };
    let query = head.uri.query().map(|query| format!("{path}?{query}"));
    let here = ui::paths::Path::parse(query.as_deref().unwrap_or(path))
        .or_else(|| ui::paths::Path::parse(path))
        .unwrap_or_else(|| ui::paths::portal(locale));
    Ok(Visit {
        app: app.clone(),
        ctx,
        here,
        is_fragment: headers.contains_key("x-fragment"),
        origin: Origin { address: client(app, head), device: crate::pages::visit::device(headers) },
    })
}

/// The client's address: the peer's, unless the peer is a proxy we trust, then the last hop it saw.
fn client(app: &App, head: &Parts) -> IpAddr {
    let peer = head
        .extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |info| info.0.ip());
    if !app.config.server.trusted_proxies.contains(&peer) {
        return peer;
    }
    forwarded(&head.headers, &app.config.server.trusted_proxies).unwrap_or(peer)
}

/// The rightmost address of `X-Forwarded-For` that is not one of our proxies.
fn forwarded(headers: &HeaderMap, proxies: &[IpAddr]) -> Option<IpAddr> {
    let list = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .collect::<Vec<_>>()
        .join(",");
    list.rsplit(',')
        .map(|hop| hop.trim().parse::<IpAddr>())
        .take_while(Result::is_ok)
        .flatten()
        .find(|hop| !proxies.contains(hop))
}
