//! The only room that knows every feature: where a fact meets its consequences.
//!
//! Events are claimed in order. A reaction only writes rows, each under a dedupe key, so running twice does no harm.

mod store;

use crate::cases;
use crate::ctx::{Ctx, Portal, Tx};
use crate::error::Result;
use crate::event::Event;
use std::sync::Arc;

/// Events handled in one round.
const BATCH: i64 = 100;
/// After so many tries an event is set aside, so that one that always fails cannot hold up the others.
const TRIES: i64 = 5;

/// Handles waiting events, oldest first. Returns how many it handled.
pub async fn dispatch(portal: &Arc<Portal>) -> Result<usize> {
    let ctx = portal.system("reactions");
    let mut conn = ctx.read().await?;
    let waiting = store::waiting(&mut conn, TRIES, BATCH).await?;
    drop(conn);
    let mut handled = 0;
    for (seq, body) in waiting {
        let Ok(event) = serde_json::from_str::<Event>(&body) else {
            tracing::error!(seq, "an event cannot be read and is set aside");
            store::set_aside(&mut *ctx.read().await?, seq, TRIES).await?;
            continue;
        };
        let mut tx = ctx.begin().await?;
        if !store::claim(tx.conn(), seq, ctx.now).await? {
            continue; // another node was faster
        }
        match react(&ctx, &mut tx, seq, &event).await {
            Ok(()) => {
                tx.commit().await?;
                handled += 1;
            }
            Err(error) => {
                drop(tx);
                tracing::error!(seq, code = event.code(), %error, "a reaction failed and will be tried again");
                store::tried(&mut *ctx.read().await?, seq).await?;
            }
        }
    }
    Ok(handled)
}

/// What follows from what happened; alphabetical by event.
#[allow(clippy::match_same_arms, clippy::single_match)]
async fn react(ctx: &Ctx, tx: &mut Tx<'_>, seq: i64, event: &Event) -> Result<()> {
    let _ = (ctx, seq);
    match event {
        // a clock runs until a person has answered (ON-18)
        Event::CaseAdvanced { case, .. } | Event::CaseOpened { case, .. } => {
            cases::first_response_due(tx, *case).await?;
        }
        _ => {}
    }
    Ok(())
}
