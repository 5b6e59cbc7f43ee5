//! The verbs of the editorial room, by what they are about.

pub mod clock;
pub mod exchange;
pub mod library;
pub mod measures;
pub mod media;
pub mod package;
pub mod publishing;
pub mod review;
pub mod writing;

use super::store;
use super::types::Sheet;
use crate::content::Canonical;
use crate::ctx::{Ctx, Tx};
use crate::error::{Error, Result};
use crate::ids::VariantId;
use crate::policy::Action;

/// A variant as it was read, held until the commit: whoever decides at the same moment waits, and is told.
///
/// # Errors
/// `NotFound`; `Conflict("changed")` when somebody changed it since `version` was read.
async fn hold<'c>(ctx: &'c Ctx, action: Action, id: VariantId, version: i64) -> Result<(Tx<'c>, Sheet)> {
    ctx.require(action).await?;
    let mut tx = ctx.begin().await?;
    // the row is taken before it is read, so that what is read is what will be decided on
    if !store::touch(tx.conn(), id, version).await? {
        return Err(match store::find(tx.conn(), id).await? {
            Some(_) => Error::Conflict("changed"),
            None => Error::NotFound,
        });
    }
    let sheet = store::find(tx.conn(), id).await?.ok_or(Error::NotFound)?;
    Ok((tx, sheet))
}

/// What a signature of this sheet covers.
fn canonical(sheet: &Sheet) -> Canonical<'_> {
    Canonical::of(
        &sheet.item,
        sheet.edition,
        sheet.locale,
        sheet.kind,
        &sheet.meta,
        &sheet.title,
        &sheet.body,
    )
}

/// The hash the words give now. It must be the one that was signed.
fn hash(sheet: &Sheet) -> Result<String> {
    canonical(sheet).hash()
}

/// The claims a text stands on: `{claim:CLM-001@2}`, as item id and edition.
fn claims_in(sheet: &Sheet) -> Vec<(String, i64)> {
    let prefix = sheet.item.split('/').next().unwrap_or_default();
    let mut found: Vec<(String, i64)> = Vec::new();
    for leaf in crate::content::leaves::of(&sheet.body) {
        for (code, edition) in crate::content::rules::claims(&leaf.text) {
            found.push((format!("{prefix}/{code}"), edition));
        }
    }
    found.sort();
    found.dedup();
    found
}
