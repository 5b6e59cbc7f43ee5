//! The words of all entries in reading order, and what finds the entries worth reading.

use super::Entry;
use super::vocabulary::{Groups, Reader, Terms, WordId};
use std::ops::Range;

/// Everything a store of approved answers says, as numbers. A unit is one question, one phrasing or one answer.
pub(super) struct Texts {
    /// Written forms and stems; rare is what stands in few entries.
    pub(super) forms: Terms,
    /// Character n-grams; rare is what stands in few units.
    pub(super) grams: Terms,
    /// For each word of the vocabulary the entries that hold it.
    holders: Groups,
    /// All words, unit after unit.
    words: Vec<WordId>,
    /// Where each unit begins, and where the last one ends.
    units: Vec<u32>,
    /// The first unit of each entry, and what follows the last one.
    entries: Vec<u32>,
    /// N-grams of each unit, of the mean.
    unit_length: Vec<f32>,
    /// Words of each entry, of the mean.
    entry_length: Vec<f32>,
}

impl Texts {
    pub(super) fn of(locale_tag: &str, entries: &[Entry]) -> Self {
        let mut reader = Reader::new(locale_tag);
        let (mut words, mut units, mut firsts) = (Vec::new(), vec![0_u32], vec![0_u32]);
        for entry in entries {
            for unit in entry.question.iter().chain(&entry.phrasings).chain(&entry.answer) {
                reader.read(unit, &mut words);
                units.push(words.len() as u32);
            }
            firsts.push(units.len() as u32 - 1);
        }
        words.shrink_to_fit();
        let (forms, grams) = reader.finish();
        let mut texts = Self {
            forms,
            grams,
            holders: Groups::default(),
            words,
            units,
            entries: firsts,
            unit_length: Vec::new(),
            entry_length: Vec::new(),
        };
        texts.measure();
        texts
    }

    /// Counts what is rare and what is long.
    fn measure(&mut self) {
        let mut pairs = Vec::with_capacity(self.words.len());
        let mut last = vec![u32::MAX; self.forms.words()];
        for entry in 0..self.len() as u32 {
            for word in self.entry(entry as usize) {
                if std::mem::replace(&mut last[*word as usize], entry) != entry {
                    pairs.push((*word, entry));
                }
            }
        }
        self.holders = Groups::of(last.len(), pairs.iter().copied());
        self.entry_length = shares((0..self.len()).map(|n| self.entry(n).len()));
        let units = self.units.len() - 1;
        let forms = self.forms.rarities((0..self.len()).map(|n| self.entry(n)));
        let grams = self.grams.rarities((0..units).map(|n| self.unit(n)));
        self.unit_length = shares((0..units).map(|n| self.grams.terms_in(self.unit(n))));
        self.forms.settle(forms);
        self.grams.settle(grams);
    }

    /// How many entries there are.
    pub(super) fn len(&self) -> usize {
        self.entries.len() - 1
    }

    /// How many different words there are.
    pub(super) fn vocabulary(&self) -> usize {
        self.holders.len()
    }

    /// The entries that hold a word, in order.
    pub(super) fn holders(&self, word: WordId) -> &[u32] {
        self.holders.get(word)
    }

    /// The units of an entry: their words in order, and their length of the mean.
    pub(super) fn units(&self, entry: usize) -> impl Iterator<Item = (&[WordId], f32)> {
        self.numbers(entry).map(|unit| (self.unit(unit), self.unit_length[unit]))
    }

    /// How long an entry is, of the mean.
    pub(super) fn length(&self, entry: usize) -> f32 {
        self.entry_length[entry]
    }

    /// What the numbers take, in bytes.
    pub(super) fn bytes(&self) -> usize {
        let lists = self.words.capacity() + self.units.capacity() + self.entries.capacity();
        let lengths = self.unit_length.capacity() + self.entry_length.capacity();
        self.forms.bytes() + self.grams.bytes() + self.holders.bytes() + (lists + lengths) * size_of::<u32>()
    }

    fn numbers(&self, entry: usize) -> Range<usize> {
        self.entries[entry] as usize..self.entries[entry + 1] as usize
    }

    fn unit(&self, unit: usize) -> &[WordId] {
        &self.words[self.units[unit] as usize..self.units[unit + 1] as usize]
    }

    fn entry(&self, entry: usize) -> &[WordId] {
        let Range { start, end } = self.numbers(entry);
        &self.words[self.units[start] as usize..self.units[end] as usize]
    }
}

/// Counts as shares of the mean of those that are not empty.
fn shares(counts: impl Iterator<Item = usize> + Clone) -> Vec<f32> {
    let filled = counts.clone().filter(|n| *n > 0).count().max(1) as f32;
    let mean = (counts.clone().sum::<usize>() as f32 / filled).max(1.0);
    counts.map(|n| n as f32 / mean).collect()
}
