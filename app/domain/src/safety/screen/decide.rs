//! From what the lists found and what the model thinks to one verdict. The lists decide kinds and emergencies; the model
//! is asked where they are silent, and about crises always.

use super::lexicon::Role;
use super::model::{Head, Model, Scored};
use super::{By, Kind, Matched, Reading, Situation, THRESHOLD, URGENT, Verdict, legible};

pub(super) fn decide(reading: &Reading, model: Option<&Model>, too_long: bool) -> Verdict {
    let scores = list_scores(reading);
    let mut kinds: Vec<Kind> = scores.iter().filter(|(_, s)| *s >= THRESHOLD).map(|(k, _)| *k).collect();
    if kinds.contains(&Kind::Emergency) && !kinds.contains(&Kind::AdverseEvent) {
        kinds.push(Kind::AdverseEvent);
    }
    let unreadable = too_long
        || reading.tongue.foreign
        || legible::is_unreadable(&reading.tokens, &reading.findings.known);
    let heads = match model {
        Some(model) if !reading.tongue.foreign && has_a_word(reading) => {
            model.score(&reading.windows(), reading.tongue.language)
        }
        _ => Vec::new(),
    };
    let by_lists = !kinds.is_empty();
    let added = heads_that_flag(&heads, &kinds);
    kinds.extend(added.iter().map(|scored| kind_of(scored.head)));
    if kinds.is_empty() && unreadable {
        kinds.push(Kind::Unreadable);
    }
    kinds.sort_unstable();
    let kind = kinds.first().copied().unwrap_or(Kind::None);
    Verdict {
        kind,
        flag: kind != Kind::None,
        score: score(kind, by_lists, &scores, &heads),
        matched: matched(reading, model, &added),
        kinds,
    }
}

/// Numbers and unknown names alone say nothing to the model.
fn has_a_word(reading: &Reading) -> bool {
    reading.tokens.iter().zip(&reading.findings.known).any(|(token, known)| *known && token.is_word())
}

/// What the lists say for each kind.
fn list_scores(reading: &Reading) -> Vec<(Kind, f32)> {
    let mut scores: Vec<(Kind, f32)> = Vec::new();
    for w in &reading.weighed {
        let kind = Kind::of(w.found.role);
        match scores.iter_mut().find(|(k, _)| *k == kind) {
            Some((_, score)) => *score = score.max(w.weight) + 0.1 * score.min(w.weight),
            None => scores.push((kind, w.weight)),
        }
    }
    scores
}

/// The heads that add a kind: a crisis wherever none was found, a reaction where nothing was found at all.
fn heads_that_flag(heads: &[Scored], kinds: &[Kind]) -> Vec<Scored> {
    let above = |s: &&Scored| s.margin >= 0.0;
    let crisis =
        heads.iter().filter(above).find(|s| s.head == Head::Crisis && !kinds.contains(&Kind::Crisis));
    let other = heads
        .iter()
        .filter(above)
        .filter(|s| s.head != Head::Crisis && kinds.is_empty())
        .max_by(|a, b| a.margin.total_cmp(&b.margin));
    crisis.into_iter().chain(other).copied().collect()
}

fn kind_of(head: Head) -> Kind {
    match head {
        Head::Reaction => Kind::AdverseEvent,
        Head::Crisis => Kind::Crisis,
    }
}

/// Between 0 and 1: below [`THRESHOLD`] nothing, from [`URGENT`] an emergency or a crisis; in between by the model.
fn score(kind: Kind, by_lists: bool, lists: &[(Kind, f32)], heads: &[Scored]) -> f32 {
    let strongest = heads.iter().map(|s| s.margin).fold(f32::NEG_INFINITY, f32::max);
    let likely = 1.0 / (1.0 + (-strongest).exp());
    match kind {
        Kind::None | Kind::Unreadable => {
            let list = lists.iter().map(|(_, s)| *s).fold(0.0, f32::max);
            if heads.is_empty() { list.min(0.49) } else { likely.min(0.49) }
        }
        kind => {
            let within = if by_lists { likely } else { (2.0 * likely - 1.0).max(0.0) };
            let from = if kind <= Kind::Crisis { URGENT } else { THRESHOLD };
            from + 0.25 * within
        }
    }
}

/// The words that counted, in reading order.
fn matched(reading: &Reading, model: Option<&Model>, added: &[Scored]) -> Vec<Matched> {
    let listed = reading.weighed.iter().map(|w| Matched {
        kind: Kind::of(w.found.role),
        start: reading.tokens[w.found.first].start,
        end: reading.tokens[w.found.last].end,
        weight: w.weight,
        by: By::Lists,
    });
    let telling = added.iter().flat_map(|scored| {
        let words = model.map(|m| m.telling(&reading.text.tokens, scored)).unwrap_or_default();
        words.into_iter().map(|(start, end)| Matched {
            kind: kind_of(scored.head),
            start,
            end,
            weight: 1.0 / (1.0 + (-scored.margin).exp()),
            by: By::Model,
        })
    });
    let mut matched: Vec<Matched> = listed.chain(telling).collect();
    matched.sort_by_key(|m| (m.start, m.end));
    matched
}

impl Kind {
    fn of(role: Role) -> Self {
        match role {
            Role::Emergency => Self::Emergency,
            Role::Crisis => Self::Crisis,
            Role::Reaction => Self::AdverseEvent,
            Role::Complaint => Self::ProductComplaint,
            Role::Pregnancy => Self::SpecialSituation(Situation::Pregnancy),
            Role::Overdose => Self::SpecialSituation(Situation::Overdose),
            Role::Misuse => Self::SpecialSituation(Situation::Misuse),
            Role::Error => Self::SpecialSituation(Situation::MedicationError),
            Role::Ineffective => Self::SpecialSituation(Situation::LackOfEffect),
            Role::OffLabel => Self::SpecialSituation(Situation::OffLabel),
            _ => Self::None,
        }
    }
}
