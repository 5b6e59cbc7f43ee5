//! The SQL of content.

use super::types::Variant;
use crate::db::{Columns, Conn};
use crate::error::{Error, Result};

/// The number of the latest publication or withdrawal.
pub(super) async fn release(conn: &mut Conn) -> Result<i64> {
    Ok(sqlx::query_scalar("select number from content_release where id = 1").fetch_one(conn).await?)
}

/// Every live variant.
pub(super) async fn live(conn: &mut Conn) -> Result<Vec<Variant>> {
    let rows = sqlx::query(
        "select v.id, v.item_id, i.code, i.program_id, i.kind, i.slug, i.stage, i.is_branded, i.position, v.edition, v.locale,
                v.title, v.body, v.hash, v.reviewed_on, v.review_due_on
         from content_variants v join content_items i on i.id = v.item_id
         where v.state = 'live'",
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(variant).collect()
}

fn variant(row: sqlx::any::AnyRow) -> Result<Variant> {
    Ok(Variant {
        id: row.parsed("id")?,
        item: row.text("item_id")?,
        code: row.text("code")?,
        program: row.parsed("program_id")?,
        kind: row.parsed("kind")?,
        slug: row.text("slug")?,
        stage: row.parsed_or_null("stage")?,
        is_branded: row.flag("is_branded")?,
        position: row.int("position")?,
        edition: row.int("edition")?,
        locale: row.parsed("locale")?,
        title: row.text("title")?,
        body: serde_json::from_str(&row.text("body")?)
            .map_err(|error| Error::internal(format!("a variant's body: {error}")))?,
        hash: row.text("hash")?,
        reviewed_on: row.parsed("reviewed_on")?,
        review_due_on: row.parsed("review_due_on")?,
    })
}
