//! Whether we can read a text at all. What we cannot read goes to a person; names, numbers and short replies do not.

use super::lexicon::Language;
use super::read::{Text, Token, exact_form, folded_form, is_latin};
use crate::function_words::function_words;
use crate::letters::is_unspaced;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a text seems to be written in.
pub(super) struct Tongue {
    /// The page's language, and those whose small words the text uses.
    pub(super) likely: Vec<Language>,
    /// The one it is most likely in.
    pub(super) language: Language,
    /// Whether its small words say so.
    pub(super) sure: bool,
    /// Whether it seems to be in a language we have no list for.
    pub(super) foreign: bool,
}

const TONGUES: [(&str, Option<Language>); 11] = [
    ("en", Some(Language::English)),
    ("es", Some(Language::Spanish)),
    ("vi", Some(Language::Vietnamese)),
    ("ar", Some(Language::Arabic)),
    ("fr", Some(Language::French)),
    ("de", Some(Language::German)),
    ("it", None),
    ("pt", None),
    ("pl", None),
    ("sv", None),
    ("tr", None),
];

/// Counts each language's small words in the text. Words that several languages share count for all of them.
pub(super) fn tongue(text: &Text, locale_tag: &str) -> Tongue {
    static WORDS: LazyLock<HashMap<String, u16>> = LazyLock::new(|| {
        let mut words = HashMap::new();
        for (number, (tag, _)) in TONGUES.iter().enumerate() {
            for word in function_words(tag)
                .split_whitespace()
                .flat_map(|w| [exact_form(w), folded_form(&exact_form(w))])
            {
                *words.entry(word).or_default() |= 1 << number;
            }
        }
        words
    });
    let mut votes = [0_usize; TONGUES.len()];
    for token in &text.tokens {
        let in_tongues =
            WORDS.get(&token.exact).or_else(|| WORDS.get(&token.folded)).copied().unwrap_or_default();
        for (number, vote) in votes.iter_mut().enumerate() {
            *vote += usize::from(in_tongues >> number & 1);
        }
    }
    let ours = |known: bool| {
        TONGUES
            .iter()
            .zip(votes)
            .filter(move |((_, l), _)| l.is_some() == known)
            .map(|(_, v)| v)
            .max()
            .unwrap_or_default()
    };
    let (best, other) = (ours(true), ours(false));
    let likely = TONGUES
        .iter()
        .zip(votes)
        .filter(|((tag, _), vote)| locale_tag.starts_with(tag) || (*vote >= 2 && *vote >= best))
        .filter_map(|((_, language), _)| *language)
        .collect();
    let language = language(text, locale_tag, &votes);
    let mut likely: Vec<Language> = likely;
    if language == Language::Chinese && !likely.contains(&language) {
        likely.push(language);
    }
    Tongue { likely, language, sure: best >= 2, foreign: other >= 2 && other > best }
}

/// The language a text is most likely in: by its script, by its small words, else the page's, else English.
fn language(text: &Text, locale_tag: &str, votes: &[usize]) -> Language {
    let share = |is: fn(char) -> bool| {
        let written = |t: &&Token| t.folded.chars().any(is);
        2 * text.tokens.iter().filter(written).count() > text.tokens.iter().filter(|t| t.is_word()).count()
    };
    if share(is_unspaced) {
        return Language::Chinese;
    }
    if share(is_arabic) {
        return Language::Arabic;
    }
    let page = |tag: &str| locale_tag.starts_with(tag);
    TONGUES
        .iter()
        .zip(votes)
        .filter_map(|((tag, language), vote)| Some((*vote, page(tag), (*language)?)))
        .filter(|(vote, page, _)| *vote > 0 || *page)
        .max_by_key(|(vote, page, _)| (*vote, *page))
        .map_or(Language::English, |(_, _, language)| language)
}

/// Whether the text holds words that none of our lists can make sense of.
pub(super) fn is_unreadable(tokens: &[Token], known: &[bool]) -> bool {
    let words: Vec<(&Token, bool)> =
        tokens.iter().zip(known).filter(|(t, _)| t.is_word() && !t.digits).map(|(t, k)| (t, *k)).collect();
    let letters = |t: &Token| t.folded.chars().filter(|c| c.is_alphabetic()).count();
    let foreign: usize =
        words.iter().filter(|(t, _)| !is_our_script(&t.folded)).map(|(t, _)| letters(t)).sum();
    let all: usize = words.iter().map(|(t, _)| letters(t)).sum();
    if foreign >= 3 && foreign * 10 >= all * 3 {
        return true;
    }
    let mashed = words.iter().filter(|(t, k)| !k && is_mashed(t)).count();
    let long = words.iter().filter(|(t, _)| letters(t) >= 4).count();
    if mashed > 0 && mashed * 2 >= long.max(1) {
        return true;
    }
    let names = words.iter().filter(|(t, _)| t.capital).count();
    if names * 3 >= words.len() * 2 {
        return false;
    }
    let understood = words.iter().filter(|(_, k)| *k).count();
    words.len() >= 5 && understood * 5 < words.len()
}

fn is_our_script(word: &str) -> bool {
    word.chars().all(|c| !c.is_alphabetic() || is_latin(c) || is_arabic(c) || is_chinese(c))
}

fn is_arabic(c: char) -> bool {
    ('\u{600}'..='\u{6ff}').contains(&c)
}

pub(super) fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// Letters no language puts in a row: fingers on a keyboard.
fn is_mashed(token: &Token) -> bool {
    let word: Vec<char> = token.folded.chars().collect();
    if word.len() < 5 || !word.iter().all(char::is_ascii_lowercase) {
        return false;
    }
    let vowel = |c: &char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let longest = word.split(vowel).map(<[char]>::len).max().unwrap_or_default();
    let repeated = (2..=4).any(|n| word.len() >= 3 * n && word.chunks(n).all(|c| word.starts_with(c)));
    longest >= 6 || (longest >= 5 && word.iter().filter(|c| vowel(c)).count() * 5 < word.len()) || repeated
}
