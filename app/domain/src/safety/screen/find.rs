//! Finds the lexicon's patterns in a text.

use super::legible::{Tongue, is_chinese};
use super::lexicon::{Language, Lexicon, Role, Slot};
use super::read::{Text, Token};
use super::spelling::{Fit, Meanings, is_ours, meanings, mend};

/// A pattern found: tokens `first..=last`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Found {
    pub(super) role: Role,
    pub(super) weight: f32,
    pub(super) language: Language,
    pub(super) first: usize,
    pub(super) last: usize,
}

/// Everything found, and which tokens mean something to us at all.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) found: Vec<Found>,
    pub(super) known: Vec<bool>,
}

/// Reads a text against the lexicon. Misspellings are looked for in the likely languages; words of Vietnamese without
/// their accents count only if it is among them.
pub(super) fn find(lexicon: &Lexicon, text: &Text, tongue: &Tongue) -> (Vec<Token>, Findings) {
    let languages = &tongue.likely;
    let tokens = mend(lexicon, &text.tokens, languages);
    let meanings: Vec<Meanings> = tokens.iter().map(|t| meanings(lexicon, t, languages)).collect();
    let filler: Vec<bool> = (0..tokens.len()).map(|i| is_filler(lexicon, &meanings[i])).collect();
    let mut found = Vec::new();
    for first in 0..tokens.len() {
        for (form, _) in &meanings[first] {
            for number in lexicon.starting.get(form).into_iter().flatten() {
                let pattern = &lexicon.patterns[*number as usize];
                if pattern.role == Role::Filler || pattern.role == Role::Common {
                    continue;
                }
                let mut fits = Vec::with_capacity(pattern.slots.len());
                let fillers: &[bool] = if pattern.role == Role::Figure { &[] } else { &filler };
                let Some(last) =
                    follow(pattern.slots.as_slice(), &tokens, &meanings, fillers, first, &mut fits)
                else {
                    continue;
                };
                if trusted(pattern.language, &fits, tongue) {
                    found.push(Found {
                        role: pattern.role,
                        weight: pattern.weight,
                        language: pattern.language,
                        first,
                        last,
                    });
                }
            }
        }
    }
    // words several languages share are read in the text's own; what stands around them counts in each
    let foreign = |f: &Found| f.language != tongue.language;
    found.sort_by(|a, b| {
        (a.first, a.last, a.role, foreign(a))
            .cmp(&(b.first, b.last, b.role, foreign(b)))
            .then((a.language as u8).cmp(&(b.language as u8)))
            .then(b.weight.total_cmp(&a.weight))
    });
    found.dedup_by_key(|f| (f.first, f.last, f.role, (!f.role.is_finding()).then_some(f.language)));
    let known = tokens
        .iter()
        .zip(&meanings)
        .map(|(t, m)| !m.is_empty() || is_ours(&t.folded) || t.folded.chars().all(is_chinese))
        .collect();
    (tokens, Findings { found, known })
}

/// Walks the pattern's places from token `at`, which must fit the first; gives the last token.
fn follow(
    slots: &[Slot],
    tokens: &[Token],
    meanings: &[Meanings],
    filler: &[bool],
    at: usize,
    fits: &mut Vec<Fit>,
) -> Option<usize> {
    let (slot, rest) = slots.split_first()?;
    let fit = meanings[at]
        .iter()
        .filter(|(f, _)| slot.forms.contains(f))
        .map(|(_, fit)| *fit)
        .min_by_key(|f| *f as u8)?;
    fits.push(fit);
    let Some(next) = rest.first() else { return Some(at) };
    let mut skipped = 0;
    let mut fillers = 0;
    for candidate in at + 1..tokens.len() {
        if tokens[candidate].sentence != tokens[at].sentence {
            break;
        }
        let kept = fits.len();
        if let Some(last) = follow(rest, tokens, meanings, filler, candidate, fits) {
            return Some(last);
        }
        fits.truncate(kept);
        if filler.get(candidate) == Some(&true) && fillers < 3 {
            fillers += 1;
        } else {
            skipped += 1;
        }
        if skipped > next.gap {
            break;
        }
    }
    fits.pop();
    None
}

/// Whether a pattern found with these fits is to be believed: accents carry the meaning in Vietnamese, and short
/// patterns leave no room for doubt.
///
/// French and German share many beginnings of words with English and Spanish: alone, a word of theirs counts only where
/// the text may be theirs.
fn trusted(language: Language, fits: &[Fit], tongue: &Tongue) -> bool {
    let likely = tongue.likely.contains(&language);
    let count = |fit: Fit| fits.iter().filter(|f| **f == fit).count();
    if count(Fit::Misspelt) > 1 + fits.len() / 4 {
        return false;
    }
    match language {
        Language::Vietnamese => {
            (likely || count(Fit::Bare) + count(Fit::Misspelt) == 0)
                && count(Fit::OtherAccents) <= usize::from(fits.len() >= 3)
        }
        Language::French | Language::German => likely || !tongue.sure || fits.len() >= 2,
        _ => true,
    }
}

fn is_filler(lexicon: &Lexicon, meanings: &Meanings) -> bool {
    meanings.iter().filter(|(_, fit)| *fit != Fit::Misspelt).any(|(form, _)| {
        lexicon.starting.get(form).is_some_and(|starts| {
            starts.iter().any(|p| {
                let pattern = &lexicon.patterns[*p as usize];
                pattern.role == Role::Filler && pattern.slots.len() == 1
            })
        })
    })
}
