//! What people see of a case: the patient's page, and the staff's.

use crate::cases::types::{Stage, SubStatus, WaitingOn, states};
use crate::error::Error;
use crate::ids::{CaseId, NoteId, PersonId, ProgramId, RequestId};
use crate::locale::Locale;
use crate::time::{Day, Timestamp};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// Approved words, and the language they are in: the page marks them where that is not the reader's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    pub text: String,
    pub locale: Locale,
}

/// The approved sentence of a sub-status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    pub now: String,
    pub next: String,
    pub you: String,
    pub short: String,
    /// What staff say on the phone: the same item, so the same facts (ON-21).
    pub script: String,
    pub locale: Locale,
    /// `STS-04`.
    pub code: String,
    pub edition: i64,
    pub reviewed_on: Day,
}

/// Where a case stands, as the patient reads it: what, since when, what next, by when, what to do (ON-16).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusView {
    pub case: CaseId,
    pub number: String,
    pub program: ProgramId,
    pub stage: Stage,
    /// The stage it was in before it was closed; else the stage itself.
    pub reached: Stage,
    pub sub_status: SubStatus,
    pub waiting_on: WaitingOn,
    pub since: Timestamp,
    pub expected_on: Option<Day>,
    /// The expected day is over: until this day the patient hears from us, or calls.
    pub late_until: Option<Day>,
    /// None only when nothing is published for this sub-status: the page then says to call.
    pub sentence: Option<Sentence>,
    /// Why the case went back, while it stands there.
    pub went_back: Option<Phrase>,
    pub action: Option<NextStep>,
    /// Things to do beside the first one.
    pub more_actions: usize,
    /// The four stages' names and what happens in each, approved.
    pub stages: [Option<(Phrase, Phrase)>; 4],
    /// Newest first.
    pub timeline: Vec<Moment>,
}

/// A case among others, on the first page of its owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseCard {
    pub case: CaseId,
    pub number: String,
    pub program: ProgramId,
    pub stage: Stage,
    pub waiting_on: WaitingOn,
    pub since: Timestamp,
    pub expected_on: Option<Day>,
    pub sentence: Option<Sentence>,
    pub action: Option<NextStep>,
    pub more_actions: usize,
}

/// Everything the first page of a signed-in person shows.
#[derive(Clone, PartialEq, Eq)]
pub struct Mine {
    pub name: String,
    /// Open cases first, then the newest.
    pub cases: Vec<CaseCard>,
}

/// The one thing a patient must do now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NextStep {
    SendDocument {
        request: RequestId,
        name: Phrase,
        due_on: Day,
        /// The last one could not be taken: why, and how to do better.
        refused: Option<Phrase>,
    },
    GiveConsent,
}

/// One thing that happened, as the patient reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    pub at: Timestamp,
    pub what: What,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The case came to a sub-status; `why` when it went back.
    Status {
        short: Phrase,
        why: Option<Phrase>,
    },
    Requested {
        name: Phrase,
        due_on: Day,
    },
    /// We asked, and then it was not needed any more.
    NotNeeded {
        name: Phrase,
    },
    Received {
        name: Phrase,
    },
    Accepted {
        name: Phrase,
    },
    Rejected {
        name: Phrase,
        why: Option<Phrase>,
    },
    Failed {
        name: Phrase,
    },
}

states! {
    /// What a note of staff is about.
    NoteKind {
        Note = "note",
        /// They spoke with the patient.
        Call = "call",
    }
}

/// The patient, as staff need to know them.
#[derive(Clone, PartialEq, Eq)]
pub struct Patient {
    pub id: PersonId,
    pub name: String,
    pub birth: Option<Day>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub address: Option<String>,
    pub written: Locale,
    pub spoken: Option<String>,
    pub interpreter: bool,
    /// Code of the time of day they like to be called.
    pub best_time: String,
}

/// A case as staff work on it: the same record, all of it.
#[derive(Clone, PartialEq, Eq)]
pub struct CaseView {
    pub patient: Patient,
    pub filler: String,
    pub locale: Locale,
    pub payer_type: String,
    /// Question and answer of the enrollment, in the order of the form, words in the reader's language.
    pub answers: Vec<(String, String)>,
    pub queue: String,
    /// The routing rule that chose the queue, with its version (ON-13).
    pub rule: String,
    pub priority: i64,
    pub owner: Option<(PersonId, String)>,
    pub opened_at: Timestamp,
    pub first_response_due: Timestamp,
    pub first_response_at: Option<Timestamp>,
    pub version: i64,
    /// Who changed it last, and when: for those who come too late.
    pub changed: Option<(String, Timestamp)>,
    /// Exactly what the patient sees, in the patient's language.
    pub seen: StatusView,
    /// The same sentence in the reader's language.
    pub sentence: Option<Sentence>,
    /// The steps that may follow.
    pub steps: Vec<StepOffer>,
    /// Reasons for a step back that the patient can be told: code and words.
    pub reasons: Vec<(String, Phrase)>,
    pub checklist: Vec<CheckItem>,
    /// What holds now, a line for each purpose and channel that was answered.
    pub consents: Vec<ConsentLine>,
    pub record: Vec<Entry>,
}

/// A step staff may take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepOffer {
    pub to: SubStatus,
    pub is_backward: bool,
    /// The sentence's label.
    pub short: Phrase,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckItem {
    pub code: String,
    pub name: Phrase,
    /// When, and by whom.
    pub ticked: Option<(Timestamp, By)>,
}

/// An answer about a purpose and a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentLine {
    /// `program_services.sms`.
    pub slug: String,
    pub name: Phrase,
    pub is_given: bool,
    pub at: Timestamp,
    pub expires_at: Option<Timestamp>,
    /// It was given and has ended.
    pub is_over: bool,
}

/// Who did something, as staff read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum By {
    /// By the name they sign with.
    Staff(String),
    Patient,
    /// Another person, such as somebody who helps the patient.
    Somebody,
    Portal,
}

/// One line of the record, newest first. What patients never see is marked as internal by the page.
#[derive(Clone, PartialEq, Eq)]
pub struct Entry {
    pub at: Timestamp,
    pub by: By,
    pub kind: EntryKind,
}

#[derive(Clone, PartialEq, Eq)]
pub enum EntryKind {
    Status {
        sub_status: SubStatus,
        short: Phrase,
        is_backward: bool,
        /// What the patient was told.
        told: Option<Phrase>,
        /// What staff wrote; internal.
        reason: Option<String>,
        /// Why intake was left with open items; internal.
        exception: Option<String>,
        /// `STS-04 · 2`: the item and edition the patient was shown.
        sentence: String,
    },
    Note {
        id: NoteId,
        kind: NoteKind,
        text: String,
    },
    /// Another fact, by its event's code; the subject is a document's name, a consent or an item, if it has one.
    Fact {
        code: String,
        subject: Option<Phrase>,
    },
}

// names and notes must not slip into a log through a debug print
macro_rules! discreet {
    ($($name:ident),+) => {$(
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    )+};
}
discreet!(Mine, Patient, CaseView, Entry, EntryKind);
