//! Sessions as their owner sees them, and their ends.

use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::event::Event;
use crate::ids::SessionId;
use crate::policy::Action;
use crate::sessions::store;
use crate::sessions::types::SessionView;
use crate::time::{DAY, HOUR};

/// The signed-in person's sessions, the last used first.
pub async fn list(ctx: &Ctx) -> Result<Vec<SessionView>> {
    ctx.require(Action::ManageAccount).await?;
    let person = ctx.person()?;
    store::sessions(&mut *ctx.read().await?, person, ctx.actor.session(), ctx.now).await
}

/// Ends one of the person's own sessions, from its next request on (ASVS 8.3.2).
///
/// # Errors
/// `NotFound` when it is nobody's, somebody else's, or ended already.
pub async fn revoke(ctx: &Ctx, session: SessionId) -> Result<()> {
    ctx.require(Action::ManageAccount).await?;
    let person = ctx.person()?;
    let mut tx = ctx.begin().await?;
    if !store::end(tx.conn(), person, session, ctx.now).await? {
        return Err(Error::NotFound);
    }
    tx.record(Event::SessionRevoked { person, session });
    tx.commit().await
}

/// Ends all of the person's sessions but this one; says how many.
pub async fn revoke_others(ctx: &Ctx) -> Result<usize> {
    ctx.require(Action::ManageAccount).await?;
    let person = ctx.person()?;
    let mut tx = ctx.begin().await?;
    let ended = store::end_others(tx.conn(), person, ctx.actor.session(), ctx.now).await?;
    for session in &ended {
        tx.record(Event::SessionRevoked { person, session: *session });
    }
    tx.commit().await?;
    Ok(ended.len())
}

/// Ends this session. Without one there is nothing to do.
pub async fn sign_out(ctx: &Ctx) -> Result<()> {
    let (Some(person), Some(session)) = (ctx.actor.person(), ctx.actor.session()) else { return Ok(()) };
    let mut tx = ctx.begin().await?;
    if store::end(tx.conn(), person, session, ctx.now).await? {
        tx.record(Event::SignedOut { person });
    }
    tx.commit().await
}

/// Takes away what is over: tries of more than a day ago, steps that ran out, sessions that ended a month ago. A job.
pub async fn sweep(ctx: &Ctx) -> Result<()> {
    if !matches!(ctx.actor, crate::actor::Actor::System(_)) {
        return Err(Error::NotFound);
    }
    let mut tx = ctx.begin().await?;
    store::sweep(tx.conn(), ctx.now.plus(-25 * HOUR), ctx.now, ctx.now.plus(-30 * DAY)).await?;
    tx.commit().await
}
