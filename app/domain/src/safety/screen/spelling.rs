//! From tokens as written to the forms they stand for: misspellings, digits for letters, words run together or pulled
//! apart, Arabic words with the small words written onto them.

use super::lexicon::{Language, Lexicon, letter_set};
use super::read::{Token, exact_form, folded_form, without_leet};
use super::variants::{self, arabic as arabic_variants};
use crate::function_words::function_words;
use std::collections::HashSet;
use std::sync::LazyLock;

/// How a token came to stand for a form.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Fit {
    Same,
    /// The letters agree, the accents are missing.
    Bare,
    /// The letters agree, the accents do not.
    OtherAccents,
    /// One letter is wrong.
    Misspelt,
}

/// The forms a token may stand for, and how.
pub(super) type Meanings = Vec<(u32, Fit)>;

/// The function words of the languages that have a list here, folded. Chinese is read by the character and has none.
fn ordinary() -> &'static HashSet<String> {
    static WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| {
        ["en", "es", "vi", "ar", "fr", "de"]
            .iter()
            .flat_map(|l| function_words(l).split_whitespace())
            .map(|w| folded_form(&exact_form(w)))
            .collect()
    });
    &WORDS
}

/// Whether it is a small word of a language that has a list.
pub(super) fn is_ours(word: &str) -> bool {
    ordinary().contains(word)
}

/// The forms a token may stand for.
pub(super) fn meanings(lexicon: &Lexicon, token: &Token, languages: &[Language]) -> Meanings {
    let mut out = Vec::new();
    if token.folded.chars().all(|c| c.is_ascii_digit()) {
        return out;
    }
    let variants = arabic_variants(&token.folded);
    literal(lexicon, &token.folded, &token.exact, &mut out);
    for variant in &variants {
        literal(lexicon, variant, variant, &mut out);
    }
    for (language, variant) in variants::of(&token.folded, languages) {
        let mut found = Vec::new();
        literal(lexicon, &variant, &variant, &mut found);
        found.retain(|(id, _)| lexicon.forms[*id as usize].language == language);
        found.retain(|found| !out.iter().any(|(known, _)| *known == found.0));
        out.extend(found);
    }
    if let Some(doubled) = &token.doubled {
        literal(lexicon, doubled, doubled, &mut out);
    }
    if token.digits && out.is_empty() {
        for word in without_leet(&token.exact) {
            misspelt(lexicon, &word, languages, &mut out);
        }
    } else if !is_whole(lexicon, &out, languages) && !is_ours(&token.folded) {
        for word in std::iter::once(&token.folded).chain(&variants) {
            misspelt(lexicon, word, languages, &mut out);
        }
    }
    out
}

/// Whether a token is, to the letter, a word of a likely language.
fn is_whole(lexicon: &Lexicon, meanings: &Meanings, languages: &[Language]) -> bool {
    meanings
        .iter()
        .map(|(id, _)| &lexicon.forms[*id as usize])
        .any(|f| languages.contains(&f.language) && (!f.prefix || f.letters.len() >= 5))
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
            || (form.prefix && (word.len() + 1 < length || word.len() > length + 4))
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

/// Reads digits as letters where that makes a known word, puts together words pulled apart and takes apart words run together, where that makes them known.
pub(super) fn mend(lexicon: &Lexicon, tokens: &[Token], languages: &[Language]) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        let plain = plain(lexicon, &tokens[at]);
        let token = &plain;
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
        if token.folded.chars().count() >= 5
            && !is_known(lexicon, token)
            && !is_whole(lexicon, &meanings(lexicon, token, languages), languages)
            && let Some(parts) = take_apart(lexicon, token, languages)
        {
            out.extend(parts);
        } else {
            out.push(token.clone());
        }
        at += 1;
    }
    out
}

/// The token with its digits read as letters, if that is a word we know.
fn plain(lexicon: &Lexicon, token: &Token) -> Token {
    let words = if token.digits && token.is_word() { without_leet(&token.exact) } else { Vec::new() };
    words
        .into_iter()
        .map(|word| Token { exact: word.clone(), folded: word, digits: false, ..token.clone() })
        .find(|t| t.folded.chars().count() >= 3 && is_known(lexicon, t))
        .unwrap_or_else(|| token.clone())
}

fn is_known(lexicon: &Lexicon, token: &Token) -> bool {
    let mut found = Vec::new();
    literal(lexicon, &token.folded, &token.exact, &mut found);
    !found.is_empty()
        || is_ours(&token.folded)
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
fn take_apart(lexicon: &Lexicon, token: &Token, languages: &[Language]) -> Option<Vec<Token>> {
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
            let single = to - from == 1 && !(from == 0 && matches!(chars[0], 'i' | 'y' | 'o'));
            let known = !single && is_ours(&part)
                || lexicon.whole.get(&part).is_some_and(|ids| {
                    ids.iter().any(|id| languages.contains(&lexicon.forms[*id as usize].language))
                })
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
    let long = |part: &Token| part.folded.chars().count() >= 4 && is_finding_form(lexicon, part);
    let covered = unknown * 6 <= chars.len() && (chars.len() >= 9 || unknown == 0);
    (parts.len() >= 2 && covered && parts.iter().any(long)).then_some(parts)
}
