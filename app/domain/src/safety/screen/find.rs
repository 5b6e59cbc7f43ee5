//! Finds the lexicon's patterns in a text, forgiving misspellings.

use super::lexicon::{Language, Lexicon, Role, Slot, letter_set};
use super::read::{Text, Token, exact_form, folded_form, without_leet};
use crate::function_words::function_words;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A pattern found: tokens `first..=last`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Found {
    pub(super) role: Role,
    pub(super) weight: f32,
    pub(super) language: Language,
    pub(super) first: usize,
    pub(super) last: usize,
}

/// Everything found, and which tokens mean something to us at all.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) found: Vec<Found>,
    pub(super) known: Vec<bool>,
}

/// How a token came to stand for a form.
#[derive(Clone, Copy, PartialEq)]
enum Fit {
    Same,
    /// The letters agree, the accents are missing.
    Bare,
    /// The letters agree, the accents do not.
    OtherAccents,
    /// One letter is wrong.
    Misspelt,
}

type Meanings = Vec<(u32, Fit)>;

/// Function words, folded, and whether they belong to a language that has a list here.
fn ordinary() -> &'static HashMap<String, bool> {
    static WORDS: LazyLock<HashMap<String, bool>> = LazyLock::new(|| {
        let words = |languages: &[&str]| -> Vec<String> {
            languages
                .iter()
                .flat_map(|l| function_words(l).split_whitespace())
                .map(|w| folded_form(&exact_form(w)))
                .collect()
        };
        let mut all: HashMap<String, bool> = words(&["fr", "de"]).into_iter().map(|w| (w, false)).collect();
        all.extend(words(&["en", "es", "vi", "ar"]).into_iter().map(|w| (w, true)));
        all
    });
    &WORDS
}

/// Reads a text against the lexicon. Misspellings are looked for in the given languages, the likely ones; words of
/// Vietnamese without their accents count only if it is among them.
pub(super) fn find(lexicon: &Lexicon, text: &Text, languages: &[Language]) -> (Vec<Token>, Findings) {
    let vietnamese = languages.contains(&Language::Vietnamese);
    let tokens = mend(lexicon, &text.tokens);
    let meanings: Vec<Meanings> = tokens.iter().map(|t| meanings(lexicon, t, languages)).collect();
    let filler: Vec<bool> = (0..tokens.len()).map(|i| is_filler(lexicon, &meanings[i])).collect();
    let mut found = Vec::new();
    for first in 0..tokens.len() {
        for (form, _) in &meanings[first] {
            for number in lexicon.starting.get(form).into_iter().flatten() {
                let pattern = &lexicon.patterns[*number as usize];
                if pattern.role == Role::Filler || pattern.role == Role::Common {
                    continue;
                }
                let mut fits = Vec::with_capacity(pattern.slots.len());
                let Some(last) =
                    follow(pattern.slots.as_slice(), &tokens, &meanings, &filler, first, &mut fits)
                else {
                    continue;
                };
                if trusted(pattern.language, &fits, vietnamese) {
                    found.push(Found {
                        role: pattern.role,
                        weight: pattern.weight,
                        language: pattern.language,
                        first,
                        last,
                    });
                }
            }
        }
    }
    found.sort_by(|a, b| {
        (a.first, a.last, a.role).cmp(&(b.first, b.last, b.role)).then(b.weight.total_cmp(&a.weight))
    });
    found.dedup_by_key(|f| (f.first, f.last, f.role));
    let known = tokens
        .iter()
        .zip(&meanings)
        .map(|(t, m)| !m.is_empty() || ordinary().get(&t.folded) == Some(&true))
        .collect();
    (tokens, Findings { found, known })
}

/// Walks the pattern's places from token `at`, which must fit the first; gives the last token.
fn follow(
    slots: &[Slot],
    tokens: &[Token],
    meanings: &[Meanings],
    filler: &[bool],
    at: usize,
    fits: &mut Vec<Fit>,
) -> Option<usize> {
    let (slot, rest) = slots.split_first()?;
    let fit = meanings[at]
        .iter()
        .filter(|(f, _)| slot.forms.contains(f))
        .map(|(_, fit)| *fit)
        .min_by_key(|f| *f as u8)?;
    fits.push(fit);
    let Some(next) = rest.first() else { return Some(at) };
    let mut skipped = 0;
    let mut fillers = 0;
    for candidate in at + 1..tokens.len() {
        if tokens[candidate].sentence != tokens[at].sentence {
            break;
        }
        let kept = fits.len();
        if let Some(last) = follow(rest, tokens, meanings, filler, candidate, fits) {
            return Some(last);
        }
        fits.truncate(kept);
        if filler[candidate] && fillers < 3 {
            fillers += 1;
        } else {
            skipped += 1;
        }
        if skipped > next.gap {
            break;
        }
    }
    fits.pop();
    None
}

/// Whether a pattern found with these fits is to be believed: accents carry the meaning in Vietnamese, and short
/// patterns leave no room for doubt.
fn trusted(language: Language, fits: &[Fit], vietnamese: bool) -> bool {
    let count = |fit: Fit| fits.iter().filter(|f| **f == fit).count();
    if count(Fit::Misspelt) > 1 + fits.len() / 4 {
        return false;
    }
    match language {
        Language::Vietnamese => {
            (vietnamese || count(Fit::Bare) + count(Fit::Misspelt) == 0)
                && count(Fit::OtherAccents) <= usize::from(fits.len() >= 3)
        }
        _ => true,
    }
}

fn is_filler(lexicon: &Lexicon, meanings: &Meanings) -> bool {
    meanings.iter().filter(|(_, fit)| *fit != Fit::Misspelt).any(|(form, _)| {
        lexicon.starting.get(form).is_some_and(|starts| {
            starts.iter().any(|p| {
                let pattern = &lexicon.patterns[*p as usize];
                pattern.role == Role::Filler && pattern.slots.len() == 1
            })
        })
    })
}

/// The forms a token may stand for.
fn meanings(lexicon: &Lexicon, token: &Token, languages: &[Language]) -> Meanings {
    let mut out = Vec::new();
    if token.folded.chars().all(|c| c.is_ascii_digit()) {
        return out;
    }
    literal(lexicon, &token.folded, &token.exact, &mut out);
    for variant in arabic_variants(&token.folded) {
        literal(lexicon, &variant, &variant, &mut out);
    }
    if token.digits && out.is_empty() {
        for word in without_leet(&token.exact) {
            literal(lexicon, &word, &word, &mut out);
        }
        if out.is_empty() {
            for word in without_leet(&token.exact) {
                misspelt(lexicon, &word, languages, &mut out);
            }
        }
    } else if out.is_empty() && !ordinary().contains_key(&token.folded) {
        misspelt(lexicon, &token.folded, languages, &mut out);
    }
    out
}

fn literal(lexicon: &Lexicon, folded: &str, exact: &str, out: &mut Meanings) {
    let mut add = |ids: &[u32]| {
        for id in ids {
            let form = &lexicon.forms[*id as usize];
            let as_written = form.exact == exact || (form.prefix && exact.starts_with(&form.exact));
            let fit = if as_written || form.language != Language::Vietnamese {
                Fit::Same
            } else if folded == exact {
                Fit::Bare
            } else {
                Fit::OtherAccents
            };
            if !out.iter().any(|(known, _)| known == id) {
                out.push((*id, fit));
            }
        }
    };
    if let Some(ids) = lexicon.whole.get(folded) {
        add(ids);
    }
    for (end, _) in folded.char_indices().map(|(i, c)| (i + c.len_utf8(), c)) {
        if end > lexicon.longest_prefix {
            break;
        }
        if let Some(ids) = lexicon.prefix.get(&folded[..end]) {
            add(ids);
        }
    }
}

/// An Arabic word without the small words written onto its front.
fn arabic_variants(word: &str) -> Vec<String> {
    if !word.chars().next().is_some_and(|c| ('\u{620}'..='\u{64a}').contains(&c)) {
        return Vec::new();
    }
    ["وبال", "وال", "فال", "بال", "كال", "لل", "ال", "و", "ف", "ب", "ل", "س", "ك"]
        .iter()
        .filter_map(|front| word.strip_prefix(front))
        .filter(|rest| rest.chars().count() >= 2)
        .map(str::to_owned)
        .collect()
}

/// Forms one slip of the finger away: a letter more, less, other, or two swapped.
fn misspelt(lexicon: &Lexicon, word: &str, languages: &[Language], out: &mut Meanings) {
    let word: Vec<char> = word.chars().collect();
    if word.len() < 4 {
        return;
    }
    let letters = letter_set(&word);
    for (id, form) in lexicon.forms.iter().enumerate() {
        let target = form.letters.as_slice();
        let length = target.len();
        if length < 4
            || !form.sought
            || !languages.contains(&form.language)
            || (form.letters.first() != word.first() && length < 7)
            || (form.letter_set & !letters).count_ones() > 1
            || (!form.prefix && length.abs_diff(word.len()) > 1)
            || (form.prefix && (word.len() + 1 < length || word.len() > length + 3))
        {
            continue;
        }
        let near = if form.prefix {
            (length - 1..=length + 1).any(|n| n <= word.len() && one_slip(&word[..n], target))
        } else {
            one_slip(&word, target)
        };
        if near {
            out.push((id as u32, Fit::Misspelt));
        }
    }
}

/// Whether two words differ by one slip. Words of four letters may only have two neighbours swapped.
fn one_slip(a: &[char], b: &[char]) -> bool {
    let same_front = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[same_front..], &b[same_front..]);
    let same_back = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[..a.len() - same_back], &b[..b.len() - same_back]);
    let length = same_front + same_back + b.len();
    match (a, b) {
        ([x, y], [p, q]) => x == q && y == p,
        ([], [_]) | ([_], []) | ([_], [_]) => length >= 5,
        _ => false,
    }
}

/// Puts together words pulled apart and takes apart words run together, where that makes them known.
fn mend(lexicon: &Lexicon, tokens: &[Token]) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        let token = &tokens[at];
        if let Some(next) = tokens.get(at + 1)
            && next.start <= token.end + 2
            && !is_known(lexicon, token)
        {
            let exact = format!("{}{}", token.exact, next.exact);
            let joined = Token {
                folded: format!("{}{}", token.folded, next.folded),
                exact,
                end: next.end,
                ..token.clone()
            };
            if joined.folded.chars().count() >= 5 && is_finding_form(lexicon, &joined) {
                out.push(joined);
                at += 2;
                continue;
            }
        }
        if token.folded.chars().count() >= 9
            && !is_known(lexicon, token)
            && let Some(parts) = take_apart(lexicon, token)
        {
            out.extend(parts);
        } else {
            out.push(token.clone());
        }
        at += 1;
    }
    out
}

fn is_known(lexicon: &Lexicon, token: &Token) -> bool {
    let mut found = Vec::new();
    literal(lexicon, &token.folded, &token.exact, &mut found);
    !found.is_empty()
        || ordinary().contains_key(&token.folded)
        || !arabic_variants(&token.folded).is_empty() && {
            arabic_variants(&token.folded).iter().for_each(|v| literal(lexicon, v, v, &mut found));
            !found.is_empty()
        }
}

/// Whether the word, whole, is one that a pattern is looking for.
fn is_finding_form(lexicon: &Lexicon, token: &Token) -> bool {
    let mut found = Vec::new();
    literal(lexicon, &token.folded, &token.exact, &mut found);
    found.iter().any(|(id, _)| lexicon.forms[*id as usize].folded.chars().count() >= 4)
}

/// Splits `icantbreathe` into words we know, if they cover it all.
fn take_apart(lexicon: &Lexicon, token: &Token) -> Option<Vec<Token>> {
    let chars: Vec<char> = token.folded.chars().collect();
    if chars.len() > 120 {
        return None;
    }
    // cheapest way to reach each place: unknown letters cost, known words are nearly free
    let mut best: Vec<(u32, usize, bool)> = vec![(u32::MAX, 0, false); chars.len() + 1];
    best[0] = (0, 0, true);
    for from in 0..chars.len() {
        let (cost, _, _) = best[from];
        if cost == u32::MAX {
            continue;
        }
        for to in from + 1..=chars.len().min(from + 18) {
            let part: String = chars[from..to].iter().collect();
            let known = ordinary().contains_key(&part)
                || lexicon.whole.contains_key(&part)
                || (to - from >= 4
                    && is_finding_form(
                        lexicon,
                        &Token { folded: part.clone(), exact: part, ..Token::default() },
                    ));
            let price = if known { 2 } else { 3 * (to - from) as u32 };
            if cost + price < best[to].0 {
                best[to] = (cost + price, from, known);
            }
        }
    }
    let mut parts = Vec::new();
    let (mut end, mut unknown) = (chars.len(), 0);
    while end > 0 {
        let (_, from, known) = best[end];
        if !known {
            unknown += end - from;
        }
        let folded: String = chars[from..end].iter().collect();
        parts.push(Token { exact: folded.clone(), folded, digits: false, ..token.clone() });
        end = from;
    }
    parts.reverse();
    (parts.len() >= 2 && unknown * 6 <= chars.len()).then_some(parts)
}
