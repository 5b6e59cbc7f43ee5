//! Variants as they stand, and what was saved of them.

use crate::content::{Body, Kind};
use crate::db::{Columns, Conn};
use crate::editorial::types::{Sheet, Sibling};
use crate::error::Result;
use crate::ids::{PersonId, ProgramId, VariantId};
use crate::time::{Day, Timestamp};
use sqlx::any::AnyRow;

const SHEET: &str = "select v.id, v.item_id, i.code, i.program_id, i.kind, i.slug, v.edition, v.attempt, v.locale,
   e.source_locale, v.state, v.author_id, a.staff_name as author_name, v.made_from, v.title, v.body, e.meta,
   e.on_change, e.on_change_days, e.note, v.hash, v.reviewed_on, v.review_due_on, v.submitted_at, v.scheduled_for,
   v.live_from, v.stale_since, v.stale_until, v.withdrawn_at, v.ended_why, v.saved_at, v.clarity, v.version
 from content_variants v join content_items i on i.id = v.item_id
   join content_editions e on e.item_id = v.item_id and e.edition = v.edition
   left join people a on a.id = v.author_id";

fn sheet(row: &AnyRow) -> Result<Sheet> {
    let day = |column: &str| -> Result<Option<Day>> { Ok(row.text(column)?.parse().ok()) };
    Ok(Sheet {
        id: row.parsed("id")?,
        item: row.text("item_id")?,
        code: row.text("code")?,
        program: row.parsed("program_id")?,
        kind: row.parsed("kind")?,
        slug: row.text("slug")?,
        edition: row.int("edition")?,
        attempt: row.int("attempt")?,
        locale: row.parsed("locale")?,
        source_locale: row.parsed("source_locale")?,
        state: row.parsed("state")?,
        author: row.parsed("author_id")?,
        author_name: row.text_or_null("author_name")?.unwrap_or_default(),
        made_from: row.parsed_or_null("made_from")?,
        title: row.text("title")?,
        body: row.json("body")?,
        meta: row.json("meta")?,
        on_change: row.parsed("on_change")?,
        on_change_days: row.int("on_change_days")?,
        note: row.text("note")?,
        hash: row.text("hash")?,
        reviewed_on: day("reviewed_on")?,
        review_due_on: day("review_due_on")?,
        submitted_at: row.at_or_null("submitted_at")?,
        scheduled_for: row.at_or_null("scheduled_for")?,
        live_from: row.at_or_null("live_from")?,
        stale_since: row.at_or_null("stale_since")?,
        stale_until: row.at_or_null("stale_until")?,
        ended_at: row.at_or_null("withdrawn_at")?,
        ended_why: row.text_or_null("ended_why")?,
        saved_at: row.at("saved_at")?,
        clarity: row.json("clarity")?,
        version: row.int("version")?,
    })
}

pub(in crate::editorial) async fn find(conn: &mut Conn, id: VariantId) -> Result<Option<Sheet>> {
    let row = sqlx::query(sqlx::AssertSqlSafe(format!("{SHEET} where v.id = $1")))
        .bind(id.to_string())
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(sheet).transpose()
}

/// Every variant of an item, the newest edition first.
pub(in crate::editorial) async fn of_item(conn: &mut Conn, item: &str) -> Result<Vec<Sheet>> {
    let rows = sqlx::query(sqlx::AssertSqlSafe(format!(
        "{SHEET} where v.item_id = $1 order by v.edition desc, v.locale, v.attempt desc"
    )))
    .bind(item)
    .fetch_all(conn)
    .await?;
    rows.iter().map(sheet).collect()
}

/// Everything in these states, for a program or for all; for what is to be exported.
pub(in crate::editorial) async fn in_states(conn: &mut Conn, states: &str) -> Result<Vec<Sheet>> {
    let rows = sqlx::query(sqlx::AssertSqlSafe(format!(
        "{SHEET} where v.state in ({states}) order by v.item_id, v.edition, v.locale"
    )))
    .fetch_all(conn)
    .await?;
    rows.iter().map(sheet).collect()
}

pub(in crate::editorial) async fn siblings(conn: &mut Conn, item: &str) -> Result<Vec<Sibling>> {
    let rows = sqlx::query(
        "select id, edition, attempt, locale, state, saved_at from content_variants where item_id = $1
         order by edition desc, locale, attempt desc",
    )
    .bind(item)
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Sibling {
                id: row.parsed("id")?,
                edition: row.int("edition")?,
                attempt: row.int("attempt")?,
                locale: row.parsed("locale")?,
                state: row.parsed("state")?,
                saved_at: row.at("saved_at")?,
            })
        })
        .collect()
}

/// Everybody who wrote some of the words, the author among them.
pub(in crate::editorial) async fn writers(conn: &mut Conn, id: VariantId) -> Result<Vec<PersonId>> {
    let rows = sqlx::query(
        "select author_id as person from content_variants where id = $1
         union select saved_by as person from content_saves where variant_id = $1",
    )
    .bind(id.to_string())
    .fetch_all(conn)
    .await?;
    rows.iter().map(|row| row.parsed("person")).collect()
}

/// The saves of a draft, latest first: version, name, time.
pub(in crate::editorial) async fn saves(
    conn: &mut Conn,
    id: VariantId,
) -> Result<Vec<(i64, String, Timestamp)>> {
    let rows = sqlx::query(
        "select s.version, p.staff_name, s.saved_at from content_saves s join people p on p.id = s.saved_by
         where s.variant_id = $1 order by s.version desc limit 50",
    )
    .bind(id.to_string())
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            Ok((
                row.int("version")?,
                row.text_or_null("staff_name")?.unwrap_or_default(),
                row.at("saved_at")?,
            ))
        })
        .collect()
}

/// The words of one save.
pub(in crate::editorial) async fn saved(
    conn: &mut Conn,
    id: VariantId,
    version: i64,
) -> Result<Option<(String, Body)>> {
    let row = sqlx::query("select title, body from content_saves where variant_id = $1 and version = $2")
        .bind(id.to_string())
        .bind(version)
        .fetch_optional(conn)
        .await?;
    row.map(|row| Ok((row.text("title")?, row.json("body")?))).transpose()
}

/// The kind and slug of a program's item that is about something: for what depends on it.
pub(in crate::editorial) async fn item_exists(
    conn: &mut Conn,
    program: ProgramId,
    kind: Kind,
    slug: &str,
) -> Result<bool> {
    let found: i64 = sqlx::query_scalar(
        "select count(*) from content_items where program_id = $1 and kind = $2 and slug = $3",
    )
    .bind(program.to_string())
    .bind(kind.code())
    .bind(slug)
    .fetch_one(conn)
    .await?;
    Ok(found > 0)
}
