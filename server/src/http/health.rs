//! `/livez`: the process answers. `/readyz`: it can serve, and is not about to stop.

use crate::state::App;
use axum::extract::State;
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
