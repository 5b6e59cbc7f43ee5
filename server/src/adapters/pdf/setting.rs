//! From blocks to lines and their tags: how each kind of text looks, and what it is to a screen reader.

use super::fonts::Fonts;
use super::letters::one_line;
use super::{Block, Span, no_words};
use domain::error::Result;
use krilla::tagging::{ListNumbering, Tag, TagKind};
use krilla::text::{Font, KrillaGlyph};
use parley::{Alignment, LayoutContext};
use std::num::NonZeroU16;

pub(super) type Color = [u8; 3];
pub(super) const INK: Color = [0x1b, 0x22, 0x32];
pub(super) const SOFT: Color = [0x4d, 0x52, 0x61];
pub(super) const RAIL: Color = [0x0b, 0x5b, 0x4c];

/// How a kind of text looks.
#[derive(Clone, Copy)]
pub(super) struct Type {
    pub(super) size: f32,
    /// From one line to the next.
    pub(super) leading: f32,
    pub(super) color: Color,
    pub(super) bold: bool,
    pub(super) align: Alignment,
}

pub(super) const BODY: Type =
    Type { size: 11.5, leading: 18.0, color: INK, bold: false, align: Alignment::Start };
pub(super) const TITLE: Type = Type { size: 21.0, leading: 28.0, bold: true, ..BODY };
pub(super) const SECTION: Type = Type { size: 15.0, leading: 21.0, bold: true, color: RAIL, ..BODY };
pub(super) const SUBSECTION: Type = Type { size: 12.5, leading: 18.5, bold: true, ..BODY };
pub(super) const LABEL: Type = Type { size: 10.0, leading: 15.0, color: SOFT, ..BODY };
pub(super) const PAGE_NUMBER: Type =
    Type { size: 9.5, leading: 14.0, color: SOFT, align: Alignment::Center, ..BODY };

/// A line on its way to a page.
pub(super) struct Line {
    /// Space before it, unless it opens a page.
    pub(super) above: f32,
    pub(super) height: f32,
    /// It does not end a page while the line after it begins the next.
    pub(super) with_next: bool,
    /// It has a bar beside it.
    pub(super) quoted: bool,
    pub(super) heading: Option<(usize, String)>,
    pub(super) pieces: Vec<Piece>,
}

/// Words in one style on one line: what one tag is put on.
pub(super) struct Piece {
    pub(super) look: Look,
    pub(super) color: Color,
    /// In the order in which they are read.
    pub(super) words: Vec<Word>,
}

/// Glyphs of one font, drawn in one go.
pub(super) struct Word {
    /// Where its text begins in the line's.
    pub(super) start: usize,
    pub(super) text: String,
    pub(super) look: Look,
    pub(super) font: Font,
    pub(super) size: f32,
    pub(super) x: f32,
    /// Below the line's top.
    pub(super) baseline: f32,
    pub(super) glyphs: Vec<KrillaGlyph>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) bold: bool,
    pub(super) italic: bool,
}

/// The tags around the pieces, which are numbered in the order in which they are set.
pub(super) enum Tree {
    Group(TagKind, Vec<Tree>),
    Piece(usize),
}

/// Turns blocks into lines, and keeps count of the pieces.
pub(super) struct Setter {
    pub(super) fonts: Fonts,
    pub(super) scratch: LayoutContext<()>,
    pub(super) rtl: bool,
    pub(super) lines: Vec<Line>,
    pub(super) pieces: usize,
}

impl Setter {
    pub(super) fn new(lang: &str) -> Result<Setter> {
        Ok(Setter {
            fonts: Fonts::embedded()?,
            scratch: LayoutContext::new(),
            rtl: lang == "ar",
            lines: Vec::new(),
            pieces: 0,
        })
    }

    pub(super) fn block(&mut self, block: &Block, depths: &mut Depths) -> Result<Tree> {
        match block {
            Block::Heading { level, text } => self.heading(depths.below_title(*level), &one_line(text)),
            Block::Paragraph(spans) => {
                let lines = self.set(spans, BODY, 0.0)?;
                Ok(Tree::Group(Tag::P.into(), self.place(lines, 9.0)))
            }
            Block::Quote(spans) => self.quote(spans),
            Block::List { ordered, items } => self.list(*ordered, items),
            Block::Facts(facts) => self.facts(facts),
        }
    }

    pub(super) fn heading(&mut self, depth: usize, text: &str) -> Result<Tree> {
        let (look, above) = match depth {
            1 => (TITLE, 0.0),
            2 => (SECTION, 22.0),
            _ => (SUBSECTION, 16.0),
        };
        let mut lines = self.set(&[Span::plain(text)], look, 0.0)?;
        lines.iter_mut().for_each(|line| line.with_next = true);
        if let Some(first) = lines.first_mut() {
            first.heading = Some((depth, text.to_owned()));
        }
        let level = u16::try_from(depth).ok().and_then(NonZeroU16::new).unwrap_or(NonZeroU16::MIN);
        let words = self.place(lines, above);
        Ok(Tree::Group(Tag::Hn(level, Some(text.to_owned())).into(), words))
    }

    fn quote(&mut self, spans: &[Span]) -> Result<Tree> {
        let mut lines = self.set(spans, BODY, 14.0)?;
        lines.iter_mut().for_each(|line| line.quoted = true);
        let words = self.place(lines, 12.0);
        Ok(Tree::Group(Tag::BlockQuote.into(), vec![Tree::Group(Tag::P.into(), words)]))
    }

    fn list(&mut self, ordered: bool, items: &[Vec<Span>]) -> Result<Tree> {
        let inset = match (ordered, items.len()) {
            (false, _) => 17.0,
            (true, ..=9) => 20.0,
            (true, _) => 27.0,
        };
        let mut entries = Vec::new();
        for (number, item) in (1..).zip(items).filter(|(_, item)| !no_words(item)) {
            let mark = if ordered { format!("{number}.") } else { "•".to_owned() };
            let above = if entries.is_empty() { 9.0 } else { 4.0 };
            entries.push(self.entry(&mark, item, inset, above)?);
        }
        let numbering = if ordered { ListNumbering::Decimal } else { ListNumbering::Disc };
        Ok(Tree::Group(Tag::L(numbering).into(), entries))
    }

    /// An item, its mark on its first line.
    fn entry(&mut self, mark: &str, item: &[Span], inset: f32, above: f32) -> Result<Tree> {
        let mark = self.set(&[Span::plain(mark)], BODY, 4.0)?;
        let mark: Vec<Piece> = mark.into_iter().flat_map(|line| line.pieces).collect();
        let label = self.count(&mark);
        let mut lines = self.set(item, BODY, inset)?;
        let words = lines.iter().flat_map(|line| self.count(&line.pieces)).collect();
        if let Some(first) = lines.first_mut() {
            first.pieces.splice(0..0, mark);
        }
        self.append(lines, above);
        Ok(labelled(label, words))
    }

    fn facts(&mut self, facts: &[(String, String)]) -> Result<Tree> {
        let mut entries = Vec::new();
        for (label, value) in facts {
            let mut lines = self.set(&[Span::plain(label)], LABEL, 0.0)?;
            lines.iter_mut().for_each(|line| line.with_next = true);
            let label = self.place(lines, 9.0);
            let lines = self.set(&[Span::plain(value)], BODY, 0.0)?;
            entries.push(labelled(label, self.place(lines, 0.0)));
        }
        Ok(Tree::Group(Tag::L(ListNumbering::None).into(), entries))
    }

    /// The page's number, where there is more than one.
    pub(super) fn foot(&mut self, page: usize, pages: usize) -> Result<Vec<Line>> {
        if pages == 1 {
            Ok(Vec::new())
        } else {
            self.set(&[Span::plain(format!("{page} / {pages}"))], PAGE_NUMBER, 0.0)
        }
    }

    fn place(&mut self, lines: Vec<Line>, above: f32) -> Vec<Tree> {
        let words = lines.iter().flat_map(|line| self.count(&line.pieces)).collect();
        self.append(lines, above);
        words
    }

    fn append(&mut self, mut lines: Vec<Line>, above: f32) {
        if let Some(first) = lines.first_mut() {
            first.above = above;
        }
        self.lines.append(&mut lines);
    }

    fn count(&mut self, pieces: &[Piece]) -> Vec<Tree> {
        let rtl = self.rtl;
        let number = |piece: &Piece| {
            let tree = Tree::Piece(self.pieces);
            self.pieces += 1;
            piece.tagged(tree, rtl)
        };
        pieces.iter().map(number).collect()
    }
}

fn labelled(label: Vec<Tree>, words: Vec<Tree>) -> Tree {
    let parts = vec![Tree::Group(Tag::Lbl.into(), label), Tree::Group(Tag::LBody.into(), words)];
    Tree::Group(Tag::LI.into(), parts)
}

impl Piece {
    /// Its tags. From right to left, glyphs stand in another order than letters, and readers differ in how they undo
    /// that; the words themselves beside the glyphs leave them nothing to guess.
    fn tagged(&self, tree: Tree, rtl: bool) -> Tree {
        let words = self.words.iter().map(|word| word.text.as_str()).collect();
        let tree =
            if rtl { Tree::Group(Tag::Span.with_actual_text(Some(words)).into(), vec![tree]) } else { tree };
        match self.look {
            Look { bold: true, .. } => Tree::Group(Tag::Strong.into(), vec![tree]),
            Look { italic: true, .. } => Tree::Group(Tag::Em.into(), vec![tree]),
            Look { .. } => tree,
        }
    }
}

/// The levels open above a heading. PDF/UA-1 allows no gap between one and the next, and the title has the first.
pub(super) struct Depths(pub(super) Vec<u8>);

impl Depths {
    const DEEPEST: usize = 6;

    pub(super) fn below_title(&mut self, level: u8) -> usize {
        while self.0.last().is_some_and(|open| *open >= level) {
            self.0.pop();
        }
        self.0.push(level);
        (self.0.len() + 1).min(Self::DEEPEST)
    }
}
