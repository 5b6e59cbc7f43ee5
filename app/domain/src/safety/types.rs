//! A text to be screened, and a safety record as people see it.

use crate::cases::types::states;
use crate::error::Error;
use crate::ids::{CaseId, PersonId, ProgramId, SafetyId};
use crate::locale::Locale;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

states! {
    /// The door a free text came through.
    Source {
        /// A question to the assistant; the row is a turn.
        Chat = "chat",
        /// An answer of staff in a conversation; the row is a turn.
        Thread = "thread",
        /// A free-text answer of the enrollment form; the row is the draft's question.
        Enrollment = "enrollment",
        /// What somebody wrote beside a document.
        UploadNote = "upload_note",
        /// A note of staff, of a call or not.
        CaseNote = "case_note",
        /// Why staff moved a case.
        CaseStep = "case_step",
        /// A message that came in.
        Message = "message",
        /// What a reader wrote about content.
        Rating = "rating",
        /// Flagged by a staff member; the row is the record itself.
        Report = "report",
    }
}

states! {
    /// Who wrote it.
    Reporter {
        Patient = "patient",
        Visitor = "visitor",
        Staff = "staff",
    }
}

states! {
    /// How far a record is.
    State {
        Flagged = "flagged",
        Acknowledged = "acknowledged",
        Closed = "closed",
    }
}

states! {
    /// What a closed record was.
    Outcome {
        AdverseEvent = "ae",
        ProductComplaint = "pqc",
        Both = "both",
        SpecialSituation = "special_situation",
        /// Needs another person than the one who acknowledged it.
        NotSafety = "not_safety",
    }
}

states! {
    /// What a staff member says a text is about.
    ReportKind {
        AdverseEvent = "ae",
        ProductComplaint = "pqc",
        SpecialSituation = "special",
    }
}

states! {
    /// Which records the queue shows.
    Show {
        Open = "open",
        Closed = "closed",
    }
}

/// A free text, on its way into a row.
#[derive(Clone)]
pub struct Text<'a> {
    pub source: Source,
    /// The id of the row that keeps it.
    pub source_id: String,
    pub text: &'a str,
    /// The language of the page it was written on.
    pub locale: Locale,
    pub reporter: Reporter,
    /// The patient it is about, where known.
    pub person: Option<PersonId>,
    pub case: Option<CaseId>,
    pub program: Option<ProgramId>,
}

/// The four things that make a report valid (ICH E2D): an identifiable reporter and patient, a product, a reaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Criteria {
    pub reporter: bool,
    pub patient: bool,
    pub product: bool,
    pub reaction: bool,
}

impl Criteria {
    pub const fn met(self) -> usize {
        self.reporter as usize + self.patient as usize + self.product as usize + self.reaction as usize
    }
}

/// What a staff member flags.
#[derive(Clone, PartialEq, Eq)]
pub struct Report<'a> {
    /// The words as they were said or written.
    pub text: &'a str,
    pub kind: ReportKind,
}

/// One line of the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brief {
    pub id: SafetyId,
    pub number: String,
    pub source: Source,
    /// The kind's code: `emergency`, `crisis`, `ae`, `pqc`, `special`, `unreadable`.
    pub kind: String,
    pub program: Option<ProgramId>,
    /// The number of the case.
    pub case: Option<(CaseId, String)>,
    pub locale: Locale,
    pub aware_at: Timestamp,
    pub triage_due: Timestamp,
    pub report_due: Timestamp,
    pub state: State,
    pub criteria: Criteria,
    pub closed_as: Option<Outcome>,
}

/// A page of the queue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    pub records: Vec<Brief>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
}

/// Who settled something, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    pub at: Timestamp,
    pub name: String,
    pub by: PersonId,
}

/// A whole record, opened.
#[derive(Clone, PartialEq, Eq)]
pub struct Record {
    pub brief: Brief,
    /// Every kind found, by code.
    pub kinds: Vec<String>,
    pub reporter: Reporter,
    /// The patient's name, where known.
    pub name: Option<String>,
    /// The words as they were written.
    pub verbatim: String,
    /// The words that counted, as byte ranges of the verbatim, in reading order and apart.
    pub marks: Vec<(usize, usize)>,
    pub is_screen_miss: bool,
    pub acknowledged: Option<Settled>,
    pub closed: Option<Settled>,
    pub reason: Option<String>,
    pub version: i64,
}

// health data must not slip into a log through a debug print
impl std::fmt::Debug for Record {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Record").field("number", &self.brief.number).finish_non_exhaustive()
    }
}
