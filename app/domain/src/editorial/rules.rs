//! Pure decisions of the editorial room: who may sign, which desk is next, what a change does to translations.

use super::types::{OnChange, ReviewState, State};
use crate::actor::Role;
use crate::content::Desk;
use crate::error::{Error, Flaw, Result};
use crate::ids::PersonId;
use crate::time::{DAY, Timestamp};

/// Days before a review is due on which its owner is reminded (EN-18).
pub const REMINDERS: [i64; 3] = [60, 30, 7];
/// Letters a title may have, a remark, a whole leaf.
pub const TITLE: usize = 200;
pub const REMARK: usize = 2_000;
pub const LEAF: usize = 40_000;
/// A publication that comes so much later than planned is told as late.
pub const LATE: i64 = 5 * 60_000;

/// What each desk ticks before it signs; the last part of a label's key.
pub const fn checklist(desk: Desk) -> &'static [&'static str] {
    match desk {
        Desk::Medical => &["accurate", "referenced", "balanced", "dosing"],
        Desk::Legal => &["promises", "privacy", "rights", "fair"],
        Desk::Regulatory => &["label", "indication", "safety_information", "audience"],
    }
}

/// Who sits at a desk.
pub const fn role(desk: Desk) -> Role {
    match desk {
        Desk::Medical => Role::MedicalReviewer,
        Desk::Legal => Role::LegalReviewer,
        Desk::Regulatory => Role::RegulatoryReviewer,
    }
}

/// Whether a person may sign a variant: they wrote none of it and have not signed it before, at whatever desk.
///
/// # Errors
/// `Conflict` with `signed_by_author` or `signed_twice`.
pub fn may_sign(person: PersonId, writers: &[PersonId], signers: &[PersonId]) -> Result<()> {
    if writers.contains(&person) {
        return Err(Error::Conflict("signed_by_author"));
    }
    if signers.contains(&person) {
        return Err(Error::Conflict("signed_twice"));
    }
    Ok(())
}

/// Which desks read at once when a variant is handed in: all of them, or the first.
pub fn opens_at_once(desk: Desk, in_order: bool) -> ReviewState {
    if !in_order || desk == Desk::Medical { ReviewState::Open } else { ReviewState::Waiting }
}

/// The desk that opens when this one has signed, where the program reads in order.
pub fn next_desk(signed: Desk) -> Option<Desk> {
    let at = Desk::ALL.iter().position(|desk| *desk == signed)?;
    Desk::ALL.get(at + 1).copied()
}

/// Whether every desk has signed.
pub fn is_signed_by_all(reviews: &[(Desk, ReviewState)]) -> bool {
    Desk::ALL.iter().all(|desk| reviews.contains(&(*desk, ReviewState::Approved)))
}

/// The ticks a desk still owes, as flaws at `checklist`.
pub fn unticked(desk: Desk, ticked: &[String]) -> Vec<Flaw> {
    let owed = checklist(desk).iter().filter(|code| !ticked.iter().any(|tick| tick == *code)).count();
    if owed == 0 { Vec::new() } else { vec![Flaw::new("checklist", "checklist_open")] }
}

/// Until when readers keep a translation of an edition that was just replaced; the same instant hides it at once.
/// `None` shows the new edition in its own language instead, marked.
pub fn shown_until(on_change: OnChange, days: i64, now: Timestamp) -> Option<Timestamp> {
    match on_change {
        OnChange::Hide => Some(now),
        OnChange::Previous => Some(now.plus(days.clamp(1, 90).saturating_mul(DAY))),
        OnChange::Notice => None,
    }
}

/// Whether a variant in this state may be taken back from readers, or from the way to them.
pub const fn may_withdraw(state: State) -> bool {
    matches!(state, State::Live | State::Stale | State::Approved | State::Scheduled)
}

/// Whether a new edition, or a new try, may be begun beside this one.
pub const fn may_begin_beside(state: State) -> bool {
    !state.is_open()
}

/// What is wrong with a remark.
pub fn remark(text: &str) -> Result<&str> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(Error::invalid("remark", "missing")),
        n if n > REMARK => Err(Error::Invalid(vec![Flaw::with_limit("remark", "too_long", REMARK as i64)])),
        _ => Ok(text),
    }
}

/// Whether a new item's code can be one: `EDU-110`.
pub fn is_code(code: &str) -> bool {
    let letters = code.bytes().take_while(u8::is_ascii_uppercase).count();
    let digits = code.bytes().skip(letters + 1).collect::<Vec<_>>();
    (2..=5).contains(&letters)
        && code.as_bytes().get(letters) == Some(&b'-')
        && (1..=5).contains(&digits.len())
        && digits.iter().all(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_signs_their_own_words_and_nobody_signs_twice() {
        let [a, b, c] = [1, 2, 3].map(PersonId::fixed);
        assert!(may_sign(c, &[a], &[b]).is_ok());
        assert!(matches!(may_sign(a, &[a], &[]), Err(Error::Conflict("signed_by_author"))));
        assert!(matches!(may_sign(b, &[a], &[b]), Err(Error::Conflict("signed_twice"))));
    }

    #[test]
    fn desks_read_together_or_one_after_another() {
        assert!(Desk::ALL.iter().all(|desk| opens_at_once(*desk, false) == ReviewState::Open));
        let in_order: Vec<_> = Desk::ALL.iter().map(|desk| opens_at_once(*desk, true)).collect();
        assert_eq!(in_order, [ReviewState::Open, ReviewState::Waiting, ReviewState::Waiting]);
        assert_eq!(next_desk(Desk::Medical), Some(Desk::Legal));
        assert_eq!(next_desk(Desk::Regulatory), None);
        let signed = [(Desk::Medical, ReviewState::Approved), (Desk::Legal, ReviewState::Approved)];
        assert!(!is_signed_by_all(&signed));
        assert!(is_signed_by_all(&[signed[0], signed[1], (Desk::Regulatory, ReviewState::Approved)]));
    }

    #[test]
    fn a_change_says_what_becomes_of_translations() {
        let now = Timestamp(5);
        assert_eq!(shown_until(OnChange::Hide, 14, now), Some(now));
        assert_eq!(shown_until(OnChange::Previous, 14, now), Some(now.plus(14 * DAY)));
        assert_eq!(shown_until(OnChange::Previous, i64::MAX, now), Some(now.plus(90 * DAY)));
        assert_eq!(shown_until(OnChange::Notice, 0, now), None);
    }

    #[test]
    fn a_code_is_letters_and_a_number() {
        for code in ["EDU-110", "CLM-1", "MSG-01"] {
            assert!(is_code(code), "{code}");
        }
        for code in ["", "edu-1", "EDU", "EDU-", "E-1", "EDU-1x", "../EDU-1", "EDU-123456", "ÉDU-1"] {
            assert!(!is_code(code), "{code}");
        }
    }
}
