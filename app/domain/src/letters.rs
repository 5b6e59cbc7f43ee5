//! What single characters are, whatever the language: seen or unseen, spaced or not, and the letter under the accents.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::decompose_canonical;

/// Lower case, compatibility forms resolved, invisible characters gone, Arabic letter variants joined.
pub fn normalise(text: &str) -> impl Iterator<Item = char> + '_ {
    text.nfkc()
        .filter(|c| !is_invisible(*c))
        .flat_map(char::to_lowercase)
        .filter(|c| *c != '\u{307}')
        .map(join_variants)
}

/// Characters that shape text but are not seen: format controls, joiners, direction marks, variation selectors.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{640}' | '\u{6dd}' | '\u{70f}'
        | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// Arabic letters that writers use one for another, as one.
pub fn join_variants(c: char) -> char {
    match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ی' => 'ي',
        'ة' => 'ه',
        'ک' => 'ك',
        'ؤ' => 'و',
        'ئ' => 'ي',
        _ => c,
    }
}

/// Whether the script writes words without spaces between them.
pub fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3005}'..='\u{3007}'
        | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Arabic vowel signs, which writers put or leave as they like.
pub fn is_vowel_sign(c: char) -> bool {
    matches!(c, '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}')
}

/// The letter under its accents.
pub fn base_letter(c: char) -> char {
    match c {
        'đ' => 'd',
        'ł' => 'l',
        'ø' => 'o',
        'ß' => 's',
        'ı' => 'i',
        'æ' => 'a',
        'œ' => 'o',
        _ if c.is_ascii() || is_unspaced(c) => c,
        _ => {
            let mut first = c;
            let mut seen = false;
            decompose_canonical(c, |d| {
                if !seen {
                    first = d;
                    seen = true;
                }
            });
            first
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_text_become_one() {
        let plain = |text: &str| normalise(text).collect::<String>();
        assert_eq!(plain("Ｒａｓｈ\u{200b}"), "rash");
        assert_eq!(plain("İstanbul"), "istanbul");
        assert_eq!(plain("أمّةـ"), plain("امّه"));
    }

    #[test]
    fn accents_come_off_letters_and_only_letters() {
        let bare = |text: &str| text.chars().map(base_letter).collect::<String>();
        assert_eq!(bare("ướtđẫmñü"), "uotdamnu");
        assert_eq!(bare("藥7-"), "藥7-");
    }
}
