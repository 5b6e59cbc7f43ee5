//! Variants in writing: items, their editions, and the words that may still change.

use super::{in_version, is_written};
use crate::content::{Body, Meta};
use crate::db::{Conn, json};
use crate::editorial::types::{ClarityAnswers, MetaWriting, NewItem};
use crate::error::Result;
use crate::ids::{PersonId, VariantId};
use crate::locale::Locale;
use crate::time::Timestamp;

/// Whether the code and the slug were free.
pub(in crate::editorial) async fn insert_item(
    conn: &mut Conn,
    id: &str,
    new: &NewItem,
    owner: PersonId,
    now: Timestamp,
) -> Result<bool> {
    let insert = sqlx::query(
        "insert into content_items (id, code, program_id, kind, slug, position, owner_id, created_at)
         values ($1, $2, $3, $4, $5, (select coalesce(max(position), 0) + 1 from content_items where program_id = $3 and kind = $4), $6, $7)
         on conflict do nothing",
    )
    .bind(id)
    .bind(&new.code)
    .bind(new.program.to_string())
    .bind(new.kind.code())
    .bind(&new.slug)
    .bind(owner.to_string())
    .bind(now.0);
    is_written(conn, insert).await
}

/// What an edition carries.
pub(in crate::editorial) struct EditionRow<'a> {
    pub item: &'a str,
    pub edition: i64,
    pub author: PersonId,
    pub source: Locale,
    pub meta: &'a Meta,
    pub note: &'a str,
}

pub(in crate::editorial) async fn insert_edition(
    conn: &mut Conn,
    new: &EditionRow<'_>,
    now: Timestamp,
) -> Result<()> {
    sqlx::query(
        "insert into content_editions (item_id, edition, author_id, source_locale, meta, stage, is_branded, note, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(new.item)
    .bind(new.edition)
    .bind(new.author.to_string())
    .bind(new.source.tag())
    .bind(json(new.meta)?)
    .bind(new.meta.stage.map(|stage| stage.code()))
    .bind(i64::from(new.meta.is_branded))
    .bind(new.note)
    .bind(now.0)
    .execute(conn)
    .await?;
    Ok(())
}

pub(in crate::editorial) async fn update_edition(
    conn: &mut Conn,
    item: &str,
    edition: i64,
    new: &MetaWriting,
) -> Result<()> {
    sqlx::query(
        "update content_editions set meta = $1, stage = $2, is_branded = $3, on_change = $4, on_change_days = $5, note = $6
         where item_id = $7 and edition = $8",
    )
    .bind(json(&new.meta)?)
    .bind(new.meta.stage.map(|stage| stage.code()))
    .bind(i64::from(new.meta.is_branded))
    .bind(new.on_change.code())
    .bind(new.on_change_days)
    .bind(&new.note)
    .bind(item)
    .bind(edition)
    .execute(conn)
    .await?;
    Ok(())
}

/// A draft's columns.
pub(in crate::editorial) struct DraftRow<'a> {
    pub id: VariantId,
    pub item: &'a str,
    pub edition: i64,
    pub attempt: i64,
    pub locale: Locale,
    pub author: PersonId,
    pub made_from: Option<VariantId>,
    pub title: &'a str,
    pub body: &'a Body,
}

/// Whether it was new: no other try of this edition and language is under way.
pub(in crate::editorial) async fn insert_draft(
    conn: &mut Conn,
    new: &DraftRow<'_>,
    now: Timestamp,
) -> Result<bool> {
    let insert = sqlx::query(
        "insert into content_variants (id, item_id, edition, attempt, locale, author_id, made_from, title, body, state, saved_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'draft', $10)
         on conflict do nothing",
    )
    .bind(new.id.to_string())
    .bind(new.item)
    .bind(new.edition)
    .bind(new.attempt)
    .bind(new.locale.tag())
    .bind(new.author.to_string())
    .bind(new.made_from.map(|id| id.to_string()))
    .bind(new.title)
    .bind(json(new.body)?)
    .bind(now.0);
    is_written(conn, insert).await
}

/// Writes a draft's words if nobody wrote since; a draft alone has words that change.
pub(in crate::editorial) async fn save(
    conn: &mut Conn,
    id: VariantId,
    version: i64,
    title: &str,
    body: &Body,
    now: Timestamp,
) -> Result<bool> {
    let update = sqlx::query(
        "update content_variants set title = $1, body = $2, saved_at = $3, version = version + 1
         where state = 'draft' and id = $4 and version = $5",
    )
    .bind(title)
    .bind(json(body)?)
    .bind(now.0);
    in_version(conn, update, id, version).await
}

/// Keeps what was saved, by whom: versions to go back to, and the list of everybody who wrote.
pub(in crate::editorial) async fn keep_save(
    conn: &mut Conn,
    id: VariantId,
    version: i64,
    by: PersonId,
    title: &str,
    body: &Body,
    now: Timestamp,
) -> Result<()> {
    sqlx::query(
        "insert into content_saves (variant_id, version, saved_by, title, body, saved_at) values ($1, $2, $3, $4, $5, $6)
         on conflict (variant_id, version) do nothing",
    )
    .bind(id.to_string())
    .bind(version)
    .bind(by.to_string())
    .bind(title)
    .bind(json(body)?)
    .bind(now.0)
    .execute(conn)
    .await?;
    Ok(())
}

pub(in crate::editorial) async fn set_clarity(
    conn: &mut Conn,
    id: VariantId,
    answers: &ClarityAnswers,
) -> Result<()> {
    sqlx::query("update content_variants set clarity = $1 where id = $2 and state = 'draft'")
        .bind(json(answers)?)
        .bind(id.to_string())
        .execute(conn)
        .await?;
    Ok(())
}

/// Which claims a variant stands on, set anew.
pub(in crate::editorial) async fn set_uses(
    conn: &mut Conn,
    id: VariantId,
    claims: &[(String, i64)],
) -> Result<()> {
    sqlx::query("delete from content_uses where variant_id = $1")
        .bind(id.to_string())
        .execute(&mut *conn)
        .await?;
    for (claim, edition) in claims {
        sqlx::query(
            "insert into content_uses (variant_id, claim_id, claim_edition) values ($1, $2, $3) on conflict do nothing",
        )
        .bind(id.to_string())
        .bind(claim)
        .bind(edition)
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}
