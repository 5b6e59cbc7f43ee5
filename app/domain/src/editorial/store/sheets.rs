//! Variants on their way: written, frozen, made live, taken back.

use crate::content::{Body, Kind, Meta};
use crate::db::{Columns, Conn, json};
use crate::editorial::types::{ClarityAnswers, NewItem, OnChange, Sheet, Sibling, State};
use crate::error::Result;
use crate::ids::{PersonId, ProgramId, VariantId};
use crate::locale::Locale;
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

/// Whether the code and the slug were free.
pub(in crate::editorial) async fn insert_item(
    conn: &mut Conn,
    id: &str,
    new: &NewItem,
    owner: PersonId,
    now: Timestamp,
) -> Result<bool> {
    let done = sqlx::query(
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
    .bind(now.0)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
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
    new: &super::super::types::MetaWriting,
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
    let done = sqlx::query(
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
    .bind(now.0)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
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
    let done = sqlx::query(
        "update content_variants set title = $1, body = $2, saved_at = $3, version = version + 1
         where id = $4 and version = $5 and state = 'draft'",
    )
    .bind(title)
    .bind(json(body)?)
    .bind(now.0)
    .bind(id.to_string())
    .bind(version)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
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

/// Freezes a draft: from here on its words are what the hash says.
pub(in crate::editorial) async fn freeze(
    conn: &mut Conn,
    id: VariantId,
    version: i64,
    hash: &str,
    now: Timestamp,
) -> Result<bool> {
    let done = sqlx::query(
        "update content_variants set state = 'in_review', hash = $1, submitted_at = $2, version = version + 1
         where id = $3 and version = $4 and state = 'draft'",
    )
    .bind(hash)
    .bind(now.0)
    .bind(id.to_string())
    .bind(version)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Moves a variant from one state to another, if it stands there in this version.
pub(in crate::editorial) async fn step(
    conn: &mut Conn,
    id: VariantId,
    version: i64,
    from: State,
    to: State,
) -> Result<bool> {
    let done = sqlx::query(
        "update content_variants set state = $1, version = version + 1 where id = $2 and version = $3 and state = $4",
    )
    .bind(to.code())
    .bind(id.to_string())
    .bind(version)
    .bind(from.code())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes the row for this transaction, so that whoever decides at the same moment decides after it.
pub(in crate::editorial) async fn touch(conn: &mut Conn, id: VariantId, version: i64) -> Result<bool> {
    let done =
        sqlx::query("update content_variants set version = version + 1 where id = $1 and version = $2")
            .bind(id.to_string())
            .bind(version)
            .execute(conn)
            .await?;
    Ok(done.rows_affected() == 1)
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
    let done = sqlx::query(
        "update content_variants set state = $1, ended_why = $2, withdrawn_at = $3, version = version + 1
         where id = $4 and state in ('live', 'stale', 'approved', 'scheduled')",
    )
    .bind(state.code())
    .bind(why)
    .bind(now.0)
    .bind(id.to_string())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
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

impl OnChange {
    /// As a form posts it; anything else hides at once, which is the safe way to be wrong.
    pub fn posted(code: &str) -> OnChange {
        code.parse().unwrap_or(OnChange::Hide)
    }
}
