//! The letters of a text: which of them are seen, and how each looks.

use super::Span;
use super::setting::Look;
use domain::letters::{is_invisible, is_unspaced};
use std::ops::Range;

pub(super) type Letter = (char, Look);

/// The letters that can be seen, each with its look.
pub(super) fn letters_of(spans: &[Span]) -> Vec<Letter> {
    let look = |span: &Span| Look { bold: span.bold, italic: span.italic };
    spans
        .iter()
        .flat_map(|span| span.text.chars().filter_map(visible).map(move |c| (c, look(span))))
        .collect()
}

/// Control characters say nothing on paper, and those that turn the direction of all that follows could make a text
/// say something else.
pub(super) fn visible(c: char) -> Option<char> {
    match c {
        '\n' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\t' | '\u{b}' | '\u{c}' | '\u{85}' => Some(' '),
        // Arabic signs that are seen on paper, though they hold no meaning
        '\u{600}'..='\u{605}' | '\u{640}' | '\u{6dd}' => Some(c),
        // what joins, parts and turns single words
        '\u{200b}'..='\u{200f}' | '\u{61c}' | '\u{2060}' | '\u{2066}'..='\u{2069}' => Some(c),
        _ if c.is_control() || is_invisible(c) => None,
        // no font of ours has these scripts, and where their words end is a science
        _ if is_unspaced(c) => Some(char::REPLACEMENT_CHARACTER),
        _ => Some(c),
    }
}

pub(super) fn text_of(letters: &[Letter]) -> String {
    letters.iter().map(|(c, _)| c).collect()
}

pub(super) fn looks_by_byte(letters: &[Letter]) -> Vec<Look> {
    letters.iter().flat_map(|(c, look)| std::iter::repeat_n(*look, c.len_utf8())).collect()
}

pub(super) fn runs_of(letters: &[Letter]) -> Vec<(Range<usize>, Look)> {
    let mut at = 0;
    let run = |letters: &[Letter]| {
        let start = at;
        at += letters.iter().map(|(c, _)| c.len_utf8()).sum::<usize>();
        (start..at, letters[0].1)
    };
    letters.chunk_by(|(_, a), (_, b)| a == b).map(run).collect()
}

pub(super) fn starts_of(letters: &[Letter]) -> Vec<usize> {
    let after = |at: &mut usize, letter: &Letter| Some(std::mem::replace(at, *at + letter.0.len_utf8()));
    letters.iter().scan(0, after).collect()
}

pub(super) fn is_seen(text: &str) -> bool {
    text.chars().filter_map(visible).any(|c| !c.is_whitespace() && !is_invisible(c))
}

pub(super) fn one_line(text: &str) -> String {
    let seen: String = text.chars().filter_map(visible).collect();
    seen.replace('\n', " ").trim().to_owned()
}
