//! Looking: the library, its gaps, one variant with all that is known of it, what waits at one's desks.

use crate::actor::Actor;
use crate::content::{Body, Desk, Kind};
use crate::ctx::Ctx;
use crate::editorial::types::{Coverage, Dossier, Filter, Page, Waiting};
use crate::editorial::{rules, store};
use crate::error::{Error, Result};
use crate::ids::VariantId;
use crate::policy::Action;
use crate::time::Timestamp;

/// Lines of one page.
const PAGE: i64 = 50;
/// Reviews shown at once.
const WAITING: i64 = 200;

/// A page of the library, by item; `after` is where the page before ended.
pub async fn library(ctx: &Ctx, filter: &Filter, after: Option<&str>) -> Result<Page> {
    ctx.require(Action::ReadLibrary).await?;
    let after = after.and_then(|mark| mark.rsplit_once('.')).filter(|(_, id)| id.len() == 36);
    let after = after.map_or((String::new(), String::new()), |(item, id)| (item.to_owned(), id.to_owned()));
    let mut conn = ctx.read().await?;
    let mut lines = store::lines(&mut conn, filter, &after, PAGE + 1).await?;
    let next = usize::try_from(PAGE).ok().filter(|page| lines.len() > *page).map(|page| {
        lines.truncate(page);
        lines.last().map(|last| format!("{}.{}", last.item, last.id)).unwrap_or_default()
    });
    Ok(Page { lines, next })
}

/// Live variants of each kind and stage in each language: where a number is smaller than the items, there is a gap.
pub async fn coverage(ctx: &Ctx) -> Result<Vec<Coverage>> {
    ctx.require(Action::ReadLibrary).await?;
    let mut conn = ctx.read().await?;
    store::coverage(&mut conn).await
}

/// One variant with its reviews, signatures, remarks and siblings.
pub async fn dossier(ctx: &Ctx, id: VariantId) -> Result<Dossier> {
    ctx.require(Action::ReadLibrary).await?;
    let mut conn = ctx.read().await?;
    let sheet = store::find(&mut conn, id).await?.ok_or(Error::NotFound)?;
    let uses = match sheet.kind {
        Kind::Claim => store::uses(&mut conn, Some(&sheet.item), None).await?,
        _ => store::uses(&mut conn, None, Some(id)).await?,
    };
    Ok(Dossier {
        reviews: store::reviews(&mut conn, id).await?,
        signatures: store::signatures(&mut conn, id).await?,
        comments: store::comments(&mut conn, id).await?,
        siblings: store::siblings(&mut conn, &sheet.item).await?,
        writers: store::writers(&mut conn, id).await?,
        uses,
        sheet,
    })
}

/// The versions of a draft that were kept, latest first: number, who, when.
pub async fn saves(ctx: &Ctx, id: VariantId) -> Result<Vec<(i64, String, Timestamp)>> {
    ctx.require(Action::ReadLibrary).await?;
    let mut conn = ctx.read().await?;
    store::saves(&mut conn, id).await
}

/// The words of one kept version.
pub async fn save_of(ctx: &Ctx, id: VariantId, version: i64) -> Result<(String, Body)> {
    ctx.require(Action::ReadLibrary).await?;
    let mut conn = ctx.read().await?;
    store::saved(&mut conn, id, version).await?.ok_or(Error::NotFound)
}

/// What waits at the desks this person sits at, the soonest due first.
pub async fn waiting(ctx: &Ctx) -> Result<Vec<Waiting>> {
    ctx.require(Action::ReadLibrary).await?;
    let desks: Vec<Desk> = match &ctx.actor {
        Actor::Staff { roles, .. } => {
            let mine = Desk::ALL.into_iter().filter(|desk| roles.contains(&rules::role(*desk)));
            let mine: Vec<Desk> = mine.collect();
            // who sits at none sees all of them, to know where things stand
            if mine.is_empty() { Desk::ALL.to_vec() } else { mine }
        }
        _ => Desk::ALL.to_vec(),
    };
    let mut conn = ctx.read().await?;
    store::waiting(&mut conn, &desks, WAITING).await
}
