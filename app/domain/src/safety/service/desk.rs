//! The safety officer's desk: the queue with its clocks, a record opened, acknowledged, closed (ON-18).

use super::questions::answer_place;
use super::receive::verbatim_place;
use crate::ctx::Ctx;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::event::Event;
use crate::ids::{CaseId, PersonId, SafetyId};
use crate::people;
use crate::policy::Action;
use crate::safety::store::{self, After, QuestionRow, ReportRow, Row};
use crate::safety::types::{Asked, Brief, Details, Outcome, Page, Record, Sending, Settled, Show, State};
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
        records.last().map(|last| After::mark(show, last))
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
    let name = match row.person {
        Some(person) => Some(people::name(&mut conn, ctx.keys(), person).await?),
        None => None,
    };
    let key = key(&mut conn, ctx, row.person).await?;
    let reports = store::reports_of(&mut conn, id).await?;
    let asked = store::questions_of(&mut conn, id).await?;
    let mut settled = [None, None, None];
    for (place, done) in [row.acknowledged, row.triaged, row.closed].into_iter().enumerate() {
        if let Some((at, by)) = done {
            let name = people::staff_name(&mut conn, by).await?.unwrap_or_default();
            settled[place] = Some(Settled { at, name, by });
        }
    }
    drop(conn);
    let case = row.brief.case.as_ref().map(|(case, _)| *case);
    ctx.note_read("safety.record", row.person, case, Some(id.to_string())).await?;
    opened(row, name, &key, settled, (reports, asked))
}

/// The key of a record's words.
pub(super) async fn key(conn: &mut Conn, ctx: &Ctx, person: Option<PersonId>) -> Result<DataKey> {
    match person {
        Some(person) => people::key(conn, ctx.keys(), person).await,
        None => Ok(ctx.keys().common()),
    }
}

fn opened(
    row: Row,
    name: Option<String>,
    key: &DataKey,
    settled: [Option<Settled>; 3],
    (reports, asked): (Vec<ReportRow>, Vec<QuestionRow>),
) -> Result<Record> {
    let id = row.brief.id;
    let verbatim = key.open(&verbatim_place(id), &row.verbatim_sealed)?;
    let reason = key.open_optional(&reason_place(id), row.reason_sealed.as_deref())?;
    let details = details_of(id, key, row.details_sealed.as_deref())?;
    let marks = rules::marks(&screen::screen(&verbatim, row.brief.locale.tag()), &verbatim);
    let sendings = reports
        .into_iter()
        .map(|report| {
            let why = key.open_optional(&why_place(&report.batch), report.why_sealed.as_deref())?;
            Ok(Sending {
                turn: report.turn,
                number: report.number,
                made_at: report.made_at,
                written_at: report.written_at,
                answered_at: report.answered_at,
                answer: report.answer,
                local_number: report.local_number,
                is_accepted: report.is_accepted,
                why,
            })
        })
        .collect::<Result<Vec<_>>>()?;
    let asked = asked
        .into_iter()
        .map(|row| {
            let answer = key.open_optional(&answer_place(&row.id), row.answer_sealed.as_deref())?;
            let QuestionRow { id, what, program, asked_at, answered_at, .. } = row;
            Ok(Asked { id, what, program, asked_at, answered_at, answer })
        })
        .collect::<Result<Vec<_>>>()?;
    let [acknowledged, triaged, closed] = settled;
    Ok(Record {
        brief: row.brief,
        kinds: row.kinds,
        reporter: row.reporter,
        name,
        verbatim,
        marks,
        is_screen_miss: row.is_screen_miss,
        details,
        sendings,
        asked,
        acknowledged,
        triaged,
        closed,
        reason,
        version: row.version,
    })
}

/// What somebody found out, opened.
pub(super) fn details_of(id: SafetyId, key: &DataKey, sealed: Option<&[u8]>) -> Result<Details> {
    match key.open_optional(&details_place(id), sealed)? {
        Some(text) => serde_json::from_str(&text).map_err(|_| Error::internal("details of a safety record")),
        None => Ok(Details::default()),
    }
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

/// Keeps what somebody found out about a record they have.
///
/// # Errors
/// `Invalid` where a text is too long; `Conflict` when it changed since `version` was read or nobody has it yet.
pub async fn detail(ctx: &Ctx, id: SafetyId, version: i64, details: &Details) -> Result<()> {
    ctx.require(Action::HandleSafety).await?;
    let flaws = rules::details_flaws(details);
    if !flaws.is_empty() {
        return Err(Error::Invalid(flaws));
    }
    let mut tx = ctx.begin().await?;
    let row = store::find(tx.conn(), id).await?.ok_or(Error::NotFound)?;
    let key = key(tx.conn(), ctx, row.person).await?;
    let text = serde_json::to_string(details).map_err(|_| Error::internal("details of a safety record"))?;
    let sealed = key.seal(&details_place(id), &text)?;
    let criteria = rules::criteria_with(row.brief.criteria, details);
    if !store::detail(tx.conn(), (id, version), sealed, criteria).await? {
        return Err(Error::Conflict("safety_record"));
    }
    tx.record(Event::SafetyDetailed { record: id });
    tx.commit().await
}

/// A named person says what a record is. It may be said anew until its report is out.
///
/// # Errors
/// `Invalid` at `as`; `Conflict` when it changed since `version` was read, or its report is out.
pub async fn triage(ctx: &Ctx, id: SafetyId, version: i64, outcome: Option<Outcome>) -> Result<()> {
    ctx.require(Action::HandleSafety).await?;
    let by = ctx.person()?;
    let outcome = outcome.ok_or_else(|| Error::invalid("as", "choose"))?;
    let mut tx = ctx.begin().await?;
    if !store::triage(tx.conn(), (id, version), (by, ctx.now), outcome).await? {
        return Err(match store::find(tx.conn(), id).await? {
            Some(_) => Error::Conflict("safety_record"),
            None => Error::NotFound,
        });
    }
    tx.record(Event::SafetyTriaged { record: id, how: outcome.code().to_owned() });
    tx.commit().await
}

/// A named person closes a record, saying why: what pharmacovigilance has, or what two people call harmless.
///
/// # Errors
/// `Invalid` on `reason`; `Conflict` when it changed since `version` was read or may not be closed yet.
pub async fn close(ctx: &Ctx, id: SafetyId, version: i64, reason: &str) -> Result<()> {
    ctx.require(Action::HandleSafety).await?;
    let by: PersonId = ctx.person()?;
    let mut tx = ctx.begin().await?;
    let row = store::find(tx.conn(), id).await?.ok_or(Error::NotFound)?;
    if row.version != version {
        return Err(Error::Conflict("safety_record"));
    }
    let decided: Vec<PersonId> = row.triaged.iter().map(|(_, by)| *by).collect();
    rules::close(&row.brief, &decided, by, reason)?;
    let key = key(tx.conn(), ctx, row.person).await?;
    let sealed = key.seal(&reason_place(id), reason.trim())?;
    if !store::close(tx.conn(), (id, version), (by, ctx.now), sealed).await? {
        return Err(Error::Conflict("safety_record"));
    }
    let how = row.brief.triaged_as.map(Outcome::code).unwrap_or_default().to_owned();
    tx.record(Event::SafetyClosed { record: id, how });
    tx.commit().await
}

fn reason_place(id: SafetyId) -> String {
    format!("safety_records.reason:{id}")
}

fn details_place(id: SafetyId) -> String {
    format!("safety_records.details:{id}")
}

/// Where it stands why pharmacovigilance did not take a report.
pub(super) fn why_place(batch: &str) -> String {
    format!("safety_reports.why:{batch}")
}
