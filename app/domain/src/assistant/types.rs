//! A conversation as it is kept and as people see it.

use crate::actor::Role;
use crate::cases::types::states;
use crate::content::Variant;
use crate::error::Error;
use crate::ids::{CaseId, PersonId, ProgramId, ThreadId, TurnId};
use crate::locale::Locale;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::str::FromStr;
use std::sync::Arc;

states! {
    /// Who has the conversation.
    State {
        Assistant = "assistant",
        /// A person must answer; a task says who and by when.
        Waiting = "waiting",
        /// A person reads it or has answered.
        Person = "person",
        Closed = "closed",
    }
}

states! {
    /// Where a handed-over question goes (OM-9, OM-10).
    Queue {
        MedicalInformation = "medical_information",
        Access = "access",
        General = "general",
    }
}

states! {
    /// Who spoke.
    Author {
        Person = "person",
        Portal = "portal",
        Staff = "staff",
    }
}

states! {
    /// What became of a question; exactly one.
    Outcome {
        Emergency = "emergency",
        Crisis = "crisis",
        Safety = "safety",
        Personal = "personal",
        Answered = "answered",
        /// Up to three titles to choose from.
        Offered = "offered",
        /// It is in another language than the page; that language is offered.
        OtherLanguage = "other_language",
        /// Nothing approved fits; a person is offered.
        NoMatch = "no_match",
        /// A person must answer.
        HandedOver = "handed_over",
    }
}

impl Outcome {
    /// Whether safety spoke.
    pub const fn is_safety(self) -> bool {
        matches!(self, Outcome::Emergency | Outcome::Crisis | Outcome::Safety)
    }
}

states! {
    /// What a person pressed instead of writing.
    Act {
        /// One of the titles.
        Picked = "picked",
        NoneOfThese = "none_of_these",
        /// Talk to a person.
        Person = "person",
    }
}

/// A piece of approved content that a turn points at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pointer {
    pub item: String,
    pub edition: i64,
    pub locale: Locale,
}

impl Pointer {
    pub fn to(variant: &Variant) -> Pointer {
        Pointer { item: variant.item.clone(), edition: variant.edition, locale: variant.locale }
    }
}

/// The same with what is live of it: nothing when it was withdrawn or is stale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub pointer: Pointer,
    pub live: Option<Arc<Variant>>,
}

/// One turn, opened.
#[derive(Clone, PartialEq, Eq)]
pub struct Turn {
    pub id: TurnId,
    pub author: Author,
    /// Of a staff member: what they are trusted with, and their name, which only staff are shown.
    pub role: Option<Role>,
    pub name: Option<String>,
    /// What a human wrote.
    pub text: Option<String>,
    pub act: Option<Act>,
    pub outcome: Option<Outcome>,
    pub shown: Vec<Piece>,
    pub locale: Locale,
    /// The language the question seems to be in, where that is what is said of it.
    pub tongue: Option<Locale>,
    /// Whether the answer helped, as whoever asked said last.
    pub helped: Option<bool>,
    /// By when a person answers, where the turn handed over.
    pub due_at: Option<Timestamp>,
    pub at: Timestamp,
}

/// A conversation as its owner sees it. Nothing said yet: no thread.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Talk {
    pub thread: Option<ThreadId>,
    pub turns: Vec<Turn>,
    /// By when a person answers, while one must; none while the assistant has it.
    pub waits: Option<Waits>,
}

/// A person has the conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waits {
    pub state: State,
    pub due_at: Option<Timestamp>,
    /// When the program opens again, while it is closed.
    pub opens_at: Option<Timestamp>,
}

/// A conversation as staff see it.
#[derive(Clone, PartialEq, Eq)]
pub struct Thread {
    pub id: ThreadId,
    pub state: State,
    pub queue: Option<Queue>,
    pub due_at: Option<Timestamp>,
    pub program: ProgramId,
    pub case: Option<(CaseId, String)>,
    pub person: Option<PersonId>,
    /// The person's name; none for a visitor.
    pub name: Option<String>,
    pub locale: Locale,
    pub turns: Vec<Turn>,
    pub created_at: Timestamp,
    pub version: i64,
}

// what people wrote must not slip into a log through a debug print
macro_rules! silent {
    ($($name:ident),+) => {$(
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    )+};
}
pub(super) use silent;
silent!(Turn, Talk, Thread);

/// Where a question comes from.
#[derive(Clone, Copy)]
pub struct Door<'a> {
    /// A visitor's cookie.
    pub token: Option<&'a str>,
    /// The network, in the form questions are counted by.
    pub network: &'a str,
}

/// What is asked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Asked<'a> {
    Words(&'a str),
    /// The code of an item among titles that were offered.
    Picked(&'a str),
    NoneOfThese,
    /// Talk to a person.
    Person,
}

/// A question that was taken in.
#[derive(Clone, PartialEq, Eq)]
pub struct Heard {
    pub thread: ThreadId,
    /// What was asked, as a turn.
    pub turn: TurnId,
    /// For a visitor's cookie, when a new one is needed.
    pub token: Option<String>,
    /// None while a person has the conversation.
    pub outcome: Option<Outcome>,
}
