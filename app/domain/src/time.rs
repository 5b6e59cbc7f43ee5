//! Instants as milliseconds since 1970 in UTC, and calendar days, as plain numbers.
//! Zones and business hours need a time zone database and live with `programs`, native only.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// An instant: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Default)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

pub const SECOND: i64 = 1_000;
pub const MINUTE: i64 = 60 * SECOND;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;

impl Timestamp {
    /// This instant moved by so many milliseconds; saturating, so no date from outside can overflow.
    pub const fn plus(self, millis: i64) -> Timestamp {
        Timestamp(self.0.saturating_add(millis))
    }

    /// Milliseconds from `earlier` to this one; negative when it is the other way round.
    pub const fn since(self, earlier: Timestamp) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// A day of the Gregorian calendar, without a zone. Ordered by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Day {
    pub year: i16,
    pub month: u8,
    pub day: u8,
}

impl Day {
    /// A day that exists between 1880 and 2199, or none.
    pub const fn new(year: i16, month: u8, day: u8) -> Option<Day> {
        if year < 1880 || year > 2199 || month < 1 || month > 12 || day < 1 {
            return None;
        }
        let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        let last = match month {
            2 => {
                if leap {
                    29
                } else {
                    28
                }
            }
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        if day > last { None } else { Some(Day { year, month, day }) }
    }
}

impl Day {
    /// The first day of the month so many months from this one's; the same month for 0.
    pub fn first_of_month(self, months: i16) -> Option<Day> {
        let all = self.year.checked_mul(12)?.checked_add(i16::from(self.month) - 1)?.checked_add(months)?;
        Day::new(all.div_euclid(12), u8::try_from(all.rem_euclid(12)).ok()? + 1, 1)
    }

    /// The last day of its month.
    pub fn last_of_month(self) -> Day {
        (28..=31).rev().find_map(|day| Day::new(self.year, self.month, day)).unwrap_or(self)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// The text is no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotADay;

impl FromStr for Day {
    type Err = NotADay;
    fn from_str(text: &str) -> Result<Day, NotADay> {
        let mut parts = text.split('-');
        let (Some(year), Some(month), Some(day), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(NotADay);
        };
        match (year.parse(), month.parse(), day.parse()) {
            (Ok(year), Ok(month), Ok(day)) => Day::new(year, month, day).ok_or(NotADay),
            _ => Err(NotADay),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_follow_each_other() {
        let day: Day = "2026-12-19".parse().unwrap_or(Day { year: 0, month: 1, day: 1 });
        let first = |months| day.first_of_month(months).map(|day| day.to_string());
        assert_eq!(first(0).as_deref(), Some("2026-12-01"));
        assert_eq!(first(1).as_deref(), Some("2027-01-01"));
        assert_eq!(first(-12).as_deref(), Some("2025-12-01"));
        assert_eq!(day.last_of_month().to_string(), "2026-12-31");
        assert_eq!(Day { year: 2027, month: 2, day: 3 }.last_of_month().to_string(), "2027-02-28");
    }

    #[test]
    fn only_days_that_exist_are_days() {
        assert_eq!("1955-03-02".parse(), Ok(Day { year: 1955, month: 3, day: 2 }));
        assert!("2024-02-29".parse::<Day>().is_ok());
        for text in [
            "2023-02-29",
            "2023-13-01",
            "2023-00-10",
            "23-1-1",
            "",
            "1955-03-02-1",
            "1955-03-xx",
            "9999-01-01",
        ] {
            assert_eq!(text.parse::<Day>(), Err(NotADay), "{text}");
        }
    }
}
