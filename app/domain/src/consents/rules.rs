//! Pure decisions about consents.

use super::types::{Channel, Consent, Purpose};
use crate::error::Flaw;
use crate::people;
use crate::time::{Day, Timestamp};

/// The latest row of each purpose and channel. `rows` may stand in any order.
pub fn current(rows: &[Consent]) -> Vec<&Consent> {
    let mut latest: Vec<&Consent> = Vec::new();
    for row in rows {
        let same = |other: &&mut &Consent| {
            (other.case, other.person, other.purpose, other.channel)
                == (row.case, row.person, row.purpose, row.channel)
        };
        match latest.iter_mut().find(same) {
            Some(held) if held.seq < row.seq => *held = row,
            Some(_) => {}
            None => latest.push(row),
        }
    }
    latest
}

/// Whether a row is a yes that still holds.
pub fn holds(row: &Consent, now: Timestamp) -> bool {
    row.is_given && row.expires_at.is_none_or(|expires| now < expires)
}

/// Whether the patient has agreed to all the program needs: to take part, and to the signed authorization.
pub fn is_complete(rows: &[Consent], now: Timestamp) -> bool {
    [Purpose::ProgramServices, Purpose::HealthAuthorization].into_iter().all(|purpose| {
        current(rows)
            .iter()
            .any(|row| row.purpose == purpose && row.channel == Channel::Portal && holds(row, now))
    })
}

/// What is wrong with a typed name that signs, at the field `signature`.
pub fn signature_flaws(name: &str) -> Vec<Flaw> {
    let mut flaws = people::name_flaws("signature", name);
    for flaw in &mut flaws {
        if flaw.code.ends_with("missing") {
            flaw.code = "missing"; // its own sentence: a signature is more than a name
        }
    }
    flaws
}

/// The same day so many months later; the last of the month where that day does not exist.
pub fn months_later(day: Day, months: i64) -> Option<Day> {
    let index = i64::from(day.year) * 12 + i64::from(day.month) - 1 + months;
    let (year, month) =
        (i16::try_from(index.div_euclid(12)).ok()?, u8::try_from(index.rem_euclid(12) + 1).ok()?);
    (0..4).find_map(|less| Day::new(year, month, day.day.checked_sub(less)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consents::types::{How, Wording};
    use crate::ids::{CaseId, ConsentId, PersonId};
    use crate::locale::Locale;

    fn row(seq: i64, purpose: Purpose, channel: Channel, is_given: bool) -> Consent {
        Consent {
            id: ConsentId::fixed(seq as u128),
            seq,
            case: CaseId::fixed(1),
            person: PersonId::fixed(1),
            purpose,
            channel,
            is_given,
            wording: Wording { item: "BR/CON-01".into(), edition: 1, locale: Locale::En },
            actor: "person:x".into(),
            how: How::Enrollment,
            at: Timestamp(seq),
            expires_at: None,
        }
    }

    #[test]
    fn the_latest_answer_holds_whatever_came_before() {
        use Channel::{Email, Sms};
        use Purpose::ProgramServices as Services;
        let rows = [row(2, Services, Sms, false), row(1, Services, Sms, true), row(1, Services, Email, true)];
        let now = current(&rows);
        assert_eq!(now.len(), 2);
        assert!(!now[0].is_given && now[1].is_given);
    }

    #[test]
    fn an_authorization_ends_when_it_expires() {
        let mut signed = row(1, Purpose::HealthAuthorization, Channel::Portal, true);
        signed.expires_at = Some(Timestamp(100));
        assert!(holds(&signed, Timestamp(99)));
        assert!(!holds(&signed, Timestamp(100)));
        let rows = [signed, row(1, Purpose::ProgramServices, Channel::Portal, true)];
        assert!(is_complete(&rows, Timestamp(99)));
        assert!(!is_complete(&rows, Timestamp(100)));
        assert!(!is_complete(&rows[1..], Timestamp(0)));
    }

    #[test]
    fn another_persons_answer_on_the_same_case_counts_for_them_alone() {
        let mut hers = row(2, Purpose::ProgramServices, Channel::Email, true);
        hers.person = PersonId::fixed(2);
        let rows = [row(1, Purpose::ProgramServices, Channel::Email, false), hers];
        assert_eq!(current(&rows).iter().map(|row| row.is_given).collect::<Vec<_>>(), [false, true]);
    }

    #[test]
    fn a_year_later_is_the_same_day_or_the_last_before_it() {
        let day = |y, m, d| Day::new(y, m, d);
        assert_eq!(day(2026, 11, 24).and_then(|d| months_later(d, 12)), day(2027, 11, 24));
        assert_eq!(day(2024, 2, 29).and_then(|d| months_later(d, 12)), day(2025, 2, 28));
        assert_eq!(day(2026, 10, 31).and_then(|d| months_later(d, 1)), day(2026, 11, 30));
        assert_eq!(day(2026, 12, 31).and_then(|d| months_later(d, 2)), day(2027, 2, 28));
    }
}
