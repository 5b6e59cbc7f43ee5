//! Words, plurals, numbers, days and hours in the reader's language.
//!
//! Sentences come from `locales/<noun>.<lang>.yml`; a key is `noun.name`. Formatters are made once per thread and
//! language, because making one costs more than a page.

mod formats;

use domain::error::Flaw;
use domain::locale::{Direction, Locale};
use domain::time::{Day, Timestamp};

/// The reader's language. Copied into every component that speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    pub locale: Locale,
}

impl Words {
    pub const fn of(locale: Locale) -> Words {
        Words { locale }
    }

    /// The sentence under this key. A missing key shows English, then itself; a guard keeps both from happening.
    pub fn t(self, key: &str) -> String {
        self.find(key).unwrap_or_else(|| key.to_owned())
    }

    /// The sentence under this key, if there is one: for keys built from codes.
    pub fn find(self, key: &str) -> Option<String> {
        crate::_rust_i18n_try_translate(self.locale.tag(), key).map(|sentence| sentence.into_owned())
    }

    /// The sentence with its `%{name}` filled in.
    pub fn with(self, key: &str, values: &[(&str, &str)]) -> String {
        values.iter().fold(self.t(key), |sentence, (name, value)| fill(&sentence, name, value))
    }

    /// The plural form for `n`: `key.one`, `key.few`, … falling back to `key.other`; `%{n}` is the number.
    pub fn count(self, key: &str, n: i64) -> String {
        let category = formats::category(self.locale, n);
        let sentence = self
            .find(&format!("{key}.{category}"))
            .or_else(|| self.find(&format!("{key}.other")))
            .unwrap_or_else(|| key.to_owned());
        fill(&sentence, "n", &self.number(n))
    }

    /// What is wrong with a field: `errors.<field>_<code>` where it exists, else `errors.<code>`.
    pub fn flaw(self, flaw: &Flaw) -> String {
        let sentence = self
            .find(&format!("errors.{}_{}", flaw.field, flaw.code))
            .or_else(|| self.find(&format!("errors.{}", flaw.code)))
            .unwrap_or_else(|| self.t("errors.invalid"));
        match flaw.limit {
            Some(limit) => fill(&sentence, "limit", &self.number(limit)),
            None => sentence,
        }
    }

    /// A number with the language's own digits and grouping. Not for phone numbers and ids.
    pub fn number(self, n: i64) -> String {
        formats::number(self.locale, n)
    }

    /// A number given in tenths, with one place after the point.
    pub fn tenths(self, n: i64) -> String {
        formats::tenths(self.locale, n)
    }

    /// A size of a file: `640 KB`, `5.9 MB`.
    pub fn size(self, bytes: u64) -> String {
        let tenths = bytes.saturating_mul(10) / 1_000_000;
        if tenths < 10 {
            return self.with("common.kilobytes", &[("n", &self.number((bytes / 1000).max(1) as i64))]);
        }
        self.with("common.megabytes", &[("n", &formats::tenths(self.locale, tenths as i64))])
    }

    /// `November 24, 2026`.
    pub fn day(self, day: Day) -> String {
        formats::day(self.locale, day)
    }

    /// `Friday, November 27`: for days near enough that the year is plain.
    pub fn weekday_day(self, day: Day) -> String {
        formats::weekday_day(self.locale, day)
    }

    /// `Nov 24, 2026, 10:41 AM` on the clock of a time zone.
    pub fn instant(self, at: Timestamp, zone: &str) -> String {
        formats::instant(self.locale, at, zone)
    }

    /// `10:41 AM` on the clock of a time zone.
    pub fn hour(self, at: Timestamp, zone: &str) -> String {
        formats::hour(self.locale, at, zone)
    }

    /// The calendar day of an instant in a time zone.
    pub fn day_of(self, at: Timestamp, zone: &str) -> Option<Day> {
        formats::day_of(at, zone)
    }

    pub const fn direction(self) -> Direction {
        self.locale.direction()
    }
}

/// An instant as the `datetime` attribute wants it.
pub fn machine(at: Timestamp) -> String {
    formats::machine(at)
}

/// Every key and sentence of a language, for the guard that compares the languages.
pub fn all(locale: Locale) -> Vec<(String, String)> {
    crate::_rust_i18n_backend()
        .messages_for_locale(locale.tag())
        .unwrap_or_default()
        .into_iter()
        .map(|(key, sentence)| (key.into_owned(), sentence.into_owned()))
        .collect()
}

fn fill(sentence: &str, name: &str, value: &str) -> String {
    sentence.replace(&format!("%{{{name}}}"), value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_the_same_keys() {
        let keys =
            |locale| all(locale).into_iter().map(|(key, _)| key).collect::<std::collections::BTreeSet<_>>();
        let category = |key: &String| {
            ["zero", "one", "two", "few", "many", "other"].iter().any(|c| key.ends_with(&format!(".{c}")))
        };
        let english = keys(Locale::En);
        assert!(!english.is_empty());
        for locale in Locale::ALL {
            let theirs = keys(locale);
            let differ: Vec<_> = english.symmetric_difference(&theirs).filter(|key| !category(key)).collect();
            assert!(differ.is_empty(), "{locale}: {differ:?}");
        }
    }

    #[test]
    fn a_language_counts_in_its_own_way() {
        assert_eq!(Words::of(Locale::En).count("common.days", 1), "1 day");
        assert_eq!(Words::of(Locale::En).count("common.days", 5), "5 days");
        let arabic = Words::of(Locale::Ar);
        let forms: std::collections::BTreeSet<_> =
            [0, 1, 2, 3, 11, 100].map(|n| arabic.count("common.days", n)).into_iter().collect();
        assert_eq!(forms.len(), 6, "{forms:?}");
    }

    #[test]
    fn a_day_has_its_weekday_and_an_instant_the_clock_of_its_zone() {
        let en = Words::of(Locale::En);
        let Some(day) = Day::new(2026, 11, 27) else { unreachable!() };
        assert_eq!(en.day(day), "November 27, 2026");
        assert_eq!(en.weekday_day(day), "Friday, November 27");
        assert_eq!(Words::of(Locale::Es).weekday_day(day), "viernes, 27 de noviembre");
        let at = Timestamp(1_795_538_467_000);
        assert_eq!(machine(at), "2026-11-24T16:41:07Z");
        assert_eq!(en.instant(at, "America/Chicago").replace('\u{202f}', " "), "Nov 24, 2026, 10:41 AM");
        assert_eq!(en.day_of(at, "Asia/Tokyo"), Day::new(2026, 11, 25));
    }
}
