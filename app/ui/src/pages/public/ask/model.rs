//! What the page needs.

use crate::components::Filled;
use crate::i18n::Words;
use crate::markup::Links;
use crate::paths::{self, Path};
use domain::assistant::{Outcome, Talk, Turn};
use domain::cases::views::CaseCard;
use domain::content::Variant;
use domain::ids::TurnId;
use domain::locale::Locale;
use domain::programs::Program;
use domain::time::Day;
use std::sync::Arc;

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// Nobody signed in.
    Visitor,
    Person,
}

pub struct Model {
    pub program: Arc<Program>,
    /// The other programs one may ask about.
    pub others: Vec<Arc<Program>>,
    /// The day in the program's zone: what was said on another day says so.
    pub today: Option<Day>,
    pub talk: Talk,
    pub asks: Asks,
    /// Where their own case in this program stands, if a turn is about it.
    pub card: Option<CaseCard>,
    pub filled: Filled,
    /// Titles to begin with.
    pub suggestions: Vec<Arc<Variant>>,
}

impl Model {
    /// The page's own address, with its program.
    pub(super) fn here(&self, w: Words) -> Path {
        paths::ask(w.locale).query("program", &self.program.code)
    }

    /// The words a portal's turn answers.
    pub(super) fn question_before(&self, turn: &Turn) -> Option<String> {
        let at = self.talk.turns.iter().position(|one| one.id == turn.id)?;
        self.talk.turns.get(..at)?.iter().rev().find_map(|one| one.text.clone())
    }

    /// The newest answer: the one that is asked about.
    pub(super) fn newest_answer(&self) -> Option<TurnId> {
        self.talk.turns.iter().rev().find(|turn| turn.outcome == Some(Outcome::Answered)).map(|turn| turn.id)
    }

    pub(super) fn links(&self, locale: Locale) -> Links<'_> {
        Links { locale, program: Some(&self.program.code) }
    }
}
