//! Wakes when something happened, and every few seconds, and lets events have their consequences in order.

use crate::state::App;
use std::time::Duration;
use tokio::sync::watch;

const EVERY: Duration = Duration::from_secs(3);

pub(super) async fn run(app: App, mut stopped: watch::Receiver<bool>) {
    loop {
        match domain::reactions::dispatch(&app.portal).await {
            Ok(0) => {}
            Ok(_) => continue,
            Err(error) => tracing::error!(%error, "events could not be dispatched"),
        }
        tokio::select! {
            () = app.portal.bell.notified() => {}
            () = tokio::time::sleep(EVERY) => {}
            _ = stopped.wait_for(|stop| *stop) => return,
        }
    }
}
