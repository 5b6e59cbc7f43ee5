//! From pages to a tagged file.

use super::Document;
use super::setting::{Color, Line, Piece, RAIL, Tree};
use super::sheets::{FOOT, PAGE, SIDE, Sheet, WIDTH};
use domain::error::{Error, Result};
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{Metadata, TextDirection};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, Node, SpanTag, TagGroup, TagTree};
use krilla::{SerializeSettings, color::rgb};
use std::iter::Peekable;

pub(super) fn export(
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
