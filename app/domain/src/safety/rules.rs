//! What the desk decides: the clocks, the four criteria, and who may close a record as what.

use super::screen::{Kind, Verdict};
use super::types::{Brief, Criteria, Details, Looked, Outcome, Reconciled, Reporter, State};
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
/// A text that is stored and not read after this goes to a person.
pub const UNREAD: i64 = 60 * crate::time::SECOND;
/// So long before a clock runs out its officers are reminded.
pub const REMIND_BEFORE: i64 = HOUR;
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

/// What is done when a clock runs out, one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reminder {
    /// The safety officers are reminded.
    Officers,
    /// The next people hear of it.
    Others,
    /// Somebody must telephone.
    Call,
}

impl Reminder {
    pub const fn code(self) -> &'static str {
        match self {
            Reminder::Officers => "officers",
            Reminder::Others => "others",
            Reminder::Call => "call",
        }
    }
}

/// The reminders whose time has come: an hour before a clock runs out, when it does, and an hour later.
pub fn reminders(due: Timestamp, now: Timestamp) -> impl Iterator<Item = Reminder> {
    let steps = [(-REMIND_BEFORE, Reminder::Officers), (0, Reminder::Others), (HOUR, Reminder::Call)];
    steps.into_iter().filter(move |(after, _)| now >= due.plus(*after)).map(|(_, reminder)| reminder)
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

/// Checks a closing. What pharmacovigilance must have is closed when it says that it has it; what is called harmless is
/// closed by a second person.
///
/// # Errors
/// `Conflict` when the record is not ready to be closed, `Invalid` on `reason`.
pub fn close(brief: &Brief, decided_by: &[PersonId], by: PersonId, reason: &str) -> Result<()> {
    match (brief.state, brief.triaged_as) {
        (State::Triaged, Some(Outcome::NotSafety)) if decided_by.contains(&by) => {
            return Err(Error::Invalid(vec![Flaw::new("reason", "second_person")]));
        }
        (State::Triaged, Some(Outcome::NotSafety)) => {}
        (State::Sent, _) if brief.is_accepted => {}
        (State::Sent, _) => return Err(Error::Conflict("safety_unanswered")),
        _ => return Err(Error::Conflict("safety_record")),
    }
    let flaws = reason_flaws(reason);
    if flaws.is_empty() { Ok(()) } else { Err(Error::Invalid(flaws)) }
}

/// Whether a report may go out now.
///
/// # Errors
/// `Conflict` when it may not, saying why.
pub fn send(brief: &Brief, is_answer_awaited: bool) -> Result<()> {
    match (brief.state, brief.triaged_as) {
        (State::Triaged, Some(Outcome::NotSafety)) => Err(Error::Conflict("safety_record")),
        (State::Triaged | State::Sent, Some(outcome)) => {
            if is_answer_awaited || (brief.state == State::Sent && brief.is_accepted) {
                return Err(Error::Conflict("safety_awaited"));
            }
            // a complaint about the product itself names no reaction
            let needs = if outcome == Outcome::ProductComplaint {
                brief.criteria.without_reaction()
            } else {
                brief.criteria
            };
            if needs.met() == 4 { Ok(()) } else { Err(Error::Conflict("safety_criteria")) }
        }
        _ => Err(Error::Conflict("safety_record")),
    }
}

/// The criteria with what somebody found out.
pub fn criteria_with(first: Criteria, details: &Details) -> Criteria {
    let is_told = |text: &str| !is_blank(text);
    Criteria {
        reporter: first.reporter || is_told(&details.reporter),
        patient: first.patient || is_told(&details.patient),
        product: first.product || is_told(&details.product),
        reaction: first.reaction || is_told(&details.reaction),
    }
}

/// What keeps details from being saved.
pub fn details_flaws(details: &Details) -> Vec<Flaw> {
    let texts = [
        ("reporter", &details.reporter, 200),
        ("patient", &details.patient, 200),
        ("product", &details.product, 200),
        ("lot", &details.lot, 35),
        ("dose", &details.dose, 500),
        ("reaction", &details.reaction, LONGEST_REASON),
        ("comment", &details.comment, LONGEST_REASON),
    ];
    let long = texts.iter().filter(|(_, text, most)| text.chars().count() > *most);
    long.map(|(field, _, most)| Flaw::with_limit(*field, "too_long", *most as i64)).collect()
}

/// How often a text the screen lets pass is drawn for a second look: one in so many.
pub const ONE_IN: u8 = 10;

/// Whether a text is drawn. Its keyed digest decides, so that nobody can foresee it and the same text is drawn or not.
pub fn is_drawn(digest: &str) -> bool {
    let last = digest.get(digest.len().saturating_sub(2)..).and_then(|hex| u8::from_str_radix(hex, 16).ok());
    last.is_some_and(|byte| byte < u8::MAX / ONE_IN)
}

/// The share of missed texts among those the screen lets pass, and the bounds it lies in with 95 in 100 (Wilson). In
/// parts of one; none when nothing was looked at.
pub fn miss_rate(looked: Looked) -> Option<(f64, f64, f64)> {
    if looked.looked <= 0 {
        return None;
    }
    let (n, k, z) = (looked.looked as f64, looked.missed as f64, 1.96_f64);
    let share = k / n;
    let middle = share + z * z / (2.0 * n);
    let spread = z * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    let by = 1.0 + z * z / n;
    Some((share, ((middle - spread) / by).max(0.0), ((middle + spread) / by).min(1.0)))
}

/// Figures of a month (SC-5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Figures {
    pub flagged: usize,
    pub untriaged: usize,
    pub not_safety: usize,
    pub adverse_events: usize,
    pub complaints: usize,
    pub both: usize,
    pub special: usize,
    /// What pharmacovigilance must have.
    pub to_report: usize,
    pub answered: usize,
    pub late: usize,
    /// From awareness until it lay there, in milliseconds: the middle and the longest.
    pub median: Option<i64>,
    pub longest: Option<i64>,
}

/// Counts a month.
pub fn figures(lines: &[Reconciled], now: Timestamp) -> Figures {
    let count = |outcome| lines.iter().filter(|line| line.triaged_as == Some(outcome)).count();
    let mut took: Vec<i64> =
        lines.iter().filter_map(|line| Some(line.sent_at?.since(line.aware_at))).collect();
    took.sort_unstable();
    Figures {
        flagged: lines.len(),
        untriaged: lines.iter().filter(|line| line.triaged_as.is_none()).count(),
        not_safety: count(Outcome::NotSafety),
        adverse_events: count(Outcome::AdverseEvent),
        complaints: count(Outcome::ProductComplaint),
        both: count(Outcome::Both),
        special: count(Outcome::SpecialSituation),
        to_report: lines.iter().filter(|line| line.triaged_as.is_some_and(Outcome::is_reported)).count(),
        answered: lines.iter().filter(|line| line.is_accepted).count(),
        late: lines.iter().filter(|line| line.is_late(now)).count(),
        median: middle(&took),
        longest: took.last().copied(),
    }
}

/// The middle of sorted numbers; of two middle ones their mean.
fn middle(sorted: &[i64]) -> Option<i64> {
    let half = sorted.len() / 2;
    match sorted.len() % 2 {
        1 => sorted.get(half).copied(),
        _ => Some((sorted.get(half.checked_sub(1)?)? + sorted.get(half)?) / 2),
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

    fn brief(state: State, triaged_as: Option<Outcome>, is_accepted: bool, criteria: Criteria) -> Brief {
        Brief {
            id: crate::ids::SafetyId::fixed(1),
            number: number(1),
            source: crate::safety::types::Source::Chat,
            kind: "ae".into(),
            program: None,
            case: None,
            locale: crate::locale::Locale::En,
            aware_at: Timestamp(0),
            triage_due: Timestamp(0),
            report_due: Timestamp(0),
            state,
            criteria,
            triaged_as,
            is_accepted,
            closed_as: None,
        }
    }

    const ALL: Criteria = Criteria { reporter: true, patient: true, product: true, reaction: true };

    #[test]
    fn nobody_closes_alone_what_they_call_harmless_and_nothing_before_it_is_answered() {
        use Outcome::{AdverseEvent, NotSafety};
        let (one, other) = (PersonId::fixed(1), PersonId::fixed(2));
        let harmless = brief(State::Triaged, Some(NotSafety), false, ALL);
        assert!(close(&harmless, &[one], one, "a question").is_err());
        assert!(close(&harmless, &[one], other, "a question").is_ok());
        for reason in ["", "  ", "\u{200b}\u{2060}"] {
            assert!(close(&harmless, &[one], other, reason).is_err(), "{reason:?}");
        }
        assert!(close(&brief(State::Sent, Some(AdverseEvent), true, ALL), &[one], one, "reported").is_ok());
        for (state, outcome) in [
            (State::Sent, Some(AdverseEvent)),
            (State::Triaged, Some(AdverseEvent)),
            (State::Acknowledged, None),
            (State::Flagged, None),
            (State::Closed, Some(AdverseEvent)),
        ] {
            let refused = close(&brief(state, outcome, false, ALL), &[], one, "why");
            assert!(matches!(refused, Err(Error::Conflict(_))), "{state}");
        }
    }

    #[test]
    fn a_report_goes_out_with_all_four_and_not_twice_at_once() {
        use Outcome::{AdverseEvent, NotSafety, ProductComplaint};
        let three = Criteria { reaction: false, ..ALL };
        assert!(send(&brief(State::Triaged, Some(AdverseEvent), false, ALL), false).is_ok());
        assert!(send(&brief(State::Triaged, Some(AdverseEvent), false, three), false).is_err());
        assert!(send(&brief(State::Triaged, Some(ProductComplaint), false, three), false).is_ok());
        assert!(send(&brief(State::Triaged, Some(NotSafety), false, ALL), false).is_err());
        assert!(send(&brief(State::Acknowledged, None, false, ALL), false).is_err());
        assert!(
            send(&brief(State::Sent, Some(AdverseEvent), false, ALL), true).is_err(),
            "its answer is awaited"
        );
        assert!(send(&brief(State::Sent, Some(AdverseEvent), false, ALL), false).is_ok(), "it was not taken");
        assert!(send(&brief(State::Sent, Some(AdverseEvent), true, ALL), false).is_err());
    }

    #[test]
    fn a_month_is_counted_as_it_was() {
        let line = |n: u128, outcome, took: Option<i64>, is_accepted| Reconciled {
            id: crate::ids::SafetyId::fixed(n),
            number: String::new(),
            aware_at: Timestamp(0),
            report_due: Timestamp(REPORT),
            state: State::Sent,
            triaged_as: outcome,
            sent_at: took.map(Timestamp),
            answer: None,
            is_accepted,
        };
        let lines = [
            line(1, Some(Outcome::AdverseEvent), Some(HOUR), true),
            line(2, Some(Outcome::Both), Some(25 * HOUR), true),
            line(3, Some(Outcome::NotSafety), None, false),
            line(4, None, None, false),
        ];
        let counted = figures(&lines, Timestamp(23 * HOUR));
        assert_eq!((counted.flagged, counted.not_safety, counted.to_report, counted.answered), (4, 1, 2, 2));
        assert_eq!((counted.late, counted.untriaged), (1, 1));
        assert_eq!((counted.median, counted.longest), (Some(13 * HOUR), Some(25 * HOUR)));
        assert_eq!(
            figures(&lines, Timestamp(30 * HOUR)).late,
            2,
            "what is not out when its time is over is late"
        );
    }

    #[test]
    fn second_looks_say_how_sure_they_are() {
        assert_eq!(miss_rate(Looked::default()), None);
        let (share, low, high) = miss_rate(Looked { looked: 100, missed: 0 }).unwrap_or_default();
        assert!(share == 0.0 && low == 0.0 && high > 0.03 && high < 0.04, "{high}");
        let (share, low, high) = miss_rate(Looked { looked: 50, missed: 5 }).unwrap_or_default();
        assert!((share - 0.1).abs() < 1e-9 && low > 0.04 && high < 0.22, "{low} {high}");
        let drawn = (0..=255_u8).filter(|byte| is_drawn(&format!("abc{byte:02x}"))).count();
        assert_eq!(drawn, 25);
    }

    #[test]
    fn the_clocks_know_no_weekend() {
        let saturday_night = Timestamp(1_797_736_440_000);
        assert_eq!(clocks(saturday_night).0.since(saturday_night), 4 * HOUR);
        assert_eq!(clocks(saturday_night).1.since(saturday_night), 24 * HOUR);
        assert_eq!(number(42), "SR-000042");
    }

    #[test]
    fn who_does_not_look_is_reminded_and_then_others_hear_of_it() {
        let due = Timestamp(10 * HOUR);
        let at = |hours: i64| reminders(due, Timestamp(hours * HOUR)).map(Reminder::code).collect::<Vec<_>>();
        assert_eq!(at(8), Vec::<&str>::new());
        assert_eq!(at(9), ["officers"]);
        assert_eq!(at(10), ["officers", "others"]);
        assert_eq!(at(12), ["officers", "others", "call"]);
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
