//! What the model sees of a text: words, pairs of words, pieces of words and what the lists found, each as one of
//! [`BUCKETS`] numbers. The text is cut into windows first, so that one sentence counts the same in a long letter.

use super::super::find::Findings;
use super::super::judge::Weighed;
use super::super::lexicon::Role;
use super::super::read::{Text, Token};
use crate::letters::is_unspaced;

/// How many numbers a feature is hashed into, a power of two.
pub const BUCKETS: usize = 1 << 16;
/// Most tokens in a window; a text of no more is one window.
const WINDOW: usize = 40;
/// Sentences are put together until a window has as many tokens.
const ENOUGH: usize = 12;
/// How much more than a piece of a word counts what the lists found.
const FOUND: f32 = 3.0;
/// The longest piece of a word, in letters.
const PIECE: usize = 5;

/// One window of a text: where its tokens are, and the features with their values, of length one together.
#[derive(Debug, Clone, Default)]
pub struct Window {
    pub(crate) first: usize,
    pub(crate) last: usize,
    /// Bucket and value, each bucket once.
    pub features: Vec<(u32, f32)>,
}

/// What has been read and found of a text, taken together.
pub(crate) struct Seen<'a> {
    pub(crate) text: &'a Text,
    pub(crate) findings: &'a Findings,
    pub(crate) weighed: &'a [Weighed],
}

/// Cuts a text into windows and takes the features of each. `tokens` are the text's own, before any was mended.
pub(crate) fn windows(seen: &Seen<'_>, mended: &[Token]) -> Vec<Window> {
    let tokens = &seen.text.tokens;
    cuts(tokens)
        .into_iter()
        .map(|(first, last)| {
            let mut bag = Bag::default();
            written(&mut bag, seen.text, &tokens[first..=last]);
            let (start, end) = (tokens[first].start, tokens[last].end);
            let within = |at: usize| mended[at].start >= start && mended[at].end <= end;
            found(&mut bag, seen, &within);
            Window { first, last, features: bag.into_unit() }
        })
        .collect()
}

/// First and last token of each window.
fn cuts(tokens: &[Token]) -> Vec<(usize, usize)> {
    if tokens.is_empty() {
        return Vec::new();
    }
    if tokens.len() <= WINDOW {
        return vec![(0, tokens.len() - 1)];
    }
    let mut cuts = Vec::new();
    let mut first = 0;
    for at in 0..tokens.len() {
        let length = at + 1 - first;
        let ends = tokens.get(at + 1).is_none_or(|next| next.sentence != tokens[at].sentence);
        if (ends && length >= ENOUGH) || length == WINDOW || at + 1 == tokens.len() {
            cuts.push((first, at));
            first = at + 1;
        }
    }
    cuts
}

/// Words, pairs of words, and pieces of words.
fn written(bag: &mut Bag, text: &Text, tokens: &[Token]) {
    let mut before: [Option<&str>; 2] = [None, None];
    for (at, token) in tokens.iter().enumerate() {
        let word = if token.is_word() { token.folded.as_str() } else { "#" };
        bag.add(1.0, &["w", word]);
        if token.exact != token.folded {
            bag.add(1.0, &["e", &token.exact]);
        }
        if let Some(last) = before[1] {
            bag.add(1.0, &["p", last, word]);
        }
        let unspaced = word.chars().all(is_unspaced);
        if let ([Some(last), Some(previous)], true) = (before, unspaced) {
            bag.add(1.0, &["t", last, previous, word]);
        }
        if token.is_word() && !unspaced {
            pieces(bag, word);
        }
        before = [before[1], Some(word)];
        let ends = tokens.get(at + 1).is_none_or(|next| next.sentence != token.sentence);
        if ends && text.asked.get(token.sentence) == Some(&true) {
            bag.add(1.0, &["p", word, "?"]);
            bag.add(1.0, &["w", "?"]);
        }
    }
}

/// The buckets of a word by itself.
pub(super) fn of_word(token: &Token) -> Vec<u32> {
    let mut bag = Bag::default();
    bag.add(1.0, &["w", &token.folded]);
    if token.exact != token.folded {
        bag.add(1.0, &["e", &token.exact]);
    }
    if !token.folded.chars().all(is_unspaced) {
        pieces(&mut bag, &token.folded);
    }
    bag.0.into_iter().map(|(bucket, _)| bucket).collect()
}

fn pieces(bag: &mut Bag, word: &str) {
    let letters: Vec<char> = std::iter::once(' ').chain(word.chars().take(30)).chain([' ']).collect();
    let mut piece = String::new();
    for from in 0..letters.len() {
        piece.clear();
        for (length, letter) in (1..=PIECE).zip(&letters[from..]) {
            piece.push(*letter);
            if length >= 2 {
                bag.add(1.0, &["c", &piece]);
            }
        }
    }
}

/// What the lists found in the window, and the words of context that say who, when and whether.
fn found(bag: &mut Bag, seen: &Seen<'_>, within: &dyn Fn(usize) -> bool) {
    for w in seen.weighed.iter().filter(|w| within(w.found.first) && within(w.found.last)) {
        let strength = match w.weight {
            w if w >= 1.0 => "3",
            w if w >= 0.5 => "2",
            w if w >= 0.3 => "1",
            _ => "0",
        };
        bag.add(FOUND, &["l", role_name(w.found.role), strength]);
    }
    for f in seen.findings.found.iter().filter(|f| within(f.first) && within(f.last)) {
        if !f.role.is_finding() && !matches!(f.role, Role::Filler | Role::Common) {
            bag.add(FOUND, &["r", role_name(f.role)]);
        }
    }
}

fn role_name(role: Role) -> &'static str {
    match role {
        Role::Emergency => "emergency",
        Role::Crisis => "crisis",
        Role::Reaction => "reaction",
        Role::Complaint => "complaint",
        Role::Pregnancy
        | Role::Overdose
        | Role::Misuse
        | Role::Error
        | Role::Ineffective
        | Role::OffLabel => "special",
        Role::Figure => "figure",
        Role::Negation => "negation",
        Role::Question => "question",
        Role::Experience => "experience",
        Role::Condition => "condition",
        Role::Person => "person",
        Role::Turn => "turn",
        Role::Filler | Role::Common => "",
    }
}

/// Features being collected.
#[derive(Default)]
struct Bag(Vec<(u32, f32)>);

impl Bag {
    fn add(&mut self, value: f32, parts: &[&str]) {
        self.0.push((bucket(parts), value));
    }

    /// Each bucket once, the whole of length one.
    fn into_unit(mut self) -> Vec<(u32, f32)> {
        self.0.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        self.0.dedup_by_key(|(bucket, _)| *bucket);
        let length = self.0.iter().map(|(_, v)| v * v).sum::<f32>().sqrt().max(1.0);
        self.0.iter_mut().for_each(|(_, v)| *v /= length);
        self.0
    }
}

/// FNV-1a over the parts, folded into the buckets.
fn bucket(parts: &[&str]) -> u32 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in parts.iter().flat_map(|p| p.bytes().chain([0xff])) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    ((hash ^ (hash >> 32) ^ (hash >> 17)) as usize & (BUCKETS - 1)) as u32
}

#[cfg(test)]
mod tests {
    use crate::safety::screen::model::features_of;

    #[test]
    fn a_disguise_looks_the_same_and_another_word_does_not() {
        let plain = features_of("I have a rash", "en");
        assert_eq!(plain[0].features, features_of("I  HAVE a r\u{200b}ash", "en")[0].features);
        assert_ne!(plain[0].features, features_of("I have a car", "en")[0].features);
        let length: f32 = plain[0].features.iter().map(|(_, v)| v * v).sum();
        assert!((length - 1.0).abs() < 1e-4);
    }

    #[test]
    fn long_texts_are_cut_at_their_sentences() {
        let text = "This is a sentence of a good many words that says nothing much at all. ".repeat(10);
        let windows = features_of(&text, "en");
        assert!(windows.len() >= 5);
        assert!(windows.windows(2).all(|w| w[0].last + 1 == w[1].first));
        assert!(features_of("", "en").is_empty());
    }
}
