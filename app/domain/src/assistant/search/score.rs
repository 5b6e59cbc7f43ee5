//! How well each entry fits a question, between 0 and 1 of what the question could reach.

use super::index::Field;
use super::text::Terms;
use std::collections::HashSet;

/// What a function word counts, of a full word.
const FUNCTION_WORD: f32 = 0.4;
/// What the written form counts beside the stem.
const EXACT_FORM: f32 = 0.5;
/// How much the best unit's n-grams count beside the entry's words.
const GRAMS: f32 = 2.0;

/// A term of the question: its number if any document holds it, and what it can bring.
struct Wanted {
    id: Option<u32>,
    weight: f32,
}

/// A question as one field sees it.
pub(super) struct Query {
    wanted: Vec<Wanted>,
    /// The sum of all weights: what a perfect document would approach.
    reach: f32,
    /// The share of the reach that no document holds.
    pub(super) unknown: f32,
}

impl Query {
    fn new(field: &Field, mut terms: Vec<(u64, f32)>) -> Self {
        terms.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        terms.dedup_by_key(|t| t.0);
        let wanted: Vec<Wanted> = terms
            .into_iter()
            .map(|(term, weight)| {
                let id = field.id(term);
                Wanted { id, weight: weight * field.idf(id) }
            })
            .collect();
        let reach: f32 = wanted.iter().map(|w| w.weight).sum();
        let unknown: f32 = wanted.iter().filter(|w| w.id.is_none()).map(|w| w.weight).sum();
        let reach = reach.max(f32::MIN_POSITIVE);
        Self { wanted, reach, unknown: unknown / reach }
    }

    /// The question's words: stems, and at less weight the forms as written.
    pub(super) fn words(field: &Field, question: &Terms, function: &HashSet<u64>) -> Self {
        let mut terms = Vec::with_capacity(question.words.len() * 2);
        for word in &question.words {
            let weight = if function.contains(&word.exact) { FUNCTION_WORD } else { 1.0 };
            terms.push((word.exact, weight * EXACT_FORM));
            terms.push((word.stem, weight));
        }
        Self::new(field, terms)
    }

    /// The question's character n-grams, those of function words at less weight.
    pub(super) fn grams(field: &Field, question: &Terms, function: &HashSet<u64>) -> Self {
        let weights: Vec<f32> = question
            .words
            .iter()
            .map(|w| if function.contains(&w.exact) { FUNCTION_WORD } else { 1.0 })
            .collect();
        let weight = |owner: u32| weights.get(owner as usize).copied().unwrap_or(1.0);
        let terms = question.grams.iter().zip(&question.owner).map(|(gram, owner)| (*gram, weight(*owner)));
        Self::new(field, terms.collect())
    }

    /// Every document's score in this field.
    pub(super) fn score(&self, field: &Field) -> Vec<f32> {
        let mut scores = vec![0.0_f32; field.len()];
        for wanted in &self.wanted {
            let Some(id) = wanted.id else { continue };
            let share = wanted.weight / self.reach;
            for (document, weight) in field.postings(id) {
                scores[*document as usize] += share * weight;
            }
        }
        scores
    }
}

/// The two views of an entry in one number.
pub(super) fn fuse(words: f32, grams: f32) -> f32 {
    (words + GRAMS * grams) / (1.0 + GRAMS)
}
