//! Retrieval over approved answers: finds the entry a question is about, says how sure it is, and never writes a word.
//!
//! One [`Index`] holds one language of one program and is rebuilt when content is published. It is pure and immutable:
//! the same index and question always give the same answer.

mod confidence;
mod index;
mod score;
mod text;

pub use confidence::{SURE, WORTH_OFFERING};

use confidence::Signs;
use index::{Field, Saturation};
use score::Query;
use std::collections::HashSet;

/// The most characters of a question that are read; what follows cannot change the answer.
const LONGEST_QUESTION: usize = 1000;
/// How many titles are offered at most when unsure.
const OFFERED: usize = 3;
/// How many of the best are compared to judge the first.
const COMPARED: usize = 6;

/// One approved answer as it is searched.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// The caller's name for it; not searched.
    pub key: String,
    /// The approved question or title.
    pub question: Option<String>,
    /// Approved other ways to ask it.
    pub phrasings: Vec<String>,
    /// The approved words themselves.
    pub answer: Option<String>,
}

/// An entry found: its place in the list the index was built from, and a score between 0 and 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    pub entry: usize,
    pub score: f32,
}

/// What to do with a question. Scores in here are calibrated: the chance that the entry is right.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// Show this answer.
    Sure(Hit),
    /// Offer these titles, best first, at most three.
    Unsure(Vec<Hit>),
    /// Nothing approved fits: hand over.
    Lost,
}

/// The entries in order, and how likely the first is right.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    /// Best first.
    pub hits: Vec<Hit>,
    /// The chance that the first hit answers the question, 0 to 1.
    pub confidence: f32,
}

impl Ranking {
    /// What to do, by the shipped thresholds.
    pub fn outcome(&self) -> Outcome {
        match self.hits.first() {
            Some(first) if self.confidence >= SURE => {
                Outcome::Sure(Hit { entry: first.entry, score: self.confidence })
            }
            Some(first) if self.confidence >= WORTH_OFFERING => {
                let scale = self.confidence / first.score.max(f32::MIN_POSITIVE);
                let near = self.hits.iter().take(OFFERED).filter(|h| h.score > 0.0);
                Outcome::Unsure(near.map(|h| Hit { entry: h.entry, score: h.score * scale }).collect())
            }
            _ => Outcome::Lost,
        }
    }
}

/// Approved answers in one language, ready to be asked.
pub struct Index {
    locale_tag: String,
    entries: Vec<Entry>,
    function: HashSet<u64>,
    /// Words of whole entries.
    words: Field,
    /// N-grams of units: each question, phrasing and answer apart.
    grams: Field,
    /// The entry of each unit.
    unit_entry: Vec<u32>,
}

impl Index {
    /// Reads all entries. `locale_tag` is their language (`es`, `zh-Hant`).
    pub fn build(locale_tag: &str, entries: Vec<Entry>) -> Self {
        let how = Saturation { k1: 1.2, b: 0.75 };
        let (mut words, mut grams) = (Vec::with_capacity(entries.len()), Vec::new());
        let mut unit_entry = Vec::new();
        for (number, entry) in entries.iter().enumerate() {
            let mut entry_words = Vec::new();
            for unit in entry.question.iter().chain(&entry.phrasings).chain(&entry.answer) {
                let terms = text::terms(locale_tag, unit);
                entry_words.extend(terms.words.iter().flat_map(|w| [w.exact, w.stem]));
                unit_entry.push(number as u32);
                grams.push(terms.grams);
            }
            words.push(entry_words);
        }
        Self {
            locale_tag: locale_tag.to_owned(),
            function: text::function_terms(locale_tag),
            words: Field::build(&words, how),
            grams: Field::build(&grams, how),
            unit_entry,
            entries,
        }
    }

    /// The entries, in the order hits number them.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The best `limit` entries, best first; none that shares nothing with the question.
    pub fn search(&self, query: &str, limit: usize) -> Vec<Hit> {
        self.rank(query, limit).hits
    }

    /// What to do with the question.
    pub fn answer(&self, query: &str) -> Outcome {
        self.rank(query, OFFERED).outcome()
    }

    /// The best `limit` entries and how likely the first is right.
    pub fn rank(&self, query: &str, limit: usize) -> Ranking {
        let (hits, signs) = self.look(query, limit);
        Ranking { hits, confidence: confidence::confidence(&signs) }
    }

    fn look(&self, query: &str, limit: usize) -> (Vec<Hit>, Signs) {
        let terms = text::terms(&self.locale_tag, shortened(query));
        let by_words = Query::words(&self.words, &terms, &self.function);
        let by_grams = Query::grams(&self.grams, &terms, &self.function);
        let words = by_words.score(&self.words);
        let mut grams = vec![0.0_f32; self.entries.len()];
        for (score, entry) in by_grams.score(&self.grams).into_iter().zip(&self.unit_entry) {
            if let Some(best) = grams.get_mut(*entry as usize) {
                *best = best.max(score);
            }
        }
        let scores: Vec<f32> = words.iter().zip(&grams).map(|(w, g)| score::fuse(*w, *g)).collect();
        let mut hits = best_of(&scores, limit.max(COMPARED));
        let signs = hits.first().map_or_else(Signs::default, |first| {
            let behind: Vec<f32> = hits.iter().take(COMPARED).skip(1).map(|h| h.score).collect();
            Signs {
                best: first.score,
                second: behind.first().copied().unwrap_or_default(),
                rest: behind.iter().sum::<f32>() / (COMPARED - 1) as f32,
                grams_agree: grams.iter().all(|g| *g <= grams[first.entry]),
                unknown: by_grams.unknown,
                words: terms.words.len(),
            }
        });
        hits.truncate(limit);
        (hits, signs)
    }
}

/// The entries with a score, best first, equals in their order.
fn best_of(scores: &[f32], count: usize) -> Vec<Hit> {
    let hit = |(entry, score): (usize, &f32)| Hit { entry, score: *score };
    let mut hits: Vec<Hit> = scores.iter().enumerate().map(hit).filter(|h| h.score > 0.0).collect();
    let order = |a: &Hit, b: &Hit| b.score.total_cmp(&a.score).then(a.entry.cmp(&b.entry));
    if hits.len() > count {
        hits.select_nth_unstable_by(count - 1, order);
        hits.truncate(count);
    }
    hits.sort_unstable_by(order);
    hits
}

fn shortened(query: &str) -> &str {
    query.char_indices().nth(LONGEST_QUESTION).map_or(query, |(end, _)| &query[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(key: &str, question: &str, phrasings: &[&str], answer: &str) -> Entry {
        Entry {
            key: key.into(),
            question: Some(question.into()),
            phrasings: phrasings.iter().map(|p| (*p).into()).collect(),
            answer: Some(answer.into()),
        }
    }

    fn spanish() -> Index {
        Index::build(
            "es",
            vec![
                entry(
                    "guardar",
                    "¿Dónde guardo el inhalador?",
                    &["¿Cómo almaceno el inhalador?"],
                    "A temperatura ambiente.",
                ),
                entry(
                    "dosis",
                    "¿Qué hago si olvido una dosis?",
                    &["Se me olvidó mi dosis"],
                    "Tómela en cuanto se acuerde.",
                ),
                entry(
                    "costo",
                    "¿Cuánto cuesta?",
                    &["precio del medicamento"],
                    "Llámenos y lo revisamos con usted.",
                ),
                entry(
                    "limpiar",
                    "¿Cómo limpio el inhalador?",
                    &["lavar la boquilla"],
                    "Con agua tibia, una vez por semana.",
                ),
            ],
        )
    }

    fn first(index: &Index, query: &str) -> Option<String> {
        index.search(query, 3).first().map(|h| index.entries()[h.entry].key.clone())
    }

    #[test]
    fn the_approved_question_finds_its_answer_and_is_sure() {
        let index = spanish();
        let Outcome::Sure(hit) = index.answer("¿Dónde guardo el inhalador?") else { panic!("not sure") };
        assert_eq!(index.entries()[hit.entry].key, "guardar");
        assert!(hit.score >= SURE && hit.score <= 1.0);
    }

    #[test]
    fn accents_typos_and_run_together_words_are_forgiven() {
        let index = spanish();
        assert_eq!(first(&index, "donde guardo el inalador").as_deref(), Some("guardar"));
        assert_eq!(first(&index, "olvide la dosis").as_deref(), Some("dosis"));
        assert_eq!(first(&index, "limpiarinhalador").as_deref(), Some("limpiar"));
    }

    #[test]
    fn nothing_in_common_is_lost() {
        let index = spanish();
        assert_eq!(index.answer("xyzzy"), Outcome::Lost);
        assert_eq!(index.answer(""), Outcome::Lost);
        assert_eq!(Index::build("en", Vec::new()).answer("anything"), Outcome::Lost);
        assert!(!matches!(index.answer("¿Puedo tomarlo con warfarina?"), Outcome::Sure(_)));
    }

    #[test]
    fn scripts_without_spaces_need_no_dictionary() {
        let index = Index::build(
            "zh-Hant",
            vec![
                entry("store", "吸入器應該放在哪裡?", &[], "請存放在室溫下。"),
                entry("missed", "忘記用藥怎麼辦?", &[], "想起來就盡快使用。"),
            ],
        );
        assert_eq!(first(&index, "忘記吃藥了").as_deref(), Some("missed"));
    }

    #[test]
    fn hostile_lengths_and_characters_are_only_text() {
        let index = spanish();
        let long = "\u{202e}<script>'--\u{0}".repeat(2000);
        assert!(index.search(&long, 3).len() <= 3);
        assert_eq!(first(&index, "inha\u{200b}lador gu\u{ad}ardo").as_deref(), Some("guardar"));
        assert!(index.search("dosis", 0).is_empty());
    }
}
