//! `/livez`: the process answers. `/readyz`: it can serve, and is not about to stop. `/safetyz`: somebody would be told of a
//! safety record nobody looks at; whoever watches the server must watch this too.

use crate::state::App;
use axum::extract::State;
use domain::time::MINUTE;
use http::StatusCode;
use std::sync::atomic::Ordering;

pub async fn livez() -> &'static str {
    "ok\n"
}

pub async fn readyz(State(app): State<App>) -> (StatusCode, &'static str) {
    if app.draining.load(Ordering::Acquire) {
        return (StatusCode::SERVICE_UNAVAILABLE, "draining\n");
    }
    match app.portal.db.pending().await {
        Ok(0) => (StatusCode::OK, "ready\n"),
        Ok(_) => (StatusCode::SERVICE_UNAVAILABLE, "migrations are pending: run `handrail migrate`\n"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    }
}

/// Silence after which the safety watch is taken for dead.
const SILENCE: i64 = 5 * MINUTE;

pub async fn safetyz(State(app): State<App>) -> (StatusCode, &'static str) {
    let ctx = app.portal.system("safety watch");
    match domain::safety::last_beat(&ctx).await {
        Ok(Some(at)) if ctx.now.since(at) <= SILENCE => (StatusCode::OK, "watching\n"),
        Ok(_) => (StatusCode::SERVICE_UNAVAILABLE, "nobody would be told of a safety record that waits\n"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    }
}
