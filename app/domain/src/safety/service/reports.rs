//! To pharmacovigilance and back: a report is made and kept, laid out by a job, and closed by what comes back.

use super::desk::{details_of, key, why_place};
use super::receive::verbatim_place;
use crate::actor::Actor;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::event::Event;
use crate::ids::SafetyId;
use crate::people;
use crate::policy::Action;
use crate::safety::e2b::{self, Acknowledgement};
use crate::safety::handover::{self, Material};
use crate::safety::rules;
use crate::safety::store::{self, Answered, NewReport};
use crate::safety::types::{Destination, Reconciliation, Unwritten};
use crate::time::Timestamp;

/// Reports one round lays out.
const BATCH: i64 = 50;

/// Makes the report of a triaged record and keeps it; a job lays it where pharmacovigilance takes it from. It may go out
/// again when it was not taken.
///
/// # Errors
/// `Conflict`: `safety_criteria` when one of the four is missing, `safety_awaited` while its answer is, `safety_record` when
/// it changed since `version` was read or nobody said what it is.
pub async fn send(ctx: &Ctx, id: SafetyId, version: i64, destination: &Destination) -> Result<()> {
    ctx.require(Action::HandleSafety).await?;
    let by = ctx.person()?;
    let mut tx = ctx.begin().await?;
    let row = store::find(tx.conn(), id).await?.ok_or(Error::NotFound)?;
    let before = store::reports_of(tx.conn(), id).await?;
    rules::send(&row.brief, before.iter().any(|report| report.answered_at.is_none()))?;
    let key = key(tx.conn(), ctx, row.person).await?;
    let person = match row.person {
        Some(person) => Some(people::get(tx.conn(), ctx.keys(), person).await?),
        None => None,
    };
    let program = row.brief.program.map(|program| ctx.portal.programs.get(program)).transpose()?;
    let turn = store::turns(tx.conn(), id).await? + 1;
    let report = handover::report(&Material {
        brief: &row.brief,
        verbatim: &key.open(&verbatim_place(id), &row.verbatim_sealed)?,
        details: &details_of(id, &key, row.details_sealed.as_deref())?,
        person: person.as_ref(),
        medicine: program.as_ref().map(|program| program.medicine.as_str()),
        destination,
        turn,
        now: ctx.now,
    })?;
    let xml = e2b::write(&report).map_err(|error| Error::internal(format!("a safety report: {error}")))?;
    let new = NewReport {
        record: id,
        turn,
        batch: &report.batch.id,
        number: &report.number,
        by,
        xml_sealed: key.seal(&xml_place(&report.batch.id), &xml)?,
    };
    if !store::insert_report(tx.conn(), &new, version, ctx.now).await? {
        return Err(Error::Conflict("safety_record"));
    }
    tx.record(Event::SafetySent { record: id, turn });
    tx.commit().await
}

/// Reports that are not laid out yet, the oldest first. Only for the portal itself.
pub async fn unwritten(ctx: &Ctx) -> Result<Vec<Unwritten>> {
    only_the_portal(ctx)?;
    let mut conn = ctx.read().await?;
    let mut found = Vec::new();
    for report in store::unwritten(&mut conn, BATCH).await? {
        let key = key(&mut conn, ctx, report.person).await?;
        let xml = key.open(&xml_place(&report.batch), &report.xml_sealed)?;
        found.push(Unwritten { id: report.id, name: report.batch, xml });
    }
    Ok(found)
}

/// A report lies where pharmacovigilance takes it from. Told twice, the first time counts.
pub async fn written(ctx: &Ctx, report: &Unwritten) -> Result<()> {
    only_the_portal(ctx)?;
    let mut tx = ctx.begin().await?;
    let Some(row) = store::report_by_batch(tx.conn(), &report.name).await? else {
        return Err(Error::NotFound);
    };
    if store::written(tx.conn(), &row.id, ctx.now).await? {
        tx.record(Event::SafetyWritten { record: row.record, turn: row.turn });
    }
    tx.commit().await
}

/// Pharmacovigilance has answered. Told twice, the first answer counts. False when it answers no report of ours.
pub async fn answered(ctx: &Ctx, answer: &Acknowledgement) -> Result<bool> {
    only_the_portal(ctx)?;
    let mut tx = ctx.begin().await?;
    let Some(row) = store::report_by_batch(tx.conn(), &answer.batch_id).await? else { return Ok(false) };
    let key = key(tx.conn(), ctx, row.person).await?;
    let why = answer.errors.join("\n");
    let kept = Answered {
        id: &row.id,
        record: row.record,
        answer: &answer.id,
        local_number: answer.local_id.as_deref(),
        is_accepted: answer.accepted,
        why_sealed: (!why.is_empty()).then(|| key.seal(&why_place(&row.batch), &why)).transpose()?,
    };
    if store::answered(tx.conn(), kept, ctx.now).await? {
        tx.record(Event::SafetyAnswered { record: row.record, turn: row.turn, accepted: answer.accepted });
    }
    tx.commit().await?;
    Ok(true)
}

/// The newest report of a record as it went out. The read is on the trail.
///
/// # Errors
/// `NotFound` when none went out.
pub async fn report(ctx: &Ctx, id: SafetyId) -> Result<Unwritten> {
    ctx.require(Action::HandleSafety).await?;
    let mut conn = ctx.read().await?;
    let row = store::reports_of(&mut conn, id).await?.pop().ok_or(Error::NotFound)?;
    let key = key(&mut conn, ctx, row.person).await?;
    drop(conn);
    ctx.note_read("safety.report", row.person, None, Some(id.to_string())).await?;
    let xml = key.open(&xml_place(&row.batch), &row.xml_sealed)?;
    Ok(Unwritten { id: row.id, name: row.batch, xml })
}

/// What became of every record that was known in a time.
pub async fn reconciliation(ctx: &Ctx, from: Timestamp, until: Timestamp) -> Result<Reconciliation> {
    ctx.require(Action::HandleSafety).await?;
    let lines = store::reconciled(&mut *ctx.read().await?, from, until).await?;
    ctx.note_read("safety.reconciliation", None, None, None).await?;
    Ok(Reconciliation { lines })
}

fn xml_place(batch: &str) -> String {
    format!("safety_reports.xml:{batch}")
}

fn only_the_portal(ctx: &Ctx) -> Result<()> {
    if matches!(ctx.actor, Actor::System(_)) { Ok(()) } else { Err(Error::NotFound) }
}
