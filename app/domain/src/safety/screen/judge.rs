//! Weighs what was found in its sentence: denied, asked about in general, or happening to somebody.

use super::find::Found;
use super::lexicon::{Language, Role};
use super::read::{Text, Token};

/// What is left of a finding that is denied: "I have no rash".
const DENIED: f32 = 0.1;
/// What is left of one that is only asked about: "can it cause a rash?".
const ASKED: f32 = 0.25;
/// What somebody's having it adds to a weak sign: "I have pain".
const HAPPENING: f32 = 1.4;
/// How many words a negation reaches ahead, and how far from its words somebody's having them may be said.
const REACH: usize = 4;
const NEAR: usize = 10;

/// A finding with what it counts in its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Weighed {
    pub(super) found: Found,
    pub(super) weight: f32,
}

/// Weighs every finding; what a figure of speech covers at least half of is left out.
///
/// A figure hides findings of its own language, and all in a text of that language: German `bald` is no English word.
pub(super) fn weigh(text: &Text, tokens: &[Token], all: &[Found], language: Language) -> Vec<Weighed> {
    let figures: Vec<&Found> = all.iter().filter(|f| f.role == Role::Figure).collect();
    let shared = |f: &Found, g: &Found| (f.last.min(g.last) + 1).saturating_sub(f.first.max(g.first));
    let hides = |g: &Found, f: &Found| g.language == f.language || g.language == language;
    let hidden = |f: &Found| figures.iter().any(|g| hides(g, f) && 2 * shared(f, g) > f.last - f.first);
    let seen: Vec<Found> = all.iter().filter(|f| f.role != Role::Figure && !hidden(f)).copied().collect();
    let scene = Scene { text, tokens, seen: &seen };
    seen.iter()
        .filter(|f| f.role.is_finding())
        .map(|f| Weighed { found: *f, weight: f.weight * scene.factor(f) })
        .collect()
}

fn tokens_a_word(language: Language) -> usize {
    if language == Language::Chinese { 2 } else { 1 }
}

struct Scene<'a> {
    text: &'a Text,
    tokens: &'a [Token],
    seen: &'a [Found],
}

impl Scene<'_> {
    fn factor(&self, finding: &Found) -> f32 {
        let happening = self.is_happening(finding);
        let supposed = self.is_supposed(finding);
        match finding.role {
            Role::Emergency | Role::Crisis => {
                let general = self.is_question(finding)
                    && !happening
                    && !self.any(Role::Person, finding)
                    && (finding.role == Role::Emergency || self.any(Role::Condition, finding));
                if general { ASKED } else { 1.0 }
            }
            _ if self.is_denied(finding) => DENIED,
            _ if supposed => ASKED,
            _ if self.is_question(finding) && !happening => ASKED,
            _ if happening => HAPPENING,
            _ => 1.0,
        }
    }

    fn sentence(&self, f: &Found) -> usize {
        self.tokens[f.first].sentence
    }

    /// Findings of a role in the same sentence, in the same language as the finding or saying nothing about language.
    fn beside<'b>(&'b self, role: Role, f: &'b Found) -> impl Iterator<Item = &'b Found> {
        self.seen.iter().filter(move |g| {
            g.role == role && g.language == f.language && self.sentence(g) == self.sentence(f)
        })
    }

    fn any(&self, role: Role, f: &Found) -> bool {
        self.beside(role, f).next().is_some()
    }

    fn is_question(&self, f: &Found) -> bool {
        let sentence = self.sentence(f);
        let starts = |g: &Found| {
            let clause = self.tokens[g.first].clause;
            let opening = self.tokens[..g.first]
                .iter()
                .rev()
                .take_while(|t| t.clause == clause && t.sentence == sentence)
                .count();
            // Chinese asks at the end or in the middle
            opening == 0 || f.language == Language::Chinese
        };
        self.text.asked.get(sentence).copied().unwrap_or_default()
            || self.beside(Role::Question, f).any(starts)
    }

    fn is_happening(&self, f: &Found) -> bool {
        self.beside(Role::Experience, f).any(|g| {
            let apart = if g.last < f.first { f.first - g.last } else { g.first.saturating_sub(f.last) };
            apart <= NEAR * tokens_a_word(f.language)
                && !self.beside(Role::Condition, f).any(|c| c.last < g.first && g.first - c.last <= 3)
        })
    }

    /// "if I get a rash": said before the finding, in its clause.
    fn is_supposed(&self, f: &Found) -> bool {
        let clause = self.tokens[f.first].clause;
        self.beside(Role::Condition, f).any(|c| c.last < f.first && self.tokens[c.first].clause == clause)
    }

    fn is_denied(&self, f: &Found) -> bool {
        let clause = self.tokens[f.first].clause;
        self.beside(Role::Negation, f).any(|n| {
            n.last < f.first
                && f.first - n.last <= REACH * tokens_a_word(f.language)
                && self.tokens[n.first].clause == clause
                && !self.beside(Role::Turn, f).any(|t| n.last < t.first && t.last < f.first)
        })
    }
}
