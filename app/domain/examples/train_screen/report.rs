//! Thresholds from out-of-fold scores, and the figures they give.

use crate::texts::{Origin, Text};
use domain::safety::screen::Kind;
use domain::safety::screen::model::{Head, LANGUAGES};

/// The share of the texts nobody need see that lists and head may flag together: of the questions to a portal where there
/// are enough of them, of our own hard negatives elsewhere.
fn allowed(head: Head, origin: Origin, language: usize) -> Option<f32> {
    match (head, origin) {
        (Head::Reaction, Origin::Portal) => Some(0.068),
        (Head::Reaction, Origin::Own) => (language != 0).then_some(0.11),
        (Head::Crisis, Origin::Letters) => Some(0.04),
        (Head::Crisis, Origin::Portal) => Some(0.007),
        (Head::Crisis, Origin::Own) => Some(0.015),
        _ => None,
    }
}

/// What is always allowed above what the lists alone flag, or the head would be mute where the lists are loud.
const ROOM: f32 = 0.005;

/// For each language the lowest threshold that keeps to what is allowed in each of its sets.
pub fn thresholds(texts: &[Text], head: Head, scores: &[f32]) -> [f32; LANGUAGES.len()] {
    let mut all = [1.0; LANGUAGES.len()];
    for (language, lowest) in all.iter_mut().enumerate() {
        let of = |origin, label| chosen(texts, head, scores, language, origin, label);
        *lowest = [Origin::Portal, Origin::Letters, Origin::Own]
            .into_iter()
            .filter_map(|origin| Some(threshold(head, &of(origin, false), allowed(head, origin, language)?)))
            .fold(f32::NEG_INFINITY, f32::max);
        show(texts, head, scores, language, *lowest);
    }
    all
}

/// Texts of a set with their scores: those to be seen, or those nobody need see.
fn chosen<'a>(
    texts: &'a [Text],
    head: Head,
    scores: &[f32],
    language: usize,
    origin: Origin,
    label: bool,
) -> Vec<(&'a Text, f32)> {
    texts
        .iter()
        .zip(scores.iter().copied())
        .filter(|(t, s)| t.language == language && t.origin == origin && s.is_finite())
        .filter(|(t, _)| t.label == label && t.target(head) == Some(label))
        .collect()
}

fn is_listed(head: Head, text: &Text) -> bool {
    match head {
        Head::Crisis => text.listed.contains(&Kind::Crisis),
        Head::Reaction => !text.listed.is_empty(),
    }
}

/// Whether the screen as a whole flags the text.
fn is_flagged(head: Head, text: &Text, score: f32, threshold: f32) -> bool {
    is_listed(head, text) || score >= threshold
}

fn threshold(head: Head, others: &[(&Text, f32)], allowed: f32) -> f32 {
    let share = |threshold: f32| {
        let flagged = others.iter().filter(|(t, s)| is_flagged(head, t, *s, threshold));
        flagged.count() as f32 / others.len().max(1) as f32
    };
    let most = allowed.max(share(f32::INFINITY) + ROOM);
    let mut candidates: Vec<f32> = others.iter().map(|(_, s)| *s + 1e-3).collect();
    candidates.sort_by(f32::total_cmp);
    let lowest = candidates.partition_point(|threshold| share(*threshold) > most);
    candidates.get(lowest).copied().unwrap_or(f32::NEG_INFINITY)
}

/// For each set the share that the lists flag, that the head flags, and that the screen flags with both.
fn show(texts: &[Text], head: Head, scores: &[f32], language: usize, threshold: f32) {
    for origin in [Origin::Reviews, Origin::Portal, Origin::Letters, Origin::Probes, Origin::Own] {
        for label in [true, false] {
            let set = chosen(texts, head, scores, language, origin, label);
            let share = |flags: &dyn Fn(&Text, f32) -> bool| {
                100.0 * set.iter().filter(|(t, s)| flags(t, *s)).count() as f32 / set.len() as f32
            };
            if set.is_empty() {
                continue;
            }
            println!(
                "{head:?} {} {origin:?} {} of {:4}: lists {:5.1} %, model {:5.1} %, both {:5.1} % (from {:.2})",
                LANGUAGES[language],
                if label { "yes" } else { "no " },
                set.len(),
                share(&|t, _| is_listed(head, t)),
                share(&|_, s| s >= threshold),
                share(&|t, s| is_flagged(head, t, s, threshold)),
                threshold,
            );
        }
    }
}
