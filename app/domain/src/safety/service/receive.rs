//! A free text comes in (EN-21, AB-30): screened, and kept as a safety record when it is flagged, in the transaction that
//! stores it. If that transaction does not commit, neither the text nor its verdict was ever there.

use super::second_looks;
use crate::ctx::{Ctx, Tx};
use crate::error::{Error, Result};
use crate::event::Event;
use crate::ids::{CaseId, PersonId, SafetyId};
use crate::people;
use crate::policy::Action;
use crate::safety::rules;
use crate::safety::screen::{self, Kind, Verdict};
use crate::safety::store::{self, NewRecord, NewScreening};
use crate::safety::types::{Report, ReportKind, Reporter, Source, Text};
use crate::seal::DataKey;

/// Screens a text and keeps the verdict; a flagged one gets a safety record and its clocks. The same words from the same
/// row are screened once.
pub async fn receive(tx: &mut Tx<'_>, ctx: &Ctx, text: Text<'_>) -> Result<Verdict> {
    let verdict = screen::screen(text.text, text.locale.tag());
    let Some(screening) = keep_verdict(tx, ctx, &text, &verdict).await? else { return Ok(verdict) };
    if verdict.flag {
        open(tx, ctx, SafetyId::new(), screening, &text, &verdict, false).await?;
    } else {
        second_looks::draw(tx, ctx, &screening, &text).await?;
    }
    Ok(verdict)
}

/// A staff member flags words they heard or read (SC-5). What the screen let pass is kept as its miss.
///
/// # Errors
/// `Invalid` on `safety_text`; `NotFound` when the case is not there.
pub async fn flag(ctx: &Ctx, case: Option<CaseId>, report: &Report<'_>) -> Result<SafetyId> {
    ctx.require(Action::FlagSafety).await?;
    let flaws = rules::report_flaws(report.text);
    if !flaws.is_empty() {
        return Err(Error::Invalid(flaws));
    }
    let mut tx = ctx.begin().await?;
    let whose = match case {
        Some(case) => Some(store::whose(tx.conn(), case).await?.ok_or(Error::NotFound)?),
        None => None,
    };
    let id = SafetyId::new();
    let text = Text {
        source: Source::Report,
        source_id: id.to_string(),
        text: report.text.trim(),
        locale: ctx.locale,
        reporter: Reporter::Staff,
        person: whose.map(|(person, _)| person),
        case,
        program: whose.map(|(_, program)| program),
    };
    let screened = screen::screen(text.text, text.locale.tag());
    let verdict = with_report(&screened, report.kind);
    let screening =
        keep_verdict(&mut tx, ctx, &text, &screened).await?.ok_or(Error::Conflict("safety_record"))?;
    open(&mut tx, ctx, id, screening, &text, &verdict, !screened.flag).await?;
    tx.commit().await?;
    Ok(id)
}

/// The patient a text is about is known now, and so is who wrote it: its records get person and case, and are sealed with
/// the person's key.
pub async fn identify(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    source: Source,
    source_id: &str,
    reporter: Reporter,
    (person, case): (PersonId, CaseId),
) -> Result<()> {
    let records = store::of_nobody(tx.conn(), source, source_id).await?;
    if records.is_empty() {
        return Ok(());
    }
    let key = people::key(tx.conn(), ctx.keys(), person).await?;
    for (id, sealed) in records {
        let place = verbatim_place(id);
        let sealed = key.seal(&place, &ctx.keys().common().open(&place, &sealed)?)?;
        store::identify(tx.conn(), id, reporter, (person, case), sealed).await?;
    }
    Ok(())
}

/// Where the words of a record stand.
pub(super) fn verbatim_place(id: SafetyId) -> String {
    format!("safety_records.verbatim:{id}")
}

/// Keeps a text as one nobody could read: it gets a record and its clocks.
pub(super) async fn keep_unread(tx: &mut Tx<'_>, ctx: &Ctx, text: &Text<'_>) -> Result<()> {
    let verdict = Verdict {
        kind: Kind::Unreadable,
        flag: true,
        kinds: vec![Kind::Unreadable],
        ..screen::screen("", "en")
    };
    if let Some(screening) = keep_verdict(tx, ctx, text, &verdict).await? {
        open(tx, ctx, SafetyId::new(), screening, text, &verdict, false).await?;
    }
    Ok(())
}

/// The verdict as a row; none when these very words of this row were screened before.
async fn keep_verdict(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    text: &Text<'_>,
    verdict: &Verdict,
) -> Result<Option<String>> {
    let digest = ctx.keys().lookup("safety.text", text.text);
    let new = NewScreening { source: text.source, source_id: &text.source_id, digest: &digest, verdict };
    store::insert_screening(tx.conn(), &new, ctx.now).await
}

pub(super) async fn open(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    id: SafetyId,
    screening: String,
    text: &Text<'_>,
    verdict: &Verdict,
    is_screen_miss: bool,
) -> Result<()> {
    let (person, key) = key_of(tx, ctx, text.person).await?;
    let medicines: Vec<String> =
        ctx.portal.programs.all().iter().map(|program| program.medicine.clone()).collect();
    let (triage_due, report_due) = rules::clocks(ctx.now);
    let new = NewRecord {
        id,
        number: rules::number(store::next_number(tx.conn()).await?),
        screening,
        is_screen_miss,
        source: text.source,
        source_id: &text.source_id,
        locale: text.locale,
        kind: verdict.kind.code(),
        kinds: verdict.kinds.iter().map(|kind| kind.code()).collect(),
        program: text.program,
        case: text.case,
        person,
        reporter: text.reporter,
        verbatim_sealed: key.seal(&verbatim_place(id), text.text)?,
        aware_at: ctx.now,
        triage_due,
        report_due,
        criteria: rules::criteria(
            verdict,
            text.reporter,
            person.is_some(),
            text.case.is_some(),
            text.text,
            &medicines,
        ),
    };
    store::insert_record(tx.conn(), &new).await?;
    tx.record(Event::SafetyFlagged { record: id, kind: verdict.kind.code().to_owned() });
    Ok(())
}

/// The person's key; the common one when nobody is known or the person was erased: the words are kept all the same.
pub(super) async fn key_of(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    person: Option<PersonId>,
) -> Result<(Option<PersonId>, DataKey)> {
    let Some(person) = person else { return Ok((None, ctx.keys().common())) };
    match people::key(tx.conn(), ctx.keys(), person).await {
        Ok(key) => Ok((Some(person), key)),
        Err(Error::NotFound) => Ok((None, ctx.keys().common())),
        Err(error) => Err(error),
    }
}

/// What the screen found, and what the staff member says.
pub(super) fn with_report(screened: &Verdict, kind: ReportKind) -> Verdict {
    let said = match kind {
        ReportKind::AdverseEvent => Kind::AdverseEvent,
        ReportKind::ProductComplaint => Kind::ProductComplaint,
        // which one, nobody asked; the words say it
        ReportKind::SpecialSituation => Kind::SpecialSituation(screen::Situation::Misuse),
    };
    let mut verdict = screened.clone();
    let is_there = verdict.kinds.iter().any(|found| found.code() == said.code());
    verdict.kinds.retain(|found| *found != Kind::Unreadable);
    if !is_there {
        verdict.kinds.push(said);
        verdict.kinds.sort_unstable();
    }
    verdict.kind = verdict.kinds.first().copied().unwrap_or(said);
    verdict.flag = true;
    verdict
}
