//! An entry read word by word with a question in mind: how much of the question it holds, seen in several ways.

use super::question::Question;
use super::texts::Texts;

/// How fast repeats stop counting, and how much long texts are held back (BM25).
const K1: f32 = 1.2;
const B: f32 = 0.75;
/// How much the best unit's n-grams count beside the entry's words.
const GRAMS: f32 = 2.0;
/// How many units count as the best.
const BEST_UNITS: usize = 3;
/// How many words a reader takes in at one glance; glances overlap by half.
const GLANCE: usize = 40;
/// How many words apart neighbours may stand.
const NEIGHBOURS: usize = 2;

/// What an entry holds of a question, in shares of what could be held.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Reading {
    /// Words and stems, over the whole entry.
    pub(super) words: f32,
    /// N-grams, in the best unit.
    pub(super) unit: f32,
    /// N-grams, the mean of the best three units.
    pub(super) units: f32,
    /// N-grams that a unit holds at all, in the fullest unit.
    pub(super) held: f32,
    /// Words, or what may stand for them, in the best glance.
    pub(super) glance: f32,
    /// Neighbours that stay neighbours, in the best unit.
    pub(super) neighbours: f32,
    /// The weightiest word that nothing in the entry stands for.
    pub(super) missing: f32,
}

impl Reading {
    /// What entries are ordered by.
    pub(super) fn score(&self) -> f32 {
        (self.words + GRAMS * self.unit) / (1.0 + GRAMS)
    }
}

/// Reads entries one after another; its room to count in is used again.
pub(super) struct Reader<'a> {
    texts: &'a Texts,
    question: &'a Question,
    forms: Vec<u32>,
    grams: Vec<u32>,
    /// The n-grams met in this unit.
    met: Vec<u32>,
    /// Where in this unit a word stands for one of the question's, and how well.
    stands: Vec<(usize, usize, f32)>,
    /// How well the entry stands for each word of the question, at a glance and in all.
    seen: Vec<f32>,
    best: Vec<f32>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(texts: &'a Texts, question: &'a Question) -> Self {
        Self {
            texts,
            question,
            forms: vec![0; question.forms.share.len()],
            grams: vec![0; question.grams.share.len()],
            met: Vec::new(),
            stands: Vec::new(),
            seen: vec![0.0; question.words.len()],
            best: vec![0.0; question.words.len()],
        }
    }

    pub(super) fn read(&mut self, entry: usize) -> Reading {
        let mut reading = Reading::default();
        let mut units: Vec<f32> = Vec::new();
        self.forms.fill(0);
        self.best.fill(0.0);
        for (words, length) in self.texts.units(entry) {
            self.take_in(words);
            reading.held =
                reading.held.max(self.met.iter().map(|g| self.question.grams.share[*g as usize]).sum());
            units.push(self.grams_of_unit(length));
            reading.neighbours = reading.neighbours.max(self.neighbours());
            reading.glance = reading.glance.max(self.best_glance(words.len()));
        }
        let length = self.texts.length(entry);
        reading.words = saturated(self.forms.iter().zip(&self.question.forms.share), length);
        let missing = self.best.iter().zip(&self.question.words).map(|(best, share)| (1.0 - best) * share);
        reading.missing = missing.fold(0.0, f32::max);
        units.sort_unstable_by(|a, b| b.total_cmp(a));
        reading.unit = units.first().copied().unwrap_or_default();
        let counted = units.len().clamp(1, BEST_UNITS);
        reading.units = units.iter().take(counted).sum::<f32>() / counted as f32;
        reading
    }

    fn take_in(&mut self, words: &[u32]) {
        self.stands.clear();
        for (at, word) in words.iter().enumerate() {
            let Some(found) = self.question.get(*word) else { continue };
            for form in found.forms {
                self.forms[*form as usize] += 1;
            }
            for gram in found.grams {
                let count = &mut self.grams[*gram as usize];
                if *count == 0 {
                    self.met.push(*gram);
                }
                *count += 1;
            }
            for (word, alike) in found.alike() {
                self.stands.push((at, word, alike));
                self.best[word] = self.best[word].max(alike);
            }
        }
    }

    fn grams_of_unit(&mut self, length: f32) -> f32 {
        let share = &self.question.grams.share;
        let met = self.met.iter().map(|gram| (&self.grams[*gram as usize], &share[*gram as usize]));
        let score = saturated(met, length);
        for gram in self.met.drain(..) {
            self.grams[gram as usize] = 0;
        }
        score
    }

    /// The share of the question's pairs of neighbours that this unit has near each other, in order.
    fn neighbours(&self) -> f32 {
        let words = &self.question.words;
        let mut last: Vec<Option<(usize, f32)>> = vec![None; words.len()];
        let mut near = vec![0.0_f32; words.len()];
        for (at, word, alike) in &self.stands {
            last[*word] = Some((*at, *alike));
            let before = word.checked_sub(1).and_then(|before| last[before]);
            if let Some((distance @ 1..=NEIGHBOURS, both)) =
                before.map(|(b, other)| (at - b, alike.min(other)))
            {
                near[*word] = near[*word].max(both / (distance as f32).sqrt());
            }
        }
        let weights = words.windows(2).map(|pair| (pair[0] * pair[1]).sqrt());
        let all = weights.clone().sum::<f32>().max(f32::MIN_POSITIVE);
        weights.zip(near.iter().skip(1)).map(|(weight, near)| weight * near).sum::<f32>() / all
    }

    fn best_glance(&mut self, words: usize) -> f32 {
        let mut most = 0.0_f32;
        let mut from = 0;
        let mut rest = &self.stands[..];
        loop {
            rest = &rest[rest.partition_point(|s| s.0 < from)..];
            let seen = &rest[..rest.partition_point(|s| s.0 < from + GLANCE)];
            for (_, word, alike) in seen {
                self.seen[*word] = self.seen[*word].max(*alike);
            }
            let mut held = 0.0;
            for (_, word, _) in seen {
                held += self.question.words[*word] * std::mem::take(&mut self.seen[*word]);
            }
            most = most.max(held);
            if from + GLANCE >= words {
                return most;
            }
            from += GLANCE / 2;
        }
    }
}

/// The sum of shares, each by how often its part was met in a text of this length (of the mean).
fn saturated<'a>(counted: impl Iterator<Item = (&'a u32, &'a f32)>, length: f32) -> f32 {
    let held_back = K1 * (1.0 - B + B * length);
    let counted = counted.map(|(n, share)| (*n as f32, share));
    counted.map(|(n, share)| share * n * (K1 + 1.0) / (n + held_back)).sum()
}
