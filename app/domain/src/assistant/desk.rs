//! The assistant's indexes: one of each program and language, made from the live shelf when first asked, and again when
//! something was published or withdrawn.

use super::phrases;
use super::search::{Entry, Index, Outcome as Found};
use crate::content::{Body, Kind, Shelf, Variant};
use crate::ids::ProgramId;
use crate::locale::Locale;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, PoisonError, RwLock};

/// What may be answered: approved questions, and the modules one can read.
const KINDS: [Kind; 2] = [Kind::Faq, Kind::Module];
/// Letters of the shortest name of a thing that is looked for.
const SHORTEST_NAME: usize = 5;

#[derive(Default)]
pub struct Desk {
    shelves: RwLock<HashMap<(ProgramId, Locale), Arc<Shelved>>>,
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Desk")
    }
}

/// One index and what its entries are.
struct Shelved {
    release: i64,
    index: Index,
    variants: Vec<Arc<Variant>>,
    /// The beginnings of all its words.
    known: HashSet<String>,
}

/// What the shelf holds for a question.
pub(super) enum Answer {
    Sure(Arc<Variant>),
    /// At most three, best first.
    Unsure(Vec<Arc<Variant>>),
    Nothing,
}

impl Desk {
    /// The approved answer to a question, and how sure it is, in thousandths.
    pub(super) fn look(
        &self,
        shelf: &Shelf,
        program: ProgramId,
        locale: Locale,
        text: &str,
    ) -> (Answer, i64) {
        let shelved = self.shelved(shelf, program, locale);
        // an answer about something else taken with the medicine would be wrong, however alike the questions look
        if phrases::asks_about_taking_with(text, locale) && shelved.has_unknown(text) {
            return (Answer::Nothing, 0);
        }
        let ranking = shelved.index.rank(text, 3);
        let sure = (f64::from(ranking.confidence) * 1000.0) as i64;
        let variant = |entry: usize| shelved.variants.get(entry).cloned();
        let answer = match ranking.outcome() {
            Found::Sure(hit) => variant(hit.entry).map_or(Answer::Nothing, Answer::Sure),
            Found::Unsure(hits) => {
                Answer::Unsure(hits.into_iter().filter_map(|hit| variant(hit.entry)).collect())
            }
            Found::Lost => Answer::Nothing,
        };
        (answer, sure)
    }

    fn shelved(&self, shelf: &Shelf, program: ProgramId, locale: Locale) -> Arc<Shelved> {
        let key = (program, locale);
        let known = self.shelves.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if let Some(known) = known.filter(|known| known.release == shelf.release) {
            return known;
        }
        let made = Arc::new(Shelved::make(shelf, program, locale));
        self.shelves.write().unwrap_or_else(PoisonError::into_inner).insert(key, made.clone());
        made
    }
}

impl Shelved {
    fn make(shelf: &Shelf, program: ProgramId, locale: Locale) -> Shelved {
        // exactly this language: an answer in another one is never given without a word about it
        let variants: Vec<_> = KINDS.iter().flat_map(|kind| shelf.list(program, *kind, locale)).collect();
        let entries: Vec<Entry> = variants.iter().map(|variant| entry(variant)).collect();
        let texts = entries
            .iter()
            .flat_map(|entry| entry.question.iter().chain(&entry.phrasings).chain(&entry.answer));
        let known = texts.flat_map(|text| phrases::words(text)).map(|word| beginning(&word)).collect();
        Shelved { release: shelf.release, index: Index::build(locale.tag(), entries), variants, known }
    }

    /// Whether the question names something the approved texts never speak of.
    fn has_unknown(&self, text: &str) -> bool {
        phrases::words(text)
            .iter()
            .filter(|word| word.chars().count() >= SHORTEST_NAME)
            .any(|word| !self.known.contains(&beginning(word)))
    }
}

/// What most forms of a word share.
fn beginning(word: &str) -> String {
    word.chars().take(SHORTEST_NAME).collect()
}

fn entry(variant: &Variant) -> Entry {
    let key = variant.item.clone();
    match &variant.body {
        Body::Faq { question, phrasings, answer } => Entry {
            key,
            question: Some(question.clone()),
            phrasings: phrasings.clone(),
            answer: Some(without_addresses(answer)),
        },
        Body::Module { summary, pages, .. } => Entry {
            key,
            question: Some(variant.title.clone()),
            phrasings: pages.iter().map(|page| page.title.clone()).collect(),
            answer: Some(summary.clone()),
        },
        _ => Entry { key, ..Entry::default() },
    }
}

/// `[what it costs](page:cost)` is searched as what it says.
fn without_addresses(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut rest = markdown;
    while let Some(at) = rest.find("](") {
        let Some(length) = rest[at..].find(')') else { break };
        out.push_str(&rest[..=at]);
        rest = &rest[at + length + 1..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_address_is_not_searched() {
        assert_eq!(
            super::without_addresses("See [the cost](page:cost), or call."),
            "See [the cost], or call."
        );
        assert_eq!(super::without_addresses("a](b"), "a](b");
    }
}
