//! The formatters behind `Words`, one set per thread and language.

use domain::locale::Locale;
use domain::time::{Day, Timestamp};
use icu_calendar::{Date, Gregorian};
use icu_datetime::FixedCalendarDateTimeFormatter as Formatter;
use icu_datetime::fieldsets::{MDE, T, YMD, YMDT};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_plurals::{PluralCategory, PluralRules};
use icu_time::{DateTime, Time};
use std::cell::OnceCell;

struct Formats {
    plurals: Option<PluralRules>,
    number: Option<DecimalFormatter>,
    day: Option<Formatter<Gregorian, YMD>>,
    weekday_day: Option<Formatter<Gregorian, MDE>>,
    instant: Option<Formatter<Gregorian, YMDT>>,
    hour: Option<Formatter<Gregorian, T>>,
}

thread_local! {
    static FORMATS: [OnceCell<Formats>; 4] = const { [const { OnceCell::new() }; 4] };
}

impl Formats {
    fn new(locale: Locale) -> Formats {
        // one kind of digits on a page: phone numbers, dates and counts alike
        let tag = if locale == Locale::Ar { "ar-u-nu-latn" } else { locale.tag() };
        let tag = tag.parse::<icu_locale_core::Locale>().unwrap_or(icu_locale_core::Locale::UNKNOWN);
        Formats {
            plurals: PluralRules::try_new(tag.clone().into(), Default::default()).ok(),
            number: DecimalFormatter::try_new(tag.clone().into(), Default::default()).ok(),
            day: Formatter::try_new(tag.clone().into(), YMD::long()).ok(),
            weekday_day: Formatter::try_new(tag.clone().into(), MDE::long()).ok(),
            instant: Formatter::try_new(tag.clone().into(), YMD::medium().with_time_hm()).ok(),
            hour: Formatter::try_new(tag.into(), T::hm()).ok(),
        }
    }
}

fn with<R>(locale: Locale, format: impl FnOnce(&Formats) -> R) -> R {
    let place = match locale {
        Locale::Ar => 0,
        Locale::En => 1,
        Locale::Es => 2,
        Locale::Vi => 3,
    };
    FORMATS.with(|formats| format(formats[place].get_or_init(|| Formats::new(locale))))
}

/// The CLDR plural category, as the last part of a key.
pub(super) fn category(locale: Locale, n: i64) -> &'static str {
    let category = with(locale, |f| f.plurals.as_ref().map(|rules| rules.category_for(n.unsigned_abs())));
    match category {
        Some(PluralCategory::Zero) => "zero",
        Some(PluralCategory::One) => "one",
        Some(PluralCategory::Two) => "two",
        Some(PluralCategory::Few) => "few",
        Some(PluralCategory::Many) => "many",
        Some(PluralCategory::Other) | None => "other",
    }
}

pub(super) fn number(locale: Locale, n: i64) -> String {
    decimal(locale, Decimal::from(n)).unwrap_or_else(|| n.to_string())
}

/// A number given in tenths, with one place after the point.
pub(super) fn tenths(locale: Locale, n: i64) -> String {
    let mut tenth = Decimal::from(n);
    tenth.multiply_pow10(-1);
    decimal(locale, tenth).unwrap_or_else(|| format!("{}.{}", n / 10, n % 10))
}

fn decimal(locale: Locale, n: Decimal) -> Option<String> {
    with(locale, |f| f.number.as_ref().map(|format| format.format(&n).to_string()))
}

fn gregorian(day: Day) -> Option<Date<Gregorian>> {
    Date::try_new_gregorian(i32::from(day.year), day.month, day.day).ok()
}

pub(super) fn day(locale: Locale, day: Day) -> String {
    gregorian(day)
        .and_then(|date| with(locale, |f| f.day.as_ref().map(|format| format.format(&date).to_string())))
        .unwrap_or_else(|| day.to_string())
}

pub(super) fn weekday_day(locale: Locale, day: Day) -> String {
    gregorian(day)
        .and_then(|date| {
            with(locale, |f| f.weekday_day.as_ref().map(|format| format.format(&date).to_string()))
        })
        .unwrap_or_else(|| day.to_string())
}

fn local(at: Timestamp, zone: &str) -> Option<jiff::civil::DateTime> {
    let zone = jiff::tz::TimeZone::get(zone).unwrap_or(jiff::tz::TimeZone::UTC);
    Some(jiff::Timestamp::from_millisecond(at.0).ok()?.to_zoned(zone).datetime())
}

fn date_time(at: Timestamp, zone: &str) -> Option<DateTime<Gregorian>> {
    let local = local(at, zone)?;
    let date =
        Date::try_new_gregorian(i32::from(local.year()), local.month() as u8, local.day() as u8).ok()?;
    let time = Time::try_new(local.hour() as u8, local.minute() as u8, local.second() as u8, 0).ok()?;
    Some(DateTime { date, time })
}

pub(super) fn instant(locale: Locale, at: Timestamp, zone: &str) -> String {
    date_time(at, zone)
        .and_then(|at| with(locale, |f| f.instant.as_ref().map(|format| format.format(&at).to_string())))
        .unwrap_or_else(|| machine(at))
}

pub(super) fn hour(locale: Locale, at: Timestamp, zone: &str) -> String {
    date_time(at, zone)
        .and_then(|at| with(locale, |f| f.hour.as_ref().map(|format| format.format(&at.time).to_string())))
        .unwrap_or_else(|| machine(at))
}

pub(super) fn day_of(at: Timestamp, zone: &str) -> Option<Day> {
    let local = local(at, zone)?;
    Day::new(local.year(), local.month() as u8, local.day() as u8)
}

pub(super) fn machine(at: Timestamp) -> String {
    jiff::Timestamp::from_millisecond(at.0 - at.0.rem_euclid(1000))
        .map(|at| at.to_string())
        .unwrap_or_default()
}
