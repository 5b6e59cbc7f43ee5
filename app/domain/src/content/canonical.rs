//! What a signature covers: the words, what they are for, for whom, in which language, and what they stand on. One JSON
//! object with its fields in this order; the hash is SHA-256 over its bytes.

use super::types::{Body, Kind, Meta};
use crate::error::{Error, Result};
use crate::locale::Locale;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// A variant as it is signed.
#[derive(Debug, Serialize)]
pub struct Canonical<'a> {
    pub item: &'a str,
    pub edition: i64,
    pub locale: &'static str,
    pub kind: &'static str,
    pub meta: &'a Meta,
    pub title: &'a str,
    pub body: &'a Body,
}

impl<'a> Canonical<'a> {
    pub fn of(
        item: &'a str,
        edition: i64,
        locale: Locale,
        kind: Kind,
        meta: &'a Meta,
        title: &'a str,
        body: &'a Body,
    ) -> Canonical<'a> {
        Canonical { item, edition, locale: locale.tag(), kind: kind.code(), meta, title, body }
    }

    /// The very bytes.
    pub fn bytes(&self) -> Result<Vec<u8>> {
        serde_json::to_vec(self).map_err(|error| Error::internal(format!("canonical content: {error}")))
    }

    /// SHA-256 over the bytes, hex.
    pub fn hash(&self) -> Result<String> {
        Ok(hash(&self.bytes()?))
    }
}

/// SHA-256, hex.
pub fn hash(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_signature_covers_changes_the_hash() {
        let (meta, body) = (Meta::default(), Body::Page { text: "Dry.".into() });
        let of = |item, edition, locale, kind, meta, title, body| {
            Canonical::of(item, edition, locale, kind, meta, title, body).hash().ok()
        };
        let signed = of("BR/PAG-01", 1, Locale::En, Kind::Page, &meta, "Title", &body);
        let branded = Meta { is_branded: true, ..Meta::default() };
        let cited = Meta {
            references: vec![super::super::types::Reference {
                document: "Label".into(),
                page: "7".into(),
                expires_on: None,
            }],
            ..Meta::default()
        };
        let wet = Body::Page { text: "Dry!".into() };
        for other in [
            of("BR/PAG-02", 1, Locale::En, Kind::Page, &meta, "Title", &body),
            of("BR/PAG-01", 2, Locale::En, Kind::Page, &meta, "Title", &body),
            of("BR/PAG-01", 1, Locale::Es, Kind::Page, &meta, "Title", &body),
            of("BR/PAG-01", 1, Locale::En, Kind::Script, &meta, "Title", &body),
            of("BR/PAG-01", 1, Locale::En, Kind::Page, &branded, "Title", &body),
            of("BR/PAG-01", 1, Locale::En, Kind::Page, &cited, "Title", &body),
            of("BR/PAG-01", 1, Locale::En, Kind::Page, &meta, "Title ", &body),
            of("BR/PAG-01", 1, Locale::En, Kind::Page, &meta, "Title", &wet),
        ] {
            assert_ne!(other, signed);
        }
        assert_eq!(of("BR/PAG-01", 1, Locale::En, Kind::Page, &meta, "Title", &body), signed);
    }
}
