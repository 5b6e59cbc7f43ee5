//! The words of a store, each kept once: by its n-grams, its form and its stem one finds every word that shares them.
//!
//! Texts are lists of word numbers, so an n-gram is kept once a word and not once an occurrence.

use super::text;
use std::collections::HashMap;

/// A word of the store, by number.
pub(super) type WordId = u32;

/// Numbers in groups, group after group.
#[derive(Default)]
pub(super) struct Groups {
    /// Where each group begins, and where the last one ends.
    marks: Vec<u32>,
    members: Vec<u32>,
}

impl Groups {
    /// Sorts pairs of a group, below `groups`, and a member. Within a group the order stays.
    pub(super) fn of(groups: usize, pairs: impl Iterator<Item = (u32, u32)> + Clone) -> Self {
        let mut marks = vec![0_u32; groups + 1];
        for (group, _) in pairs.clone() {
            marks[group as usize + 1] += 1;
        }
        for n in 0..groups {
            marks[n + 1] += marks[n];
        }
        let mut next = marks.clone();
        let mut members = vec![0; marks[groups] as usize];
        for (group, member) in pairs {
            let at = &mut next[group as usize];
            members[*at as usize] = member;
            *at += 1;
        }
        Self { marks, members }
    }

    pub(super) fn get(&self, group: u32) -> &[u32] {
        let group = group as usize;
        match (self.marks.get(group), self.marks.get(group + 1)) {
            (Some(from), Some(to)) => &self.members[*from as usize..*to as usize],
            _ => &[],
        }
    }

    pub(super) fn len(&self) -> usize {
        self.marks.len().saturating_sub(1)
    }

    pub(super) fn bytes(&self) -> usize {
        (self.marks.capacity() + self.members.capacity()) * size_of::<u32>()
    }
}

/// Terms of one kind: which words hold each, and how rare it is.
pub(super) struct Terms {
    /// Hashes in ascending order; a term's number is its place.
    hashes: Vec<u32>,
    /// For each term the words that hold it; twice, if it stands in them twice.
    holders: Groups,
    rarity: Vec<f32>,
    /// The rarity of a term nobody wrote.
    unheard: f32,
    /// For each word its terms; only while the store is built.
    terms: Groups,
}

impl Terms {
    /// From the hashes of each word's terms.
    fn of(words: &[Vec<u32>]) -> Self {
        let mut hashes: Vec<u32> = words.iter().flatten().copied().collect();
        hashes.sort_unstable();
        hashes.dedup();
        hashes.shrink_to_fit();
        let number = |hash: &u32| hashes.partition_point(|h| h < hash) as u32;
        let of_word = |(word, terms): (u32, &Vec<u32>)| -> Vec<(u32, u32)> {
            terms.iter().map(|hash| (word, number(hash))).collect()
        };
        let pairs: Vec<(u32, u32)> = (0..).zip(words).flat_map(of_word).collect();
        let terms = Groups::of(words.len(), pairs.iter().copied());
        let holders = Groups::of(hashes.len(), pairs.iter().map(|(word, term)| (*term, *word)));
        Self { hashes, holders, rarity: Vec::new(), unheard: 0.0, terms }
    }

    /// How many words there are.
    pub(super) fn words(&self) -> usize {
        self.terms.len()
    }

    /// How many terms a text has, repeats counted.
    pub(super) fn terms_in(&self, text: &[WordId]) -> usize {
        text.iter().map(|word| self.terms.get(*word).len()).sum()
    }

    /// How rare each term is among the documents that are not empty (BM25's idf), and one that stands in a single one.
    pub(super) fn rarities<'d>(&self, documents: impl Iterator<Item = &'d [WordId]>) -> (Vec<f32>, f32) {
        let mut last = vec![0_u32; self.hashes.len()];
        let mut frequency = vec![0_u32; self.hashes.len()];
        let mut filled = 0;
        for document in documents.filter(|d| !d.is_empty()) {
            filled += 1;
            for term in document.iter().flat_map(|word| self.terms.get(*word)) {
                if std::mem::replace(&mut last[*term as usize], filled) != filled {
                    frequency[*term as usize] += 1;
                }
            }
        }
        let all = filled.max(1) as f32;
        let rarity = |n: f32| (1.0 + (all - n + 0.5) / (n + 0.5)).ln();
        (frequency.iter().map(|n| rarity(*n as f32)).collect(), rarity(1.0))
    }

    /// Keeps the rarities, and lets go of what only building needed.
    pub(super) fn settle(&mut self, (rarity, unheard): (Vec<f32>, f32)) {
        self.rarity = rarity;
        self.unheard = unheard;
        self.terms = Groups::default();
    }

    /// The number of a term, if any word holds it.
    pub(super) fn find(&self, hash: u32) -> Option<u32> {
        self.hashes.binary_search(&hash).ok().map(|n| n as u32)
    }

    /// The words that hold a term, in order; one twice, if the term stands in it twice.
    pub(super) fn holders(&self, term: u32) -> &[WordId] {
        self.holders.get(term)
    }

    /// How rare a term is; one that nobody wrote counts as the rarest.
    pub(super) fn rarity(&self, term: Option<u32>) -> f32 {
        term.and_then(|n| self.rarity.get(n as usize).copied()).unwrap_or(self.unheard)
    }

    pub(super) fn bytes(&self) -> usize {
        let own = self.hashes.capacity() + self.rarity.capacity();
        own * size_of::<u32>() + self.holders.bytes() + self.terms.bytes()
    }
}

/// Reads texts and gives every new word a number.
pub(super) struct Reader<'a> {
    locale_tag: &'a str,
    /// Words by form, stem and longest n-gram.
    ids: HashMap<[u32; 3], WordId>,
    /// What stood between two spaces, and the words it was read as: most of a text was met before.
    met: HashMap<&'a str, Vec<WordId>>,
    forms: Vec<Vec<u32>>,
    grams: Vec<Vec<u32>>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(locale_tag: &'a str) -> Self {
        let (ids, met) = (HashMap::new(), HashMap::new());
        Self { locale_tag, ids, met, forms: Vec::new(), grams: Vec::new() }
    }

    /// Appends the words of a text, in order.
    pub(super) fn read(&mut self, text: &'a str, into: &mut Vec<WordId>) {
        for chunk in text.split_whitespace() {
            if let Some(words) = self.met.get(chunk) {
                into.extend(words);
                continue;
            }
            let words: Vec<WordId> =
                text::words(self.locale_tag, chunk).into_iter().map(|word| self.number(word)).collect();
            into.extend(&words);
            self.met.insert(chunk, words);
        }
    }

    fn number(&mut self, word: text::Word) -> WordId {
        let next = self.forms.len() as WordId;
        let longest = word.grams.last().copied().unwrap_or_default();
        let id = *self.ids.entry([word.exact, word.stem, longest]).or_insert(next);
        if id == next {
            let mut forms = vec![word.exact, word.stem];
            forms.dedup();
            self.forms.push(forms);
            self.grams.push(word.grams);
        }
        id
    }

    /// The forms and the n-grams of all words read.
    pub(super) fn finish(self) -> (Terms, Terms) {
        (Terms::of(&self.forms), Terms::of(&self.grams))
    }
}
