//! Business time: when a clock that runs only in business hours has run down, and days in the program's zone.

use super::types::Program;
use crate::cases::SubStatus;
use crate::error::{Error, Result};
use crate::time::{Day, MINUTE, Timestamp};
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;

/// A clock may not have to look further ahead than this many days: a program closed for longer is misconfigured.
const HORIZON_DAYS: i64 = 400;

impl Program {
    fn time_zone(&self) -> Result<TimeZone> {
        TimeZone::get(&self.zone).map_err(|_| Error::internal("a program's time zone is unknown"))
    }

    /// The day it is for the program.
    pub fn day(&self, at: Timestamp) -> Result<Day> {
        Ok(day(self.local(at)?.date()))
    }

    /// The first instant of a day in the program's zone.
    pub fn start_of(&self, day: Day) -> Result<Timestamp> {
        let date = Date::new(day.year, day.month as i8, day.day as i8)
            .map_err(|_| Error::internal("a day is out of range"))?;
        instant(&self.time_zone()?, date, 0)
    }

    fn local(&self, at: Timestamp) -> Result<jiff::civil::DateTime> {
        let instant = jiff::Timestamp::from_millisecond(at.0)
            .map_err(|_| Error::internal("an instant is out of range"))?;
        Ok(self.time_zone()?.to_datetime(instant))
    }

    /// Opening and closing of a day, in minutes after midnight, if it is a business day.
    fn open_on(&self, date: Date) -> Option<(u16, u16)> {
        if self.holidays.contains(&day(date)) {
            return None;
        }
        self.hours.0[usize::try_from(date.weekday().since(Weekday::Monday)).unwrap_or(0)]
    }

    /// Whether the phone is answered now.
    pub fn is_open(&self, at: Timestamp) -> Result<bool> {
        let local = self.local(at)?;
        let minute = u16::try_from(i64::from(local.hour()) * 60 + i64::from(local.minute())).unwrap_or(0);
        Ok(self.open_on(local.date()).is_some_and(|(opens, closes)| (opens..closes).contains(&minute)))
    }

    /// When the phone is answered again; none while it is answered.
    pub fn opens_at(&self, now: Timestamp) -> Result<Option<Timestamp>> {
        if self.is_open(now)? { Ok(None) } else { self.after_business_minutes(now, 0).map(Some) }
    }

    /// The Monday of the week an instant is in, and the Mondays before it, newest first.
    pub fn mondays(&self, now: Timestamp, weeks: i64) -> Result<Vec<Day>> {
        let today = self.local(now)?.date();
        let back = i64::from(today.weekday().since(Weekday::Monday));
        (0..weeks)
            .map(|week| {
                let monday = today.checked_sub(jiff::Span::new().days(back + 7 * week));
                monday.map(day).map_err(|_| Error::internal("a date is out of range"))
            })
            .collect()
    }

    /// The instant at which a clock started at `from` has run for so many business minutes.
    pub fn after_business_minutes(&self, from: Timestamp, minutes: i64) -> Result<Timestamp> {
        let zone = self.time_zone()?;
        let start = self.local(from)?;
        let mut left = minutes.max(0);
        let mut date = start.date();
        for offset in 0..HORIZON_DAYS {
            if let Some((opens, closes)) = self.open_on(date) {
                let opens_at = instant(&zone, date, opens)?;
                let closes_at = instant(&zone, date, closes)?;
                let begin = if offset == 0 { from.max(opens_at) } else { opens_at };
                let room = closes_at.since(begin) / MINUTE;
                if room > 0 && left <= room {
                    return Ok(begin.plus(left * MINUTE));
                }
                left -= room.max(0);
            }
            date = date.tomorrow().map_err(|_| Error::internal("a date is out of range"))?;
        }
        Err(Error::internal("a program has no business hours"))
    }

    /// The day by which a case in this sub-status usually moves on, if the program says so.
    pub fn expected_on(&self, sub_status: SubStatus, from: Timestamp) -> Result<Option<Day>> {
        self.settings
            .expected_days
            .get(&sub_status)
            .map(|days| self.after_business_days(from, *days))
            .transpose()
    }

    /// The day that comes so many business days after the day of `from`.
    pub fn after_business_days(&self, from: Timestamp, days: i64) -> Result<Day> {
        let mut date = self.local(from)?.date();
        let mut left = days.max(0);
        for _ in 0..HORIZON_DAYS {
            if left == 0 {
                return Ok(day(date));
            }
            date = date.tomorrow().map_err(|_| Error::internal("a date is out of range"))?;
            if self.open_on(date).is_some() {
                left -= 1;
            }
        }
        Err(Error::internal("a program has no business days"))
    }
}

fn instant(zone: &TimeZone, date: Date, minute: u16) -> Result<Timestamp> {
    let time = date.at(i8::try_from(minute / 60).unwrap_or(0), i8::try_from(minute % 60).unwrap_or(0), 0, 0);
    let zoned = zone
        .to_ambiguous_zoned(time)
        .compatible()
        .map_err(|_| Error::internal("a local time does not exist"))?;
    Ok(Timestamp(zoned.timestamp().as_millisecond()))
}

fn day(date: Date) -> Day {
    Day { year: date.year(), month: date.month().unsigned_abs(), day: date.day().unsigned_abs() }
}
