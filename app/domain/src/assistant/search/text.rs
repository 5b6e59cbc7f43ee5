//! Turns text into the integer terms the index counts: words, stems and character n-grams, in any script.
//!
//! A term is a 32-bit hash, so neither building nor asking keeps strings.

use crate::function_words::function_words;
use crate::letters::{base_letter, is_unspaced, is_vowel_sign, normalise};
use std::collections::HashSet;
use unicode_normalization::char::is_combining_mark;

/// Lengths of the n-grams of a word, which is padded with a space on both sides.
const GRAMS: std::ops::RangeInclusive<usize> = 3..=5;
/// Lengths of the n-grams that begin at a character of a script without spaces.
const UNSPACED_GRAMS: std::ops::RangeInclusive<usize> = 1..=3;

/// One word in the forms the index knows it by; in scripts without spaces, one character and what follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// As written, but for case and compatibility forms; without spaces, a pair of characters.
    pub(super) exact: u32,
    /// A shortened form shared by most inflections of the word.
    pub(super) stem: u32,
    /// The character n-grams.
    pub(super) grams: Vec<u32>,
}

/// Reads a text into its words, in order. `locale_tag` only decides what is language, not script: the stems.
pub(super) fn words(locale_tag: &str, text: &str) -> Vec<Word> {
    let mut reader = Reader { stemmer: Stemmer::of(locale_tag), ..Reader::default() };
    for c in normalise(text) {
        reader.take(c);
    }
    reader.flush();
    reader.out
}

/// The function words of a language, in the form a word's `exact` has, with and without their accents.
pub(super) fn function_terms(locale_tag: &str) -> HashSet<u32> {
    words(locale_tag, function_words(language(locale_tag))).iter().map(|w| w.exact).collect()
}

/// The language of a tag: `zh` of `zh-Hant`.
pub(super) fn language(locale_tag: &str) -> &str {
    locale_tag.split(['-', '_']).next().unwrap_or_default()
}

#[derive(Default)]
struct Reader {
    out: Vec<Word>,
    exact: Vec<char>,
    folded: Vec<char>,
    unspaced: bool,
    stemmer: Stemmer,
}

impl Reader {
    fn take(&mut self, c: char) {
        if is_vowel_sign(c) {
            return;
        }
        if is_combining_mark(c) {
            if self.unspaced {
                self.exact.push(c);
                self.folded.push(c);
            } else if !self.exact.is_empty() {
                self.exact.push(c);
            }
            return;
        }
        if !c.is_alphanumeric() {
            return self.flush();
        }
        let unspaced = is_unspaced(c);
        if unspaced != self.unspaced {
            self.flush();
            self.unspaced = unspaced;
        }
        self.exact.push(c);
        self.folded.push(base_letter(c));
    }

    fn flush(&mut self) {
        if self.exact.is_empty() {
            return;
        }
        if self.unspaced {
            self.flush_run()
        } else {
            self.flush_word()
        }
        self.exact.clear();
        self.folded.clear();
    }

    /// A run without spaces: every character begins a word with its neighbour.
    fn flush_run(&mut self) {
        for at in 0..self.exact.len() {
            let rest = &self.exact[at..];
            let pair = hash(b'w', &rest[..rest.len().min(2)]);
            let grams = UNSPACED_GRAMS.filter_map(|n| rest.get(..n)).map(|gram| hash(b'g', gram)).collect();
            self.out.push(Word { exact: pair, stem: pair, grams });
        }
    }

    fn flush_word(&mut self) {
        let folded = &self.folded[..];
        let stem = hash(b's', self.stemmer.stem(folded));
        let mut padded = Vec::with_capacity(folded.len() + 2);
        padded.push(' ');
        padded.extend_from_slice(folded);
        padded.push(' ');
        let grams = GRAMS.flat_map(|n| padded.windows(n)).map(|gram| hash(b'g', gram)).collect();
        self.out.push(Word { exact: hash(b'w', &self.exact), stem, grams });
    }
}

#[derive(Default, Clone, Copy, PartialEq)]
enum Stemmer {
    Arabic,
    /// One syllable a word, nothing to strip.
    Isolating,
    #[default]
    Prefix,
}

impl Stemmer {
    fn of(locale_tag: &str) -> Self {
        match language(locale_tag) {
            "ar" | "fa" | "ur" => Self::Arabic,
            "vi" => Self::Isolating,
            _ => Self::Prefix,
        }
    }

    fn stem(self, word: &[char]) -> &[char] {
        match self {
            Self::Arabic => arabic_stem(word),
            Self::Isolating => word,
            Self::Prefix if word.len() > 5 => &word[..5],
            Self::Prefix => word,
        }
    }
}

/// Article, conjunctions and common endings off, never below three letters (after Larkey's light stemmer).
fn arabic_stem(word: &[char]) -> &[char] {
    const FRONT: [&[char]; 6] =
        [&['و', 'ا', 'ل'], &['ب', 'ا', 'ل'], &['ك', 'ا', 'ل'], &['ف', 'ا', 'ل'], &['ا', 'ل'], &['ل', 'ل']];
    const BACK: [&[char]; 10] = [
        &['ه', 'ا'],
        &['ا', 'ن'],
        &['ا', 'ت'],
        &['و', 'ن'],
        &['ي', 'ن'],
        &['ي', 'ه'],
        &['ه', 'م'],
        &['ه'],
        &['ي'],
        &['ا'],
    ];
    let mut rest = word;
    if rest.len() > 3 && rest[0] == 'و' {
        rest = &rest[1..];
    }
    if let Some(front) = FRONT.iter().find(|f| rest.starts_with(f) && rest.len() >= f.len() + 2) {
        rest = &rest[front.len()..];
    }
    for back in BACK {
        if rest.ends_with(back) && rest.len() >= back.len() + 3 {
            rest = &rest[..rest.len() - back.len()];
            break;
        }
    }
    rest
}

/// FNV-1a over the scalars, salted by kind, with a final mix so that few bits suffice.
fn hash(kind: u8, chars: &[char]) -> u32 {
    let mut h = 0xcbf2_9ce4_8422_2325_u64 ^ u64::from(kind).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    for c in chars {
        h = (h ^ u64::from(*c as u32)).wrapping_mul(0x0000_0100_0000_01b3);
        h ^= h >> 29;
    }
    h = h.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (h ^ (h >> 31)) as u32
}
