//! Moving a case on or back (ON-15). Staff say why; a step back says it to the patient as well, in approved words; what
//! the patient reads is the approved sentence of the new sub-status, and its item and edition are kept with the step.

use super::status::found;
use crate::cases::approved::Approved;
use crate::cases::rules::steps::{self, Asked, Step, Way};
use crate::cases::store::{self, NewStep, Stand};
use crate::cases::{Stage, SubStatus};
use crate::ctx::{Ctx, Tx};
use crate::error::{Error, Result};
use crate::event::Event;
use crate::ids::{CaseId, StatusId};
use crate::people;
use crate::policy::Action;
use crate::safety::{self, Reporter, Source, Text};
use crate::tasks::{self, NewTask};
use crate::time::Day;

/// What staff ask for.
#[derive(Clone, PartialEq, Eq)]
pub struct Advance<'a> {
    /// The version of the case they looked at.
    pub version: i64,
    pub to: SubStatus,
    /// What they write down; never shown to the patient.
    pub reason: &'a str,
    /// Code of the approved reason the patient is told, for a step back.
    pub backward: Option<&'a str>,
    /// Why it may leave intake with open items.
    pub exception: &'a str,
    /// The day the next thing is expected by, where staff know better than the program's usual time.
    pub expected_on: Option<Day>,
}

/// Moves a case.
///
/// # Errors
/// `Invalid` with the flaws of the form; `Conflict` when somebody changed the case since `version` was read.
pub async fn advance(ctx: &Ctx, case: CaseId, asked: &Advance<'_>) -> Result<Step> {
    ctx.require(Action::AdvanceCase).await?;
    let mut tx = ctx.begin().await?;
    let stand = found(store::any(tx.conn(), case).await?)?;
    if stand.version != asked.version {
        return Err(Error::Conflict("case"));
    }
    let open_items = store::open_items(tx.conn(), case).await?;
    let approved = Approved::new(ctx.library(), stand.program, stand.locale);
    let told = approved.backward_reasons();
    let told: Vec<&str> = told.iter().map(|(code, _)| code.as_str()).collect();
    let wanted =
        Asked { to: asked.to, reason: asked.reason, backward: asked.backward, exception: asked.exception };
    let step = steps::advance((stand.stage, stand.sub_status), &wanted, &told, open_items)?;
    let program = ctx.portal.programs.get(stand.program)?;
    if asked.expected_on.is_some_and(|day| program.day(ctx.now).is_ok_and(|today| day < today)) {
        return Err(Error::invalid("expected_on", "date_past"));
    }
    let why = Why {
        backward: asked.backward,
        reason: Some(asked.reason.trim()),
        exception: step.is_exception.then_some(asked.exception.trim()),
        expected_on: asked.expected_on,
    };
    write(&mut tx, &stand, step, &why).await?;
    answered(&mut tx, case).await?;
    tx.commit().await?;
    Ok(step)
}

/// What is kept beside a step.
#[derive(Default)]
struct Why<'a> {
    backward: Option<&'a str>,
    reason: Option<&'a str>,
    exception: Option<&'a str>,
    expected_on: Option<Day>,
}

/// Writes a step that may be taken.
async fn write(tx: &mut Tx<'_>, stand: &Stand, step: Step, why: &Why<'_>) -> Result<()> {
    let ctx = tx.ctx();
    let program = ctx.portal.programs.get(stand.program)?;
    let (sentence, edition) = Approved::new(ctx.library(), stand.program, stand.locale)
        .sentence_shown(step.to)
        .ok_or_else(|| Error::internal("a status has no approved sentence"))?;
    let status = StatusId::new();
    let key = people::key(tx.conn(), ctx.keys(), stand.person).await?;
    let seal = |column: &str, text: Option<&str>| {
        text.map(|text| key.seal(&format!("case_statuses.{column}:{status}"), text)).transpose()
    };
    let expected_on = match why.expected_on {
        Some(day) => Some(day),
        None => program.expected_on(step.to, ctx.now)?,
    };
    let new = NewStep {
        case: stand.id,
        version: stand.version,
        step,
        at: ctx.now,
        expected_on,
        status,
        actor: &ctx.actor.to_string(),
        reason: why.backward.filter(|_| step.is_backward),
        staff_reason_sealed: seal("staff_reason", why.reason)?,
        exception_sealed: seal("exception", why.exception)?,
        sentence: &sentence,
        edition,
    };
    if !store::advance(tx.conn(), &new).await? {
        return Err(Error::Conflict("case"));
    }
    screen(tx, stand, status, why).await?;
    if step.is_exception {
        tx.record(Event::ChecklistExcepted { case: stand.id });
    }
    tx.record(Event::CaseAdvanced {
        case: stand.id,
        person: stand.person,
        from: step.from.code().to_owned(),
        to: step.to.code().to_owned(),
        backward: step.is_backward,
    });
    Ok(())
}

/// What staff wrote beside a step is a free text like any other (EN-21).
async fn screen(tx: &mut Tx<'_>, stand: &Stand, status: StatusId, why: &Why<'_>) -> Result<()> {
    let written: Vec<&str> = why.reason.into_iter().chain(why.exception).collect();
    if written.is_empty() {
        return Ok(());
    }
    let ctx = tx.ctx();
    let told = Text {
        source: Source::CaseStep,
        source_id: status.to_string(),
        text: &written.join("\n"),
        locale: ctx.locale,
        reporter: Reporter::Staff,
        person: Some(stand.person),
        case: Some(stand.id),
        program: Some(stand.program),
    };
    safety::receive(tx, ctx, told).await?;
    Ok(())
}

/// Takes a forward step nobody has to give a reason for, because a fact is the reason. False when the case does not
/// stand where such a step begins.
async fn step_on(tx: &mut Tx<'_>, stand: &Stand, to: SubStatus) -> Result<bool> {
    if steps::way(stand.sub_status, to) != Some(Way::Forward) {
        return Ok(false);
    }
    let step = Step {
        from: stand.sub_status,
        to,
        stage: steps::stage(to, stand.stage),
        waiting_on: steps::waiting_on(to),
        is_backward: false,
        is_exception: false,
    };
    write(tx, stand, step, &Why::default()).await?;
    Ok(true)
}

/// A person of the program has acted on the case: the clock of the first response stops, and its task is settled.
/// Called by every act of staff that reaches the patient or moves the case.
pub async fn answered(tx: &mut Tx<'_>, case: CaseId) -> Result<()> {
    let ctx = tx.ctx();
    if ctx.actor.is_staff() && store::answered(tx.conn(), case, ctx.now).await? {
        tasks::settle_subject(tx, case, Some(tasks::Kind::FirstResponse)).await?;
    }
    Ok(())
}

/// A case waits for its first answer: opens the task for it, in the queue of the case. Once a case, and only when the
/// patient's consent is there.
pub async fn first_response_due(tx: &mut Tx<'_>, case: CaseId) -> Result<()> {
    let Some(clock) = store::clock(tx.conn(), case).await? else { return Ok(()) };
    if clock.sub_status == SubStatus::ConsentPending
        || steps::is_closed(clock.sub_status)
        || clock.is_answered
    {
        return Ok(());
    }
    let mut task = NewTask::about(tasks::Kind::FirstResponse, clock.queue, case, Some(case), clock.due_at);
    task.priority = clock.priority;
    tasks::open(tx, task).await?;
    Ok(())
}

/// A document was asked for, in the same transaction: the case waits for the patient. Later stages stay as they are:
/// a document for a running therapy does not stop it.
pub async fn document_requested(tx: &mut Tx<'_>, case: CaseId) -> Result<bool> {
    let stand = found(store::any(tx.conn(), case).await?)?;
    answered(tx, case).await?;
    match stand.stage {
        Stage::EnrollmentStarted | Stage::AccessInProgress
            if stand.sub_status != SubStatus::ConsentPending =>
        {
            step_on(tx, &stand, SubStatus::DocumentsNeeded).await
        }
        _ => Ok(false),
    }
}

/// A document was accepted, in the same transaction and after its request was settled: the checklist's item of the same
/// name is ticked, and a case that waited for nothing else goes on (SC-2).
pub async fn document_accepted(tx: &mut Tx<'_>, case: CaseId, kind: &str) -> Result<bool> {
    let ctx = tx.ctx();
    if store::tick(tx.conn(), case, kind, ctx.now, &ctx.actor.to_string()).await? {
        tx.record(Event::ChecklistTicked { case, item: kind.to_owned() });
    }
    documents_settled(tx, case).await
}

/// A request for a document was accepted or taken back: a case that waits for no other one goes on.
pub async fn documents_settled(tx: &mut Tx<'_>, case: CaseId) -> Result<bool> {
    let stand = found(store::any(tx.conn(), case).await?)?;
    if stand.sub_status != SubStatus::DocumentsNeeded || store::open_requests(tx.conn(), case).await? > 0 {
        return Ok(false);
    }
    let before = store::before(tx.conn(), case).await?;
    let open_items = store::open_items(tx.conn(), case).await?;
    step_on(tx, &stand, steps::after_documents(stand.stage, before, open_items)).await
}
