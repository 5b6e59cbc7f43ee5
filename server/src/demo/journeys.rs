//! How cases of the demonstration came to where they stand: the steps, and how long each usually takes.

use super::dice::Dice;
use domain::cases::SubStatus as S;

/// One step of a journey. A step back names the approved reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Leg {
    pub to: S,
    pub back: Option<&'static str>,
}

const fn on(to: S) -> Leg {
    Leg { to, back: None }
}

/// The steps from the first status to this one.
pub(super) fn to(target: S, dice: &mut Dice) -> Vec<Leg> {
    let mut legs = vec![on(S::Received)];
    if target == S::ConsentPending {
        return vec![on(S::ConsentPending)];
    }
    if target == S::Received || target == S::ClosedDuplicate {
        return with_end(legs, target, S::Received);
    }
    if matches!(target, S::DocumentsNeeded | S::ClosedNoContact) || dice.percent(55) {
        legs.push(on(S::DocumentsNeeded));
    }
    if matches!(target, S::DocumentsNeeded | S::ClosedNoContact) {
        return with_end(legs, target, S::DocumentsNeeded);
    }
    legs.push(on(S::BvRunning));
    if matches!(target, S::BvRunning | S::ClosedWithdrawn) {
        return with_end(legs, target, S::BvRunning);
    }
    legs.push(on(S::BvDone));
    if matches!(target, S::BvDone | S::ClosedNotEligible) {
        return with_end(legs, target, S::BvDone);
    }
    authorization(&mut legs, target, dice);
    if matches!(
        target,
        S::PaSubmitted | S::PaInfoRequested | S::PaDenied | S::AppealOpen | S::PaApproved | S::BridgeActive
    ) {
        return legs;
    }
    for next in [S::ShipmentScheduled, S::FirstDispense, S::RefillDue] {
        legs.push(on(next));
        if next == target {
            return legs;
        }
    }
    with_end(legs, target, S::RefillDue)
}

/// What the insurer decides, with the turns it may take.
fn authorization(legs: &mut Vec<Leg>, target: S, dice: &mut Dice) {
    let is_past = !matches!(
        target,
        S::PaSubmitted | S::PaInfoRequested | S::PaDenied | S::AppealOpen | S::PaApproved | S::BridgeActive
    );
    if is_past && dice.percent(25) {
        return; // covered without prior authorization
    }
    legs.push(on(S::PaSubmitted));
    if is_past && dice.percent(12) {
        let why = *dice.pick(&["insurer_changed", "prescriber_correction", "coverage_ended"]);
        legs.push(Leg { to: S::BvRunning, back: Some(why) });
        legs.push(on(S::BvDone));
        legs.push(on(S::PaSubmitted));
    }
    match target {
        S::PaSubmitted => {}
        S::PaInfoRequested => legs.push(on(S::PaInfoRequested)),
        S::PaDenied => legs.push(on(S::PaDenied)),
        S::AppealOpen => legs.extend([on(S::PaDenied), on(S::AppealOpen)]),
        S::BridgeActive if dice.percent(50) => legs.extend([on(S::PaDenied), on(S::BridgeActive)]),
        S::BridgeActive => legs.push(on(S::BridgeActive)),
        _ => {
            if dice.percent(30) {
                legs.extend([on(S::PaInfoRequested), on(S::PaSubmitted)]);
            }
            legs.push(on(S::PaApproved));
        }
    }
}

fn with_end(mut legs: Vec<Leg>, target: S, last: S) -> Vec<Leg> {
    if target != last {
        legs.push(on(target));
    }
    legs
}

/// How often each sub-status is met among open and closed cases, in the order of `SubStatus::ALL`.
const WEIGHTS: [u64; 21] = [6, 5, 9, 9, 4, 10, 6, 3, 4, 5, 4, 6, 6, 10, 4, 3, 2, 2, 2, 2, 1];

/// Where the next case stands. The first cases take every sub-status once, so that none is missing.
pub(super) fn target(at: usize, dice: &mut Dice) -> S {
    match S::ALL.get(at) {
        Some(target) => *target,
        None => S::ALL.get(dice.weighted(&WEIGHTS)).copied().unwrap_or(S::Received),
    }
}

/// Business minutes a case stays in a sub-status before it moves on.
pub(super) fn minutes_in(sub_status: S, expected_days: i64, dice: &mut Dice) -> i64 {
    match sub_status {
        S::Received => dice.between(60, 500),
        S::ConsentPending => dice.between(120, 1_200),
        _ => (expected_days * 600 * dice.between(25, 115) / 100).max(90),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::cases::rules::steps::{Way, way};

    #[test]
    fn every_journey_takes_only_steps_that_are_allowed_and_ends_where_it_should() {
        let mut dice = Dice::new(1);
        for target in S::ALL {
            for _ in 0..40 {
                let legs = to(*target, &mut dice);
                assert_eq!(legs.last().map(|leg| leg.to), Some(*target), "{legs:?}");
                for pair in legs.windows(2) {
                    let expected = if pair[1].back.is_some() { Way::Backward } else { Way::Forward };
                    assert_eq!(way(pair[0].to, pair[1].to), Some(expected), "{pair:?}");
                }
            }
        }
    }
}
