//! The languages the portal speaks. A language is complete or it is not in this list.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A language of the interface and of content; in addresses, columns and files it is its tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    Ar,
    #[default]
    En,
    Es,
    Vi,
}

/// The way a language is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Ltr,
    Rtl,
}

impl Direction {
    /// As the `dir` attribute wants it.
    pub const fn tag(self) -> &'static str {
        match self {
            Direction::Ltr => "ltr",
            Direction::Rtl => "rtl",
        }
    }
}

impl Locale {
    /// Every language, alphabetical by its own name: the order of the language list.
    pub const ALL: [Locale; 4] = [Locale::En, Locale::Es, Locale::Vi, Locale::Ar];

    /// BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Locale::Ar => "ar",
            Locale::En => "en",
            Locale::Es => "es",
            Locale::Vi => "vi",
        }
    }

    /// The language's name in itself.
    pub const fn name(self) -> &'static str {
        match self {
            Locale::Ar => "العربية",
            Locale::En => "English",
            Locale::Es => "Español",
            Locale::Vi => "Tiếng Việt",
        }
    }

    pub const fn direction(self) -> Direction {
        match self {
            Locale::Ar => Direction::Rtl,
            Locale::En | Locale::Es | Locale::Vi => Direction::Ltr,
        }
    }

    /// The best language for an `Accept-Language` header, by its quality values; English when none fits.
    pub fn negotiate(accept_language: &str) -> Locale {
        let mut best = (0.0_f32, Locale::En);
        for part in accept_language.split(',').take(32) {
            let mut fields = part.split(';');
            let tag = fields.next().unwrap_or_default().trim();
            let primary = tag.split('-').next().unwrap_or_default();
            let quality = fields
                .find_map(|field| field.trim().strip_prefix("q="))
                .and_then(|q| q.parse::<f32>().ok())
                .unwrap_or(1.0);
            if let Ok(locale) = primary.to_ascii_lowercase().parse::<Locale>()
                && quality > best.0
            {
                best = (quality, locale);
            }
        }
        best.1
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

/// The text names no language of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownLocale;

impl FromStr for Locale {
    type Err = UnknownLocale;
    fn from_str(tag: &str) -> Result<Self, UnknownLocale> {
        Locale::ALL.into_iter().find(|locale| locale.tag() == tag).ok_or(UnknownLocale)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_gets_the_language_it_prefers_most() {
        for (header, expected) in [
            ("es-MX,es;q=0.9,en;q=0.8", Locale::Es),
            ("fr-FR,fr;q=0.9,ar;q=0.7,en;q=0.3", Locale::Ar),
            ("de", Locale::En),
            ("", Locale::En),
            ("en;q=0.2, vi-VN;q=0.8", Locale::Vi),
            (";;;q=nan,,*", Locale::En),
        ] {
            assert_eq!(Locale::negotiate(header), expected, "{header}");
        }
    }
}
