//! The SQL of gaps, and of whether an answer helped.

use crate::assistant::gaps::{Link, Why};
use crate::db::{Columns, Conn};
use crate::error::Result;
use crate::ids::{CaseId, PersonId, ProgramId, ThreadId, TurnId};
use crate::locale::Locale;
use crate::time::Timestamp;
use sqlx::AssertSqlSafe;
use sqlx::any::AnyRow;

pub(in crate::assistant) struct GapRow {
    pub turn: TurnId,
    pub program: ProgramId,
    pub locale: Locale,
    pub why: Why,
    pub at: Timestamp,
    pub text_sealed: Option<Vec<u8>>,
    pub person: Option<PersonId>,
    pub case: Option<CaseId>,
    pub link: Option<Link>,
}

/// Keeps a question as a gap; one that is there already stays as it is.
pub(in crate::assistant) async fn insert(
    conn: &mut Conn,
    turn: TurnId,
    program: ProgramId,
    locale: Locale,
    why: Why,
    at: Timestamp,
) -> Result<()> {
    sqlx::query(
        "insert into question_gaps (turn_id, program_id, locale, why, at) values ($1, $2, $3, $4, $5)
         on conflict (turn_id) do nothing",
    )
    .bind(turn.to_string())
    .bind(program.to_string())
    .bind(locale.tag())
    .bind(why.code())
    .bind(at.0)
    .execute(conn)
    .await?;
    Ok(())
}

/// Somebody changed their mind: the answer helped after all.
pub(in crate::assistant) async fn forget(conn: &mut Conn, turn: TurnId) -> Result<()> {
    sqlx::query(
        "delete from question_gaps where turn_id = $1 and why = 'not_helpful' and linked_item is null
           and settled_at is null",
    )
    .bind(turn.to_string())
    .execute(conn)
    .await?;
    Ok(())
}

const GAP: &str = "select g.turn_id, g.program_id, g.locale, g.why, g.at, g.linked_item, g.linked_edition,
    g.linked_variant, g.phrasing, g.is_written, g.linked_at, t.text_sealed, h.person_id, h.case_id
  from question_gaps g join turns t on t.id = g.turn_id join threads h on h.id = t.thread_id
  where g.settled_at is null";

/// Questions nobody settled, newest first, from before a place on.
pub(in crate::assistant) async fn open(
    conn: &mut Conn,
    program: ProgramId,
    locale: Locale,
    (before, id): (Timestamp, String),
    limit: i64,
) -> Result<Vec<GapRow>> {
    let text = format!(
        "{GAP} and g.program_id = $1 and g.locale = $2 and (g.at < $3 or (g.at = $3 and g.turn_id < $4))
         order by g.at desc, g.turn_id desc limit $5"
    );
    let rows = sqlx::query(AssertSqlSafe(text))
        .bind(program.to_string())
        .bind(locale.tag())
        .bind(before.0)
        .bind(id)
        .bind(limit)
        .fetch_all(conn)
        .await?;
    rows.iter().map(gap).collect()
}

pub(in crate::assistant) async fn find(conn: &mut Conn, turn: TurnId) -> Result<Option<GapRow>> {
    let text = format!("{GAP} and g.turn_id = $1");
    let row = sqlx::query(AssertSqlSafe(text)).bind(turn.to_string()).fetch_optional(conn).await?;
    row.map(|row| gap(&row)).transpose()
}

fn gap(row: &AnyRow) -> Result<GapRow> {
    let link = match row.text_or_null("linked_item")? {
        Some(item) => Some(Link {
            item,
            edition: row.int("linked_edition")?,
            variant: row.parsed_or_null("linked_variant")?,
            phrasing: row.text_or_null("phrasing")?,
            is_written: row.flag("is_written")?,
            at: row.at("linked_at")?,
        }),
        None => None,
    };
    Ok(GapRow {
        turn: row.parsed("turn_id")?,
        program: row.parsed("program_id")?,
        locale: row.parsed("locale")?,
        why: row.parsed("why")?,
        at: row.at("at")?,
        text_sealed: row.blob_or_null("text_sealed")?,
        person: row.parsed_or_null("person_id")?,
        case: row.parsed_or_null("case_id")?,
        link,
    })
}

/// How many questions nobody has linked or settled, by language.
pub(in crate::assistant) async fn counts(conn: &mut Conn, program: ProgramId) -> Result<Vec<(Locale, i64)>> {
    sqlx::query(
        "select locale, count(*) as n from question_gaps
         where program_id = $1 and settled_at is null and linked_item is null group by locale",
    )
    .bind(program.to_string())
    .fetch_all(conn)
    .await?
    .iter()
    .map(|row| Ok((row.parsed("locale")?, row.int("n")?)))
    .collect()
}

/// Says what will answer a question.
pub(in crate::assistant) async fn set_link(
    conn: &mut Conn,
    turn: TurnId,
    link: &Link,
    by: Option<PersonId>,
) -> Result<bool> {
    let done = sqlx::query(
        "update question_gaps set linked_item = $1, linked_edition = $2, linked_variant = $3, phrasing = $4,
           is_written = $5, linked_at = $6, linked_by = $7
         where turn_id = $8 and settled_at is null",
    )
    .bind(link.item.clone())
    .bind(link.edition)
    .bind(link.variant.map(|id| id.to_string()))
    .bind(link.phrasing.clone())
    .bind(i64::from(link.is_written))
    .bind(link.at.0)
    .bind(by.map(|id| id.to_string()))
    .bind(turn.to_string())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes a question off the list.
pub(in crate::assistant) async fn settle(conn: &mut Conn, turn: TurnId, now: Timestamp) -> Result<bool> {
    let done =
        sqlx::query("update question_gaps set settled_at = $1 where turn_id = $2 and settled_at is null")
            .bind(now.0)
            .bind(turn.to_string())
            .execute(conn)
            .await?;
    Ok(done.rows_affected() == 1)
}

/// The questions that waited for this edition are answered.
pub(in crate::assistant) async fn settle_linked(
    conn: &mut Conn,
    item: &str,
    edition: i64,
    locale: &str,
    now: Timestamp,
) -> Result<u64> {
    let done = sqlx::query(
        "update question_gaps set settled_at = $1
         where linked_item = $2 and locale = $3 and linked_edition <= $4 and is_written = 1 and settled_at is null",
    )
    .bind(now.0)
    .bind(item.to_owned())
    .bind(locale.to_owned())
    .bind(edition)
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// An answer in a conversation, and the question in words it was given to: for a title that was pressed, the one the
/// titles were offered for.
pub(in crate::assistant) async fn answer_of(
    conn: &mut Conn,
    thread: ThreadId,
    answer: TurnId,
) -> Result<Option<(Locale, Option<TurnId>)>> {
    sqlx::query(
        "select a.locale, (select q.id from turns q where q.thread_id = a.thread_id and q.seq < a.seq
           and q.author = 'person' and q.text_sealed is not null
           and not exists (select 1 from turns o where o.thread_id = a.thread_id and o.seq > q.seq and o.seq < a.seq
             and o.outcome is not null and o.outcome <> 'offered')
           order by q.seq desc limit 1) as question
         from turns a where a.id = $1 and a.thread_id = $2 and a.outcome = 'answered'",
    )
    .bind(answer.to_string())
    .bind(thread.to_string())
    .fetch_optional(conn)
    .await?
    .map(|row| Ok((row.parsed("locale")?, row.parsed_or_null("question")?)))
    .transpose()
}

/// Keeps whether an answer helped. Without new words the ones from before stay.
pub(in crate::assistant) async fn save_rating(
    conn: &mut Conn,
    answer: TurnId,
    helpful: bool,
    comment_sealed: Option<Vec<u8>>,
    now: Timestamp,
) -> Result<()> {
    sqlx::query(
        "insert into turn_ratings (turn_id, helpful, comment_sealed, at) values ($1, $2, $3, $4)
         on conflict (turn_id) do update set helpful = excluded.helpful, at = excluded.at,
           comment_sealed = coalesce(excluded.comment_sealed, turn_ratings.comment_sealed)",
    )
    .bind(answer.to_string())
    .bind(i64::from(helpful))
    .bind(comment_sealed)
    .bind(now.0)
    .execute(conn)
    .await?;
    Ok(())
}
