//! The safety screen: reads any text a person wrote and says whether somebody must look at it at once.
//!
//! Pure and quick. Word lists per language are read against the text as a person would see it, and what is found is
//! weighed in its sentence: "can it cause a rash?" asks, "I have a rash" reports. All languages are read for every text.
//! In doubt it flags; what it cannot read it gives to a person.

mod find;
mod judge;
mod legible;
mod lexicon;
#[cfg(test)]
mod mutate;
mod read;
mod spelling;
#[cfg(test)]
mod tests;

use lexicon::Role;
use serde::{Deserialize, Serialize};

/// At or above this score a text is flagged.
pub const THRESHOLD: f32 = 0.5;
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

    fn of(role: Role) -> Self {
        match role {
            Role::Emergency => Self::Emergency,
            Role::Crisis => Self::Crisis,
            Role::Reaction => Self::AdverseEvent,
            Role::Complaint => Self::ProductComplaint,
            Role::Pregnancy => Self::SpecialSituation(Situation::Pregnancy),
            Role::Overdose => Self::SpecialSituation(Situation::Overdose),
            Role::Misuse => Self::SpecialSituation(Situation::Misuse),
            Role::Error => Self::SpecialSituation(Situation::MedicationError),
            Role::Ineffective => Self::SpecialSituation(Situation::LackOfEffect),
            Role::OffLabel => Self::SpecialSituation(Situation::OffLabel),
            _ => Self::None,
        }
    }
}

/// Words that counted, and where they stand in the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Matched {
    pub kind: Kind,
    /// Byte range in the text as given.
    pub start: usize,
    pub end: usize,
    pub weight: f32,
}

/// What the screen says of a text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// The most urgent kind found.
    pub kind: Kind,
    /// Whether a person must look at it: anything but `None`.
    pub flag: bool,
    /// Higher is more likely safety; at least [`THRESHOLD`] where words were found that flag it.
    pub score: f32,
    /// The words that counted, in reading order.
    pub matched: Vec<Matched>,
    /// Every kind found, the most urgent first; empty for `None`.
    pub kinds: Vec<Kind>,
}

/// Reads a text. `locale_tag` is the language of the page it came from, a hint and no more.
pub fn screen(text: &str, locale_tag: &str) -> Verdict {
    let lexicon = lexicon::shipped();
    let read = read::read(text);
    let tongue = legible::tongue(&read, locale_tag);
    let (tokens, findings) = find::find(lexicon, &read, &tongue.likely);
    let weighed = judge::weigh(&read, &tokens, &findings.found);

    let mut scores: Vec<(Kind, f32)> = Vec::new();
    for w in &weighed {
        let kind = Kind::of(w.found.role);
        match scores.iter_mut().find(|(k, _)| *k == kind) {
            Some((_, score)) => *score = score.max(w.weight) + 0.1 * score.min(w.weight),
            None => scores.push((kind, w.weight)),
        }
    }
    let mut kinds: Vec<Kind> = scores.iter().filter(|(_, s)| *s >= THRESHOLD).map(|(k, _)| *k).collect();
    if kinds.contains(&Kind::Emergency) && !kinds.contains(&Kind::AdverseEvent) {
        kinds.push(Kind::AdverseEvent);
    }
    let too_long = text.char_indices().nth(LONGEST).is_some();
    if kinds.is_empty() && (too_long || tongue.foreign || legible::is_unreadable(&tokens, &findings.known)) {
        kinds.push(Kind::Unreadable);
    }
    kinds.sort_unstable();
    let score = scores.iter().map(|(_, s)| *s).fold(0.0_f32, f32::max);
    let matched = weighed
        .iter()
        .map(|w| Matched {
            kind: Kind::of(w.found.role),
            start: tokens[w.found.first].start,
            end: tokens[w.found.last].end,
            weight: w.weight,
        })
        .collect();
    let kind = kinds.first().copied().unwrap_or(Kind::None);
    Verdict { kind, flag: kind != Kind::None, score, matched, kinds }
}
