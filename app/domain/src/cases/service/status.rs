//! What the patient reads: where a case stands, and what happened to it (ON-16). Staff see it through the same function.

use crate::cases::approved::Approved;
use crate::cases::rules::steps::is_closed;
use crate::cases::store::{self, RequestRow, Stand, StatusRow};
use crate::cases::views::{CaseCard, Mine, Moment, NextStep, Phrase, StatusView, What};
use crate::cases::{Stage, SubStatus, WaitingOn};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::ids::CaseId;
use crate::people;
use crate::policy::Action;
use crate::programs::Program;

/// One's own case.
///
/// # Errors
/// `NotFound` for a case that is not there or another person's: the two look the same, and the second is on the trail.
pub async fn status(ctx: &Ctx, case: CaseId) -> Result<StatusView> {
    ctx.require(Action::ReadOwnCase).await?;
    let person = ctx.person()?;
    let mut conn = ctx.read().await?;
    let Some(stand) = store::own(&mut conn, case, person).await? else {
        drop(conn);
        return ctx.refuse("cases.status", Some(case), None).await;
    };
    let history = store::statuses(&mut conn, case).await?;
    let requests = store::requests(&mut conn, case).await?;
    drop(conn);
    ctx.note_read("cases.status", Some(person), Some(case), None).await?;
    let approved = Approved::new(ctx.library(), stand.program, ctx.locale);
    view(ctx, &*ctx.portal.programs.get(stand.program)?, &approved, &stand, &history, &requests)
}

/// One's own cases, each in short, and what there is to do.
pub async fn mine(ctx: &Ctx) -> Result<Mine> {
    ctx.require(Action::ReadOwnCase).await?;
    let person = ctx.person()?;
    let mut conn = ctx.read().await?;
    let name = people::name(&mut conn, ctx.keys(), person).await?;
    let stands = store::all_of(&mut conn, person).await?;
    let requests = store::open_requests_of(&mut conn, person).await?;
    drop(conn);
    ctx.note_read("cases.mine", Some(person), None, None).await?;
    let cases = stands
        .into_iter()
        .map(|stand| {
            let approved = Approved::new(ctx.library(), stand.program, ctx.locale);
            let of_case: Vec<_> = requests.iter().filter(|row| row.case == stand.id).cloned().collect();
            let (action, more_actions) = actions(&approved, &stand, &of_case);
            CaseCard {
                case: stand.id,
                number: stand.number,
                program: stand.program,
                stage: stand.stage,
                waiting_on: stand.waiting_on,
                since: stand.since,
                expected_on: stand.expected_on,
                sentence: approved.sentence(stand.sub_status),
                action,
                more_actions,
            }
        })
        .collect();
    Ok(Mine { name, cases })
}

/// The view itself, in the language of `approved`.
pub(super) fn view(
    ctx: &Ctx,
    program: &Program,
    approved: &Approved,
    stand: &Stand,
    history: &[StatusRow],
    requests: &[RequestRow],
) -> Result<StatusView> {
    let (action, more_actions) = actions(approved, stand, requests);
    let today = program.day(ctx.now)?;
    let is_late = stand.expected_on.is_some_and(|day| day < today)
        && !is_closed(stand.sub_status)
        && !matches!(stand.waiting_on, WaitingOn::You | WaitingOn::Nobody);
    let went_back = history
        .first()
        .filter(|row| row.is_backward)
        .and_then(|row| row.reason.as_deref())
        .and_then(|reason| approved.backward(reason));
    Ok(StatusView {
        case: stand.id,
        number: stand.number.clone(),
        program: stand.program,
        stage: stand.stage,
        reached: reached(stand.stage, history),
        sub_status: stand.sub_status,
        waiting_on: stand.waiting_on,
        since: stand.since,
        expected_on: stand.expected_on,
        late_until: is_late.then(|| program.after_business_days(ctx.now, 1)).transpose()?,
        sentence: approved.sentence(stand.sub_status),
        went_back,
        action,
        more_actions,
        stages: approved.stages(),
        timeline: timeline(approved, history, requests),
    })
}

/// The last stage before the end.
fn reached(stage: Stage, history: &[StatusRow]) -> Stage {
    if stage != Stage::Closed {
        return stage;
    }
    history
        .iter()
        .map(|row| row.stage)
        .find(|stage| *stage != Stage::Closed)
        .unwrap_or(Stage::EnrollmentStarted)
}

/// The one thing to do, and how many more there are. A document that is on its way or being looked at asks nothing.
fn actions(approved: &Approved, stand: &Stand, requests: &[RequestRow]) -> (Option<NextStep>, usize) {
    if is_closed(stand.sub_status) {
        return (None, 0);
    }
    let mut open: Vec<(&RequestRow, Option<Phrase>)> = Vec::new();
    for row in requests.iter().filter(|row| row.settled_at.is_none()) {
        if open.last().is_none_or(|(last, _)| last.id != row.id) {
            open.push((row, None));
        }
    }
    let under_way = |row: &RequestRow| {
        requests.iter().any(|other| {
            other.id == row.id
                && other.document.as_ref().is_some_and(|document| {
                    matches!(document.state.as_str(), "received" | "checking" | "in_review")
                })
        })
    };
    open.retain(|(row, _)| !under_way(row));
    open.sort_by_key(|(row, _)| (row.due_on, row.id));
    for (row, refused) in &mut open {
        *refused = requests
            .iter()
            .filter(|other| other.id == row.id)
            .filter_map(|other| other.document.as_ref())
            .next_back()
            .filter(|document| document.state == "rejected")
            .and_then(|document| document.reason.as_deref())
            .and_then(|reason| approved.rejection(reason));
    }
    let mut steps: Vec<NextStep> = Vec::new();
    if stand.sub_status == SubStatus::ConsentPending {
        steps.push(NextStep::GiveConsent);
    }
    steps.extend(open.into_iter().map(|(row, refused)| NextStep::SendDocument {
        request: row.id,
        name: approved.document(&row.kind),
        due_on: row.due_on,
        refused,
    }));
    let more = steps.len().saturating_sub(1);
    (steps.into_iter().next(), more)
}

/// What happened, newest first.
fn timeline(approved: &Approved, history: &[StatusRow], requests: &[RequestRow]) -> Vec<Moment> {
    let mut moments: Vec<Moment> = history
        .iter()
        .rev()
        .map(|row| {
            let why =
                row.reason.as_deref().filter(|_| row.is_backward).and_then(|why| approved.backward(why));
            Moment { at: row.at, what: What::Status { short: approved.short(row.sub_status), why } }
        })
        .collect();
    let mut seen = None;
    for row in requests {
        let name = approved.document(&row.kind);
        if seen != Some(row.id) {
            seen = Some(row.id);
            let what = What::Requested { name: name.clone(), due_on: row.due_on };
            moments.push(Moment { at: row.requested_at, what });
            if let Some(at) = row.withdrawn_at {
                moments.push(Moment { at, what: What::NotNeeded { name: name.clone() } });
            }
        }
        let Some(document) = &row.document else { continue };
        moments.push(Moment { at: document.received_at, what: What::Received { name: name.clone() } });
        let ended = match document.state.as_str() {
            "accepted" => Some((document.decided_at, What::Accepted { name })),
            "rejected" => {
                let why = document.reason.as_deref().and_then(|reason| approved.rejection(reason));
                Some((document.decided_at, What::Rejected { name, why }))
            }
            "failed" => Some((document.checked_at.or(document.decided_at), What::Failed { name })),
            _ => None,
        };
        if let Some((at, what)) = ended {
            moments.push(Moment { at: at.unwrap_or(document.received_at), what });
        }
    }
    moments.sort_by_key(|moment| (moment.at, place_in_an_instant(&moment.what)));
    moments.reverse();
    moments
}

/// What leads to what when both happened in one instant: an answer to the next status, a status to what it asks for.
const fn place_in_an_instant(what: &What) -> u8 {
    match what {
        What::Received { .. } => 0,
        What::Accepted { .. } | What::Rejected { .. } | What::Failed { .. } | What::NotNeeded { .. } => 1,
        What::Status { .. } => 2,
        What::Requested { .. } => 3,
    }
}

/// A case as staff and jobs look it up, or not found.
pub(super) fn found(stand: Option<Stand>) -> Result<Stand> {
    stand.ok_or(Error::NotFound)
}
