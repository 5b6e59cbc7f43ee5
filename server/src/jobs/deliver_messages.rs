//! Sends what is due, and decides about each message at that moment.

use crate::state::App;
use domain::error::Result;
use domain::messaging::{self, Decision};

/// Messages one round takes.
const BATCH: i64 = 20;

pub(super) async fn run(app: App) -> Result<()> {
    if app.mailer.is_none() {
        return Ok(());
    }
    loop {
        let ctx = app.portal.system("deliver_messages");
        let claimed = messaging::claim(&ctx, BATCH).await?;
        if claimed.is_empty() {
            return Ok(());
        }
        for message in &claimed {
            // the clock may have moved while the server took the one before
            let ctx = app.portal.system("deliver_messages");
            let Decision::Send(written) =
                messaging::decide(&ctx, message, &app.config.server.base_url).await?
            else {
                continue;
            };
            match app.mailer.send(&message.wire_id, &written).await {
                Ok(()) => messaging::delivered(&ctx, message, &written).await?,
                Err(failure) => {
                    tracing::warn!(message = %message.id, attempts = message.attempts, ?failure, "a message could not be sent");
                    messaging::refused(&ctx, message, failure).await?;
                }
            }
        }
    }
}
