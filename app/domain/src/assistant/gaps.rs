//! What the assistant could not answer well, put together, and what staff made of it.

use crate::cases::types::states;
use crate::content::Variant;
use crate::error::Error;
use crate::ids::{ProgramId, TurnId, VariantId};
use crate::locale::Locale;
use crate::time::{Day, Timestamp};
use serde::{Deserialize, Serialize};
use std::str::FromStr;
use std::sync::Arc;

states! {
    /// Why a question is a gap.
    Why {
        /// Nothing approved fitted.
        NoMatch = "no_match",
        /// Titles were offered, and it was none of them.
        NoneOfThese = "none_of_these",
        /// The answer did not help.
        NotHelpful = "not_helpful",
    }
}

/// Questions that are about the same.
#[derive(Clone, PartialEq, Eq)]
pub struct Gap {
    /// The newest of them, which names the group.
    pub lead: TurnId,
    /// All of them, newest first.
    pub turns: Vec<TurnId>,
    pub last_at: Timestamp,
    /// Why they are gaps, each reason once.
    pub why: Vec<Why>,
    /// Some of the words they were asked in, each once.
    pub wordings: Vec<String>,
    /// What is under way for it.
    pub link: Option<Link>,
}

/// What will answer a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub item: String,
    pub edition: i64,
    /// What is being written: the edition with the new way to ask, or the source it must follow.
    pub variant: Option<VariantId>,
    pub phrasing: Option<String>,
    /// Whether the new way to ask stands in it; if not, it waits for the source to be approved.
    pub is_written: bool,
    pub at: Timestamp,
}

/// The gaps of a program in a language.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Gaps {
    /// The most asked first.
    pub open: Vec<Gap>,
    /// What somebody works on.
    pub linked: Vec<Gap>,
    /// Open questions in each language.
    pub counts: Vec<(Locale, i64)>,
    /// Where older questions begin, if there are more.
    pub next: Option<String>,
}

/// One gap, with the approved answers it could be another way to ask.
#[derive(Clone)]
pub struct Opened {
    pub gap: Gap,
    pub program: ProgramId,
    pub locale: Locale,
    /// What the assistant finds nearest.
    pub near: Vec<Arc<Variant>>,
    /// Every question with an approved answer in this language.
    pub all: Vec<Arc<Variant>>,
}

super::types::silent!(Gap, Gaps, Opened);

/// What became of the questions of one week in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// Its Monday.
    pub week: Day,
    pub locale: Locale,
    pub asked: i64,
    pub answered: i64,
    pub offered: i64,
    /// Nothing approved fitted.
    pub unanswered: i64,
    pub handed_over: i64,
    pub safety: i64,
    /// Of those who said whether an answer helped, so many said yes.
    pub helpful: i64,
    pub rated: i64,
}
