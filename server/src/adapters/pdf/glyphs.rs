//! The glyphs that letters are drawn with, in the order and in the place in which they stand.

use super::fonts::Face;
use super::setting::{Look, Type, Word};
use krilla::text::{GlyphId, KrillaGlyph};
use std::ops::Range;

/// Letters that are drawn as one: a letter and its marks, or a ligature.
pub(super) struct Atom {
    text: Range<usize>,
    rtl: bool,
    x: f32,
    advance: f32,
    glyphs: Vec<parley::Glyph>,
}

/// A run's atoms as they are read, each where it stands.
pub(super) fn atoms_of(run: &parley::Run<'_, ()>, x: &mut f32) -> Vec<Atom> {
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
pub(super) fn together(a: &Atom, b: &Atom, text: &str, looks: &[Look]) -> bool {
    let is_space = |atom: &Atom| text[atom.text.clone()].starts_with(' ');
    looks[a.text.start] == looks[b.text.start] && !(a.rtl && (is_space(a) || is_space(b)))
}

pub(super) fn word(atoms: &[Atom], text: &str, looks: &[Look], face: &Face, style: Type) -> Option<Word> {
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
