//! The approval package of an item: every signed variant with its canonical bytes, its hash and who signed them, so that
//! somebody far away, years later, can check that nothing was changed.

use super::canonical;
use crate::content::{leaves, media_in};
use crate::ctx::Ctx;
use crate::editorial::store;
use crate::editorial::types::{Sheet, Signature, State};
use crate::error::{Error, Result};
use crate::ids::MediaId;
use crate::policy::Action;
use std::collections::BTreeSet;

/// One signed variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packed {
    pub sheet: Sheet,
    /// The very bytes the hash covers.
    pub canonical: Vec<u8>,
    pub hash: String,
    pub signatures: Vec<Signature>,
}

/// All signed variants of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    pub item: String,
    pub program: String,
    pub variants: Vec<Packed>,
}

impl Package {
    /// The pictures and videos the words of any of them name.
    pub fn media(&self) -> BTreeSet<MediaId> {
        let leaves = self.variants.iter().flat_map(|packed| leaves::of(&packed.sheet.body));
        leaves.flat_map(|leaf| media_in(&leaf.text)).collect()
    }
}

/// Collects them, the newest edition first; what is withdrawn or replaced is part of the history and comes too.
///
/// # Errors
/// `NotFound` when the item is not there or nothing of it was ever signed.
pub async fn package(ctx: &Ctx, item: &str) -> Result<Package> {
    ctx.require(Action::ReadLibrary).await?;
    let mut conn = ctx.read().await?;
    let mut variants = Vec::new();
    let mut program = String::new();
    for sheet in store::of_item(&mut conn, item).await? {
        if matches!(sheet.state, State::Draft | State::InReview | State::Changes) {
            continue;
        }
        let signatures = store::signatures(&mut conn, sheet.id).await?;
        let canonical = canonical(&sheet).bytes()?;
        program = ctx.portal.programs.get(sheet.program)?.name.clone();
        variants.push(Packed { hash: sheet.hash.clone(), canonical, signatures, sheet });
    }
    if variants.is_empty() {
        return Err(Error::NotFound);
    }
    Ok(Package { item: item.to_owned(), program, variants })
}
