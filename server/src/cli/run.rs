//! `serve` and `migrate`.

use super::{Outcome, print, say};
use crate::config::Config;
use crate::state::App;
use crate::{jobs, sitemap, telemetry};
use axum::serve::ListenerExt;
use domain::ctx::{Clock, Portal};
use domain::db::Db;
use domain::seal::Keys;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::net::TcpListener;

pub async fn migrate(config: Config, dry_run: bool) -> Outcome {
    let db = Db::open(config.database.url.reveal(), 1).await?;
    match db.pending().await? {
        0 => print("The database is up to date."),
        count if dry_run => print(&format!("{count} migrations would be applied.")),
        count => {
            db.migrate().await?;
            print(&format!("{count} migrations applied."));
        }
    }
    Ok(())
}

pub async fn serve(config: Config) -> Outcome {
    telemetry::start(&config.telemetry);
    let db = Db::open(config.database.url.reveal(), config.database.connections).await?;
    if db.pending().await? > 0 {
        return Err("the database is older than this program: run `handrail migrate` first".into());
    }
    let portal = open(&config, db).await?;
    listen(portal, config).await
}

/// The portal on a migrated database, by the settings.
pub async fn open(config: &Config, db: Db) -> Result<Arc<Portal>, Box<dyn std::error::Error + Send + Sync>> {
    let clock = match &config.demo.clock {
        Some(at) => {
            let at: jiff::Timestamp =
                at.parse().map_err(|_| "`demo.clock` must be an instant such as 2026-11-24T16:00:00Z")?;
            Clock::stopped(domain::time::Timestamp(at.as_millisecond()))
        }
        None => Clock::System,
    };
    Ok(Portal::open(db, Keys::from_master(&config.secrets.master()?), clock).await?)
}

/// Serves until SIGTERM or Ctrl-C, then lets running requests finish.
pub async fn listen(portal: Arc<Portal>, config: Config) -> Outcome {
    let (bind, drain) = (config.server.bind, Duration::from_secs(config.server.drain_seconds));
    // small answers must not wait for more bytes
    let listener = TcpListener::bind(bind)
        .await
        .map_err(|error| {
            format!(
                "cannot listen on {bind}: {error}. Is another program using the port? Choose one with --port."
            )
        })?
        .tap_io(|socket| {
            let _ = socket.set_nodelay(true);
        });
    let app = App::new(portal, config)?;
    let jobs = jobs::start(&app);
    let draining = app.draining.clone();
    let db = app.portal.db.clone();
    let service = sitemap::routes(app).into_make_service_with_connect_info::<SocketAddr>();
    tracing::info!(%bind, "listening");
    let (stop, mut stopped) = tokio::sync::watch::channel(false);
    tokio::spawn(async move {
        asked_to_stop().await;
        draining.store(true, Ordering::Release);
        let _ = stop.send(true);
    });
    let mut deadline = stopped.clone();
    let serving = axum::serve(listener, service).with_graceful_shutdown(async move {
        let _ = stopped.wait_for(|stop| *stop).await;
    });
    tokio::select! {
        outcome = serving => outcome?,
        () = async {
            let _ = deadline.wait_for(|stop| *stop).await;
            tokio::time::sleep(drain).await;
        } => say("Some requests did not finish in time and were cut off."),
    }
    jobs.stop().await;
    db.close().await;
    Ok(())
}

async fn asked_to_stop() {
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        () = terminated => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
