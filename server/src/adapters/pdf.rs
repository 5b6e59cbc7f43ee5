//! Approved texts as PDF files that a screen reader can read aloud: tagged (PDF/UA-1), titled, and in one language.
//!
//! Parley shapes the words and breaks the lines, krilla writes and tags them. A text is only ever letters to be drawn,
//! so nothing in it can be taken for an instruction. The same text gives the same bytes, whenever it is written.

use comrak::arena_tree::NodeEdge;
use comrak::nodes::{AstNode, ListType, NodeValue};
use domain::error::{Error, Result};
use domain::letters::{is_invisible, is_unspaced};
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{Metadata, TextDirection};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, ListNumbering, Node, SpanTag, Tag, TagGroup, TagKind,
    TagTree,
};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::{SerializeSettings, color::rgb};
use parley::fontique::{Blob, Collection, CollectionOptions, SourceCache};
use parley::style::{FontFamily, FontFamilyName, FontStyle, FontWeight, OverflowWrap, StyleProperty};
use parley::{Alignment, AlignmentOptions, BaseDirection, FontContext, Layout, LayoutContext};
use std::iter::Peekable;
use std::num::NonZeroU16;
use std::ops::Range;
use std::sync::Arc;

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
    let sheets = into_sheets(std::mem::take(&mut setter.lines));
    let feet = (1..=sheets.len()).map(|page| setter.foot(page, sheets.len())).collect::<Result<Vec<_>>>()?;
    export(document, &title, &sheets, &feet, trees)
}

// The page: US letter, in points.
const PAGE: (f32, f32) = (612.0, 792.0);
const SIDE: f32 = 82.0;
const TOP: f32 = 72.0;
const BOTTOM: f32 = 82.0;
const FOOT: f32 = 44.0;
const WIDTH: f32 = PAGE.0 - 2.0 * SIDE;

type Color = [u8; 3];
const INK: Color = [0x1b, 0x22, 0x32];
const SOFT: Color = [0x4d, 0x52, 0x61];
const RAIL: Color = [0x0b, 0x5b, 0x4c];

/// How a kind of text looks.
#[derive(Clone, Copy)]
struct Type {
    size: f32,
    /// From one line to the next.
    leading: f32,
    color: Color,
    bold: bool,
    align: Alignment,
}

const BODY: Type = Type { size: 11.5, leading: 18.0, color: INK, bold: false, align: Alignment::Start };
const TITLE: Type = Type { size: 21.0, leading: 28.0, bold: true, ..BODY };
const SECTION: Type = Type { size: 15.0, leading: 21.0, bold: true, color: RAIL, ..BODY };
const SUBSECTION: Type = Type { size: 12.5, leading: 18.5, bold: true, ..BODY };
const LABEL: Type = Type { size: 10.0, leading: 15.0, color: SOFT, ..BODY };
const PAGE_NUMBER: Type = Type { size: 9.5, leading: 14.0, color: SOFT, align: Alignment::Center, ..BODY };

/// A line on its way to a page.
struct Line {
    /// Space before it, unless it opens a page.
    above: f32,
    height: f32,
    /// It does not end a page while the line after it begins the next.
    with_next: bool,
    /// It has a bar beside it.
    quoted: bool,
    heading: Option<(usize, String)>,
    pieces: Vec<Piece>,
}

/// Words in one style on one line: what one tag is put on.
struct Piece {
    look: Look,
    color: Color,
    /// In the order in which they are read.
    words: Vec<Word>,
}

/// Glyphs of one font, drawn in one go.
struct Word {
    /// Where its text begins in the line's.
    start: usize,
    text: String,
    look: Look,
    font: Font,
    size: f32,
    x: f32,
    /// Below the line's top.
    baseline: f32,
    glyphs: Vec<KrillaGlyph>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Look {
    bold: bool,
    italic: bool,
}

/// The tags around the pieces, which are numbered in the order in which they are set.
enum Tree {
    Group(TagKind, Vec<Tree>),
    Piece(usize),
}

/// Turns blocks into lines, and keeps count of the pieces.
struct Setter {
    fonts: Fonts,
    scratch: LayoutContext<()>,
    rtl: bool,
    lines: Vec<Line>,
    pieces: usize,
}

impl Setter {
    fn new(lang: &str) -> Result<Setter> {
        Ok(Setter {
            fonts: Fonts::embedded()?,
            scratch: LayoutContext::new(),
            rtl: lang == "ar",
            lines: Vec::new(),
            pieces: 0,
        })
    }

    fn block(&mut self, block: &Block, depths: &mut Depths) -> Result<Tree> {
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

    fn heading(&mut self, depth: usize, text: &str) -> Result<Tree> {
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
    fn foot(&mut self, page: usize, pages: usize) -> Result<Vec<Line>> {
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

// From text to lines.

impl Setter {
    /// The lines of a text, this far from the edge it starts at.
    fn set(&mut self, spans: &[Span], style: Type, inset: f32) -> Result<Vec<Line>> {
        let letters = letters_of(spans);
        let mut lines = Vec::new();
        for letters in letters.split(|(c, _)| *c == '\n').filter(|letters| !letters.is_empty()) {
            lines.append(&mut self.wrap(letters.to_vec(), style, inset)?);
        }
        stay_together(&mut lines);
        Ok(lines)
    }

    fn wrap(&mut self, mut letters: Vec<Letter>, style: Type, inset: f32) -> Result<Vec<Line>> {
        let mut text = text_of(&letters);
        let mut layout = self.shape(&text, &letters, style, WIDTH - inset);
        // a character without a glyph is no letter any more, so this comes to an end
        while replace_missing(&mut letters, &layout) {
            text = text_of(&letters);
            layout = self.shape(&text, &letters, style, WIDTH - inset);
        }
        let looks = looks_by_byte(&letters);
        let left = SIDE + if self.rtl { 0.0 } else { inset };
        layout.lines().map(|line| self.line(&line, &text, &looks, style, left)).collect()
    }

    fn shape(&mut self, text: &str, letters: &[Letter], style: Type, width: f32) -> Layout<()> {
        let families: &[FontFamilyName<'_>] = if self.rtl { &RTL_FAMILIES } else { &FAMILIES };
        let mut builder = self.scratch.ranged_builder(&mut self.fonts.context, text, 1.0, false);
        builder.set_base_direction(if self.rtl { BaseDirection::Rtl } else { BaseDirection::Ltr });
        builder.push_default(FontFamily::List(families.into()));
        builder.push_default(StyleProperty::FontSize(style.size));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::BreakWord));
        if style.bold {
            builder.push_default(StyleProperty::FontWeight(FontWeight::BOLD));
        }
        for (range, look) in runs_of(letters) {
            if look.bold {
                builder.push(StyleProperty::FontWeight(FontWeight::BOLD), range.clone());
            }
            if look.italic {
                builder.push(StyleProperty::FontStyle(FontStyle::Italic), range);
            }
        }
        let mut layout = builder.build(text);
        layout.break_all_lines(Some(width));
        layout.align(style.align, AlignmentOptions::default());
        layout
    }

    fn line(
        &self,
        line: &parley::Line<'_, ()>,
        text: &str,
        looks: &[Look],
        style: Type,
        left: f32,
    ) -> Result<Line> {
        let mut x = left + line.metrics().offset + line.metrics().inline_min_coord;
        let mut words = Vec::new();
        for run in line.runs() {
            let face = self.fonts.face(run.font().data.id())?;
            let atoms = atoms_of(&run, &mut x);
            for atoms in atoms.chunk_by(|a, b| together(a, b, text, looks)) {
                words.extend(word(atoms, text, looks, face, style));
            }
        }
        words.sort_by_key(|word| word.start);
        Ok(Line {
            above: 0.0,
            height: style.leading,
            with_next: false,
            quoted: false,
            heading: None,
            pieces: pieces_of(words, style.color),
        })
    }
}

type Letter = (char, Look);

/// The letters that can be seen, each with its look.
fn letters_of(spans: &[Span]) -> Vec<Letter> {
    let look = |span: &Span| Look { bold: span.bold, italic: span.italic };
    spans
        .iter()
        .flat_map(|span| span.text.chars().filter_map(visible).map(move |c| (c, look(span))))
        .collect()
}

/// Control characters say nothing on paper, and those that turn the direction of all that follows could make a text
/// say something else.
fn visible(c: char) -> Option<char> {
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

fn text_of(letters: &[Letter]) -> String {
    letters.iter().map(|(c, _)| c).collect()
}

fn looks_by_byte(letters: &[Letter]) -> Vec<Look> {
    letters.iter().flat_map(|(c, look)| std::iter::repeat_n(*look, c.len_utf8())).collect()
}

fn runs_of(letters: &[Letter]) -> Vec<(Range<usize>, Look)> {
    let mut at = 0;
    let run = |letters: &[Letter]| {
        let start = at;
        at += letters.iter().map(|(c, _)| c.len_utf8()).sum::<usize>();
        (start..at, letters[0].1)
    };
    letters.chunk_by(|(_, a), (_, b)| a == b).map(run).collect()
}

/// PDF/UA-1 refuses a character that no font of ours has. It is printed as `�`: seen to be missing, and the rest of the
/// text gets through. What is put on a letter goes before the letter does.
fn replace_missing(letters: &mut [Letter], layout: &Layout<()>) -> bool {
    let starts = starts_of(letters);
    let mut replaced = false;
    for range in missing_in(layout) {
        let from = starts.partition_point(|start| *start < range.start);
        let to = starts.partition_point(|start| *start < range.end);
        let seen =
            letters[from..to].iter_mut().map(|(c, _)| c).filter(|c| **c != char::REPLACEMENT_CHARACTER);
        let seen: Vec<&mut char> = seen.collect();
        let kept = usize::from(seen.len() > 1);
        for c in seen.into_iter().skip(kept) {
            *c = char::REPLACEMENT_CHARACTER;
            replaced = true;
        }
    }
    replaced
}

fn starts_of(letters: &[Letter]) -> Vec<usize> {
    let after = |at: &mut usize, letter: &Letter| Some(std::mem::replace(at, *at + letter.0.len_utf8()));
    letters.iter().scan(0, after).collect()
}

fn missing_in(layout: &Layout<()>) -> Vec<Range<usize>> {
    let clusters = layout.lines().flat_map(|line| line.runs()).flat_map(|run| run.clusters());
    clusters
        .filter(|cluster| cluster.glyphs().any(|glyph| glyph.id == 0))
        .map(|cluster| cluster.text_range())
        .collect()
}

/// Letters that are drawn as one: a letter and its marks, or a ligature.
struct Atom {
    text: Range<usize>,
    rtl: bool,
    x: f32,
    advance: f32,
    glyphs: Vec<parley::Glyph>,
}

/// A run's atoms as they are read, each where it stands.
fn atoms_of(run: &parley::Run<'_, ()>, x: &mut f32) -> Vec<Atom> {
    let mut atoms: Vec<Atom> = Vec::new();
    for cluster in run.clusters() {
        match atoms.last_mut() {
            Some(ligature) if cluster.is_ligature_continuation() => {
                ligature.text.end = cluster.text_range().end;
                ligature.advance += cluster.advance();
            }
            _ => atoms.push(Atom {
                text: cluster.text_range(),
                rtl: run.is_rtl(),
                x: 0.0,
                advance: cluster.advance(),
                glyphs: cluster.glyphs().collect(),
            }),
        }
    }
    let mut stand = |atom: &mut Atom| {
        atom.x = *x;
        *x += atom.advance;
    };
    if run.is_rtl() {
        atoms.iter_mut().rev().for_each(&mut stand)
    } else {
        atoms.iter_mut().for_each(&mut stand)
    }
    atoms
}

/// Whether one word goes on from one atom to the next. From right to left each word is drawn by itself, because glyphs
/// are drawn from the left and words must come in the order in which they are read.
fn together(a: &Atom, b: &Atom, text: &str, looks: &[Look]) -> bool {
    let is_space = |atom: &Atom| text[atom.text.clone()].starts_with(' ');
    looks[a.text.start] == looks[b.text.start] && !(a.rtl && (is_space(a) || is_space(b)))
}

fn word(atoms: &[Atom], text: &str, looks: &[Look], face: &Face, style: Type) -> Option<Word> {
    let (first, last) = (atoms.first()?, atoms.last()?);
    let start = first.text.start;
    let from_start = |range: Range<usize>| range.start - start..range.end - start;
    let mut in_place: Vec<&Atom> = atoms.iter().collect();
    in_place.sort_by(|a, b| a.x.total_cmp(&b.x));
    let glyphs = in_place.into_iter().flat_map(|atom| glyphs_of(atom, text, face.blank));
    Some(Word {
        start,
        text: text[start..last.text.end].to_owned(),
        look: looks[start],
        font: face.font.clone(),
        size: style.size,
        x: first.x.min(last.x),
        baseline: style.leading * 0.5 + style.size * 0.36,
        glyphs: glyphs.map(|(glyph, letters)| drawn(glyph, from_start(letters), style.size)).collect(),
    })
}

fn drawn(glyph: parley::Glyph, text_range: Range<usize>, size: f32) -> KrillaGlyph {
    KrillaGlyph {
        glyph_id: GlyphId::new(glyph.id),
        text_range,
        x_advance: glyph.advance / size,
        x_offset: glyph.x / size,
        y_offset: -glyph.y / size,
        y_advance: 0.0,
        location: None,
    }
}

/// The glyphs of an atom as they are drawn, and the letters each stands for.
///
/// From right to left each letter gets one of its own, ligatures being filled up with blanks: who takes the text out of
/// the file turns glyphs around, and the letters of a ligature would come out the wrong way round.
fn glyphs_of(atom: &Atom, text: &str, blank: Option<parley::Glyph>) -> Vec<(parley::Glyph, Range<usize>)> {
    let whole = || atom.glyphs.iter().map(|glyph| (*glyph, atom.text.clone())).collect();
    let letters = letters_in(text, &atom.text);
    match (letters.len().checked_sub(atom.glyphs.len()), blank) {
        (Some(missing), Some(blank)) if atom.rtl => {
            let glyphs = std::iter::repeat_n(blank, missing).chain(atom.glyphs.iter().copied());
            glyphs.zip(letters.into_iter().rev()).collect()
        }
        _ => whole(),
    }
}

fn letters_in(text: &str, range: &Range<usize>) -> Vec<Range<usize>> {
    let letters = text[range.clone()].char_indices();
    letters.map(|(at, c)| range.start + at..range.start + at + c.len_utf8()).collect()
}

fn pieces_of(words: Vec<Word>, color: Color) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for word in words {
        match pieces.last_mut() {
            Some(piece) if piece.look == word.look => piece.words.push(word),
            _ => pieces.push(Piece { look: word.look, color, words: vec![word] }),
        }
    }
    pieces
}

/// No line of a paragraph is left alone at the end of a page or at the top of the next.
fn stay_together(lines: &mut [Line]) {
    let last = lines.len().saturating_sub(1);
    for (at, line) in lines.iter_mut().enumerate() {
        line.with_next = at < last && (at == 0 || at + 1 == last);
    }
}

/// The levels open above a heading. PDF/UA-1 allows no gap between one and the next, and the title has the first.
struct Depths(Vec<u8>);

impl Depths {
    const DEEPEST: usize = 6;

    fn below_title(&mut self, level: u8) -> usize {
        while self.0.last().is_some_and(|open| *open >= level) {
            self.0.pop();
        }
        self.0.push(level);
        (self.0.len() + 1).min(Self::DEEPEST)
    }
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

fn is_seen(text: &str) -> bool {
    text.chars().filter_map(visible).any(|c| !c.is_whitespace() && !is_invisible(c))
}

fn one_line(text: &str) -> String {
    let seen: String = text.chars().filter_map(visible).collect();
    seen.replace('\n', " ").trim().to_owned()
}

// From lines to pages.

/// A page: its lines, and how far down each begins.
type Sheet = Vec<(f32, Line)>;

fn into_sheets(lines: Vec<Line>) -> Vec<Sheet> {
    let mut sheets: Vec<Sheet> = vec![Vec::new()];
    let mut y = TOP;
    let mut lines = lines.into_iter().peekable();
    while lines.peek().is_some() {
        let group = stuck_together(&mut lines);
        let height: f32 = group.iter().map(|line| line.above + line.height).sum();
        let mut full = y + height > PAGE.1 - BOTTOM;
        for line in group {
            // a group longer than a page goes on over the next ones
            if y > TOP && (full || y + line.above + line.height > PAGE.1 - BOTTOM) {
                sheets.push(Vec::new());
                y = TOP;
            }
            full = false;
            let top = if y > TOP { y + line.above } else { y };
            y = top + line.height;
            if let Some(sheet) = sheets.last_mut() {
                sheet.push((top, line));
            }
        }
    }
    sheets
}

fn stuck_together(lines: &mut impl Iterator<Item = Line>) -> Vec<Line> {
    let mut group = Vec::new();
    for line in lines {
        let ends = !line.with_next;
        group.push(line);
        if ends {
            break;
        }
    }
    group
}

fn export(
    document: &Document,
    title: &str,
    sheets: &[Sheet],
    feet: &[Vec<Line>],
    trees: Vec<Tree>,
) -> Result<Vec<u8>> {
    let mut file = krilla::Document::new_with(settings()?);
    file.set_metadata(metadata(document, title));
    let mut drawn = Vec::new();
    for (sheet, foot) in sheets.iter().zip(feet) {
        let size =
            PageSettings::from_wh(PAGE.0, PAGE.1).ok_or_else(|| Error::internal("the size of a page"))?;
        let mut page = file.start_page_with(size);
        draw(&mut page.surface(), sheet, foot, document.lang == "ar", &mut drawn);
    }
    file.set_outline(outline_of(sheets));
    let mut tags = TagTree::new();
    trees.into_iter().filter_map(|tree| node_of(tree, &drawn)).for_each(|node| tags.push(node));
    file.set_tag_tree(tags);
    // what it complains about may quote the text, so it stays out of the log
    file.finish().map_err(|_| Error::internal("a text could not be written as PDF/UA-1"))
}

fn settings() -> Result<SerializeSettings> {
    let configuration = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|_| Error::internal("the PDF writer does not know PDF/UA-1"))?;
    Ok(SerializeSettings { configuration, ..SerializeSettings::default() })
}

/// No date: it would make each file differ from the last.
fn metadata(document: &Document, title: &str) -> Metadata {
    let direction =
        if document.lang == "ar" { TextDirection::RightToLeft } else { TextDirection::LeftToRight };
    Metadata::new()
        .title(title.to_owned())
        .language(document.lang.to_owned())
        .text_direction(direction)
        .creator("Handrail".to_owned())
        .document_id(format!("{}/{title}", document.lang))
}

fn draw(surface: &mut Surface<'_>, sheet: &Sheet, foot: &[Line], rtl: bool, drawn: &mut Vec<Identifier>) {
    draw_bars(surface, sheet, rtl);
    for (top, line) in sheet {
        for piece in &line.pieces {
            drawn.push(surface.start_tagged(ContentTag::Span(SpanTag::empty())));
            draw_words(surface, piece, *top);
            surface.end_tagged();
        }
    }
    if !foot.is_empty() {
        surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Footer)));
        foot.iter().flat_map(|line| &line.pieces).for_each(|piece| draw_words(surface, piece, PAGE.1 - FOOT));
        surface.end_tagged();
    }
}

fn draw_words(surface: &mut Surface<'_>, piece: &Piece, top: f32) {
    surface.set_fill(Some(filled(piece.color)));
    for word in &piece.words {
        let start = Point::from_xy(word.x, top + word.baseline);
        surface.draw_glyphs(start, &word.glyphs, word.font.clone(), &word.text, word.size, false);
    }
}

/// A bar beside each quote, which says nothing to a screen reader.
fn draw_bars(surface: &mut Surface<'_>, sheet: &Sheet, rtl: bool) {
    let x = if rtl { SIDE + WIDTH - 2.0 } else { SIDE };
    for lines in sheet.chunk_by(|(_, a), (_, b)| a.quoted && b.quoted && b.above == 0.0) {
        let (Some((top, first)), Some((bottom, last))) = (lines.first(), lines.last()) else { continue };
        let bar = Rect::from_xywh(x, top - 2.0, 2.0, bottom + last.height - top + 4.0);
        let Some(bar) = bar.filter(|_| first.quoted) else { continue };
        let mut path = PathBuilder::new();
        path.push_rect(bar);
        surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
        surface.set_fill(Some(filled(RAIL)));
        path.finish().iter().for_each(|path| surface.draw_path(path));
        surface.end_tagged();
    }
}

fn filled([red, green, blue]: Color) -> Fill {
    Fill {
        paint: rgb::Color::new(red, green, blue).into(),
        opacity: NormalizedF32::ONE,
        rule: FillRule::NonZero,
    }
}

fn node_of(tree: Tree, drawn: &[Identifier]) -> Option<Node> {
    match tree {
        Tree::Piece(number) => drawn.get(number).copied().map(Node::Leaf),
        Tree::Group(tag, parts) => {
            let parts = parts.into_iter().filter_map(|part| node_of(part, drawn)).collect();
            Some(Node::Group(TagGroup::with_children(tag, parts)))
        }
    }
}

/// The headings as bookmarks.
fn outline_of(sheets: &[Sheet]) -> Outline {
    let of_page = |(page, sheet): (usize, &Sheet)| {
        let headings = sheet.iter().filter_map(|(top, line)| Some((*top, line.heading.clone()?)));
        headings.map(|(top, (depth, text))| (depth, text, page, top)).collect::<Vec<_>>()
    };
    let mut headings = sheets.iter().enumerate().flat_map(of_page).peekable();
    let mut outline = Outline::new();
    bookmarks(&mut headings, 1).into_iter().for_each(|node| outline.push_child(node));
    outline
}

fn bookmarks(
    headings: &mut Peekable<impl Iterator<Item = (usize, String, usize, f32)>>,
    depth: usize,
) -> Vec<OutlineNode> {
    let mut nodes = Vec::new();
    while let Some((_, text, page, top)) = headings.next_if(|heading| heading.0 >= depth) {
        let place = XyzDestination::new(page, Point::from_xy(SIDE, top));
        let mut node = OutlineNode::new(text, place).with_open(depth == 1);
        bookmarks(headings, depth + 1).into_iter().for_each(|below| node.push_child(below));
        nodes.push(node);
    }
    nodes
}

/// The fonts in this binary and no others.
struct Fonts {
    context: FontContext,
    faces: Vec<Face>,
}

/// A font for drawing.
struct Face {
    /// What the context knows its file by.
    file: u64,
    font: Font,
    /// A glyph that is not seen and takes no room.
    blank: Option<parley::Glyph>,
}

const FAMILIES: [FontFamilyName<'static>; 3] = [
    FontFamilyName::named("Noto Sans"),
    FontFamilyName::named("Noto Sans Arabic"),
    FontFamilyName::named("Noto Sans Math"),
];

/// Spaces and digits out of the same font as the letters around them.
const RTL_FAMILIES: [FontFamilyName<'static>; 3] = [
    FontFamilyName::named("Noto Sans Arabic"),
    FontFamilyName::named("Noto Sans"),
    FontFamilyName::named("Noto Sans Math"),
];

const FONT_FILES: [&[u8]; 7] = [
    include_bytes!("../../fonts/NotoSans-Regular.ttf"),
    include_bytes!("../../fonts/NotoSans-Bold.ttf"),
    include_bytes!("../../fonts/NotoSans-Italic.ttf"),
    include_bytes!("../../fonts/NotoSans-BoldItalic.ttf"),
    include_bytes!("../../fonts/NotoSansArabic-Regular.ttf"),
    include_bytes!("../../fonts/NotoSansArabic-Bold.ttf"),
    include_bytes!("../../fonts/NotoSansMath-Regular.ttf"),
];

impl Fonts {
    fn embedded() -> Result<Fonts> {
        let options = CollectionOptions { shared: false, system_fonts: false };
        let mut context =
            FontContext { collection: Collection::new(options), source_cache: SourceCache::default() };
        let faces = FONT_FILES
            .iter()
            .map(|file| Face::register(file, &mut context.collection))
            .collect::<Result<_>>()?;
        Ok(Fonts { context, faces })
    }

    fn face(&self, file: u64) -> Result<&Face> {
        self.faces
            .iter()
            .find(|face| face.file == file)
            .ok_or_else(|| Error::internal("a font that is not ours"))
    }
}

impl Face {
    fn register(file: &'static [u8], collection: &mut Collection) -> Result<Face> {
        let blob = Blob::new(Arc::new(file));
        let font = Font::new(file.into(), 0).ok_or_else(|| Error::internal("a font cannot be read"))?;
        let families = collection.register_fonts(blob.clone(), None);
        let mut fonts = families.iter().flat_map(|(_, fonts)| fonts);
        let zero_width_space = fonts.find_map(|font| font.charmap_index().charmap(file)?.map('\u{200b}'));
        let blank = zero_width_space.map(|id| parley::Glyph { id, x: 0.0, y: 0.0, advance: 0.0 });
        Ok(Face { file: blob.id(), font, blank })
    }
}

// From Markdown to blocks.

/// Approved Markdown as blocks: headings, paragraphs, lists, block quotes, bold, italics, and links as their words.
/// A warning becomes a quote under the title its author gave it; code keeps its words and loses its look; HTML and
/// pictures are dropped.
pub fn blocks_of(markdown: &str) -> Vec<Block> {
    let arena = comrak::Arena::new();
    let mut options = comrak::Options::default();
    options.extension.alerts = true;
    let root = comrak::parse_document(&arena, markdown, &options);
    root.children().filter_map(block_of).filter(|block| !is_blank(block)).collect()
}

fn block_of<'a>(node: &'a AstNode<'a>) -> Option<Block> {
    match &node.data.borrow().value {
        NodeValue::Heading(heading) => Some(Block::Heading { level: heading.level, text: words_of(node) }),
        NodeValue::Paragraph | NodeValue::CodeBlock(_) => Some(Block::Paragraph(spans_of(node))),
        NodeValue::BlockQuote | NodeValue::Alert(_) => Some(Block::Quote(spans_of(node))),
        NodeValue::List(list) => Some(Block::List {
            ordered: list.list_type == ListType::Ordered,
            items: node.children().map(spans_of).collect(),
        }),
        _ => None,
    }
}

fn words_of<'a>(node: &'a AstNode<'a>) -> String {
    spans_of(node).into_iter().map(|span| span.text).collect()
}

fn spans_of<'a>(node: &'a AstNode<'a>) -> Vec<Span> {
    let mut run = Run::default();
    for edge in node.traverse() {
        match edge {
            NodeEdge::Start(node) => run.open(&node.data.borrow().value),
            NodeEdge::End(node) => run.close(&node.data.borrow().value),
        }
    }
    run.spans
}

/// Collects the words of a block, from one tag to the next. What holds several blocks, such as a list within a list,
/// becomes lines.
#[derive(Default)]
struct Run {
    spans: Vec<Span>,
    bold: usize,
    italic: usize,
    /// Within a picture, whose words are not for paper.
    hidden: usize,
    /// The number of the next item in each list around us, where it has numbers.
    lists: Vec<Option<usize>>,
    /// The line has words already.
    begun: bool,
}

impl Run {
    fn open(&mut self, tag: &NodeValue) {
        match tag {
            NodeValue::Text(text) => self.push(text),
            NodeValue::Code(code) => self.push(&code.literal),
            NodeValue::SoftBreak => self.push(" "),
            NodeValue::LineBreak => self.push("\n"),
            NodeValue::Strong => self.bold += 1,
            NodeValue::Emph => self.italic += 1,
            NodeValue::Image(_) => self.hidden += 1,
            NodeValue::Paragraph | NodeValue::Heading(_) => self.begin_line(),
            NodeValue::CodeBlock(code) => {
                self.begin_line();
                self.push(code.literal.trim_end());
            }
            NodeValue::List(list) => {
                self.lists.push((list.list_type == ListType::Ordered).then_some(list.start))
            }
            NodeValue::Item(_) => self.begin_item(),
            NodeValue::Alert(alert) => {
                self.bold += 1;
                alert.title.iter().for_each(|title| self.push(title));
                self.bold -= 1;
            }
            _ => {}
        }
    }

    fn close(&mut self, tag: &NodeValue) {
        match tag {
            NodeValue::Strong => self.bold -= 1,
            NodeValue::Emph => self.italic -= 1,
            NodeValue::Image(_) => self.hidden -= 1,
            NodeValue::List(_) => {
                self.lists.pop();
            }
            _ => {}
        }
    }

    fn begin_line(&mut self) {
        if self.begun {
            self.push("\n");
        }
    }

    /// An item of a list that stands within another block.
    fn begin_item(&mut self) {
        let Some(number) = self.lists.last_mut() else { return };
        let mark = number.map_or("– ".to_owned(), |number| format!("{number}. "));
        *number = number.map(|number| number + 1);
        self.begin_line();
        self.push(&mark);
        self.begun = false;
    }

    fn push(&mut self, text: &str) {
        if self.hidden > 0 {
            return;
        }
        self.begun = true;
        let (bold, italic) = (self.bold > 0, self.italic > 0);
        match self.spans.last_mut() {
            Some(last) if (last.bold, last.italic) == (bold, italic) => last.text.push_str(text),
            _ => self.spans.push(Span { text: text.to_owned(), bold, italic }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::{Dictionary, Object};

    const HOSTILE: &str = r##"#read("/etc/passwd") *x* _y_ $a$ \ ] [ } #{ <l> @r `c` // no "q" -- ~ {phone} = - + / (BT ET) <</S>>"##;

    fn letter(lang: &'static str, title: &str, markdown: &str) -> Document {
        Document { title: title.to_owned(), lang, blocks: blocks_of(markdown) }
    }

    fn letters() -> [Document; 4] {
        [
            letter("en", "Your inhaler", "### Before\n\nShake it **well**.\n\n- once\n- twice"),
            letter("es", "Su inhalador", "### Antes\n\nAgítelo *bien*. ¿Dudas?\n\n1. una vez\n2. dos veces"),
            letter("vi", "Thuốc hít của quý vị", "### Trước khi dùng\n\nLắc **kỹ** thuốc.\n\n> Đừng vội"),
            letter("ar", "جهاز الاستنشاق", "### قبل الاستعمال\n\nيجب رج الجهاز **جيدًا** 2.5 مل.\n\n- لا\n- إلى"),
        ]
    }

    fn says(pdf: &[u8], words: &str) -> bool {
        pdf.windows(words.len()).any(|window| window == words.as_bytes())
    }

    fn opened(pdf: &[u8]) -> lopdf::Document {
        lopdf::Document::load_mem(pdf).unwrap()
    }

    /// The words on all pages, without what is between them.
    fn words_in(pdf: &[u8]) -> String {
        let file = opened(pdf);
        let pages: Vec<u32> = file.get_pages().into_keys().collect();
        without_spaces(&file.extract_text(&pages).unwrap())
    }

    fn without_spaces(text: &str) -> String {
        text.split_whitespace().collect()
    }

    /// The tags in reading order, and the words beside them.
    fn tags_in(pdf: &[u8]) -> Vec<String> {
        let file = opened(pdf);
        let root = file.catalog().unwrap().get(b"StructTreeRoot").unwrap();
        let mut tags = Vec::new();
        walk(&file, root, &mut tags);
        tags
    }

    fn walk(file: &lopdf::Document, at: &Object, tags: &mut Vec<String>) {
        let Ok((_, at)) = file.dereference(at) else { return };
        if let Ok(many) = at.as_array() {
            many.iter().for_each(|one| walk(file, one, tags));
        }
        let Ok(element) = at.as_dict() else { return };
        tags.extend(
            element.get(b"S").ok().map(|tag| String::from_utf8_lossy(tag.as_name().unwrap()).into_owned()),
        );
        tags.extend(words_beside(element));
        element.get(b"K").into_iter().for_each(|below| walk(file, below, tags));
    }

    fn words_beside(element: &Dictionary) -> Option<String> {
        lopdf::decode_text_string(element.get(b"ActualText").ok()?).ok()
    }

    #[test]
    fn every_language_makes_a_tagged_file() {
        for letter in letters() {
            let pdf = write(&letter).unwrap();
            assert!(pdf.starts_with(b"%PDF"));
            assert!(says(&pdf, "pdfuaid"), "{}", letter.lang);
            let file = opened(&pdf);
            let catalog = file.catalog().unwrap();
            assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), letter.lang.as_bytes());
            assert!(catalog.has(b"StructTreeRoot") && catalog.has(b"MarkInfo") && catalog.has(b"Outlines"));
        }
    }

    #[test]
    fn tags_say_what_things_are() {
        let [english, ..] = letters();
        let tags = tags_in(&write(&english).unwrap());
        let expected =
            ["Document", "H1", "H2", "P", "Strong", "L", "LI", "Lbl", "LBody", "LI", "Lbl", "LBody"];
        assert_eq!(tags, expected);
    }

    #[test]
    fn arabic_is_read_in_the_order_in_which_it_was_written() {
        let [.., arabic] = letters();
        let tags = tags_in(&write(&arabic).unwrap());
        let words: String =
            tags.iter().filter(|tag| !tag.is_ascii() || tag.starts_with(' ')).cloned().collect();
        let written = "جهاز الاستنشاققبل الاستعماليجب رج الجهاز جيدًا 2.5 مل.•لا•إلى";
        assert_eq!(words, written);
    }

    #[test]
    fn the_same_text_gives_the_same_bytes() {
        for letter in letters() {
            assert_eq!(write(&letter).unwrap(), write(&letter).unwrap());
        }
    }

    #[test]
    fn hostile_text_is_printed_as_it_is() {
        let spans = vec![Span::plain(HOSTILE)];
        let blocks = vec![
            Block::Heading { level: 1, text: HOSTILE.to_owned() },
            Block::List { ordered: true, items: vec![spans.clone()] },
            Block::Facts(vec![(HOSTILE.to_owned(), HOSTILE.to_owned())]),
            Block::Quote(spans),
        ];
        let pdf = write(&Document { title: HOSTILE.to_owned(), lang: "en", blocks }).unwrap();
        assert_eq!(words_in(&pdf).matches(&without_spaces(HOSTILE)).count(), 6);
    }

    #[test]
    fn what_no_font_has_is_seen_to_be_missing() {
        let odd = "a\u{64b}b 中 🙂 ด \u{e000} \u{10ffff} \u{feff}\u{202e}end\u{0}\u{7}";
        let [.., arabic] = letters();
        for lang in ["en", arabic.lang] {
            let pdf = write(&Document { lang, ..letter("en", odd, odd) }).unwrap();
            assert!(says(&pdf, "pdfuaid"));
        }
        let pdf = write(&letter("en", "x", odd)).unwrap();
        assert_eq!(words_in(&pdf), "xa�b�����end");
        assert_eq!(blocks_of(&format!("{}deep", "> ".repeat(50_000))).len(), 1);
    }

    #[test]
    fn signs_of_direction_are_not_drawn() {
        let plain = write(&letter("ar", "هاتف", "+1 555 0100")).unwrap();
        let marked = write(&letter("ar", "هاتف", "\u{200e}+1 555 0100\u{200e}")).unwrap();
        assert_eq!(words_in(&marked).replace('\u{200e}', "").len(), words_in(&plain).len());
    }

    #[test]
    fn a_long_text_goes_on_over_numbered_pages() {
        let paragraph = "One sentence that says little, and says it again. ".repeat(12);
        let pdf = write(&letter("en", "Long", &format!("{paragraph}\n\n").repeat(12))).unwrap();
        assert!(opened(&pdf).get_pages().len() > 1);
        assert!(words_in(&pdf).contains("1/2") || words_in(&pdf).contains("1/3"));
    }

    #[test]
    fn a_word_longer_than_a_line_is_broken() {
        let pdf = write(&letter("en", "Long", &"x".repeat(5000))).unwrap();
        assert_eq!(words_in(&pdf).matches('x').count(), 5000);
        assert!(opened(&pdf).get_pages().len() > 1);
    }

    #[test]
    fn headings_leave_no_gap() {
        let mut depths = Depths(Vec::new());
        let levels = [3, 4, 6, 3, 2, 4];
        assert_eq!(levels.map(|level| depths.below_title(level)), [2, 3, 4, 2, 2, 3]);
    }

    #[test]
    fn a_text_needs_a_title_and_nothing_else() {
        assert!(write(&letter("en", " \u{200b}\n", "text")).is_err());
        assert!(write(&letter("en", "Title", "")).is_ok());
        assert!(write(&letter("en", "Title", "# \n\n- \n\n**\u{feff}**")).is_ok());
    }

    #[test]
    fn markdown_becomes_blocks() {
        let bold = |text: &str| Span { bold: true, ..Span::plain(text) };
        let italic = |text: &str| Span { italic: true, ..Span::plain(text) };
        let text = "### Store *it*\n\nKeep **dry**,\nsee [cost](page:cost).\\\nNow\n\n\
            1. one\n2. two\n   - in `it`\n   - too\n\n> first\n>\n> *second*\n\n> [!WARNING] Stop\n> now\n\n\
            <script>x</script>\n\n![alt](/a.png)<b>c</b>\n\n---\n";
        let expected = vec![
            Block::Heading { level: 3, text: "Store it".to_owned() },
            Block::Paragraph(vec![Span::plain("Keep "), bold("dry"), Span::plain(", see cost.\nNow")]),
            Block::List {
                ordered: true,
                items: vec![vec![Span::plain("one")], vec![Span::plain("two\n– in it\n– too")]],
            },
            Block::Quote(vec![Span::plain("first\n"), italic("second")]),
            Block::Quote(vec![bold("Stop"), Span::plain("\nnow")]),
            Block::Paragraph(vec![Span::plain("c")]),
        ];
        assert_eq!(blocks_of(text), expected);
    }
}
