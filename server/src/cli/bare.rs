//! A bare axum route with a fixed page: the yardstick of `cargo xtask bench`.

use super::Outcome;
use axum::Router;
use axum::response::Html;
use axum::routing::get;
use axum::serve::ListenerExt;
use clap::Args;
use std::net::Ipv4Addr;
use tokio::net::TcpListener;

#[derive(Debug, Args)]
pub struct BareArgs {
    /// Size of the page
    #[arg(long)]
    bytes: usize,
    #[arg(long)]
    port: u16,
}

pub async fn bare(args: BareArgs) -> Outcome {
    let page = "x".repeat(args.bytes);
    let routes = Router::new()
        .route("/", get(move || async move { Html(page.clone()) }))
        .route("/readyz", get(|| async { "ready\n" }));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, args.port)).await?.tap_io(|socket| {
        let _ = socket.set_nodelay(true);
    });
    Ok(axum::serve(listener, routes).await?)
}
