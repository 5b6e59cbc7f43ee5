//! When a message is tried again, and what it is for.

use super::types::{Cause, Failure, Kind};
use crate::time::{HOUR, MINUTE, Timestamp};

/// Pauses between tries; after the last, a person is told (F-13: about three days).
const PAUSES: [i64; 9] =
    [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR, 8 * HOUR, 12 * HOUR, 24 * HOUR, 24 * HOUR];

/// What becomes of a message that could not be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    TryAt(Timestamp),
    GiveUp,
}

/// After the given number of tries.
pub fn next(attempts: i64, failure: Failure, now: Timestamp) -> Next {
    match failure {
        Failure::Never(_) => Next::GiveUp,
        Failure::Later(_) => usize::try_from(attempts.saturating_sub(1))
            .ok()
            .and_then(|tried| PAUSES.get(tried))
            .map_or(Next::GiveUp, |pause| Next::TryAt(now.plus(*pause))),
    }
}

impl Kind {
    /// Whether it needs the patient's consent.
    pub const fn cause(self) -> Cause {
        match self {
            Kind::WelcomeAccount | Kind::SignInNewDevice | Kind::SafetyAlertStaff => Cause::Notice,
            Kind::EnrollmentReceived
            | Kind::StatusChanged
            | Kind::DocumentRequested
            | Kind::DocumentFailed
            | Kind::DocumentRejected
            | Kind::QuestionAnswered
            | Kind::SafetyFollowUp => Cause::Services,
        }
    }
}

/// The words with their places filled in. A place that has no value stays out of the words.
pub fn fill(text: &str, link: &str, phone: &str, number: &str) -> String {
    text.replace("{link}", link).replace("{phone}", phone).replace("{number}", number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_tried_for_three_days_and_then_a_person_is_told() {
        let (mut now, mut attempts) = (Timestamp(0), 1);
        while let Next::TryAt(at) = next(attempts, Failure::Later("down"), now) {
            assert!(at > now);
            (now, attempts) = (at, attempts + 1);
        }
        assert_eq!(attempts, 10);
        assert!((72 * HOUR..76 * HOUR).contains(&now.0), "{} hours", now.0 / HOUR);
        assert_eq!(next(1, Failure::Never("refused"), now), Next::GiveUp);
    }
}
