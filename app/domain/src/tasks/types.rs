//! Tasks as they are opened and as they are listed.

use crate::cases::types::states;
use crate::error::Error;
use crate::ids::{CaseId, PersonId, TaskId};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

states! {
    /// What there is to do.
    Kind {
        /// Answer a question the assistant handed over; the subject is the thread.
        AnswerThread = "answer_thread",
        /// Look at a document a patient sent; the subject is the document.
        ReviewDocument = "review_document",
        /// A document could not be taken; the subject is the document.
        DocumentFailed = "document_failed",
        /// A message could not be sent to anybody; the subject is the message.
        MessageDead = "message_dead",
        /// Be the first person who answers a new case.
        FirstResponse = "first_response",
        /// A safety record needs somebody to call back; the subject is the record.
        SafetyFollowUp = "safety_follow_up",
        /// Somebody asked to be called.
        CallBack = "call_back",
        /// A patient took back what the program needs; see what it means for the case.
        ConsentWithdrawn = "consent_withdrawn",
        /// Content must be reviewed again before its day; the subject is the variant.
        ContentReview = "content_review",
        /// A link in live content leads nowhere; the subject is the variant.
        BrokenLink = "broken_link",
    }
}

impl Kind {
    /// Whether it ends only where it is done: settled by hand, a question or a document would wait for nobody.
    pub const fn ends_with_its_subject(self) -> bool {
        matches!(self, Kind::AnswerThread | Kind::ReviewDocument)
    }
}

states! {
    /// How a task ended.
    How {
        Done = "done",
        NotReached = "not_reached",
        NotNeeded = "not_needed",
        Elsewhere = "elsewhere",
    }
}

/// The queue of those who look after content.
pub const CONTENT_QUEUE: &str = "content";

/// A task to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTask {
    pub kind: Kind,
    pub queue: String,
    pub case: Option<CaseId>,
    /// The thread, document, message or record it is about.
    pub subject: Option<String>,
    /// Names the cause: the same cause never opens a second task, not even after the first is settled.
    pub dedupe: String,
    pub priority: i64,
    pub due_at: Timestamp,
}

impl NewTask {
    /// A task about a subject, due at an instant; its dedupe key is its kind and subject.
    pub fn about(
        kind: Kind,
        queue: impl Into<String>,
        subject: impl ToString,
        case: Option<CaseId>,
        due_at: Timestamp,
    ) -> NewTask {
        let subject = subject.to_string();
        NewTask {
            kind,
            queue: queue.into(),
            case,
            dedupe: format!("{kind}:{subject}"),
            subject: Some(subject),
            priority: 0,
            due_at,
        }
    }
}

/// One open task, as the list shows it.
#[derive(Clone, PartialEq, Eq)]
pub struct Task {
    pub id: TaskId,
    pub kind: Kind,
    pub queue: String,
    pub case: Option<CaseId>,
    pub number: Option<String>,
    /// The patient's name, opened; none where the task is about nobody known.
    pub name: Option<String>,
    pub subject: Option<String>,
    pub priority: i64,
    pub opened_at: Timestamp,
    pub due_at: Timestamp,
    pub owner: Option<(PersonId, String)>,
    pub version: i64,
}

// a name must not slip into a log through a debug print
impl std::fmt::Debug for Task {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Task").field("id", &self.id).field("kind", &self.kind).finish_non_exhaustive()
    }
}

states! {
    /// Whose tasks a list shows.
    Whose {
        All = "all",
        Mine = "mine",
        Nobody = "nobody",
    }
}

/// Which tasks a list shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    pub whose: Whose,
    pub queue: Option<String>,
    pub kind: Option<Kind>,
    /// Only of this case.
    pub case: Option<CaseId>,
}

impl Default for Filter {
    fn default() -> Filter {
        Filter { whose: Whose::All, queue: None, kind: None, case: None }
    }
}

/// A page of tasks, soonest due first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    pub tasks: Vec<Task>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
}
