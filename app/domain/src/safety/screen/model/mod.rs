//! The linear model beside the lists: it finds what people say in words no list has.
//!
//! Logistic regression, one head a kind, with weights of one byte. The weights and the thresholds come from
//! `app/domain/examples/train_screen`; docs/assistant.md says from which texts and under which licences.

mod features;
mod file;

pub use features::{BUCKETS, Window};
pub(super) use features::{Seen, windows};

use super::lexicon::Language;
use super::read::Token;
use std::sync::LazyLock;

/// What each head looks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Head {
    /// Something bad that happened to somebody's body or mind.
    Reaction,
    /// Somebody may harm themselves.
    Crisis,
}

/// The heads in the order of the file.
pub const HEADS: [Head; 2] = [Head::Reaction, Head::Crisis];
/// The languages that have a threshold of their own, in the order of the file.
pub const LANGUAGES: [&str; 7] = ["en", "es", "vi", "ar", "fr", "de", "zh"];

/// The weights of one head.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    pub bias: f32,
    /// What a weight of one in the file stands for.
    pub scale: f32,
    /// At or above it the head flags, by language.
    pub thresholds: [f32; LANGUAGES.len()],
    /// One a bucket.
    pub weights: Vec<i8>,
}

/// All heads.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    pub heads: Vec<Weights>,
}

/// How far a window is above (or below) a head's threshold, in log odds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scored {
    pub(super) head: Head,
    pub(super) margin: f32,
    /// The window's tokens.
    pub(super) first: usize,
    pub(super) last: usize,
}

impl Weights {
    /// The log odds of a window.
    pub fn score(&self, window: &Window) -> f32 {
        let sum: f32 = window.features.iter().map(|(b, v)| f32::from(self.weights[*b as usize]) * v).sum();
        self.bias + self.scale * sum
    }

    fn scored(&self, head: Head, window: &Window, language: usize) -> Scored {
        let score = self.score(window);
        Scored { head, margin: score - self.thresholds[language], first: window.first, last: window.last }
    }
}

impl Model {
    /// The strongest window for each head.
    pub(super) fn score(&self, windows: &[Window], language: Language) -> Vec<Scored> {
        let strongest = |(head, weights): (&Head, &Weights)| {
            windows
                .iter()
                .map(|w| weights.scored(*head, w, language as usize))
                .max_by(|a, b| a.margin.total_cmp(&b.margin))
        };
        HEADS.iter().zip(&self.heads).filter_map(strongest).collect()
    }
}

/// How many words are shown for a flag by the model alone.
const TELLING: usize = 3;

impl Model {
    /// The byte ranges of the words in the window that speak most for the head.
    pub(super) fn telling(&self, tokens: &[Token], scored: &Scored) -> Vec<(usize, usize)> {
        let Some(weights) = self.heads.get(scored.head as usize) else { return Vec::new() };
        let mut words: Vec<(f32, &Token)> = tokens[scored.first..=scored.last]
            .iter()
            .map(|token| {
                (
                    features::of_word(token).iter().map(|b| f32::from(weights.weights[*b as usize])).sum(),
                    token,
                )
            })
            .filter(|(sum, token)| *sum > 0.0 && token.is_word())
            .collect();
        words.sort_by(|a, b| b.0.total_cmp(&a.0));
        words.iter().take(TELLING).map(|(_, token)| (token.start, token.end)).collect()
    }
}

/// The shipped weights; none if the file is not what this program reads, which a test rules out.
pub(super) fn shipped() -> Option<&'static Model> {
    static MODEL: LazyLock<Option<Model>> =
        LazyLock::new(|| Model::from_bytes(include_bytes!("weights.bin")));
    MODEL.as_ref()
}

/// The windows of a text as the model sees them, for training.
pub fn features_of(text: &str, locale_tag: &str) -> Vec<Window> {
    super::Reading::of(text, locale_tag).windows()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_weights_can_be_read() {
        let model = shipped().unwrap();
        assert_eq!(model.heads.len(), HEADS.len());
        assert!(include_bytes!("weights.bin").len() <= 512 * 1024);
    }
}
