//! Approved texts as PDF files that a screen reader can read aloud: tagged (PDF/UA-1), titled, and in one language.
//!
//! Parley shapes the words and breaks the lines, krilla writes and tags them. A text is only ever letters to be drawn,
//! so nothing in it can be taken for an instruction. The same text gives the same bytes, whenever it is written.

mod export;
mod fonts;
mod glyphs;
mod letters;
mod lines;
mod markdown;
mod setting;
mod sheets;
#[cfg(test)]
mod tests;

pub use markdown::{Titles, blocks_of};

use domain::error::{Error, Result};
use letters::{is_seen, one_line};
use setting::{Depths, Setter};

/// One text, ready for paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The document's name in the viewer's title bar, and its first heading.
    pub title: String,
    /// `en`, `es`, `vi` or `ar`: how it is read aloud, and from which side.
    pub lang: &'static str,
    pub blocks: Vec<Block>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Levels count among themselves: the outermost stands right below the title, whatever its number.
    Heading {
        level: u8,
        text: String,
    },
    Paragraph(Vec<Span>),
    List {
        ordered: bool,
        items: Vec<Vec<Span>>,
    },
    /// Labels and what they stand for.
    Facts(Vec<(String, String)>),
    Quote(Vec<Span>),
}

/// A run of text in one style. A line feed in it begins a new line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    pub text: String,
    pub bold: bool,
    pub italic: bool,
}

impl Span {
    pub fn plain(text: impl Into<String>) -> Span {
        Span { text: text.into(), bold: false, italic: false }
    }
}

/// The document as a PDF file. It takes a moment of computing: call it where blocking is allowed.
pub fn write(document: &Document) -> Result<Vec<u8>> {
    let title = one_line(&document.title);
    if !is_seen(&title) {
        return Err(Error::internal("a PDF needs a title"));
    }
    let mut setter = Setter::new(document.lang)?;
    let mut trees = vec![setter.heading(1, &title)?];
    let mut depths = Depths(Vec::new());
    for block in document.blocks.iter().filter(|block| !is_blank(block)) {
        trees.push(setter.block(block, &mut depths)?);
    }
    let sheets = sheets::into_sheets(std::mem::take(&mut setter.lines));
    let feet = (1..=sheets.len()).map(|page| setter.foot(page, sheets.len())).collect::<Result<Vec<_>>>()?;
    export::export(document, &title, &sheets, &feet, trees)
}

/// Nothing in it would show: a heading without words is a fault in PDF/UA-1.
fn is_blank(block: &Block) -> bool {
    match block {
        Block::Heading { text, .. } => !is_seen(text),
        Block::Paragraph(spans) | Block::Quote(spans) => no_words(spans),
        Block::List { items, .. } => items.iter().all(|item| no_words(item)),
        Block::Facts(facts) => facts.is_empty(),
    }
}

fn no_words(spans: &[Span]) -> bool {
    !spans.iter().any(|span| is_seen(&span.text))
}
