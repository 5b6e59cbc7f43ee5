//! From what a search saw to the chance that its best entry is right.
//!
//! A logistic model of a few signs, none of which depends on the size or language of the store. Its weights come from
//! `cargo run --release -p domain --example fit_search`; `docs/assistant.md` says on what and how well they hold.

use super::question::Question;
use super::reading::Reading;

/// At or above this chance the answer is shown.
pub const SURE: f32 = 0.52;
/// At or above this chance titles are offered; below, the question is handed over.
pub const WORTH_OFFERING: f32 = 0.12;
/// How many signs there are.
pub const SIGNS: usize = 9;

/// How many of the best the first stands apart from, for the signs that say so.
const NEAR: usize = 5;
const FAR: usize = 19;
const WEIGHTS: [f32; SIGNS] = [2.414, 4.179, 2.088, 0.244, -1.528, 1.644, -3.527, 0.282, 0.548];
const START: f32 = -5.244;

/// What speaks for the first of the readings, best first.
pub(super) fn signs(question: &Question, readings: &[Reading]) -> [f32; SIGNS] {
    let first = readings[0];
    let rivals = &readings[1..];
    let most = |of: fn(&Reading) -> f32| readings.iter().map(of).fold(f32::MIN_POSITIVE, f32::max);
    let mean = |of: fn(&Reading) -> f32, n: usize| rivals.iter().take(n).map(of).sum::<f32>() / n as f32;
    let (units, glance) = (|r: &Reading| r.units, |r: &Reading| r.glance);
    let (held, neighbours) = (|r: &Reading| r.held, |r: &Reading| r.neighbours);
    [
        first.score().sqrt(),
        (first.units - mean(units, NEAR)) / most(units),
        (first.glance - rivals.iter().map(glance).fold(0.0, f32::max)) / most(glance),
        (first.neighbours - mean(neighbours, NEAR)) / most(neighbours),
        (first.held - mean(held, FAR)) / most(held),
        first.missing,
        question.grams.unknown(),
        (1.0 + question.words.len() as f32).ln(),
        (1.0 + question.count as f32).ln(),
    ]
}

/// The chance that the best entry answers the question, 0 to 1.
pub(super) fn confidence(signs: &[f32; SIGNS]) -> f32 {
    let evidence = START + signs.iter().zip(&WEIGHTS).map(|(sign, weight)| sign * weight).sum::<f32>();
    1.0 / (1.0 + (-evidence).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A good match that stands alone, in a question of six words.
    const CLEAR: [f32; SIGNS] = [0.9, 0.8, 0.6, 0.8, 0.7, 0.1, 0.0, 1.9, 1.9];

    fn but(sign: usize, value: f32) -> f32 {
        let mut signs = CLEAR;
        signs[sign] = value;
        confidence(&signs)
    }

    #[test]
    fn a_clear_winner_is_sure_and_a_crowd_is_not() {
        assert!(confidence(&CLEAR) > SURE);
        assert!(confidence(&[0.5, 0.1, 0.0, 0.0, 0.1, 0.5, 0.4, 1.9, 1.9]) < WORTH_OFFERING);
    }

    #[test]
    fn rivals_and_unknown_words_take_confidence_away() {
        assert!(but(1, 0.1) < confidence(&CLEAR));
        assert!(but(2, 0.0) < confidence(&CLEAR));
        assert!(but(6, 0.7) < confidence(&CLEAR));
    }
}
