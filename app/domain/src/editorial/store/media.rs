//! Pictures and videos.

use crate::content::{Body, MediaFile};
use crate::db::{Columns, Conn};
use crate::error::Result;
use crate::ids::{MediaId, PersonId};
use crate::time::Timestamp;
use sqlx::any::AnyRow;

fn read(row: &AnyRow) -> Result<MediaFile> {
    Ok(MediaFile {
        id: row.parsed("id")?,
        media_type: row.text("media_type")?,
        bytes: row.int("bytes")?,
        digest: row.text("digest")?,
    })
}

pub(in crate::editorial) async fn insert_media(
    conn: &mut Conn,
    item: &str,
    file: &MediaFile,
    by: Option<PersonId>,
    now: Timestamp,
) -> Result<()> {
    sqlx::query(
        "insert into content_media (id, item_id, media_type, bytes, digest, added_by, added_at) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (item_id, id) do nothing",
    )
    .bind(file.id.to_string())
    .bind(item)
    .bind(&file.media_type)
    .bind(file.bytes)
    .bind(&file.digest)
    .bind(by.map(|by| by.to_string()))
    .bind(now.0)
    .execute(conn)
    .await?;
    Ok(())
}

pub(in crate::editorial) async fn media_of(conn: &mut Conn, item: &str) -> Result<Vec<MediaFile>> {
    let rows = sqlx::query(
        "select id, media_type, bytes, digest from content_media where item_id = $1 order by added_at, id",
    )
    .bind(item)
    .fetch_all(conn)
    .await?;
    rows.iter().map(read).collect()
}

pub(in crate::editorial) async fn media_file(conn: &mut Conn, id: MediaId) -> Result<Option<MediaFile>> {
    let row = sqlx::query("select id, media_type, bytes, digest from content_media where id = $1 limit 1")
        .bind(id.to_string())
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(read).transpose()
}

/// Whether words that are out name it.
pub(in crate::editorial) async fn is_shown(conn: &mut Conn, id: MediaId) -> Result<bool> {
    let found: i64 = sqlx::query_scalar(
        "select count(*) from content_media m join content_variants v on v.item_id = m.item_id
         where m.id = $1 and v.state in ('live', 'stale') and v.hidden = 0 and v.body like '%' || m.id || '%'",
    )
    .bind(id.to_string())
    .fetch_one(conn)
    .await?;
    Ok(found > 0)
}

/// The bodies that name it, of readers' words only or of all.
pub(in crate::editorial) async fn bodies_with(
    conn: &mut Conn,
    id: MediaId,
    only_out: bool,
) -> Result<Vec<Body>> {
    let rows = sqlx::query(
        "select v.body from content_media m join content_variants v on v.item_id = m.item_id
         where m.id = $1 and v.body like '%' || m.id || '%'
           and ($2 = 0 or (v.state in ('live', 'stale') and v.hidden = 0))",
    )
    .bind(id.to_string())
    .bind(i64::from(only_out))
    .fetch_all(conn)
    .await?;
    rows.iter().map(|row| row.json("body")).collect()
}
