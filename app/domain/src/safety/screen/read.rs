//! Reads a text as a person would see it: look-alike letters, invisible characters, stretched or spaced-out words and
//! digits in place of letters are undone, and every token remembers where in the original it stood.

use super::LONGEST;
use crate::letters::{base_letter, is_invisible, is_unspaced, is_vowel_sign};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// One word of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Token {
    /// Lower case with its accents, repeated letters once.
    pub(super) exact: String,
    /// The same without accents.
    pub(super) folded: String,
    /// If letters were stretched (`killlll`), the folded word with two of each.
    pub(super) doubled: Option<String>,
    /// Byte range in the original text.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Which clause and which sentence it is in, counted from 0.
    pub(super) clause: usize,
    pub(super) sentence: usize,
    /// Whether it was written with a capital first.
    pub(super) capital: bool,
    /// Whether digits or signs stand among its letters.
    pub(super) digits: bool,
}

impl Token {
    pub(super) fn is_word(&self) -> bool {
        self.folded.chars().any(char::is_alphabetic)
    }
}

/// A text taken apart.
#[derive(Debug, Default)]
pub(super) struct Text {
    pub(super) tokens: Vec<Token>,
    /// For each sentence whether it ends in a question mark.
    pub(super) asked: Vec<bool>,
}

/// Takes a text apart; what stands past [`LONGEST`] characters is left out.
pub(super) fn read(text: &str) -> Text {
    let mut reader = Reader::default();
    let mut chars = text.char_indices().take(LONGEST).peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        reader.take(at, c, next);
    }
    reader.flush();
    reader.text.asked.resize(reader.sentence + 1, false);
    let Reader { mut text, .. } = reader;
    text.tokens = once(join_spelled_out(text.tokens));
    text
}

/// The form words are compared in: lower case, accents kept, stretched letters (`raaash`) written once.
pub(super) fn exact_form(word: &str) -> String {
    unstretched(word.nfkc().flat_map(char::to_lowercase).map(joined).filter(|c| !is_invisible(*c)))
}

/// The form without accents.
pub(super) fn folded_form(exact: &str) -> String {
    unstretched(exact.chars().filter(|c| !is_combining_mark(*c) && !is_vowel_sign(*c)).map(base_letter))
}

/// The folded word with two of each letter that stands three times or more; nothing if none does.
fn doubled(word: &str) -> Option<String> {
    let mut kept = String::new();
    let mut stretched = false;
    for c in word.chars().flat_map(char::to_lowercase).map(base_letter) {
        if kept.ends_with(&[c, c].iter().collect::<String>()) && c.is_alphabetic() {
            stretched = true;
        } else {
            kept.push(c);
        }
    }
    stretched.then_some(kept)
}

/// Three or more of one letter in a row become one; two may be how the word is spelt.
fn unstretched(letters: impl Iterator<Item = char>) -> String {
    let mut out = String::new();
    let mut run = 0;
    for c in letters {
        run = if out.ends_with(c) && !c.is_ascii_digit() { run + 1 } else { 1 };
        match run {
            1 | 2 => out.push(c),
            3 => {
                out.pop();
            }
            _ => {}
        }
    }
    out
}

fn joined(c: char) -> char {
    crate::hanzi::simplified(crate::letters::join_variants(c))
}

#[derive(Default)]
struct Reader {
    text: Text,
    word: String,
    start: usize,
    end: usize,
    clause: usize,
    sentence: usize,
    capital: bool,
}

impl Reader {
    fn take(&mut self, at: usize, c: char, next: Option<char>) {
        let after_letter = !self.word.is_empty();
        if is_invisible(c) || (after_letter && is_apostrophe(c)) {
            if is_apostrophe(c) && is_elided(&self.word) {
                self.flush();
            }
            return;
        }
        let before_letter = next.is_some_and(|n| n.is_alphanumeric() || is_invisible(n));
        for plain in std::iter::once(enclosed(c)).nfkd() {
            if plain.is_alphanumeric() || is_combining_mark(plain) {
                self.push(at, c, plain);
            } else if let ('@' | '$' | '!' | '|' | '€' | '+', true, true) =
                (plain, after_letter, before_letter)
            {
                self.push(at, c, plain);
            } else {
                self.flush();
                self.stop(plain, next);
            }
        }
    }

    fn push(&mut self, at: usize, original: char, plain: char) {
        if is_combining_mark(plain) && self.word.is_empty() {
            return;
        }
        if is_unspaced(plain) {
            self.flush();
        }
        if self.word.is_empty() {
            self.start = at;
            self.capital = plain.is_uppercase();
        }
        self.word.push(plain);
        self.end = at + original.len_utf8();
        if is_unspaced(plain) {
            self.flush();
        }
    }

    fn flush(&mut self) {
        if self.word.is_empty() {
            return;
        }
        let word = std::mem::take(&mut self.word);
        let exact = latin_letters(&without_stacked_marks(&exact_form(&word)));
        self.text.tokens.push(Token {
            doubled: doubled(&word),
            folded: folded_form(&exact),
            digits: exact.chars().any(|c| !c.is_alphabetic() && !is_combining_mark(c)),
            exact,
            start: self.start,
            end: self.end,
            clause: self.clause,
            sentence: self.sentence,
            capital: self.capital,
        });
    }

    fn stop(&mut self, c: char, next: Option<char>) {
        let ends = match c {
            '?' | '؟' | '\u{37e}' => {
                self.text.asked.resize(self.sentence + 1, false);
                self.text.asked[self.sentence] = true;
                true
            }
            '.' => next.is_none_or(|n| !n.is_alphanumeric()),
            '!' | '。' | '\n' | '…' | '۔' => true,
            _ => false,
        };
        if ends {
            self.sentence += 1;
            self.clause += 1;
            self.text.asked.resize(self.sentence + 1, false);
        } else if matches!(c, ',' | ';' | ':' | '(' | ')' | '،' | '؛' | '、' | '–' | '—') {
            self.clause += 1;
        }
    }
}

/// Accents that no language stacks are noise around the letter.
fn without_stacked_marks(word: &str) -> String {
    let mut kept = String::with_capacity(word.len());
    for c in word.chars().filter(|c| !is_vowel_sign(*c)) {
        if !is_combining_mark(c) {
            kept.push(c);
        }
    }
    kept
}

/// A character of an unspaced script three times or more in a row stands once.
fn once(tokens: Vec<Token>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    for run in tokens.chunk_by(|a, b| a.exact == b.exact) {
        let stretched = run.len() >= 3 && run[0].exact.chars().all(is_unspaced);
        out.extend_from_slice(if stretched { &run[..1] } else { run });
    }
    out
}

/// Letters that three or more spaces or dots have pulled apart become one word again.
fn join_spelled_out(tokens: Vec<Token>) -> Vec<Token> {
    let single = |t: &Token| {
        t.exact.chars().count() == 1 && (t.is_word() || t.digits) && !t.exact.chars().all(is_unspaced)
    };
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        let run = tokens[at..].iter().take_while(|t| single(t)).count();
        let letters = tokens[at..at + run].iter().filter(|t| t.is_word()).count();
        if run >= 3 && letters * 2 > run {
            let parts = &tokens[at..at + run];
            let exact = exact_form(&parts.iter().map(|t| t.exact.as_str()).collect::<String>());
            out.push(Token {
                folded: folded_form(&exact),
                exact,
                end: parts[run - 1].end,
                ..parts[0].clone()
            });
        } else {
            out.extend_from_slice(&tokens[at..at + run.max(1)]);
        }
        at += run.max(1);
    }
    out
}

/// What French leaves of a small word before a vowel: `j'ai`, `qu'il`. No English word is cut so.
fn is_elided(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "j" | "l" | "m" | "t" | "s" | "n" | "c" | "qu" | "jusqu" | "lorsqu" | "puisqu"
    )
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2bc}' | '`' | '\u{2018}' | '\u{b4}' | '\u{ff07}')
}

/// Letters in circles, squares and flags.
fn enclosed(c: char) -> char {
    let letter = |first: u32| char::from(b'a' + ((c as u32 - first) % 26) as u8);
    match c {
        '\u{1f130}'..='\u{1f149}' => letter(0x1f130),
        '\u{1f150}'..='\u{1f169}' => letter(0x1f150),
        '\u{1f170}'..='\u{1f189}' => letter(0x1f170),
        '\u{1f1e6}'..='\u{1f1ff}' => letter(0x1f1e6),
        _ => c,
    }
}

/// A word all of whose letters can be read as Latin ones is read so; a word truly in another script is left alone.
fn latin_letters(word: &str) -> String {
    if word.is_ascii() || word.chars().all(|c| is_latin(c) || !c.is_alphabetic()) {
        return word.to_owned();
    }
    let mut read = String::with_capacity(word.len());
    for c in word.chars() {
        match look_alike(c) {
            Some(latin) => read.push(latin),
            None if is_latin(c) || !c.is_alphabetic() => read.push(c),
            None => return word.to_owned(),
        }
    }
    exact_form(&read)
}

pub(super) fn is_latin(c: char) -> bool {
    matches!(c, 'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

/// The Latin letter that a letter of another script is mistaken for.
fn look_alike(c: char) -> Option<char> {
    Some(match c {
        'а' | 'α' | 'ɑ' | 'ᴀ' | 'ꭺ' | 'ꓮ' | 'ａ' => 'a',
        'в' | 'β' | 'ʙ' | 'ь' | 'ᏼ' | 'ƅ' | 'ꓐ' => 'b',
        'с' | 'ϲ' | 'ᴄ' | 'ⅽ' | 'ꮯ' | 'ꓚ' => 'c',
        'ԁ' | 'ᴅ' | 'ꭰ' | 'ժ' | 'ꓓ' => 'd',
        'е' | 'ε' | 'ё' | 'є' | 'ҽ' | 'ᴇ' | 'ꭼ' | 'э' | 'ꓰ' => 'e',
        'ғ' | 'ꜰ' | 'ϝ' | 'ք' | 'ꓝ' => 'f',
        'ɡ' | 'ɢ' | 'ց' | 'ԍ' | 'ꓖ' => 'g',
        'һ' | 'н' | 'ʜ' | 'հ' | 'η' | 'ꮋ' | 'ꓧ' => 'h',
        'і' | 'ι' | 'ɪ' | 'ї' | 'ӏ' | 'ı' | 'ꭵ' | 'ꓲ' => 'i',
        'ј' | 'ᴊ' | 'ϳ' | 'ꓙ' => 'j',
        'к' | 'κ' | 'ᴋ' | 'ĸ' | 'ꮶ' | 'ꓗ' => 'k',
        'ʟ' | 'ⅼ' | 'ꮮ' | 'ꓡ' => 'l',
        'м' | 'ᴍ' | 'μ' | 'ꮇ' | 'ꓟ' => 'm',
        'п' | 'ɴ' | 'ո' | 'и' | 'ꓠ' => 'n',
        'о' | 'ο' | 'σ' | 'ᴏ' | 'օ' | 'ө' | 'ꓳ' => 'o',
        'р' | 'ρ' | 'ᴘ' | 'ꮲ' | 'ꓑ' => 'p',
        'ԛ' | 'զ' => 'q',
        'г' | 'ʀ' | 'ꭱ' | 'ꮢ' | 'ꓣ' | 'я' => 'r',
        'ѕ' | 'ꜱ' | 'ꮪ' | 'ꓢ' => 's',
        'т' | 'τ' | 'ᴛ' | 'ꭲ' | 'ꓔ' => 't',
        'υ' | 'ᴜ' | 'ս' | 'ꓴ' => 'u',
        'ѵ' | 'ν' | 'ᴠ' | 'ꮩ' | 'ꓦ' => 'v',
        'ѡ' | 'ω' | 'ᴡ' | 'ԝ' | 'ꮃ' | 'ꓪ' => 'w',
        'х' | 'χ' | 'ⅹ' | 'ꓫ' => 'x',
        'у' | 'γ' | 'ʏ' | 'ү' | 'ꓬ' => 'y',
        'ᴢ' | 'ꮓ' | 'ζ' | 'ꓜ' => 'z',
        _ => return None,
    })
}

/// What a word may mean when digits and signs stand for letters, most likely first.
pub(super) fn without_leet(word: &str) -> Vec<String> {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    if letters == 0 || word.chars().all(char::is_alphabetic) {
        return Vec::new();
    }
    let swap = |one: char| {
        let read = |c: char| match c {
            '0' => 'o',
            '1' | '!' | '|' => one,
            '3' | '€' => 'e',
            '4' | '@' => 'a',
            '5' | '$' => 's',
            '7' | '+' => 't',
            '8' => 'b',
            '9' => 'g',
            '6' => 'b',
            '2' => 'z',
            c => c,
        };
        folded_form(&word.chars().map(read).collect::<String>())
    };
    vec![swap('i'), swap('l')]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        read(text).tokens.into_iter().map(|t| t.folded).collect()
    }

    #[test]
    fn disguises_come_off() {
        for disguised in [
            "rash",
            "ｒａｓｈ",
            "r\u{200b}a\u{ad}sh",
            "rаsh",
            "RAAASH",
            "rashhhhh",
            "r a s h",
            "r.a.s.h",
            "🅡🅐🅢🅗",
            "r̶a̶s̶h̶",
        ] {
            assert_eq!(words(disguised), ["rash"], "{disguised}");
        }
        assert_eq!(without_leet("r4sh")[0], "rash");
        assert_eq!(words("can’t"), words("cant"));
    }

    #[test]
    fn tokens_know_where_they_stood() {
        let text = "¡Ay! me  mareé.";
        let read = read(text);
        assert_eq!(&text[read.tokens[2].start..read.tokens[2].end], "mareé");
        assert_eq!(read.tokens[2].sentence, 1);
    }

    #[test]
    fn other_scripts_are_left_alone() {
        assert_eq!(words("сыпь"), ["сыпь"]);
        assert_eq!(words("طفح جلدي"), ["طفح", "جلدي"]);
    }
}
