//! What the desk decides: the clocks, the four criteria, and who may close a record as what.

use super::screen::{Kind, Verdict};
use super::types::{Criteria, Outcome, Reporter, State};
use crate::error::{Error, Flaw, Result};
use crate::ids::PersonId;
use crate::letters;
use crate::time::{HOUR, Timestamp};

/// From awareness to the first look by a person, on the clock on the wall: weekends and holidays count.
pub const TRIAGE: i64 = 4 * HOUR;
/// From awareness to the report, on the clock on the wall.
pub const REPORT: i64 = 24 * HOUR;
/// From awareness to a call where life may be in danger.
pub const CALL: i64 = HOUR;
/// The longest reason, in characters.
pub const LONGEST_REASON: usize = 2_000;
/// The longest text a staff member flags, in characters.
pub const LONGEST_REPORT: usize = 4_000;

/// `SR-000042`.
pub fn number(n: i64) -> String {
    format!("SR-{n:06}")
}

/// The instants by which it must be triaged and reported.
pub const fn clocks(aware_at: Timestamp) -> (Timestamp, Timestamp) {
    (aware_at.plus(TRIAGE), aware_at.plus(REPORT))
}

/// Which of the four criteria are met. The product is known when the person is enrolled for it, or when it is named.
pub fn criteria(
    verdict: &Verdict,
    reporter: Reporter,
    is_patient_known: bool,
    is_enrolled: bool,
    text: &str,
    medicines: &[String],
) -> Criteria {
    Criteria {
        reporter: match reporter {
            Reporter::Staff => true,
            Reporter::Patient => is_patient_known,
            Reporter::Visitor => false,
        },
        patient: is_patient_known,
        product: is_enrolled || names_one_of(text, medicines),
        reaction: verdict.kinds.iter().any(|kind| matches!(kind, Kind::AdverseEvent | Kind::Emergency)),
    }
}

fn names_one_of(text: &str, medicines: &[String]) -> bool {
    let folded: String = letters::normalise(text).collect();
    medicines.iter().any(|medicine| {
        let name: String = letters::normalise(medicine).collect();
        !name.is_empty() && folded.contains(&name)
    })
}

/// Checks a closing: an acknowledged record, a reason, and for `not_safety` a second person.
///
/// # Errors
/// `Conflict` when the record is not open and acknowledged, `Invalid` on `as` and `reason`.
pub fn close(
    state: State,
    acknowledged_by: Option<PersonId>,
    by: PersonId,
    outcome: Option<Outcome>,
    reason: &str,
) -> Result<Outcome> {
    if state != State::Acknowledged {
        return Err(Error::Conflict("safety_record"));
    }
    let mut flaws = reason_flaws(reason);
    match outcome {
        None => flaws.insert(0, Flaw::new("as", "choose")),
        Some(Outcome::NotSafety) if acknowledged_by == Some(by) => {
            flaws.insert(0, Flaw::new("as", "second_person"));
        }
        Some(_) => {}
    }
    match outcome {
        Some(outcome) if flaws.is_empty() => Ok(outcome),
        _ => Err(Error::Invalid(flaws)),
    }
}

fn reason_flaws(reason: &str) -> Vec<Flaw> {
    if is_blank(reason) {
        return vec![Flaw::new("reason", "missing")];
    }
    if reason.chars().count() > LONGEST_REASON {
        return vec![Flaw::with_limit("reason", "too_long", LONGEST_REASON as i64)];
    }
    Vec::new()
}

/// Checks a text a staff member flags.
pub fn report_flaws(text: &str) -> Vec<Flaw> {
    if is_blank(text) {
        return vec![Flaw::new("safety_text", "missing")];
    }
    if text.chars().count() > LONGEST_REPORT {
        return vec![Flaw::with_limit("safety_text", "too_long", LONGEST_REPORT as i64)];
    }
    Vec::new()
}

/// Nothing a reader could see.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c.is_control() || letters::is_invisible(c))
}

/// The words that counted, in reading order, overlaps joined, each within the text.
pub fn marks(verdict: &Verdict, text: &str) -> Vec<(usize, usize)> {
    let mut spans: Vec<(usize, usize)> = verdict
        .matched
        .iter()
        .map(|matched| (matched.start, matched.end))
        .filter(|(start, end)| start < end && text.get(*start..*end).is_some())
        .collect();
    spans.sort_unstable();
    let mut joined: Vec<(usize, usize)> = Vec::with_capacity(spans.len());
    for (start, end) in spans {
        match joined.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => joined.push((start, end)),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::safety::screen::screen;

    #[test]
    fn a_person_known_with_their_medicine_and_a_reaction_makes_four() {
        let text = "Desde que lo uso me sale un sarpullido y me pica mucho";
        let verdict = screen(text, "es");
        assert_eq!(criteria(&verdict, Reporter::Patient, true, true, text, &[]).met(), 4);
        let nobody = criteria(&verdict, Reporter::Visitor, false, false, text, &["Aerovent".into()]);
        assert_eq!(nobody, Criteria { reaction: true, ..Criteria::default() });
        let named = "My AEROVENT gave me a rash";
        let verdict = screen(named, "en");
        assert!(
            criteria(&verdict, Reporter::Visitor, false, false, named, &["Aerovent".into()]).product,
            "a medicine that is named is known"
        );
    }

    #[test]
    fn nobody_closes_alone_what_they_call_harmless() {
        let (one, other) = (PersonId::fixed(1), PersonId::fixed(2));
        let state = State::Acknowledged;
        assert!(close(state, Some(one), one, Some(Outcome::AdverseEvent), "reported").is_ok());
        assert!(close(state, Some(one), one, Some(Outcome::NotSafety), "a question").is_err());
        assert!(close(state, Some(one), other, Some(Outcome::NotSafety), "a question").is_ok());
        for reason in ["", "  ", "\u{200b}\u{2060}"] {
            assert!(close(state, Some(one), other, Some(Outcome::NotSafety), reason).is_err(), "{reason:?}");
        }
        assert!(close(state, Some(one), other, None, "why").is_err());
        for state in [State::Flagged, State::Closed] {
            assert!(matches!(
                close(state, None, one, Some(Outcome::AdverseEvent), "why"),
                Err(Error::Conflict(_))
            ));
        }
    }

    #[test]
    fn the_clocks_know_no_weekend() {
        let saturday_night = Timestamp(1_797_736_440_000);
        assert_eq!(clocks(saturday_night).0.since(saturday_night), 4 * HOUR);
        assert_eq!(clocks(saturday_night).1.since(saturday_night), 24 * HOUR);
        assert_eq!(number(42), "SR-000042");
    }

    #[test]
    fn marks_are_apart_and_within_the_text() {
        let text = "I have a rash and a headache";
        let marks = marks(&screen(text, "en"), text);
        assert!(!marks.is_empty());
        assert!(marks.windows(2).all(|pair| pair[0].1 < pair[1].0));
        assert!(marks.iter().all(|(start, end)| text.get(*start..*end).is_some()));
    }
}
