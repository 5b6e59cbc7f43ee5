//! A question as the store sees it: what each of its parts weighs, and which words of the store share it.

use super::text::Word;
use super::texts::Texts;
use super::vocabulary::{Groups, Terms, WordId};
use std::collections::HashSet;

/// What a function word counts, of a full word.
const FUNCTION_WORD: f32 = 0.4;
/// What the written form counts beside the stem.
const EXACT_FORM: f32 = 0.5;
/// How much of a word's n-grams, by weight, another must share to stand for it.
const ALIKE: f32 = 0.3;
/// The n-grams of a word so long that it may be several run together (13 letters), and how much of them another must
/// share to hint at an entry.
const LONG: usize = 36;
const LONG_HINT: f32 = 0.15;
/// How well a word with the same stem stands for another.
const SAME_STEM: f32 = 0.85;
/// How many words of a question look for entries: the weightiest.
const SEEKERS: usize = 12;

/// Terms of one kind and what each weighs, as shares of the whole question.
pub(super) struct Parts {
    terms: Vec<Option<u32>>,
    pub(super) share: Vec<f32>,
}

impl Parts {
    fn of(known: &Terms, mut wanted: Vec<(u32, f32)>) -> Self {
        wanted.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        wanted.dedup_by_key(|w| w.0);
        let terms: Vec<Option<u32>> = wanted.iter().map(|w| known.find(w.0)).collect();
        let share = wanted.iter().zip(&terms).map(|(w, term)| w.1 * known.rarity(*term)).collect();
        Self { terms, share: shares(share) }
    }

    /// The share that the store does not know.
    pub(super) fn unknown(&self) -> f32 {
        self.share.iter().zip(&self.terms).filter(|(_, term)| term.is_none()).map(|(share, _)| share).sum()
    }

    /// Each word that holds a part, with the part's place.
    fn held<'a>(&'a self, known: &'a Terms) -> impl Iterator<Item = (WordId, u32)> + 'a {
        let found = (0..).zip(&self.terms).filter_map(|(at, term)| term.map(|term| (at, term)));
        found.flat_map(|(at, term)| known.holders(term).iter().map(move |word| (*word, at)))
    }
}

/// One question, ready to read entries with.
pub(super) struct Question {
    pub(super) forms: Parts,
    pub(super) grams: Parts,
    /// What each different word weighs, as a share of the whole question.
    pub(super) words: Vec<f32>,
    /// How many words the question has, repeats counted.
    pub(super) count: usize,
    /// For each word of the store one more than its place among the matched; 0 for none.
    place: Vec<u32>,
    matched: Vec<WordId>,
    form_hits: Groups,
    gram_hits: Groups,
    alike: Groups,
}

/// What a word of the store shares with the question.
pub(super) struct Match<'a> {
    /// Places among the question's forms.
    pub(super) forms: &'a [u32],
    /// Places among its n-grams, with repeats.
    pub(super) grams: &'a [u32],
    alike: &'a [u32],
}

impl Match<'_> {
    /// The words of the question it may stand for, and how well, 0 to 1.
    pub(super) fn alike(&self) -> impl Iterator<Item = (usize, f32)> {
        self.alike.iter().map(|packed| unpacked(*packed))
    }
}

impl Question {
    /// Weighs the words, and returns beside them how much of the question each entry holds, roughly.
    pub(super) fn of(texts: &Texts, words: &[Word], function: &HashSet<u32>) -> (Self, Vec<f32>) {
        let weight = |w: &Word| if function.contains(&w.exact) { FUNCTION_WORD } else { 1.0 };
        let forms = |w: &Word| [(w.exact, weight(w) * EXACT_FORM), (w.stem, weight(w))];
        let forms = Parts::of(&texts.forms, words.iter().flat_map(forms).collect());
        let grams = |w: &Word| w.grams.iter().map(|gram| (*gram, weight(w))).collect::<Vec<_>>();
        let grams = Parts::of(&texts.grams, words.iter().flat_map(grams).collect());
        let mut different: Vec<&Word> = Vec::new();
        for word in words {
            if !different.contains(&word) {
                different.push(word);
            }
        }
        let rarity =
            |w: &Word| texts.forms.rarity(texts.forms.find(w.exact).or_else(|| texts.forms.find(w.stem)));
        let share = shares(different.iter().map(|w| weight(w) * rarity(w)).collect());
        let mut question = Self {
            forms,
            grams,
            words: share,
            count: words.len(),
            place: vec![0; texts.vocabulary()],
            matched: Vec::new(),
            form_hits: Groups::default(),
            gram_hits: Groups::default(),
            alike: Groups::default(),
        };
        question.find_hits(texts);
        let rough = question.find_alike(texts, &different);
        (question, rough)
    }

    /// What a word of the store shares with the question, if anything.
    pub(super) fn get(&self, word: WordId) -> Option<Match<'_>> {
        let place = self.place[word as usize].checked_sub(1)?;
        Some(Match {
            forms: self.form_hits.get(place),
            grams: self.gram_hits.get(place),
            alike: self.alike.get(place),
        })
    }

    fn find_hits(&mut self, texts: &Texts) {
        let (place, matched) = (&mut self.place, &mut self.matched);
        let mut placed = |(word, at): (WordId, u32)| {
            let place = &mut place[word as usize];
            if *place == 0 {
                matched.push(word);
                *place = matched.len() as u32;
            }
            (*place - 1, at)
        };
        let grams: Vec<(u32, u32)> = self.grams.held(&texts.grams).map(&mut placed).collect();
        let forms: Vec<(u32, u32)> = self.forms.held(&texts.forms).map(&mut placed).collect();
        self.gram_hits = Groups::of(self.matched.len(), grams.iter().copied());
        self.form_hits = Groups::of(self.matched.len(), forms.iter().copied());
    }

    /// Finds the words of the store that may stand for each word, and adds up what the entries hold of them.
    fn find_alike(&mut self, texts: &Texts, words: &[&Word]) -> Vec<f32> {
        let mut rough = vec![0.0_f32; texts.len()];
        let mut best = vec![0.0_f32; texts.len()];
        let mut likeness = Likeness { of: vec![0.0; self.matched.len()], touched: Vec::new() };
        let mut pairs = Vec::new();
        let least = self.least_seeker();
        for ((number, word), share) in (0_u32..).zip(words).zip(&self.words) {
            likeness.measure(texts, word, &self.place);
            let hint = if word.grams.len() >= LONG { LONG_HINT } else { ALIKE };
            let mut entries = Vec::new();
            for place in likeness.touched.drain(..) {
                let alike = std::mem::take(&mut likeness.of[place as usize]).min(1.0);
                if alike >= ALIKE {
                    pairs.push((place, packed(number, alike)));
                }
                if alike < hint || *share < least {
                    continue;
                }
                for entry in texts.holders(self.matched[place as usize]) {
                    let best = &mut best[*entry as usize];
                    if *best == 0.0 {
                        entries.push(*entry);
                    }
                    *best = best.max(alike);
                }
            }
            for entry in entries {
                rough[entry as usize] += share * std::mem::take(&mut best[entry as usize]);
            }
        }
        self.alike = Groups::of(self.matched.len(), pairs.iter().copied());
        rough
    }

    /// The share of the lightest word that looks for entries.
    fn least_seeker(&self) -> f32 {
        let mut shares = self.words.clone();
        shares.sort_unstable_by(|a, b| b.total_cmp(a));
        shares.get(SEEKERS - 1).copied().unwrap_or_default()
    }
}

/// How well each matched word stands for one word of the question.
struct Likeness {
    of: Vec<f32>,
    /// The places that are not zero.
    touched: Vec<u32>,
}

impl Likeness {
    fn measure(&mut self, texts: &Texts, word: &Word, place: &[u32]) {
        let mut grams: Vec<(Option<u32>, f32)> =
            word.grams.iter().map(|g| (texts.grams.find(*g), 0.0)).collect();
        for (term, rarity) in &mut grams {
            *rarity = texts.grams.rarity(*term);
        }
        let all = grams.iter().map(|g| g.1).sum::<f32>().max(f32::MIN_POSITIVE);
        grams.sort_unstable_by_key(|g| g.0);
        grams.dedup_by_key(|g| g.0);
        for (term, rarity) in grams {
            let holders = term.map_or(&[][..], |term| texts.grams.holders(term));
            for same in holders.chunk_by(|a, b| a == b) {
                self.raise(place[same[0] as usize], |alike| alike + rarity / all);
            }
        }
        for (form, score) in [(word.stem, SAME_STEM), (word.exact, 1.0)] {
            let holders = texts.forms.find(form).map_or(&[][..], |term| texts.forms.holders(term));
            for holder in holders {
                self.raise(place[*holder as usize], |alike| alike.max(score));
            }
        }
    }

    fn raise(&mut self, place: u32, to: impl Fn(f32) -> f32) {
        let alike = &mut self.of[place as usize - 1];
        if *alike == 0.0 {
            self.touched.push(place - 1);
        }
        *alike = to(*alike);
    }
}

/// Weights as shares of their sum.
fn shares(mut weights: Vec<f32>) -> Vec<f32> {
    let all = weights.iter().sum::<f32>().max(f32::MIN_POSITIVE);
    weights.iter_mut().for_each(|weight| *weight /= all);
    weights
}

/// The number of a word and how alike another is, in steps of 1/65,535.
fn packed(number: u32, alike: f32) -> u32 {
    number << 16 | (alike * 65_535.0) as u32
}

fn unpacked(packed: u32) -> (usize, f32) {
    ((packed >> 16) as usize, (packed & 0xffff) as f32 / 65_535.0)
}
