//! Requests and documents as they are stored.

use crate::cases::types::states;
use crate::error::Error;
use crate::ids::{CaseId, DocumentId, PersonId, ProgramId, RequestId};
use crate::time::{Day, Timestamp};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

states! {
    /// How far a document is. Bytes under way are an upload, not yet a document.
    State {
        Received = "received",
        Checking = "checking",
        InReview = "in_review",
        Accepted = "accepted",
        Rejected = "rejected",
        Failed = "failed",
    }
}

impl State {
    /// Nothing more will happen to it.
    pub const fn is_final(self) -> bool {
        matches!(self, State::Accepted | State::Rejected | State::Failed)
    }
}

states! {
    /// Why a document failed after it had been received; what to do next is told with it.
    Failure {
        /// The check found something harmful. The file is gone.
        Infected = "infected",
        /// It could not be checked in time. The file is gone.
        NotChecked = "not_checked",
    }
}

/// What a person is asked for. Its words are content of kind `document` under the slug `kind`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub id: RequestId,
    pub case: CaseId,
    pub person: PersonId,
    pub program: ProgramId,
    pub kind: String,
    pub due_on: Day,
    pub requested_at: Timestamp,
    /// A document was accepted, or the request was taken back.
    pub settled_at: Option<Timestamp>,
    pub withdrawn_at: Option<Timestamp>,
}

impl Request {
    pub fn is_open(&self) -> bool {
        self.settled_at.is_none()
    }
}

/// One file a person sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Document {
    pub id: DocumentId,
    pub request: RequestId,
    pub case: CaseId,
    pub person: PersonId,
    pub state: State,
    /// As the person's device named it, cleaned; for showing, never for anything else.
    pub name: String,
    /// What the person wrote beside it.
    pub note: Option<String>,
    /// `image/jpeg` or `application/pdf`: by content, after it was made anew.
    pub media_type: String,
    pub bytes: i64,
    pub pages: i64,
    pub received_at: Timestamp,
    /// When the virus check found nothing; none where no scanner is set up.
    pub checked_at: Option<Timestamp>,
    pub decided_at: Option<Timestamp>,
    /// The staff member's name.
    pub decided_by: Option<String>,
    /// Code of a rejection's approved sentence, or of a [`Failure`].
    pub reason: Option<String>,
    pub version: i64,
}

impl Document {
    pub fn is_picture(&self) -> bool {
        self.media_type == "image/jpeg"
    }

    /// Whether its file is there to be looked at.
    pub fn has_file(&self) -> bool {
        matches!(self.state, State::InReview | State::Accepted | State::Rejected)
    }
}

// names and notes must not slip into a log through a debug print
impl std::fmt::Debug for Document {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Document").field("id", &self.id).field("state", &self.state).finish_non_exhaustive()
    }
}
