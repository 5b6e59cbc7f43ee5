//! Counting tests: what a line of a test run reports, and the sum of all runs.

use std::fmt;
use std::iter::Sum;
use std::ops::Add;

/// How many tests passed, failed, and were left out by themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Score {
    /// Passed.
    pub(crate) passed: u32,
    /// Failed.
    pub(crate) failed: u32,
    /// Marked as ignored in the code.
    pub(crate) ignored: u32,
}

impl Score {
    /// One check that passed.
    pub(crate) fn passed() -> Self {
        Self { passed: 1, ..Self::default() }
    }

    /// One check that failed.
    pub(crate) fn failed() -> Self {
        Self { failed: 1, ..Self::default() }
    }

    /// What a line reports: `test result: ok. 12 passed; 0 failed; 1 ignored; …` from Rust's tests,
    /// `12 passed, 0 failed` from the journeys; nothing for any other line.
    pub(crate) fn read(line: &str) -> Self {
        let line = line.trim();
        let own = line.starts_with("test result: ") || line.starts_with(|c: char| c.is_ascii_digit());
        if !own || !line.contains(" passed") || !line.contains(" failed") {
            return Self::default();
        }
        let words: Vec<&str> = line.split([' ', ';', ',', '.']).filter(|w| !w.is_empty()).collect();
        let count = |what: &str| {
            let at = words.iter().position(|w| *w == what).unwrap_or(0);
            words.get(at.wrapping_sub(1)).and_then(|w| w.parse().ok()).unwrap_or(0)
        };
        Self { passed: count("passed"), failed: count("failed"), ignored: count("ignored") }
    }
}

impl Add for Score {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            ignored: self.ignored + other.ignored,
        }
    }
}

impl Sum for Score {
    fn sum<I: Iterator<Item = Self>>(scores: I) -> Self {
        scores.fold(Self::default(), Add::add)
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.ignored > 0 {
            write!(f, ", {} ignored", self.ignored)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_are_read_and_summed() {
        let lines = [
            "running 13 tests",
            "test result: FAILED. 12 passed; 1 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.01s",
            "7 passed, 0 failed",
            "test a_case_that_passed_or_failed ... ok",
            "the nurse saw 3 passed and 2 failed checks",
        ];
        let total: Score = lines.iter().map(|l| Score::read(l)).sum();
        assert_eq!(total, Score { passed: 19, failed: 1, ignored: 2 });
        assert_eq!(total.to_string(), "19 passed, 1 failed, 2 ignored");
    }
}
