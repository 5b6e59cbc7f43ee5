//! Variants on their way: frozen, made live, taken back.

use super::{in_version, is_written};
use crate::db::{Columns, Conn};
use crate::editorial::types::State;
use crate::error::Result;
use crate::ids::VariantId;
use crate::locale::Locale;
use crate::time::{Day, Timestamp};

/// Freezes a draft: from here on its words are what the hash says.
pub(in crate::editorial) async fn freeze(
    conn: &mut Conn,
    id: VariantId,
    version: i64,
    hash: &str,
    now: Timestamp,
) -> Result<bool> {
    let update = sqlx::query(
        "update content_variants set state = 'in_review', hash = $1, submitted_at = $2, version = version + 1
         where state = 'draft' and id = $3 and version = $4",
    )
    .bind(hash)
    .bind(now.0);
    in_version(conn, update, id, version).await
}

/// Moves a variant from one state to another, if it stands there in this version.
pub(in crate::editorial) async fn step(
    conn: &mut Conn,
    id: VariantId,
    version: i64,
    from: State,
    to: State,
) -> Result<bool> {
    let update = sqlx::query(
        "update content_variants set state = $1, version = version + 1 where state = $2 and id = $3 and version = $4",
    )
    .bind(to.code())
    .bind(from.code());
    in_version(conn, update, id, version).await
}

/// Takes the row for this transaction, so that whoever decides at the same moment decides after it.
pub(in crate::editorial) async fn touch(conn: &mut Conn, id: VariantId, version: i64) -> Result<bool> {
    let update =
        sqlx::query("update content_variants set version = version + 1 where id = $1 and version = $2");
    in_version(conn, update, id, version).await
}

pub(in crate::editorial) async fn schedule(
    conn: &mut Conn,
    id: VariantId,
    at: Timestamp,
    by: &str,
) -> Result<()> {
    sqlx::query("update content_variants set state = 'scheduled', scheduled_for = $1, published_by = $2 where id = $3")
        .bind(at.0)
        .bind(by)
        .bind(id.to_string())
        .execute(conn)
        .await?;
    Ok(())
}

/// Days of the review a variant went live with.
pub(in crate::editorial) struct Term {
    pub reviewed_on: Day,
    pub due_on: Day,
}

pub(in crate::editorial) async fn set_live(
    conn: &mut Conn,
    id: VariantId,
    by: &str,
    term: &Term,
    now: Timestamp,
) -> Result<()> {
    sqlx::query(
        "update content_variants set state = 'live', live_from = $1, published_by = $2, reviewed_on = $3, review_due_on = $4,
           version = version + 1 where id = $5",
    )
    .bind(now.0)
    .bind(by)
    .bind(term.reviewed_on.to_string())
    .bind(term.due_on.to_string())
    .bind(id.to_string())
    .execute(conn)
    .await?;
    Ok(())
}

/// Makes room for a new live variant: what was out in its language is replaced.
pub(in crate::editorial) async fn replace(
    conn: &mut Conn,
    item: &str,
    locale: Locale,
    now: Timestamp,
) -> Result<()> {
    sqlx::query(
        "update content_variants set state = 'replaced', withdrawn_at = $1, ended_why = 'replaced', version = version + 1
         where item_id = $2 and locale = $3 and state in ('live', 'stale')",
    )
    .bind(now.0)
    .bind(item)
    .bind(locale.tag())
    .execute(conn)
    .await?;
    Ok(())
}

/// Marks the translations of earlier editions; `until` is when readers lose them, none when they lose them to a notice.
/// Returns their languages.
pub(in crate::editorial) async fn make_stale(
    conn: &mut Conn,
    item: &str,
    edition: i64,
    until: Option<Timestamp>,
    now: Timestamp,
) -> Result<Vec<Locale>> {
    let rows = sqlx::query(
        "update content_variants set state = 'stale', stale_since = $1, stale_until = $2, version = version + 1
         where item_id = $3 and edition < $4 and state in ('live', 'stale') returning locale",
    )
    .bind(now.0)
    .bind(until.map(|until| until.0))
    .bind(item)
    .bind(edition)
    .fetch_all(conn)
    .await?;
    rows.iter().map(|row| row.parsed("locale")).collect()
}

/// Takes a variant from readers for good.
pub(in crate::editorial) async fn end(
    conn: &mut Conn,
    id: VariantId,
    state: State,
    why: &str,
    now: Timestamp,
) -> Result<bool> {
    let update = sqlx::query(
        "update content_variants set state = $1, ended_why = $2, withdrawn_at = $3, version = version + 1
         where id = $4 and state in ('live', 'stale', 'approved', 'scheduled')",
    )
    .bind(state.code())
    .bind(why)
    .bind(now.0)
    .bind(id.to_string());
    is_written(conn, update).await
}
