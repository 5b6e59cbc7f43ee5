//! Whether a question is written in another language than the page it was asked on. Small words and script decide; in
//! doubt it is the page's language.

use crate::function_words::function_words;
use crate::letters::{base_letter, is_vowel_sign, normalise};
use crate::locale::Locale;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Signs of a language before it is taken for another one than the page's.
const SIGNS: usize = 2;

/// A word as written, and without its accents.
struct Word {
    exact: String,
    folded: String,
}

struct Lists {
    exact: HashSet<String>,
    folded: HashSet<String>,
}

/// The other language a question seems to be in, if it is another one.
pub fn other(text: &str, page: Locale) -> Option<Locale> {
    let words = words(text);
    let here = signs(text, &words, page, true);
    let (best, count) = Locale::ALL
        .into_iter()
        .filter(|locale| *locale != page)
        .map(|locale| (locale, signs(text, &words, locale, false)))
        .max_by_key(|(_, count)| *count)?;
    let is_alone =
        Locale::ALL.into_iter().all(|l| l == best || l == page || signs(text, &words, l, false) < count);
    (count >= SIGNS && count > 2 * here && is_alone).then_some(best)
}

/// Signs of a language in a text. For the page's own, words written without their accents count too.
fn signs(text: &str, words: &[Word], locale: Locale, is_page: bool) -> usize {
    let lists = lists(locale);
    let small = words
        .iter()
        .filter(|word| {
            lists.exact.contains(&word.exact)
                || ((is_page || locale != Locale::Vi) && lists.folded.contains(&word.folded))
        })
        .count();
    let script = match locale {
        Locale::En => 0,
        Locale::Es => usize::from(text.contains(['¿', '¡', 'ñ', 'Ñ'])),
        Locale::Vi => words.iter().filter(|word| word.exact.chars().any(is_vietnamese)).count(),
        Locale::Ar => words.iter().filter(|word| word.exact.chars().any(is_arabic)).count(),
    };
    small + script
}

/// Letters that of our languages only Vietnamese writes.
fn is_vietnamese(c: char) -> bool {
    matches!(c, 'ă' | 'đ' | 'ơ' | 'ư' | '\u{1ea0}'..='\u{1ef9}')
}

fn is_arabic(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{6ff}')
}

fn words(text: &str) -> Vec<Word> {
    let letters: String = normalise(text).filter(|c| !is_vowel_sign(*c)).collect();
    letters
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| Word { exact: word.to_owned(), folded: word.chars().map(base_letter).collect() })
        .collect()
}

fn lists(locale: Locale) -> &'static Lists {
    static LISTS: LazyLock<[Lists; 4]> = LazyLock::new(|| Locale::ALL.map(read));
    let at = Locale::ALL.iter().position(|known| *known == locale).unwrap_or(0);
    &LISTS[at]
}

fn read(locale: Locale) -> Lists {
    let words = words(function_words(locale.tag()));
    Lists {
        exact: words.iter().map(|word| word.exact.clone()).collect(),
        folded: words.into_iter().map(|word| word.folded).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_in_another_language_is_noticed_on_every_page() {
        let questions = [
            ("Where do I keep my inhaler?", Locale::En),
            ("¿Dónde guardo el inhalador?", Locale::Es),
            ("¿Cuánto cuesta?", Locale::Es),
            ("donde puedo guardar el inhalador en la casa", Locale::Es),
            ("Tôi cất ống hít ở đâu?", Locale::Vi),
            ("أين أحفظ البخاخ؟", Locale::Ar),
        ];
        for (text, locale) in questions {
            for page in Locale::ALL {
                let expected = (page != locale).then_some(locale);
                assert_eq!(other(text, page), expected, "{text} on {page}");
            }
        }
    }

    #[test]
    fn in_doubt_it_is_the_language_of_the_page() {
        for (text, page) in [
            ("Aerovent", Locale::Ar),
            ("warfarin", Locale::Es),
            ("inhaler price", Locale::Vi),
            ("toi cat ong hit o dau", Locale::Vi),
            ("Can I drink tequila in Cancún, señor?", Locale::En),
            ("", Locale::En),
            ("???", Locale::Ar),
            ("🫁🫁🫁", Locale::Es),
            ("What does \"el jarabe\" mean?", Locale::En),
        ] {
            assert_eq!(other(text, page), None, "{text} on {page}");
        }
    }
}
