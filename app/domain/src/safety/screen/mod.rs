//! The safety screen: reads any text a person wrote and says whether somebody must look at it at once.
//!
//! Pure and quick. Word lists per language are read against the text as a person would see it, and what is found is
//! weighed in its sentence: "can it cause a rash?" asks, "I have a rash" reports. All languages are read for every text.
//! Where the lists are silent a linear model speaks. In doubt it flags; what it cannot read it gives to a person.

mod decide;
mod find;
mod judge;
mod legible;
mod lexicon;
pub mod model;
#[cfg(test)]
mod mutate;
mod read;
mod spelling;
#[cfg(test)]
mod tests;
mod variants;

use serde::{Deserialize, Serialize};

/// At or above this score a text is flagged.
pub const THRESHOLD: f32 = 0.5;
/// The least score of an emergency or a crisis.
pub const URGENT: f32 = 0.75;
/// A text longer than this, in characters, is not read to its end, and so goes to a person.
pub const LONGEST: usize = 20_000;

/// What a text is about, the most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Help is needed now: the emergency number comes first.
    Emergency,
    /// Somebody may harm themselves.
    Crisis,
    /// Something bad happened with the medicine, whatever the cause.
    AdverseEvent,
    /// Something is wrong with the product itself.
    ProductComplaint,
    /// To be reported though nothing bad may have happened.
    SpecialSituation(Situation),
    /// Cannot be read: another language, or no language.
    Unreadable,
    /// Nothing to report.
    None,
}

/// The special situations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Situation {
    Overdose,
    Pregnancy,
    MedicationError,
    Misuse,
    LackOfEffect,
    OffLabel,
}

impl Kind {
    /// The short name used in files and figures.
    pub fn code(self) -> &'static str {
        match self {
            Self::Emergency => "emergency",
            Self::Crisis => "crisis",
            Self::AdverseEvent => "ae",
            Self::ProductComplaint => "pqc",
            Self::SpecialSituation(_) => "special",
            Self::Unreadable => "unreadable",
            Self::None => "none",
        }
    }
}

/// Who says that words count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// The word lists.
    #[default]
    Lists,
    /// The model alone, the lists being silent; these are the words that moved it most.
    Model,
}

/// Words that counted, and where they stand in the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Matched {
    pub kind: Kind,
    /// Byte range in the text as given.
    pub start: usize,
    pub end: usize,
    pub weight: f32,
    #[serde(default)]
    pub by: By,
}

/// What the screen says of a text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// The most urgent kind found.
    pub kind: Kind,
    /// Whether a person must look at it: anything but `None`.
    pub flag: bool,
    /// Higher is more likely safety, between 0 and 1; at least [`THRESHOLD`] where something was found, at least
    /// [`URGENT`] for emergencies and crises. What is flagged because it cannot be read may have any score.
    pub score: f32,
    /// The words that counted, in reading order.
    pub matched: Vec<Matched>,
    /// Every kind found, the most urgent first; empty for `None`.
    pub kinds: Vec<Kind>,
}

/// Reads a text. `locale_tag` is the language of the page it came from, a hint and no more.
pub fn screen(text: &str, locale_tag: &str) -> Verdict {
    let reading = Reading::of(text, locale_tag);
    let too_long = text.char_indices().nth(LONGEST).is_some();
    decide::decide(&reading, model::shipped(), too_long)
}

/// What the lists alone say of a text: what the model is trained beside.
pub fn by_lists(text: &str, locale_tag: &str) -> Verdict {
    decide::decide(&Reading::of(text, locale_tag), None, text.char_indices().nth(LONGEST).is_some())
}

/// A text read, and what the lists found in it.
struct Reading {
    text: read::Text,
    tongue: legible::Tongue,
    /// The tokens mended, which findings count by.
    tokens: Vec<read::Token>,
    findings: find::Findings,
    weighed: Vec<judge::Weighed>,
}

impl Reading {
    fn of(text: &str, locale_tag: &str) -> Self {
        let text = read::read(text);
        let tongue = legible::tongue(&text, locale_tag);
        let (tokens, findings) = find::find(lexicon::shipped(), &text, &tongue);
        let weighed = judge::weigh(&text, &tokens, &findings.found, tongue.language);
        Self { text, tongue, tokens, findings, weighed }
    }

    fn windows(&self) -> Vec<model::Window> {
        let seen = model::Seen { text: &self.text, findings: &self.findings, weighed: &self.weighed };
        model::windows(&seen, &self.tokens)
    }
}
