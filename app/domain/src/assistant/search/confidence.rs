//! From what a search saw to the chance that its best entry is right.
//!
//! A logistic model of five signs, none of which depends on the size or language of the store. Its weights were fitted
//! on public question sets, judged on sets left out of the fit; `docs/assistant.md` names them.

/// At or above this chance the answer is shown.
pub const SURE: f32 = 0.5;
/// At or above this chance titles are offered; below, the question is handed over.
pub const WORTH_OFFERING: f32 = 0.12;

/// What the search saw of one question.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Signs {
    /// Fused score of the best entry, and of the second.
    pub(super) best: f32,
    pub(super) second: f32,
    /// Mean of the second to the sixth.
    pub(super) rest: f32,
    /// Whether the best entry is also the best by n-grams alone.
    pub(super) grams_agree: bool,
    /// Share of the question's n-grams, by weight, that no entry holds.
    pub(super) unknown: f32,
    /// How many words the question has.
    pub(super) words: usize,
}

/// The chance that the best entry answers the question, 0 to 1.
pub(super) fn confidence(signs: &Signs) -> f32 {
    if signs.best <= 0.0 {
        return 0.0;
    }
    let apart = |other: f32| 1.0 - other / signs.best;
    let evidence = 3.07 * signs.best.sqrt()
        + 5.52 * apart(signs.rest)
        + 0.48 * apart(signs.second)
        + 0.91 * (1.0 + signs.words as f32).ln()
        - 1.63 * signs.unknown
        - if signs.grams_agree { 0.37 } else { 0.0 }
        - 6.57;
    1.0 / (1.0 + (-evidence).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLEAR: Signs =
        Signs { best: 0.9, second: 0.3, rest: 0.2, grams_agree: true, unknown: 0.0, words: 6 };

    #[test]
    fn a_clear_winner_is_sure_and_nothing_found_is_zero() {
        assert!(confidence(&CLEAR) > SURE);
        assert!(confidence(&Signs::default()).abs() < f32::EPSILON);
    }

    #[test]
    fn rivals_and_unknown_words_take_confidence_away() {
        assert!(confidence(&Signs { second: 0.85, rest: 0.8, ..CLEAR }) < confidence(&CLEAR));
        assert!(confidence(&Signs { unknown: 0.7, ..CLEAR }) < confidence(&CLEAR));
    }
}
