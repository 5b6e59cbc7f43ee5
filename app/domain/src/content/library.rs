//! The live content in memory: one shelf, replaced whole when something is published or withdrawn.

use super::types::{Body, Kind, Variant};
use super::{leaves, rules, store};
use crate::db::Db;
use crate::error::Result;
use crate::ids::ProgramId;
use crate::locale::Locale;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, PoisonError, RwLock};

/// The live content. Cheap to share; a page takes the shelf once and reads from it.
#[derive(Debug)]
pub struct Library {
    shelf: RwLock<Arc<Shelf>>,
}

/// Everything live at one moment.
#[derive(Debug, Default)]
pub struct Shelf {
    /// Grows with each publication or withdrawal.
    pub release: i64,
    variants: Vec<Arc<Variant>>,
    /// Where readers get no other language instead: their translation was hidden because its source changed.
    hidden: HashSet<(ProgramId, Kind, Locale, String)>,
    by_slug: HashMap<(ProgramId, Kind, Locale), HashMap<String, Arc<Variant>>>,
}

/// A variant as a reader gets it.
#[derive(Debug, Clone)]
pub struct Shown {
    pub variant: Arc<Variant>,
    /// Not in the reader's language: the page must mark the block and say so.
    pub is_fallback: bool,
}

impl Library {
    pub async fn load(db: &Db) -> Result<Library> {
        Ok(Library { shelf: RwLock::new(Arc::new(Shelf::read(db).await?)) })
    }

    /// The shelf as it stands.
    pub fn shelf(&self) -> Arc<Shelf> {
        self.shelf.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Reads again if the database has a newer release. Returns whether it had.
    pub async fn refresh(&self, db: &Db) -> Result<bool> {
        let mut conn = db.read().await?;
        if store::release(&mut conn).await? == self.shelf().release {
            return Ok(false);
        }
        drop(conn);
        let shelf = Arc::new(Shelf::read(db).await?);
        *self.shelf.write().unwrap_or_else(PoisonError::into_inner) = shelf;
        Ok(true)
    }
}

impl Shelf {
    async fn read(db: &Db) -> Result<Shelf> {
        let mut conn = db.read().await?;
        let release = store::release(&mut conn).await?;
        let store::Live { variants, hidden } = store::live(&mut conn).await?;
        let variants: Vec<_> = with_claims(variants).into_iter().map(Arc::new).collect();
        let mut by_slug: HashMap<_, HashMap<_, _>> = HashMap::new();
        for variant in &variants {
            by_slug
                .entry((variant.program, variant.kind, variant.locale))
                .or_default()
                .insert(variant.slug.clone(), variant.clone());
        }
        Ok(Shelf { release, variants, hidden: hidden.into_iter().collect(), by_slug })
    }

    /// The live variant in exactly this language.
    pub fn exact(&self, program: ProgramId, kind: Kind, slug: &str, locale: Locale) -> Option<Arc<Variant>> {
        self.by_slug.get(&(program, kind, locale))?.get(slug).cloned()
    }

    /// The live variant in this language, or the English one marked as a fallback.
    pub fn find(&self, program: ProgramId, kind: Kind, slug: &str, locale: Locale) -> Option<Shown> {
        if let Some(variant) = self.exact(program, kind, slug, locale) {
            return Some(Shown { variant, is_fallback: false });
        }
        if self.is_hidden(program, kind, slug, locale) {
            return None;
        }
        self.exact(program, kind, slug, Locale::En).map(|variant| Shown { variant, is_fallback: true })
    }

    /// Whether readers of this language get nothing here, not even the words in another one.
    pub fn is_hidden(&self, program: ProgramId, kind: Kind, slug: &str, locale: Locale) -> bool {
        self.hidden.contains(&(program, kind, locale, slug.to_owned()))
    }

    /// Everything of a kind in a language, in its order.
    pub fn list(&self, program: ProgramId, kind: Kind, locale: Locale) -> Vec<Arc<Variant>> {
        let mut list: Vec<_> = self
            .by_slug
            .get(&(program, kind, locale))
            .map(|all| all.values().cloned().collect())
            .unwrap_or_default();
        list.sort_by(|a: &Arc<Variant>, b| (a.position, &a.item).cmp(&(b.position, &b.item)));
        list
    }

    /// Everything of a kind, in its order: in this language, or in English and marked where it is missing.
    pub fn list_or_fallback(&self, program: ProgramId, kind: Kind, locale: Locale) -> Vec<Shown> {
        let mut list: Vec<Shown> = self
            .list(program, kind, locale)
            .into_iter()
            .map(|variant| Shown { variant, is_fallback: false })
            .collect();
        if locale != Locale::En {
            for variant in self.list(program, kind, Locale::En) {
                let is_missing = self.exact(program, kind, &variant.slug, locale).is_none();
                if is_missing && !self.is_hidden(program, kind, &variant.slug, locale) {
                    list.push(Shown { variant, is_fallback: true });
                }
            }
            list.sort_by(|a, b| {
                (a.variant.position, &a.variant.item).cmp(&(b.variant.position, &b.variant.item))
            });
        }
        list
    }

    /// All live variants.
    pub fn variants(&self) -> &[Arc<Variant>] {
        &self.variants
    }
}

/// Puts the words of claims in their places. What stands on a claim that is not there is not shown.
fn with_claims(variants: Vec<Variant>) -> Vec<Variant> {
    let mut words: HashMap<(ProgramId, Locale, String, i64), String> = HashMap::new();
    for claim in &variants {
        if let Body::Claim { text } = &claim.body {
            words.insert((claim.program, claim.locale, claim.code.clone(), claim.edition), text.clone());
        }
    }
    let whole = |variant: Variant| {
        let (program, locale) = (variant.program, variant.locale);
        let claim =
            |code: &str, edition| words.get(&(program, locale, code.to_owned(), edition)).map(String::as_str);
        let mut changed = BTreeMap::new();
        for leaf in leaves::of(&variant.body).into_iter().filter(|leaf| leaf.text.contains("{claim:")) {
            match rules::with_claims(&leaf.text, claim) {
                Some(text) => changed.insert(leaf.path, text),
                None => {
                    tracing::error!(
                        item = variant.item,
                        edition = variant.edition,
                        "a claim is missing: it is not shown"
                    );
                    return None;
                }
            };
        }
        let body = if changed.is_empty() { variant.body } else { leaves::with(&variant.body, &changed) };
        Some(Variant { body, ..variant })
    };
    variants.into_iter().filter_map(whole).collect()
}
