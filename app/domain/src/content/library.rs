//! The live content in memory: one shelf, replaced whole when something is published or withdrawn.

use super::store;
use super::types::{Kind, Variant};
use crate::db::Db;
use crate::error::Result;
use crate::ids::ProgramId;
use crate::locale::Locale;
use std::collections::HashMap;
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
        let variants: Vec<_> = store::live(&mut conn).await?.into_iter().map(Arc::new).collect();
        let mut by_slug: HashMap<_, HashMap<_, _>> = HashMap::new();
        for variant in &variants {
            by_slug
                .entry((variant.program, variant.kind, variant.locale))
                .or_default()
                .insert(variant.slug.clone(), variant.clone());
        }
        Ok(Shelf { release, variants, by_slug })
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
        self.exact(program, kind, slug, Locale::En).map(|variant| Shown { variant, is_fallback: true })
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
                if self.exact(program, kind, &variant.slug, locale).is_none() {
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
