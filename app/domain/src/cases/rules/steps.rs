//! Which step may follow which: the one table of transitions (ON-15), the stage a sub-status belongs to (ON-16), who
//! must act then, and what a step needs before it may be taken.

use crate::cases::types::{Stage, SubStatus, WaitingOn};
use crate::error::{Error, Flaw, Result};

/// Letters a reason may have.
pub const REASON_LIMIT: usize = 2_000;

/// Which way a step leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Forward,
    /// The patient is told why, in approved words.
    Backward,
}

/// Whether a case may go from here to there, and which way that is.
pub fn way(from: SubStatus, to: SubStatus) -> Option<Way> {
    use SubStatus as S;
    if from == to {
        return None;
    }
    if is_closed(from) {
        // a closed case is opened again where its work begins again
        return matches!(to, S::Received | S::BvRunning | S::RefillDue).then_some(Way::Backward);
    }
    if is_closed(to) || forward(from).contains(&to) {
        return Some(Way::Forward);
    }
    (place(to) < place(from)).then_some(Way::Backward)
}

/// Everything that may follow, forward steps first, each in the order of a case's life.
pub fn next(from: SubStatus) -> Vec<(SubStatus, Way)> {
    let mut steps: Vec<_> =
        SubStatus::ALL.iter().filter_map(|&to| way(from, to).map(|way| (to, way))).collect();
    steps.sort_by_key(|(to, way)| (*way == Way::Backward, is_closed(*to)));
    steps
}

fn forward(from: SubStatus) -> &'static [SubStatus] {
    use SubStatus::*;
    match from {
        Received => &[ConsentPending, DocumentsNeeded, BvRunning],
        ConsentPending => &[Received, DocumentsNeeded, BvRunning],
        DocumentsNeeded => {
            &[Received, BvRunning, BvDone, PaSubmitted, PaInfoRequested, PaDenied, AppealOpen, PaApproved]
        }
        BvRunning => &[DocumentsNeeded, BvDone],
        BvDone => &[DocumentsNeeded, PaSubmitted, PaApproved, BridgeActive, ShipmentScheduled],
        PaSubmitted => &[DocumentsNeeded, PaInfoRequested, PaDenied, PaApproved, BridgeActive],
        PaInfoRequested => &[DocumentsNeeded, PaSubmitted, PaDenied, PaApproved, BridgeActive],
        PaDenied => &[DocumentsNeeded, PaSubmitted, AppealOpen, BridgeActive],
        AppealOpen => &[DocumentsNeeded, PaInfoRequested, PaDenied, PaApproved, BridgeActive],
        PaApproved => &[ShipmentScheduled, FirstDispense],
        BridgeActive => &[PaSubmitted, PaDenied, AppealOpen, PaApproved, ShipmentScheduled, FirstDispense],
        ShipmentScheduled => &[FirstDispense, RefillDue],
        FirstDispense => &[RefillDue],
        RefillDue => &[RefillLate, ShipmentScheduled],
        RefillLate => &[RefillDue, ShipmentScheduled],
        ClosedCompleted | ClosedWithdrawn | ClosedNotEligible | ClosedTherapyStopped | ClosedNoContact
        | ClosedDuplicate => &[],
    }
}

/// The place of a sub-status in the life of a case.
fn place(sub_status: SubStatus) -> usize {
    SubStatus::ALL.iter().position(|other| *other == sub_status).unwrap_or(0)
}

pub fn is_closed(sub_status: SubStatus) -> bool {
    stage(sub_status, Stage::EnrollmentStarted) == Stage::Closed
}

/// The stage a case is in once it is there. A document may be missing in the first two stages, and a delivery may be on
/// its way in the last two: those stay in the stage they come from.
pub fn stage(to: SubStatus, from: Stage) -> Stage {
    use SubStatus::*;
    match to {
        Received | ConsentPending => Stage::EnrollmentStarted,
        DocumentsNeeded if from == Stage::EnrollmentStarted => Stage::EnrollmentStarted,
        DocumentsNeeded | BvRunning | BvDone | PaSubmitted | PaInfoRequested | PaDenied | AppealOpen
        | PaApproved | BridgeActive => Stage::AccessInProgress,
        ShipmentScheduled if from == Stage::RefillSupportOngoing => Stage::RefillSupportOngoing,
        ShipmentScheduled | FirstDispense => Stage::TherapyStartConfirmed,
        RefillDue | RefillLate => Stage::RefillSupportOngoing,
        ClosedCompleted | ClosedWithdrawn | ClosedNotEligible | ClosedTherapyStopped | ClosedNoContact
        | ClosedDuplicate => Stage::Closed,
    }
}

/// Who must act, as the approved sentence of the sub-status says it.
pub fn waiting_on(sub_status: SubStatus) -> WaitingOn {
    use SubStatus::*;
    match sub_status {
        ConsentPending | DocumentsNeeded | RefillDue | RefillLate => WaitingOn::You,
        PaInfoRequested => WaitingOn::Doctor,
        BvRunning | PaSubmitted | AppealOpen => WaitingOn::Insurer,
        PaApproved | BridgeActive | ShipmentScheduled => WaitingOn::Pharmacy,
        Received | BvDone | PaDenied => WaitingOn::Program,
        FirstDispense | ClosedCompleted | ClosedWithdrawn | ClosedNotEligible | ClosedTherapyStopped
        | ClosedNoContact | ClosedDuplicate => WaitingOn::Nobody,
    }
}

/// What staff ask for when they move a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked<'a> {
    pub to: SubStatus,
    /// What staff write down; every step needs it.
    pub reason: &'a str,
    /// Code of the approved sentence the patient is told, for a step back.
    pub backward: Option<&'a str>,
    /// Why the case may leave intake with open items.
    pub exception: &'a str,
}

/// A step that may be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    pub from: SubStatus,
    pub to: SubStatus,
    pub stage: Stage,
    pub waiting_on: WaitingOn,
    pub is_backward: bool,
    /// It leaves intake although items are open, for a reason that was given (ON-14).
    pub is_exception: bool,
}

/// Decides whether a case may take the step. `told` are the reasons there is an approved sentence for; `open_items` how
/// many items of the intake checklist are not ticked.
///
/// # Errors
/// `Invalid` with every flaw at once; the fields are `to`, `reason`, `backward` and `exception`.
pub fn advance(
    from: (Stage, SubStatus),
    asked: &Asked<'_>,
    told: &[&str],
    open_items: usize,
) -> Result<Step> {
    let (from_stage, from) = from;
    let mut flaws = text_flaws("reason", asked.reason, true);
    let Some(way) = way(from, asked.to) else {
        flaws.insert(0, Flaw::new("to", "not_from_here"));
        return Err(Error::Invalid(flaws));
    };
    let is_backward = way == Way::Backward;
    if is_backward && !asked.backward.is_some_and(|code| told.contains(&code)) {
        flaws.push(Flaw::new("backward", "choose"));
    }
    let stage = stage(asked.to, from_stage);
    let leaves_intake =
        from_stage == Stage::EnrollmentStarted && !matches!(stage, Stage::EnrollmentStarted | Stage::Closed);
    let is_exception = leaves_intake && open_items > 0;
    if is_exception {
        flaws.extend(text_flaws("exception", asked.exception, true));
    }
    if !flaws.is_empty() {
        return Err(Error::Invalid(flaws));
    }
    Ok(Step { from, to: asked.to, stage, waiting_on: waiting_on(asked.to), is_backward, is_exception })
}

/// What is wrong with a text staff write.
pub fn text_flaws(field: &str, text: &str, needed: bool) -> Vec<Flaw> {
    let text = text.trim();
    if text.is_empty() {
        return if needed { vec![Flaw::new(field, "missing")] } else { Vec::new() };
    }
    if text.chars().count() > REASON_LIMIT {
        return vec![Flaw::with_limit(field, "too_long", REASON_LIMIT as i64)];
    }
    if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return vec![Flaw::new(field, "characters")];
    }
    Vec::new()
}

/// Where a case goes when the last document it waited for is accepted: on with what it did before, out of intake only
/// with a full checklist.
pub fn after_documents(stage: Stage, before: Option<SubStatus>, open_items: usize) -> SubStatus {
    match (stage, before) {
        (Stage::EnrollmentStarted, _) if open_items == 0 => SubStatus::BvRunning,
        (Stage::EnrollmentStarted, _) => SubStatus::Received,
        (_, Some(before)) if way(SubStatus::DocumentsNeeded, before) == Some(Way::Forward) => before,
        _ => SubStatus::BvRunning,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;
    use SubStatus as S;

    fn asked(to: SubStatus) -> Asked<'static> {
        Asked { to, reason: "The insurer called.", backward: None, exception: "" }
    }

    fn flaws(result: Result<Step>) -> Vec<(String, &'static str)> {
        match result {
            Err(Error::Invalid(flaws)) => flaws.into_iter().map(|flaw| (flaw.field, flaw.code)).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_life_of_a_case_leads_from_enrollment_to_refills() {
        let life = [
            (S::ConsentPending, Stage::EnrollmentStarted, WaitingOn::You),
            (S::Received, Stage::EnrollmentStarted, WaitingOn::Program),
            (S::DocumentsNeeded, Stage::EnrollmentStarted, WaitingOn::You),
            (S::BvRunning, Stage::AccessInProgress, WaitingOn::Insurer),
            (S::BvDone, Stage::AccessInProgress, WaitingOn::Program),
            (S::PaSubmitted, Stage::AccessInProgress, WaitingOn::Insurer),
            (S::PaInfoRequested, Stage::AccessInProgress, WaitingOn::Doctor),
            (S::PaDenied, Stage::AccessInProgress, WaitingOn::Program),
            (S::AppealOpen, Stage::AccessInProgress, WaitingOn::Insurer),
            (S::BridgeActive, Stage::AccessInProgress, WaitingOn::Pharmacy),
            (S::FirstDispense, Stage::TherapyStartConfirmed, WaitingOn::Nobody),
            (S::RefillDue, Stage::RefillSupportOngoing, WaitingOn::You),
            (S::RefillLate, Stage::RefillSupportOngoing, WaitingOn::You),
            (S::ClosedCompleted, Stage::Closed, WaitingOn::Nobody),
        ];
        for pair in life.windows(2) {
            let ((from, stage, _), (to, to_stage, to_waiting)) = (pair[0], pair[1]);
            let step = advance((stage, from), &asked(to), &[], 0).unwrap();
            assert_eq!(
                (step.stage, step.waiting_on, step.is_backward),
                (to_stage, to_waiting, false),
                "{from} to {to}"
            );
        }
    }

    #[test]
    fn no_step_is_skipped_and_none_leads_to_itself() {
        for (from, to) in [
            (S::Received, S::PaApproved),
            (S::BvRunning, S::FirstDispense),
            (S::PaSubmitted, S::RefillDue),
            (S::BvRunning, S::BvRunning),
            (S::ClosedCompleted, S::ClosedWithdrawn),
            (S::ClosedCompleted, S::FirstDispense),
        ] {
            assert_eq!(way(from, to), None, "{from} to {to}");
        }
        for &from in SubStatus::ALL {
            assert!(!next(from).is_empty(), "{from} is a dead end");
        }
    }

    #[test]
    fn a_step_back_needs_a_reason_the_patient_can_be_told() {
        let told = ["insurer_changed", "entered_in_error"];
        let from = (Stage::AccessInProgress, S::PaApproved);
        let back = Asked { backward: Some("insurer_changed"), ..asked(S::BvRunning) };
        assert!(advance(from, &back, &told, 0).unwrap().is_backward);
        for backward in [None, Some(""), Some("because")] {
            let bare = Asked { backward, ..asked(S::BvRunning) };
            assert_eq!(flaws(advance(from, &bare, &told, 0)), [("backward".to_owned(), "choose")]);
        }
        let reopened = Asked { backward: Some("entered_in_error"), ..asked(S::Received) };
        let step = advance((Stage::Closed, S::ClosedNoContact), &reopened, &told, 0).unwrap();
        assert_eq!((step.stage, step.is_backward), (Stage::EnrollmentStarted, true));
    }

    #[test]
    fn intake_is_left_with_a_full_checklist_or_a_reason() {
        let from = (Stage::EnrollmentStarted, S::Received);
        assert_eq!(flaws(advance(from, &asked(S::BvRunning), &[], 2)), [("exception".to_owned(), "missing")]);
        let excepted =
            Asked { exception: "The doctor is away, the insurer accepts it.", ..asked(S::BvRunning) };
        assert!(advance(from, &excepted, &[], 2).unwrap().is_exception);
        assert!(!advance(from, &asked(S::BvRunning), &[], 0).unwrap().is_exception);
        assert!(advance(from, &asked(S::DocumentsNeeded), &[], 7).is_ok(), "stays in intake");
        assert!(advance(from, &asked(S::ClosedWithdrawn), &[], 7).is_ok(), "leaves the program");
    }

    #[test]
    fn every_step_says_why_and_every_flaw_is_told_at_once() {
        let bare = Asked { reason: "  ", ..asked(S::BvRunning) };
        let told = flaws(advance((Stage::EnrollmentStarted, S::Received), &bare, &[], 1));
        assert_eq!(told, [("reason".to_owned(), "missing"), ("exception".to_owned(), "missing")]);
        let long = "ü".repeat(REASON_LIMIT + 1);
        assert_eq!(text_flaws("reason", &long, true)[0].code, "too_long");
        assert_eq!(text_flaws("reason", "a\u{7}b", true)[0].code, "characters");
        assert!(text_flaws("reason", "two\nlines", true).is_empty());
    }

    #[test]
    fn an_accepted_document_leads_on_with_what_was_going_on() {
        assert_eq!(after_documents(Stage::EnrollmentStarted, Some(S::Received), 0), S::BvRunning);
        assert_eq!(after_documents(Stage::EnrollmentStarted, Some(S::Received), 1), S::Received);
        assert_eq!(after_documents(Stage::AccessInProgress, Some(S::AppealOpen), 0), S::AppealOpen);
        assert_eq!(after_documents(Stage::AccessInProgress, None, 3), S::BvRunning);
    }
}
