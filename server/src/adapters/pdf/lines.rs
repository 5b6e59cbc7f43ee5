//! From text to lines.

use super::Span;
use super::fonts::{FAMILIES, RTL_FAMILIES};
use super::glyphs::{atoms_of, together, word};
use super::letters::{Letter, letters_of, looks_by_byte, runs_of, starts_of, text_of};
use super::setting::{Color, Line, Look, Piece, Setter, Type, Word};
use super::sheets::{SIDE, WIDTH};
use domain::error::Result;
use parley::style::{FontFamily, FontFamilyName, FontStyle, FontWeight, OverflowWrap, StyleProperty};
use parley::{AlignmentOptions, BaseDirection, Layout};
use std::ops::Range;

impl Setter {
    /// The lines of a text, this far from the edge it starts at.
    pub(super) fn set(&mut self, spans: &[Span], style: Type, inset: f32) -> Result<Vec<Line>> {
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

fn missing_in(layout: &Layout<()>) -> Vec<Range<usize>> {
    let clusters = layout.lines().flat_map(|line| line.runs()).flat_map(|run| run.clusters());
    clusters
        .filter(|cluster| cluster.glyphs().any(|glyph| glyph.id == 0))
        .map(|cluster| cluster.text_range())
        .collect()
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
