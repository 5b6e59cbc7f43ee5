//! Points in time as precise as they were told, in the writing of HL7 (`TS`): nothing is ever rounded up to a day or an hour.

use crate::time::{DAY, Day, HOUR, MINUTE, SECOND, Timestamp};
use std::str::FromStr;

/// `2022`, `202206`, `20220614`, or on to hours, minutes and seconds, with or without a distance from UTC.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct When(String);

/// The text is no point in time between 1880 and 2199.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotATime;

impl When {
    /// An instant, to the second, as clocks showed it so many minutes east of UTC.
    ///
    /// # Errors
    /// `NotATime` outside 1880 to 2199, or further than 14 hours from UTC.
    pub fn at(at: Timestamp, offset_minutes: i16) -> Result<When, NotATime> {
        let local = at.plus(i64::from(offset_minutes) * MINUTE).0;
        let day = day_of(local.div_euclid(DAY)).ok_or(NotATime)?;
        let second = local.rem_euclid(DAY) / SECOND;
        let (hours, minutes, seconds) = (second / 3600, second / 60 % 60, second % 60);
        let sign = if offset_minutes < 0 { '-' } else { '+' };
        let away = offset_minutes.unsigned_abs();
        let Day { year, month, day } = day;
        format!(
            "{year:04}{month:02}{day:02}{hours:02}{minutes:02}{seconds:02}{sign}{:02}{:02}",
            away / 60,
            away % 60
        )
        .parse()
    }

    pub fn day(day: Day) -> When {
        When(format!("{:04}{:02}{:02}", day.year, day.month, day.day))
    }

    /// As it stands in a report.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// The day, where it was told to the day.
    pub fn date(&self) -> Option<Day> {
        Day::new(self.number(0, 4)? as i16, self.number(4, 6)? as u8, self.number(6, 8)? as u8)
    }

    /// The instant, where it was told to the second and with its distance from UTC.
    pub fn instant(&self) -> Option<Timestamp> {
        let offset = self.offset()?;
        let days = days_to(self.date()?);
        let (hours, minutes, seconds) = (self.number(8, 10)?, self.number(10, 12)?, self.number(12, 14)?);
        let local = days * DAY + hours * HOUR + minutes * MINUTE + seconds * SECOND;
        Some(Timestamp(local - offset * MINUTE))
    }

    /// Whether it was told to the second.
    pub fn has_seconds(&self) -> bool {
        self.number(12, 14).is_some()
    }

    fn number(&self, from: usize, to: usize) -> Option<i64> {
        number(&self.0, from, to)
    }

    /// Minutes east of UTC.
    fn offset(&self) -> Option<i64> {
        let at = self.0.find(['+', '-'])?;
        let minutes = number(&self.0, at + 1, at + 3)? * 60 + number(&self.0, at + 3, at + 5).unwrap_or(0);
        Some(if self.0[at..].starts_with('-') { -minutes } else { minutes })
    }
}

impl FromStr for When {
    type Err = NotATime;

    fn from_str(text: &str) -> Result<When, NotATime> {
        let (clock, zone) = text.split_at(text.find(['+', '-']).unwrap_or(text.len()));
        let (digits, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let is_right = is_number(digits)
            && is_number(fraction)
            && fraction.len() <= 4
            && (clock.len() == digits.len() || digits.len() == 14)
            && matches!(digits.len(), 4 | 6 | 8 | 10 | 12 | 14)
            && (zone.is_empty() || (digits.len() > 8 && is_zone(zone)))
            && is_day(digits)
            && number(digits, 8, 10).unwrap_or(0) < 24
            && number(digits, 10, 12).unwrap_or(0) < 60
            && number(digits, 12, 14).unwrap_or(0) < 60;
        if is_right { Ok(When(text.to_owned())) } else { Err(NotATime) }
    }
}

fn number(text: &str, from: usize, to: usize) -> Option<i64> {
    text.get(from..to)?.parse().ok()
}

/// What is not told counts as the first.
fn is_day(digits: &str) -> bool {
    let part = |from, to| number(digits, from, to).unwrap_or(1);
    Day::new(part(0, 4) as i16, part(4, 6) as u8, part(6, 8) as u8).is_some()
}

fn is_zone(zone: &str) -> bool {
    let digits = &zone[1..];
    matches!(digits.len(), 2 | 4)
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && number(digits, 0, 2).is_some_and(|hours| hours <= 14)
        && number(digits, 2, 4).unwrap_or(0) < 60
}

/// Days from 1970-01-01 to the first day of a year of the Gregorian calendar.
fn days_before(year: i64) -> i64 {
    let past = year - 1;
    past * 365 + past.div_euclid(4) - past.div_euclid(100) + past.div_euclid(400) - 719_162
}

fn days_to(day: Day) -> i64 {
    let months = (1..day.month).map(|month| i64::from(length(day.year, month))).sum::<i64>();
    days_before(i64::from(day.year)) + months + i64::from(day.day) - 1
}

fn length(year: i16, month: u8) -> u8 {
    (28..=31).rev().find(|day| Day::new(year, month, *day).is_some()).unwrap_or(0)
}

fn day_of(days: i64) -> Option<Day> {
    let year = (1880..=2199).rev().find(|year| days_before(*year) <= days)?;
    let mut left = days - days_before(year);
    let year = year as i16;
    for month in 1..=12 {
        let length = i64::from(length(year, month));
        if left < length {
            return Day::new(year, month, left as u8 + 1);
        }
        left -= length;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_as_precise_as_it_was_told() {
        let lawful = [
            "2009",
            "200901",
            "20090131",
            "2009013123",
            "200901312359",
            "20090131235959",
            "20220614101010-0500",
            "20220614101010+14",
            "20220614101010.1234+0000",
            "2022061410-05",
        ];
        for text in lawful {
            assert_eq!(text.parse::<When>().map(|when| when.text().to_owned()), Ok(text.to_owned()));
        }
        let unlawful = [
            "",
            "1",
            "209",
            "20091",
            "20091301",
            "20090230",
            "2009013124",
            "200901312360",
            "20090131+0500",
            "20220614101010.",
            "20220614101010.12345",
            "202206141010.1",
            "20220614101010-5",
            "20220614101010-1500",
            "20220614101010-0560",
            "2022-06-14",
            "+2022",
            "-",
            "٢٠٢٢",
            "1879",
            "22000101",
            " 2022",
        ];
        for text in unlawful {
            assert_eq!(text.parse::<When>(), Err(NotATime), "{text}");
        }
    }

    #[test]
    fn an_instant_goes_in_and_comes_out() {
        let at = Timestamp(1_797_736_440_000);
        for offset in [-720, -300, 0, 330, 840] {
            let when = When::at(at, offset).unwrap();
            assert_eq!(when.instant(), Some(at), "{}", when.text());
        }
        assert_eq!(When::at(Timestamp(0), -300).unwrap().text(), "19691231190000-0500");
        assert_eq!(When::at(Timestamp(1_709_164_799_999), 0).unwrap().text(), "20240228235959+0000");
        assert_eq!(When::at(Timestamp(1_709_164_800_000), 0).unwrap().text(), "20240229000000+0000");
        for out in [Timestamp(i64::MIN), Timestamp(i64::MAX)] {
            assert_eq!(When::at(out, 0), Err(NotATime));
        }
        assert_eq!(When::at(at, 15 * 60), Err(NotATime));
        assert_eq!("20220614".parse::<When>().unwrap().date(), Day::new(2022, 6, 14));
        assert_eq!("202206".parse::<When>().unwrap().date(), None);
        assert_eq!("20220614101010".parse::<When>().unwrap().instant(), None, "no zone, no instant");
    }
}
