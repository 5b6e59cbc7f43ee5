//! What becomes of a document: the check's answer, then a person's decision.

use super::only_the_portal;
use crate::cases;
use crate::content::Kind;
use crate::ctx::{Ctx, Tx};
use crate::documents::types::{Failure, State};
use crate::documents::views::{Checking, Settled};
use crate::documents::{rules, store};
use crate::error::{Error, Result};
use crate::event::Event;
use crate::ids::DocumentId;
use crate::people;
use crate::policy::Action;
use crate::seal::DataKey;

/// Documents taken up in one round.
const BATCH: i64 = 50;

/// Documents that wait for their check, those that wait longest first.
pub async fn to_check(ctx: &Ctx) -> Result<Vec<Checking>> {
    only_the_portal(ctx, "documents.check").await?;
    let mut conn = ctx.read().await?;
    let mut found = Vec::new();
    for row in store::checking(&mut conn, BATCH).await? {
        let key: DataKey = people::key(&mut conn, ctx.keys(), row.person).await?;
        found.push(Checking {
            id: row.id,
            key,
            store_key: row.store_key,
            original_key: row.original_key,
            digest: row.digest,
        });
    }
    Ok(found)
}

/// The check found nothing: staff may look. What was sent is not needed any longer, only what was made of it.
pub async fn checked(ctx: &Ctx, id: DocumentId) -> Result<Settled> {
    only_the_portal(ctx, "documents.check").await?;
    let mut tx = ctx.begin().await?;
    let row = store::get(tx.conn(), id).await?;
    if !store::pass(tx.conn(), id, ctx.now).await? {
        return Ok(Settled::default()); // somebody else was faster
    }
    tx.record(Event::DocumentChecked { case: row.case, person: row.person, document: id });
    tx.commit().await?;
    Ok(Settled { delete: row.original_key.into_iter().collect() })
}

/// The check found something, or did not end: the file goes, and the person is told what to do next.
pub async fn fail(ctx: &Ctx, id: DocumentId, why: Failure) -> Result<Settled> {
    only_the_portal(ctx, "documents.check").await?;
    let mut tx = ctx.begin().await?;
    let row = store::get(tx.conn(), id).await?;
    if !store::fail(tx.conn(), id, why.code(), ctx.now).await? {
        return Ok(Settled::default());
    }
    let why = why.code().to_owned();
    tx.record(Event::DocumentFailed { case: row.case, person: row.person, document: id, why });
    tx.commit().await?;
    Ok(Settled { delete: row.files() })
}

/// Ends every check that took longer than fifteen minutes. Nothing stays in `checking` without an end.
pub async fn expire_checks(ctx: &Ctx) -> Result<Settled> {
    only_the_portal(ctx, "documents.check").await?;
    let mut conn = ctx.read().await?;
    let overdue = store::overdue(&mut conn, ctx.now, BATCH).await?;
    drop(conn);
    let mut settled = Settled::default();
    for row in overdue {
        settled.delete.extend(fail(ctx, row.id, Failure::NotChecked).await?.delete);
    }
    Ok(settled)
}

/// Accepts a document. When nothing else sent for the same request waits for a decision, the request is settled, and the
/// checklist's item of the same name is ticked.
///
/// # Errors
/// `Conflict` when somebody else decided since `version` was read.
pub async fn accept(ctx: &Ctx, id: DocumentId, version: i64) -> Result<()> {
    let (mut tx, row) = on_the_desk(ctx, id).await?;
    let request = store::lock_request(tx.conn(), row.request).await?;
    if !store::decide(tx.conn(), &row, version, State::Accepted, None, ctx.person()?, ctx.now).await? {
        return Err(Error::Conflict("document"));
    }
    let (case, person, kind) = (row.case, row.person, request.kind);
    tx.record(Event::DocumentAccepted { case, person, document: id, kind: kind.clone() });
    let others = store::states_of_others(tx.conn(), row.request, id).await?;
    if rules::is_settled(others) && store::settle_request(tx.conn(), row.request, ctx.now, false).await? {
        cases::document_accepted(&mut tx, case, &kind).await?;
    }
    tx.commit().await
}

/// Sends a document back. `reason` is the slug of an approved text, which the patient reads; the request stays open.
///
/// # Errors
/// `Invalid` when the reason is none of the program's, `Conflict` when somebody else decided since `version` was read.
pub async fn reject(ctx: &Ctx, id: DocumentId, version: i64, reason: &str) -> Result<()> {
    let (mut tx, row) = on_the_desk(ctx, id).await?;
    let request = store::lock_request(tx.conn(), row.request).await?;
    if ctx.library().shelf().find(request.program, Kind::Rejection, reason, ctx.locale).is_none() {
        return Err(Error::invalid("reason", "choose"));
    }
    if !store::decide(tx.conn(), &row, version, State::Rejected, Some(reason), ctx.person()?, ctx.now).await?
    {
        return Err(Error::Conflict("document"));
    }
    let why = reason.to_owned();
    tx.record(Event::DocumentRejected { case: row.case, person: row.person, document: id, why });
    tx.commit().await
}

async fn on_the_desk(ctx: &Ctx, id: DocumentId) -> Result<(Tx<'_>, store::Row)> {
    ctx.require(Action::ReviewDocument).await?;
    let mut tx = ctx.begin().await?;
    let row = store::get(tx.conn(), id).await?;
    if row.state != State::InReview {
        return Err(Error::Conflict("document"));
    }
    Ok((tx, row))
}
