//! Chance that falls the same way every time: a demonstration with the same clock gives the same pictures.

use domain::time::{MINUTE, Timestamp};
use sha2::{Digest, Sha256};

/// A small generator (SplitMix64) that will never change under us.
#[derive(Debug, Clone)]
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    /// A number from `low` to `high`, both possible.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = u64::try_from(high - low + 1).unwrap_or(1);
        low + i64::try_from(self.below(span)).unwrap_or(0)
    }

    /// True so many times in a hundred.
    pub(super) fn percent(&mut self, chance: u64) -> bool {
        self.below(100) < chance
    }

    pub(super) fn pick<'l, T>(&mut self, list: &'l [T]) -> &'l T {
        let at = usize::try_from(self.below(list.len() as u64)).unwrap_or(0);
        &list[at]
    }

    /// An index of a list of weights.
    pub(super) fn weighted(&mut self, weights: &[u64]) -> usize {
        let mut left = self.below(weights.iter().sum());
        for (at, weight) in weights.iter().enumerate() {
            if left < *weight {
                return at;
            }
            left -= weight;
        }
        0
    }

    /// An id that sorts by its time, as those the portal makes do.
    pub(super) fn id(&mut self, at: Timestamp) -> u128 {
        let millis = u128::from(at.0.unsigned_abs()) & 0xffff_ffff_ffff;
        let chance = (u128::from(self.next()) << 64) | u128::from(self.next());
        (millis << 80) | (7 << 76) | ((chance & 0xfff) << 64) | (2 << 62) | (chance >> 66)
    }

    /// An instant a little later, by up to so many minutes.
    pub(super) fn soon_after(&mut self, at: Timestamp, minutes: i64) -> Timestamp {
        at.plus(self.between(1, minutes) * MINUTE)
    }
}

/// A number for a name, always the same one, for ids.
pub(super) fn named(name: &str) -> u128 {
    let digest = Sha256::digest(format!("handrail demonstration {name}").as_bytes());
    digest.iter().take(16).fold(0, |number, byte| (number << 8) | u128::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_by_time_and_chance_repeats() {
        let (mut a, mut b) = (Dice::new(7), Dice::new(7));
        assert_eq!(a.next(), b.next());
        assert!(a.id(Timestamp(1_000)) < a.id(Timestamp(2_000)));
        assert_eq!(named("x"), named("x"));
        assert_ne!(named("x"), named("y"));
    }
}
