//! Bringing approved words in: signed by three desks, hashed, and live from the commit on.

use super::canonical::Canonical;
use super::rules;
use super::store::{self, NewVariant};
use super::types::{Manuscript, Review};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::event::Event;
use crate::ids::VariantId;
use crate::policy::Action;
use std::collections::HashSet;

/// Publishes manuscripts whose review is complete and returns how many were new. What is live already with the same
/// words stays as it is, so that installing twice changes nothing. All become live together, or none.
///
/// # Errors
/// `Conflict` when the review does not hold.
pub async fn install(ctx: &Ctx, manuscripts: &[Manuscript], review: &Review) -> Result<usize> {
    ctx.require(Action::PublishContent).await?;
    rules::is_complete(review)?;
    let mut conn = ctx.read().await?;
    let shelved = store::shelved(&mut conn).await?;
    drop(conn);

    let mut fresh = Vec::new();
    for manuscript in manuscripts {
        let body = serde_json::to_string(&manuscript.body)
            .map_err(|error| Error::internal(format!("a manuscript's body: {error}")))?;
        let hash = |edition| canonical(manuscript, edition).hash();
        let place = (manuscript.item.clone(), manuscript.locale);
        let before = shelved.get(&place);
        if let Some(before) = before
            && before.live_hash.as_deref() == Some(&*hash(before.live_edition)?)
        {
            continue;
        }
        let edition = rules::edition(manuscript.edition, before.map(|before| before.highest));
        fresh.push(NewVariant { id: VariantId::new(), manuscript, edition, hash: hash(edition)?, body });
    }
    if fresh.is_empty() {
        return Ok(0);
    }

    let mut tx = ctx.begin().await?;
    let items: HashSet<&str> = fresh.iter().map(|variant| variant.manuscript.item.as_str()).collect();
    store::save_items(
        tx.conn(),
        manuscripts.iter().filter(|manuscript| items.contains(&*manuscript.item)),
        review.author,
        ctx.now,
    )
    .await?;
    store::save_editions(tx.conn(), &fresh, review.author, ctx.now).await?;
    for variant in fresh
        .iter()
        .filter(|variant| shelved.contains_key(&(variant.manuscript.item.clone(), variant.manuscript.locale)))
    {
        store::retire(tx.conn(), &variant.manuscript.item, variant.manuscript.locale, ctx.now).await?;
    }
    store::insert_live(tx.conn(), &fresh, review, &ctx.actor.to_string(), ctx.now).await?;
    store::insert_signatures(tx.conn(), &fresh, review).await?;
    store::bump_release(tx.conn()).await?;
    for variant in &fresh {
        tx.record_settled(Event::ContentPublished {
            item: variant.manuscript.item.clone(),
            edition: variant.edition,
            locale: variant.manuscript.locale.tag().to_owned(),
        });
    }
    tx.commit().await?;
    ctx.portal.library.refresh(&ctx.portal.db).await?;
    Ok(fresh.len())
}

fn canonical(manuscript: &Manuscript, edition: i64) -> Canonical<'_> {
    Canonical {
        item: &manuscript.item,
        edition,
        locale: manuscript.locale.tag(),
        kind: manuscript.kind.code(),
        meta: &manuscript.meta,
        title: &manuscript.title,
        body: &manuscript.body,
    }
}
