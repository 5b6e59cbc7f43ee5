//! Staff ask for a document, and take a request back.

use crate::cases;
use crate::content::{Kind, Shown};
use crate::ctx::Ctx;
use crate::documents::store;
use crate::documents::types::Request;
use crate::error::{Error, Result};
use crate::event::Event;
use crate::ids::{CaseId, RequestId};
use crate::policy::Action;
use crate::programs::Program;
use crate::time::Day;

/// What staff may ask for in a program, in their own language.
pub fn kinds(ctx: &Ctx, program: &Program) -> Vec<Shown> {
    ctx.library().shelf().list_or_fallback(program.id, Kind::Document, ctx.locale)
}

/// Asks for a document. Without a day it is due after the program's usual number of business days.
///
/// # Errors
/// `Invalid` when the kind is not one the program has words for, when the day is over, or when a request of this kind is
/// open on the case already (ON-19); `Conflict` when the case is closed.
pub async fn request(ctx: &Ctx, case: CaseId, kind: &str, due: Option<Day>) -> Result<RequestId> {
    ctx.require(Action::RequestDocument).await?;
    let mut tx = ctx.begin().await?;
    let row = store::case(tx.conn(), case).await?;
    if row.is_closed {
        return Err(Error::Conflict("case"));
    }
    let program = ctx.portal.programs.get(row.program)?;
    if ctx.library().shelf().find(program.id, Kind::Document, kind, row.locale).is_none() {
        return Err(Error::invalid("kind", "choose"));
    }
    let today = program.day(ctx.now)?;
    let due_on = match due {
        Some(day) if day < today => return Err(Error::invalid("due", "date_past")),
        Some(day) => day,
        None => program.after_business_days(ctx.now, program.settings.document_days)?,
    };
    let request = Request {
        id: RequestId::new(),
        case,
        person: row.person,
        program: program.id,
        kind: kind.to_owned(),
        due_on,
        requested_at: ctx.now,
        settled_at: None,
        withdrawn_at: None,
    };
    if !store::insert_request(tx.conn(), &request, &ctx.actor.to_string()).await? {
        return Err(Error::invalid("kind", "already_asked"));
    }
    let (id, person) = (request.id, request.person);
    tx.record(Event::DocumentRequested { case, person, request: id, kind: request.kind });
    cases::document_requested(&mut tx, case).await?;
    tx.commit().await?;
    Ok(id)
}

/// Takes a request back: the person no longer has to send it. What was sent stays to be looked at.
///
/// # Errors
/// `Conflict` when it is settled already.
pub async fn withdraw(ctx: &Ctx, id: RequestId) -> Result<()> {
    ctx.require(Action::RequestDocument).await?;
    let mut tx = ctx.begin().await?;
    let request = store::request(tx.conn(), id).await?;
    if !store::settle_request(tx.conn(), id, ctx.now, true).await? {
        return Err(Error::Conflict("request"));
    }
    let Request { case, person, kind, .. } = request;
    tx.record(Event::DocumentRequestWithdrawn { case, person, request: id, kind });
    cases::documents_settled(&mut tx, case).await?;
    tx.commit().await
}
