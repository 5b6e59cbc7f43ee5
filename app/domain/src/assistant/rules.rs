//! What decides: limits, the order of outcomes, whose queue.

use super::types::{Outcome, Queue, State};
use super::{phrases, tongue};
use crate::error::{Error, Result};
use crate::letters;
use crate::locale::Locale;
use crate::safety::{Kind, Verdict};
use crate::time::{MINUTE, SECOND, Timestamp};

/// The longest question, in characters.
pub const LONGEST: usize = 2_000;
/// The longest answer of staff, in characters.
pub const LONGEST_REPLY: usize = 4_000;
/// The longest words beside a thumb, and the longest way to ask that staff write, in characters.
pub const LONGEST_COMMENT: usize = 1_000;
pub const LONGEST_PHRASING: usize = 300;
/// Questions in the window, by one person, browser or network.
pub const QUESTIONS: i64 = 30;
/// A text that may be a safety matter is let through far beyond the limit, so that nobody's words about harm are refused.
pub const SAFETY_QUESTIONS: i64 = 300;
pub const WINDOW: i64 = 10 * MINUTE;

/// A question that can be taken: trimmed, with something to see in it, not too long.
///
/// # Errors
/// `Invalid` on `question`.
pub fn question(text: &str) -> Result<&str> {
    check("question", text, LONGEST)
}

/// The same for an answer of staff.
///
/// # Errors
/// `Invalid` on `reply`.
pub fn reply(text: &str) -> Result<&str> {
    check("reply", text, LONGEST_REPLY)
}

/// What somebody adds to a thumb; nothing is also an answer.
///
/// # Errors
/// `Invalid` on `comment`.
pub fn comment(text: &str) -> Result<Option<&str>> {
    match text.trim() {
        "" => Ok(None),
        words => check("comment", words, LONGEST_COMMENT).map(Some),
    }
}

/// A way to ask, as staff write it: one line.
///
/// # Errors
/// `Invalid` on `phrasing`.
pub fn phrasing(text: &str) -> Result<String> {
    let words = check("phrasing", text, LONGEST_PHRASING)?;
    Ok(words.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn check<'a>(field: &str, text: &'a str, longest: usize) -> Result<&'a str> {
    let text = text.trim();
    if text.chars().all(|c| c.is_whitespace() || c.is_control() || letters::is_invisible(c)) {
        return Err(Error::invalid(field, "missing"));
    }
    if text.chars().count() > longest {
        return Err(Error::Invalid(vec![crate::error::Flaw::with_limit(field, "too_long", longest as i64)]));
    }
    Ok(text)
}

/// What is decided before anything is looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum First {
    /// Say this, whoever has the conversation.
    Say(Outcome),
    /// Nothing: a person has the conversation.
    Silent,
    /// Hand over to this queue.
    HandOver(Queue),
    /// Offer the language the question is in.
    OtherLanguage(Locale),
    /// Their own status.
    Personal,
    /// Look for an approved answer.
    Search,
}

/// The order of the outcomes: safety, then a person who has the conversation, then a wish for a person, then another
/// language than the page's, then the own status, then the approved answers. What cannot be read goes to a person.
pub fn first(verdict: &Verdict, state: State, text: &str, locale: Locale) -> First {
    match verdict.kind {
        Kind::Emergency => return First::Say(Outcome::Emergency),
        Kind::Crisis => return First::Say(Outcome::Crisis),
        Kind::AdverseEvent | Kind::ProductComplaint | Kind::SpecialSituation(_) => {
            return First::Say(Outcome::Safety);
        }
        Kind::Unreadable | Kind::None => {}
    }
    if matches!(state, State::Waiting | State::Person) {
        return First::Silent;
    }
    if verdict.kind == Kind::Unreadable || phrases::wants_a_person(text) {
        return First::HandOver(Queue::General);
    }
    if let Some(tongue) = tongue::other(text, locale) {
        return First::OtherLanguage(tongue);
    }
    if phrases::is_personal(text, locale) {
        return First::Personal;
    }
    First::Search
}

/// How long to wait, when this many questions came since `oldest` began the window; none when one more is welcome.
pub fn wait(asked: i64, oldest: Option<Timestamp>, limit: i64, now: Timestamp) -> Option<u32> {
    if asked < limit {
        return None;
    }
    let left = WINDOW - now.since(oldest.unwrap_or(now));
    Some(u32::try_from((left.max(SECOND) + SECOND - 1) / SECOND).unwrap_or(600))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::safety::screen::screen;

    fn of(text: &str, locale: Locale) -> First {
        first(&screen(text, locale.tag()), State::Assistant, text, locale)
    }

    #[test]
    fn safety_comes_first_whoever_has_the_conversation() {
        let text = "me cuesta respirar y tengo los labios hinchados";
        for state in [State::Assistant, State::Waiting, State::Person] {
            assert_eq!(
                first(&screen(text, "es"), state, text, Locale::Es),
                First::Say(Outcome::Emergency),
                "{state}"
            );
        }
        assert_eq!(
            of("Desde que lo uso me sale un sarpullido y me pica mucho", Locale::Es),
            First::Say(Outcome::Safety)
        );
    }

    #[test]
    fn a_person_silences_the_assistant_and_a_personal_question_is_no_search() {
        let text = "¿Cuándo llega mi pedido?";
        assert_eq!(of(text, Locale::Es), First::Personal);
        assert_eq!(first(&screen(text, "es"), State::Waiting, text, Locale::Es), First::Silent);
        assert_eq!(of("¿Dónde guardo el inhalador?", Locale::Es), First::Search);
        assert_eq!(of("I want to talk to a person", Locale::En), First::HandOver(Queue::General));
    }

    #[test]
    fn another_language_is_offered_before_anything_is_looked_up() {
        let text = "¿Dónde guardo el inhalador?";
        assert_eq!(of(text, Locale::En), First::OtherLanguage(Locale::Es));
        assert_eq!(of(text, Locale::Es), First::Search);
        // safety and a wish for a person are understood on every page
        assert_eq!(of("me cuesta respirar", Locale::En), First::Say(Outcome::Emergency));
        assert_eq!(of("quiero hablar con una persona", Locale::En), First::HandOver(Queue::General));
    }

    #[test]
    fn a_question_must_be_seen_and_is_not_endless() {
        for text in ["", "  \n ", "\u{200b}\u{200d}\u{2060}", "\u{202e}\u{feff}"] {
            assert!(question(text).is_err(), "{text:?}");
        }
        assert_eq!(question("  a  ").ok(), Some("a"));
        assert!(question(&"é".repeat(LONGEST)).is_ok());
        assert!(question(&"é".repeat(LONGEST + 1)).is_err());
    }

    #[test]
    fn after_thirty_questions_one_waits_for_the_oldest_to_leave() {
        let now = Timestamp(10_000_000);
        assert_eq!(wait(29, Some(now), QUESTIONS, now), None);
        assert_eq!(wait(30, Some(now.plus(-9 * MINUTE)), QUESTIONS, now), Some(60));
        assert_eq!(wait(30, None, QUESTIONS, now), Some(600));
    }
}
