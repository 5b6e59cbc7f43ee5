//! One line a request: method, route pattern, status, time. Never the address itself, which may hold ids.

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use std::time::Instant;

/// A request's id: in the log, in audit rows, and on the page when something went wrong.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

impl RequestId {
    fn new() -> RequestId {
        let mut bytes = [0_u8; 8];
        rand::fill(&mut bytes);
        RequestId(hex::encode(bytes))
    }
}

pub async fn line(mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = RequestId::new();
    let method = request.method().clone();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "-".to_owned(), |path| path.as_str().to_owned());
    request.extensions_mut().insert(id.clone());
    let response = next.run(request).await;
    let status = response.status().as_u16();
    let ms = started.elapsed().as_micros() as f64 / 1000.0;
    if status >= 500 {
        tracing::error!(request = id.0, %method, route, status, ms, "failed");
    } else {
        tracing::info!(request = id.0, %method, route, status, ms, "answered");
    }
    response
}
