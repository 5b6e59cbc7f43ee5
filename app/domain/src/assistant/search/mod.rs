//! Retrieval over approved answers: finds the entry a question is about, says how sure it is, and never writes a word.
//!
//! One [`Index`] holds one language of one program and is rebuilt when content is published. It is pure and immutable:
//! the same index and question always give the same answer.

mod confidence;
mod question;
mod reading;
mod text;
mod texts;
mod vocabulary;

pub use confidence::{SIGNS, SURE, WORTH_OFFERING};

use question::Question;
use reading::{Reader, Reading};
use std::collections::HashSet;
use texts::Texts;

/// The most characters of a question that are read; what follows cannot change the answer.
const LONGEST_QUESTION: usize = 1000;
/// How many titles are offered at most when unsure.
const OFFERED: usize = 3;
/// How many entries are read word by word.
const READ: usize = 300;
/// How many of the best are compared to judge the first.
const COMPARED: usize = 20;

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
    keys: Vec<String>,
    function: HashSet<u32>,
    texts: Texts,
}

impl Index {
    /// Reads all entries and keeps their keys. `locale_tag` is their language (`es`, `zh-Hant`).
    pub fn build(locale_tag: &str, entries: Vec<Entry>) -> Self {
        Self {
            locale_tag: locale_tag.to_owned(),
            function: text::function_terms(locale_tag),
            texts: Texts::of(locale_tag, &entries),
            keys: entries.into_iter().map(|entry| entry.key).collect(),
        }
    }

    /// The entries' keys, in the order hits number them.
    pub fn keys(&self) -> &[String] {
        &self.keys
    }

    /// What the index takes, in bytes.
    pub fn bytes(&self) -> usize {
        let keys: usize = self.keys.iter().map(|key| size_of::<String>() + key.capacity()).sum();
        keys + self.texts.bytes()
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
        let (mut hits, signs) = self.look(query);
        hits.truncate(limit);
        Ranking { hits, confidence: signs.map_or(0.0, |signs| confidence::confidence(&signs)) }
    }

    /// What the confidence in the best entry is made from: its key and the signs, for fitting their weights.
    pub fn signs(&self, query: &str) -> Option<(&str, [f32; SIGNS])> {
        let (hits, signs) = self.look(query);
        Some((self.keys[hits.first()?.entry].as_str(), signs?))
    }

    fn look(&self, query: &str) -> (Vec<Hit>, Option<[f32; SIGNS]>) {
        let words = text::words(&self.locale_tag, shortened(query));
        let (question, rough) = Question::of(&self.texts, &words, &self.function);
        let mut reader = Reader::new(&self.texts, &question);
        let read = |entry: usize| (entry, reader.read(entry));
        let mut read: Vec<(usize, Reading)> = worth_reading(&rough).into_iter().map(read).collect();
        read.retain(|(_, reading)| reading.score() > 0.0);
        read.sort_unstable_by(|a, b| b.1.score().total_cmp(&a.1.score()).then(a.0.cmp(&b.0)));
        let readings: Vec<Reading> = read.iter().take(COMPARED).map(|r| r.1).collect();
        let signs = (!readings.is_empty()).then(|| confidence::signs(&question, &readings));
        (read.iter().map(|(entry, reading)| Hit { entry: *entry, score: reading.score() }).collect(), signs)
    }
}

/// The entries that hold most of the question at a rough look, in their order.
fn worth_reading(rough: &[f32]) -> Vec<usize> {
    let mut entries: Vec<usize> = (0..rough.len()).collect();
    if entries.len() > READ {
        entries.select_nth_unstable_by(READ - 1, |a, b| rough[*b].total_cmp(&rough[*a]).then(a.cmp(b)));
        entries.truncate(READ);
        entries.sort_unstable();
    }
    entries
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
        index.search(query, 3).first().map(|h| index.keys()[h.entry].clone())
    }

    #[test]
    fn the_approved_question_finds_its_answer_and_is_sure() {
        let index = spanish();
        let Outcome::Sure(hit) = index.answer("¿Dónde guardo el inhalador?") else { panic!("not sure") };
        assert_eq!(index.keys()[hit.entry], "guardar");
        assert!(hit.score >= SURE && hit.score <= 1.0);
    }

    #[test]
    fn accents_typos_and_run_together_words_are_forgiven() {
        let index = spanish();
        assert_eq!(first(&index, "donde guardo el inalador").as_deref(), Some("guardar"));
        assert_eq!(first(&index, "olvide la dosis").as_deref(), Some("dosis"));
        assert_eq!(first(&index, "olvdé mi dossis").as_deref(), Some("dosis"));
        assert_eq!(first(&index, "limpiarinhalador").as_deref(), Some("limpiar"));
        assert_eq!(first(&index, "dondeguardoelinhalador").as_deref(), Some("guardar"));
    }

    #[test]
    fn a_word_of_another_language_does_not_hide_the_others() {
        let index = spanish();
        assert_eq!(first(&index, "how do I limpiar el inhalador").as_deref(), Some("limpiar"));
        assert_eq!(first(&index, "I forgot mi dosis").as_deref(), Some("dosis"));
    }

    #[test]
    fn three_words_are_enough() {
        let index = spanish();
        assert_eq!(first(&index, "precio del medicamento").as_deref(), Some("costo"));
        assert_eq!(first(&index, "inhalador dónde guardar").as_deref(), Some("guardar"));
        assert_eq!(first(&index, "lavar con agua").as_deref(), Some("limpiar"));
    }

    #[test]
    fn in_a_large_store_an_entry_is_found_by_its_rare_words() {
        let mut entries: Vec<Entry> = (0..2 * READ)
            .map(|n| {
                entry(&n.to_string(), &format!("What about thing number{n}?"), &[], "Ask about the thing.")
            })
            .collect();
        entries.push(entry("cat", "May the cat sleep beside the inhaler?", &[], "Yes."));
        let index = Index::build("en", entries);
        assert_eq!(first(&index, "what about the catt and its inhalers").as_deref(), Some("cat"));
        assert_eq!(first(&index, "maythecatsleepbesidetheinhaler").as_deref(), Some("cat"));
        assert!(index.bytes() < 200_000);
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
