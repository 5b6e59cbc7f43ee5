//! What staff do on a case beside moving it: notes, the checklist, and who owns it.

use super::advance::answered;
use super::status::found;
use crate::cases::rules::steps::text_flaws;
use crate::cases::store;
use crate::cases::views::NoteKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::event::Event;
use crate::ids::{CaseId, NoteId, PersonId};
use crate::people;
use crate::policy::Action;
use crate::safety::{self, Reporter, Source, Text};

/// Writes a note. A note about a call stops the clock of the first response. Like every free text it is screened (EN-21).
///
/// # Errors
/// `Invalid` on the field `text`.
pub async fn note(ctx: &Ctx, case: CaseId, kind: NoteKind, text: &str) -> Result<NoteId> {
    ctx.require(Action::NoteCase).await?;
    let flaws = text_flaws("text", text, true);
    if !flaws.is_empty() {
        return Err(Error::Invalid(flaws));
    }
    let text = text.trim();
    let mut tx = ctx.begin().await?;
    let stand = found(store::any(tx.conn(), case).await?)?;
    let key = people::key(tx.conn(), ctx.keys(), stand.person).await?;
    let id = NoteId::new();
    let sealed = key.seal(&format!("case_notes.text:{id}"), text)?;
    store::insert_note(tx.conn(), (id, case, ctx.person()?), kind, &sealed, ctx.now).await?;
    let told = Text {
        source: Source::CaseNote,
        source_id: id.to_string(),
        text,
        locale: ctx.locale,
        reporter: Reporter::Staff,
        person: Some(stand.person),
        case: Some(case),
        program: Some(stand.program),
    };
    safety::receive(&mut tx, ctx, told).await?;
    if kind == NoteKind::Call {
        answered(&mut tx, case).await?;
    }
    tx.record(Event::NoteWritten { case, note: id });
    tx.commit().await?;
    Ok(id)
}

/// Ticks an item of the intake checklist (ON-14). Ticking it twice changes nothing.
pub async fn tick(ctx: &Ctx, case: CaseId, item: &str) -> Result<()> {
    ctx.require(Action::NoteCase).await?;
    let mut tx = ctx.begin().await?;
    found(store::any(tx.conn(), case).await?)?;
    if store::tick(tx.conn(), case, item, ctx.now, &ctx.actor.to_string()).await? {
        tx.record(Event::ChecklistTicked { case, item: item.to_owned() });
        tx.commit().await?;
    }
    Ok(())
}

/// Takes a case for oneself.
///
/// # Errors
/// `Conflict` when somebody changed the case since `version` was read.
pub async fn take(ctx: &Ctx, case: CaseId, version: i64) -> Result<()> {
    assign(ctx, case, version, Some(ctx.person()?)).await
}

/// Gives a case back to its queue.
pub async fn release(ctx: &Ctx, case: CaseId, version: i64) -> Result<()> {
    assign(ctx, case, version, None).await
}

async fn assign(ctx: &Ctx, case: CaseId, version: i64, owner: Option<PersonId>) -> Result<()> {
    ctx.require(Action::NoteCase).await?;
    let mut tx = ctx.begin().await?;
    found(store::any(tx.conn(), case).await?)?;
    if !store::assign(tx.conn(), case, version, owner).await? {
        return Err(Error::Conflict("case"));
    }
    tx.record(Event::CaseAssigned { case, owner });
    tx.commit().await
}
