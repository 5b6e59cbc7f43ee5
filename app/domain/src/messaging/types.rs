//! What a message is.

use crate::cases::types::states;
use crate::error::Error;
use crate::ids::{CaseId, ConsentId, MessageId, PersonId};
use crate::locale::Locale;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

states! {
    /// What a message is about; also the slug of its approved words.
    Kind {
        EnrollmentReceived = "enrollment_received",
        StatusChanged = "status_changed",
        DocumentRequested = "document_requested",
        DocumentFailed = "document_failed",
        DocumentRejected = "document_rejected",
        WelcomeAccount = "welcome_account",
        /// A person answered what the assistant handed over.
        QuestionAnswered = "question_answered",
        SignInNewDevice = "sign_in_new_device",
        SafetyFollowUp = "safety_follow_up",
        SafetyAlertStaff = "safety_alert_staff",
    }
}

states! {
    State {
        Planned = "planned",
        /// Waits for words: those it had were taken away. `rule` says why.
        Held = "held",
        /// With the mail server; a crash here is seen by its claim running out.
        Sending = "sending",
        Sent = "sent",
        /// Not allowed to go out; `rule` says why.
        Suppressed = "suppressed",
        Failed = "failed",
        /// Given up; there is a task.
        Dead = "dead",
    }
}

/// Why somebody may be written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The program's work on a case: needs the patient's consent to program services by e-mail.
    Services,
    /// The safety of their own account, or staff at their work: needs no consent.
    Notice,
}

/// A message to be planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMessage {
    pub kind: Kind,
    pub person: PersonId,
    pub case: Option<CaseId>,
    /// The page behind its link, without the language: `home`, `documents`.
    pub page: &'static str,
    /// Names the cause: told twice, it sends once.
    pub dedupe: String,
}

/// A message taken for sending.
#[derive(Debug, Clone)]
pub struct Claimed {
    pub id: MessageId,
    pub person: PersonId,
    pub case: Option<CaseId>,
    pub kind: Kind,
    pub link: String,
    pub locale: Locale,
    /// The Message-ID's left part, the same at every try.
    pub wire_id: String,
    pub planned_at: Timestamp,
    pub attempts: i64,
}

/// What is to become of a message.
pub enum Decision {
    Send(Written),
    /// Already recorded as not to be sent.
    Suppressed,
}

/// The words of a message, ready for an envelope. Its debug form holds none of them.
pub struct Written {
    pub to: String,
    pub subject: String,
    /// Plain text with the link in it.
    pub text: String,
    /// What the link is called, for the HTML part.
    pub action: String,
    pub link: String,
    pub locale: Locale,
    pub consent: Option<ConsentId>,
    pub edition: i64,
}

impl std::fmt::Debug for Written {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Written").field("locale", &self.locale).finish_non_exhaustive()
    }
}

/// How sending failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The server is down or asks for patience: try again.
    Later(&'static str),
    /// The address does not exist, or the message is refused for good.
    Never(&'static str),
}

/// A message as staff see it: who and what, never the words.
#[derive(Debug, Clone)]
pub struct Row {
    pub id: MessageId,
    pub case: Option<CaseId>,
    pub number: Option<String>,
    pub kind: Kind,
    pub state: State,
    pub rule: Option<String>,
    pub failure: Option<String>,
    pub attempts: i64,
    pub locale: Locale,
    pub planned_at: Timestamp,
    pub sent_at: Option<Timestamp>,
}
