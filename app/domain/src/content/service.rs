//! Bringing approved words in: signed by three desks, hashed, and live from the commit on.

use super::rules;
use super::store::{self, NewVariant};
use super::types::{Manuscript, Review};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::event::Event;
use crate::ids::VariantId;
use crate::policy::Action;
use sha2::{Digest, Sha256};
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
        let place = (manuscript.item.clone(), manuscript.locale);
        let before = shelved.get(&place);
        if before.is_some_and(|before| {
            before.live_hash.as_deref() == Some(&*hash_of(manuscript, before.live_edition, &body))
        }) {
            continue;
        }
        let edition = rules::edition(manuscript.edition, before.map(|before| before.highest));
        fresh.push(NewVariant {
            id: VariantId::new(),
            manuscript,
            edition,
            hash: hash_of(manuscript, edition, &body),
            body,
        });
    }
    if fresh.is_empty() {
        return Ok(0);
    }

    let mut tx = ctx.begin().await?;
    let items: HashSet<&str> = fresh.iter().map(|variant| variant.manuscript.item.as_str()).collect();
    store::save_items(
        tx.conn(),
        manuscripts.iter().filter(|manuscript| items.contains(&*manuscript.item)),
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
    store::insert_live(tx.conn(), &fresh, &ctx.actor.to_string(), ctx.now).await?;
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

fn hash_of(manuscript: &Manuscript, edition: i64, body: &str) -> String {
    fingerprint(&Canonical {
        item: &manuscript.item,
        edition,
        locale: manuscript.locale.tag(),
        stage: manuscript.stage.map_or("", |stage| stage.code()),
        is_branded: manuscript.is_branded,
        title: &manuscript.title,
        body,
    })
}

/// What a signature covers: the words, what they are for, for whom, and in which language.
pub(super) struct Canonical<'a> {
    pub item: &'a str,
    pub edition: i64,
    pub locale: &'a str,
    pub stage: &'a str,
    pub is_branded: bool,
    pub title: &'a str,
    pub body: &'a str,
}

/// SHA-256 over each part with its length, so no two editions read alike.
pub(super) fn fingerprint(words: &Canonical<'_>) -> String {
    let mut digest = Sha256::new();
    let edition = words.edition.to_string();
    let audience = if words.is_branded { "branded" } else { "unbranded" };
    for part in [words.item, &*edition, words.locale, words.stage, audience, words.title, words.body] {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part.as_bytes());
    }
    hex::encode(digest.finalize())
}
