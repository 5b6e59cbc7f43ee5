//! A text to be screened, and a safety record as people see it.

use crate::cases::types::states;
use crate::error::Error;
use crate::ids::{CaseId, PersonId, ProgramId, SafetyId};
use crate::locale::Locale;
use crate::time::{Day, Timestamp};
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
        /// What a patient answered to the safety desk, where it tells of danger.
        SafetyAnswer = "safety_answer",
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
        /// A named person has it.
        Acknowledged = "acknowledged",
        /// That person said what it is.
        Triaged = "triaged",
        /// On its way to pharmacovigilance, or there.
        Sent = "sent",
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

impl State {
    /// Its place in the queue.
    pub const fn rank(self) -> i64 {
        match self {
            State::Flagged => 0,
            State::Acknowledged => 1,
            State::Triaged => 2,
            State::Sent => 3,
            State::Closed => 9,
        }
    }
}

impl Outcome {
    /// Whether pharmacovigilance must have it.
    pub fn is_reported(self) -> bool {
        self != Outcome::NotSafety
    }
}

states! {
    /// How a reaction went on, as last heard (E2B E.i.7).
    Course {
        Unknown = "unknown",
        Recovered = "recovered",
        Recovering = "recovering",
        NotRecovered = "not_recovered",
        Sequelae = "sequelae",
        Fatal = "fatal",
    }
}

states! {
    /// What makes a reaction serious (ICH E2A).
    Serious {
        Death = "death",
        LifeThreatening = "life_threatening",
        Hospital = "hospital",
        Disabling = "disabling",
        Congenital = "congenital",
        Important = "important",
    }
}

states! {
    /// Who told it, by trade (E2B C.2.r.4).
    Trade {
        Consumer = "consumer",
        Physician = "physician",
        Pharmacist = "pharmacist",
        OtherProfessional = "other_professional",
    }
}

states! {
    /// What the desk asks a patient, in approved words: pages of the program named `ask_reaction` and so on.
    Question {
        Reaction = "reaction",
        Began = "began",
        Better = "better",
        Product = "product",
        Lot = "lot",
    }
}

/// A question to a patient, and what they said.
#[derive(Clone, PartialEq, Eq)]
pub struct Asked {
    pub id: String,
    pub what: Question,
    pub program: Option<ProgramId>,
    pub asked_at: Timestamp,
    pub answered_at: Option<Timestamp>,
    pub answer: Option<String>,
}

/// What pharmacovigilance needs to know beside the words themselves; empty where nobody knows.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// Whoever told it, where that is not the patient the portal knows.
    pub reporter: String,
    pub trade: Option<Trade>,
    /// Initials or a name, where the portal does not know the patient.
    pub patient: String,
    pub product: String,
    pub lot: String,
    pub dose: String,
    /// The reaction in the words of whoever told it.
    pub reaction: String,
    pub began_on: Option<Day>,
    pub course: Option<Course>,
    pub serious: Vec<Serious>,
    /// Asked for by the program, not told by itself.
    pub is_solicited: bool,
    pub comment: String,
}

// health data must not slip into a log through a debug print
impl std::fmt::Debug for Details {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Details").finish_non_exhaustive()
    }
}

/// Where reports go, as the settings say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Destination {
    /// Who sends, as agreed with the receiver.
    pub sender: String,
    /// Who takes them.
    pub receiver: String,
    /// Name of the organisation that sends.
    pub organisation: String,
    /// Two letters of the country the program works in.
    pub country: String,
}

impl Default for Destination {
    fn default() -> Destination {
        Destination {
            sender: "HANDRAIL".into(),
            receiver: "PV".into(),
            organisation: "Patient support program".into(),
            country: "US".into(),
        }
    }
}

/// A report on its way, and what came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sending {
    pub turn: i64,
    /// The worldwide number.
    pub number: String,
    pub made_at: Timestamp,
    pub written_at: Option<Timestamp>,
    pub answered_at: Option<Timestamp>,
    pub answer: Option<String>,
    pub local_number: Option<String>,
    pub is_accepted: Option<bool>,
    /// Why it was not taken.
    pub why: Option<String>,
}

/// A report that must be laid where pharmacovigilance takes it from.
#[derive(Clone, PartialEq, Eq)]
pub struct Unwritten {
    pub id: String,
    /// `SR-000042-1`, what its files are called.
    pub name: String,
    pub xml: String,
}

/// What is told of a month's records (SC-5): by awareness, in the program's zone of the reader.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reconciliation {
    pub lines: Vec<Reconciled>,
}

/// One record in a month's reconciliation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reconciled {
    pub id: SafetyId,
    pub number: String,
    pub aware_at: Timestamp,
    pub report_due: Timestamp,
    pub state: State,
    pub triaged_as: Option<Outcome>,
    /// When its first report was laid out.
    pub sent_at: Option<Timestamp>,
    pub answer: Option<String>,
    pub is_accepted: bool,
}

impl Reconciled {
    /// Whether its report went out after its time, or is not out yet though the time is over.
    pub fn is_late(&self, now: Timestamp) -> bool {
        self.triaged_as.is_none_or(Outcome::is_reported) && self.sent_at.unwrap_or(now) > self.report_due
    }

    /// Whether pharmacovigilance should have it by now and has not said so.
    pub fn is_missing(&self, now: Timestamp) -> bool {
        self.triaged_as.is_none_or(Outcome::is_reported) && !self.is_accepted && now > self.report_due
    }
}

/// A text the screen let pass, drawn for a second look.
#[derive(Clone, PartialEq, Eq)]
pub struct Sample {
    pub id: String,
    pub locale: Locale,
    pub text: String,
    pub drawn_at: Timestamp,
}

/// What second looks have shown: how many were looked at, how many of them the screen should have flagged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Looked {
    pub looked: i64,
    pub missed: i64,
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
    /// The same where no reaction is asked for.
    pub const fn without_reaction(self) -> Criteria {
        Criteria { reaction: true, ..self }
    }

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
    pub triaged_as: Option<Outcome>,
    /// Pharmacovigilance took it.
    pub is_accepted: bool,
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
    pub details: Details,
    pub sendings: Vec<Sending>,
    pub asked: Vec<Asked>,
    pub acknowledged: Option<Settled>,
    pub triaged: Option<Settled>,
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
