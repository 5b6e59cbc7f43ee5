//! The safety officer's desk: the queue with its clocks, a record opened, acknowledged, closed (ON-18).

use super::receive::verbatim_place;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::event::Event;
use crate::ids::{CaseId, PersonId, SafetyId};
use crate::people;
use crate::policy::Action;
use crate::safety::store::{self, After, Row};
use crate::safety::types::{Brief, Outcome, Page, Record, Settled, Show, State};
use crate::safety::{rules, screen};
use crate::seal::DataKey;
use crate::tasks;

/// Records a page holds.
const PAGE: i64 = 50;

/// The queue: what nobody has looked at first, then what is acknowledged, each by the report's clock; or what is closed.
pub async fn queue(ctx: &Ctx, show: Show, after: Option<&str>) -> Result<Page> {
    ctx.require(Action::HandleSafety).await?;
    let mut conn = ctx.read().await?;
    let mut records = store::queue(&mut conn, show, &After::read(show, after), PAGE + 1).await?;
    drop(conn);
    ctx.note_read("safety.queue", None, None, Some(show.code().into())).await?;
    let next = usize::try_from(PAGE).ok().filter(|page| records.len() > *page).and_then(|page| {
        records.truncate(page);
        records.last().map(|last| After::behind(show, last).mark())
    });
    Ok(Page { records, next })
}

/// The records of a case, newest first, without their words.
pub async fn of_case(ctx: &Ctx, case: CaseId) -> Result<Vec<Brief>> {
    ctx.require(Action::ReadCase).await?;
    let mut conn = ctx.read().await?;
    store::of_case(&mut conn, case).await
}

/// A record with its words. The read is on the trail before anything is shown.
///
/// # Errors
/// `NotFound` when it is not there.
pub async fn record(ctx: &Ctx, id: SafetyId) -> Result<Record> {
    ctx.require(Action::HandleSafety).await?;
    let mut conn = ctx.read().await?;
    let row = store::find(&mut conn, id).await?.ok_or(Error::NotFound)?;
    let (name, key) = match row.person {
        Some(person) => (
            Some(people::name(&mut conn, ctx.keys(), person).await?),
            people::key(&mut conn, ctx.keys(), person).await?,
        ),
        None => (None, ctx.keys().common()),
    };
    let mut settled = [None, None];
    for (place, done) in [row.acknowledged, row.closed].into_iter().enumerate() {
        if let Some((at, by)) = done {
            let name = people::staff_name(&mut conn, by).await?.unwrap_or_default();
            settled[place] = Some(Settled { at, name, by });
        }
    }
    drop(conn);
    let case = row.brief.case.as_ref().map(|(case, _)| *case);
    ctx.note_read("safety.record", row.person, case, Some(id.to_string())).await?;
    opened(row, name, &key, settled)
}

fn opened(row: Row, name: Option<String>, key: &DataKey, settled: [Option<Settled>; 2]) -> Result<Record> {
    let id = row.brief.id;
    let verbatim = key.open(&verbatim_place(id), &row.verbatim_sealed)?;
    let reason = key.open_optional(&reason_place(id), row.reason_sealed.as_deref())?;
    let marks = rules::marks(&screen::screen(&verbatim, row.brief.locale.tag()), &verbatim);
    let [acknowledged, closed] = settled;
    Ok(Record {
        brief: row.brief,
        kinds: row.kinds,
        reporter: row.reporter,
        name,
        verbatim,
        marks,
        is_screen_miss: row.is_screen_miss,
        acknowledged,
        closed,
        reason,
        version: row.version,
    })
}

/// A named person has read the record and takes it on.
///
/// # Errors
/// `NotFound` when it is not there, `Conflict` when it changed since `version` was read.
pub async fn acknowledge(ctx: &Ctx, id: SafetyId, version: i64) -> Result<()> {
    ctx.require(Action::HandleSafety).await?;
    let by = ctx.person()?;
    let mut tx = ctx.begin().await?;
    let row = store::find(tx.conn(), id).await?.ok_or(Error::NotFound)?;
    let is_mine = row.brief.state == State::Flagged && row.version == version;
    if !is_mine || !store::acknowledge(tx.conn(), id, version, by, ctx.now).await? {
        return Err(Error::Conflict("safety_record"));
    }
    tasks::settle_subject(&mut tx, id, Some(tasks::Kind::SafetyFollowUp)).await?;
    tx.record(Event::SafetyAcknowledged { record: id });
    tx.commit().await
}

/// A named person closes an acknowledged record, saying as what and why.
///
/// # Errors
/// `Invalid` on `as` and `reason`; `Conflict` when it changed since `version` was read or is not acknowledged.
pub async fn close(
    ctx: &Ctx,
    id: SafetyId,
    version: i64,
    outcome: Option<Outcome>,
    reason: &str,
) -> Result<()> {
    ctx.require(Action::HandleSafety).await?;
    let by: PersonId = ctx.person()?;
    let mut tx = ctx.begin().await?;
    let row = store::find(tx.conn(), id).await?.ok_or(Error::NotFound)?;
    if row.version != version {
        return Err(Error::Conflict("safety_record"));
    }
    let acknowledged_by = row.acknowledged.map(|(_, by)| by);
    let outcome = rules::close(row.brief.state, acknowledged_by, by, outcome, reason)?;
    let key = match row.person {
        Some(person) => people::key(tx.conn(), ctx.keys(), person).await?,
        None => ctx.keys().common(),
    };
    let sealed = key.seal(&reason_place(id), reason.trim())?;
    if !store::close(tx.conn(), (id, version), (by, ctx.now), outcome, sealed).await? {
        return Err(Error::Conflict("safety_record"));
    }
    tx.record(Event::SafetyClosed { record: id, how: outcome.code().to_owned() });
    tx.commit().await
}

fn reason_place(id: SafetyId) -> String {
    format!("safety_records.reason:{id}")
}
