//! Every fact that can happen. An event carries ids and codes, never health data or names;
//! timeline, audit trail, indicators and reactions all read it.

use crate::ids::*;
use serde::{Deserialize, Serialize};

macro_rules! events {
    ($($(#[$doc:meta])* $name:ident = $code:literal { $($field:ident: $type:ty),* $(,)? }),+ $(,)?) => {
        /// A fact, in the past tense.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "event")]
        pub enum Event { $($(#[$doc])* #[serde(rename = $code)] $name { $($field: $type),* }),+ }

        impl Event {
            /// As stored: `noun.happened`.
            pub const fn code(&self) -> &'static str {
                match self { $(Event::$name { .. } => $code),+ }
            }

            /// Every code there is, for the guards.
            pub const CODES: &'static [&'static str] = &[$($code),+];
        }
    };
}

events! {
    // sign-in
    AccountCreated = "account.created" { person: PersonId },
    /// A password was right, a code must follow.
    PasswordShown = "account.password_shown" { person: PersonId },
    SignedIn = "account.signed_in" { person: PersonId },
    /// Somebody signed in showed a factor again.
    FactorShown = "account.factor_shown" { person: PersonId },
    SignedOut = "account.signed_out" { person: PersonId },
    SessionRevoked = "account.session_revoked" { person: PersonId, session: SessionId },
    SignInMethodAdded = "account.method_added" { person: PersonId, method: String },
    SignInMethodRemoved = "account.method_removed" { person: PersonId, method: String },

    // enrollment and case
    EnrollmentStarted = "enrollment.started" { draft: DraftId, program: ProgramId },
    CaseOpened = "case.opened" { case: CaseId, person: PersonId, program: ProgramId, rule: String, queue: String },
    /// Brought in whole, with its history; what happened before has its own events, already handled.
    CaseImported = "case.imported" { case: CaseId, person: PersonId },
    CaseAdvanced = "case.advanced" { case: CaseId, person: PersonId, from: String, to: String, backward: bool },
    CaseAssigned = "case.assigned" { case: CaseId, owner: Option<PersonId> },
    /// It left intake with open items, for a reason that is kept with the step.
    ChecklistExcepted = "case.checklist_excepted" { case: CaseId },
    ChecklistTicked = "case.checklist_ticked" { case: CaseId, item: String },
    NoteWritten = "case.note_written" { case: CaseId, note: NoteId },
    InvitationMade = "case.invitation_made" { case: CaseId, person: PersonId, invitation: InvitationId },
    CaseClaimed = "case.claimed" { case: CaseId, person: PersonId },

    // consent
    ConsentGiven = "consent.given" { person: PersonId, case: CaseId, consent: ConsentId, purpose: String, channel: String },
    ConsentWithdrawn = "consent.withdrawn" { person: PersonId, case: CaseId, consent: ConsentId, purpose: String, channel: String },

    // documents
    DocumentRequested = "document.requested" { case: CaseId, person: PersonId, request: RequestId, kind: String },
    DocumentRequestWithdrawn = "document.request_withdrawn" { case: CaseId, person: PersonId, request: RequestId, kind: String },
    DocumentReceived = "document.received" { case: CaseId, person: PersonId, document: DocumentId },
    DocumentChecked = "document.checked" { case: CaseId, person: PersonId, document: DocumentId },
    DocumentFailed = "document.failed" { case: CaseId, person: PersonId, document: DocumentId, why: String },
    DocumentAccepted = "document.accepted" { case: CaseId, person: PersonId, document: DocumentId, kind: String },
    DocumentRejected = "document.rejected" { case: CaseId, person: PersonId, document: DocumentId, why: String },

    // programs, content and assistant
    ProgramChanged = "program.changed" { program: ProgramId },
    ContentPublished = "content.published" { item: String, edition: i64, locale: String },
    ContentWithdrawn = "content.withdrawn" { item: String, edition: i64, locale: String },
    ContentStale = "content.stale" { item: String, edition: i64, locale: String },
    ContentExpired = "content.expired" { item: String, edition: i64, locale: String },
    ContentScheduled = "content.scheduled" { item: String, edition: i64, locale: String },
    /// The clock stood still and caught up.
    ContentLate = "content.late" { item: String, edition: i64, locale: String },
    ContentRated = "content.rated" { item: String, edition: i64, locale: String },
    ModuleFinished = "content.module_finished" { person: PersonId, item: String, edition: i64 },
    QuestionAsked = "assistant.asked" { thread: ThreadId, turn: TurnId, outcome: String },
    HandedOver = "assistant.handed_over" { thread: ThreadId, task: TaskId, queue: String },
    ThreadTaken = "assistant.taken" { thread: ThreadId },
    ThreadAnswered = "assistant.answered" { thread: ThreadId, turn: TurnId, case: Option<CaseId>, person: Option<PersonId> },
    ThreadClosed = "assistant.closed" { thread: ThreadId },
    AnswerRated = "assistant.rated" { thread: ThreadId, turn: TurnId },
    /// Questions nobody could answer have an edition that will.
    GapLinked = "assistant.gap_linked" { item: String, edition: i64, locale: String },
    GapSetAside = "assistant.gap_set_aside" { turn: TurnId },

    // the way of words to readers
    DraftBegun = "draft.begun" { item: String, edition: i64, locale: String },
    DraftSaved = "draft.saved" { item: String, edition: i64, locale: String },
    DraftHandedIn = "draft.handed_in" { item: String, edition: i64, locale: String },
    DraftTakenBack = "draft.taken_back" { item: String, edition: i64, locale: String },
    ChangesAsked = "draft.changes_asked" { item: String, edition: i64, locale: String, desk: String },
    ContentRemarked = "draft.remarked" { item: String, edition: i64, locale: String },
    ContentSigned = "draft.signed" { item: String, edition: i64, locale: String, desk: String },

    // safety
    SafetyFlagged = "safety.flagged" { record: SafetyId, kind: String },
    SafetyAcknowledged = "safety.acknowledged" { record: SafetyId },
    SafetyDetailed = "safety.detailed" { record: SafetyId },
    SafetyTriaged = "safety.triaged" { record: SafetyId, how: String },
    /// A report is made and waits to be laid out.
    SafetySent = "safety.sent" { record: SafetyId, turn: i64 },
    SafetyWritten = "safety.written" { record: SafetyId, turn: i64 },
    SafetyAnswered = "safety.answered" { record: SafetyId, turn: i64, accepted: bool },
    SafetyAsked = "safety.asked" { record: SafetyId },
    SafetyQuestionAnswered = "safety.question_answered" { record: SafetyId },
    /// Somebody looked again at what the screen had let pass.
    SampleLookedAt = "safety.sample_looked_at" { miss: bool },
    SafetyClosed = "safety.closed" { record: SafetyId, how: String },

    // messages
    MessagePlanned = "message.planned" { message: MessageId, person: PersonId, kind: String },
    MessageSent = "message.sent" { message: MessageId, person: PersonId, channel: String },
    MessageSuppressed = "message.suppressed" { message: MessageId, person: PersonId, rule: String },
    MessageDied = "message.died" { message: MessageId, person: PersonId },

    // tasks of staff
    TaskOpened = "task.opened" { task: TaskId, kind: String },
    TaskTaken = "task.taken" { task: TaskId },
    TaskSettled = "task.settled" { task: TaskId },
}

impl Event {
    /// The stored form, one JSON object.
    pub fn body(&self) -> String {
        serde_json::to_string(self).unwrap_or_else(|_| "{}".into())
    }

    /// A named id of this event, read from its stored form, so that a new variant needs no further line.
    pub fn id(&self, field: &str) -> Option<String> {
        serde_json::to_value(self).ok()?.get(field)?.as_str().map(str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_reads_back_from_its_stored_form() {
        let event = Event::CaseClaimed { case: CaseId::fixed(1), person: PersonId::fixed(2) };
        assert_eq!(serde_json::from_str::<Event>(&event.body()).ok(), Some(event.clone()));
        assert_eq!(event.id("case"), Some(CaseId::fixed(1).to_string()));
        assert_eq!(event.code(), "case.claimed");
    }
}
