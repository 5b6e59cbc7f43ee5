//! The SQL of messages.

use super::types::{Claimed, NewMessage, Row, State, Written};
use crate::db::{Columns, Conn, Statement};
use crate::error::Result;
use crate::ids::{CaseId, MessageId, ProgramId};
use crate::locale::Locale;
use crate::time::Timestamp;

/// Adds a message; false when its cause was told before.
pub(super) async fn insert(
    conn: &mut Conn,
    id: MessageId,
    new: &NewMessage,
    locale: Locale,
    now: Timestamp,
) -> Result<bool> {
    let done = sqlx::query(
        "insert into messages (id, dedupe, person_id, case_id, kind, channel, purpose, state, wire_id, link, item_id, locale, planned_at, next_try_at)
         values ($1, $2, $3, $4, $5, 'email', 'program_services', 'planned', $1, $6, $5, $7, $8, $8)
         on conflict (dedupe) do nothing",
    )
    .bind(id.to_string())
    .bind(&new.dedupe)
    .bind(new.person.to_string())
    .bind(new.case.map(|case| case.to_string()))
    .bind(new.kind.code())
    .bind(new.page)
    .bind(locale.tag())
    .bind(now.0)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn is_waiting(conn: &mut Conn, new: &NewMessage) -> Result<bool> {
    let found = sqlx::query("select id from messages where case_id = $1 and person_id = $2 and kind = $3 and state = 'planned' limit 1")
        .bind(new.case.map(|case| case.to_string()))
        .bind(new.person.to_string())
        .bind(new.kind.code())
        .fetch_optional(conn)
        .await?;
    Ok(found.is_some())
}

/// The messages in a program's words: of a kind and a language, for a case of the program. What is about no case has no
/// program's words.
const IN_WORDS: &str =
    "kind = $2 and locale = $3 and case_id in (select id from cases where program_id = $4)";

pub(super) async fn hold_all(
    conn: &mut Conn,
    program: ProgramId,
    kind: &str,
    locale: Locale,
    why: &str,
) -> Result<u64> {
    let text = format!(
        "update messages set state = 'held', rule = $1, version = version + 1 where state = 'planned' and {IN_WORDS}"
    );
    change_all(conn, sqlx::query(sqlx::AssertSqlSafe(text)).bind(why), program, kind, locale).await
}

pub(super) async fn release(
    conn: &mut Conn,
    program: ProgramId,
    kind: &str,
    locale: Locale,
    now: Timestamp,
) -> Result<u64> {
    let text = format!(
        "update messages set state = 'planned', rule = null, next_try_at = $1, version = version + 1
         where state = 'held' and {IN_WORDS}"
    );
    change_all(conn, sqlx::query(sqlx::AssertSqlSafe(text)).bind(now.0), program, kind, locale).await
}

/// Runs an update of the messages [`IN_WORDS`] whose first parameter is bound; how many there were.
async fn change_all<'q>(
    conn: &mut Conn,
    update: Statement<'q>,
    program: ProgramId,
    kind: &'q str,
    locale: Locale,
) -> Result<u64> {
    let update = update.bind(kind).bind(locale.tag()).bind(program.to_string());
    Ok(update.execute(conn).await?.rows_affected())
}

/// One message waits for words.
pub(super) async fn hold(conn: &mut Conn, id: MessageId, why: &str) -> Result<()> {
    let update = "update messages set state = 'held', rule = $1, claimed_until = null where id = $2";
    stop(conn, update, id, why).await
}

/// Ends or interrupts one message's way, with the reason.
async fn stop(conn: &mut Conn, update: &'static str, id: MessageId, why: &str) -> Result<()> {
    sqlx::query(update).bind(why).bind(id.to_string()).execute(conn).await?;
    Ok(())
}

pub(super) async fn claim(
    conn: &mut Conn,
    now: Timestamp,
    until: Timestamp,
    limit: i64,
) -> Result<Vec<Claimed>> {
    let rows = sqlx::query(
        "update messages set state = 'sending', claimed_until = $1, attempts = attempts + 1, version = version + 1
         where id in (
           select id from messages
           where (state = 'planned' and next_try_at <= $2) or (state = 'sending' and claimed_until <= $2)
           order by next_try_at, id limit $3)
           and ((state = 'planned' and next_try_at <= $2) or (state = 'sending' and claimed_until <= $2))
         returning id, person_id, case_id, kind, link, locale, wire_id, planned_at, attempts",
    )
    .bind(until.0)
    .bind(now.0)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Claimed {
                id: row.parsed("id")?,
                person: row.parsed("person_id")?,
                case: row.parsed_or_null("case_id")?,
                kind: row.parsed("kind")?,
                link: row.text("link")?,
                locale: row.text("locale")?.parse().unwrap_or_default(),
                wire_id: row.text("wire_id")?,
                planned_at: row.at("planned_at")?,
                attempts: row.int("attempts")?,
            })
        })
        .collect()
}

pub(super) async fn suppress(conn: &mut Conn, id: MessageId, rule: &str) -> Result<()> {
    let update = "update messages set state = 'suppressed', rule = $1, claimed_until = null, version = version + 1 where id = $2";
    stop(conn, update, id, rule).await
}

pub(super) async fn sent(conn: &mut Conn, id: MessageId, written: &Written, now: Timestamp) -> Result<()> {
    sqlx::query(
        "update messages set state = 'sent', sent_at = $1, consent_id = $2, edition = $3, rule = $4, failure = null,
           claimed_until = null, version = version + 1
         where id = $5",
    )
    .bind(now.0)
    .bind(written.consent.map(|consent| consent.to_string()))
    .bind(written.edition)
    .bind(if written.consent.is_some() { "consent" } else { "notice" })
    .bind(id.to_string())
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn retry(conn: &mut Conn, id: MessageId, at: Timestamp, failure: &str) -> Result<()> {
    sqlx::query(
        "update messages set state = 'planned', next_try_at = $1, failure = $2, claimed_until = null, version = version + 1 where id = $3",
    )
    .bind(at.0)
    .bind(failure)
    .bind(id.to_string())
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn dead(conn: &mut Conn, id: MessageId, failure: &str) -> Result<()> {
    let update = "update messages set state = 'dead', failure = $1, claimed_until = null, version = version + 1 where id = $2";
    stop(conn, update, id, failure).await
}

/// What a message about a case needs to know of it.
pub(super) async fn case(conn: &mut Conn, id: CaseId) -> Result<(ProgramId, String)> {
    let row = sqlx::query("select program_id, number from cases where id = $1")
        .bind(id.to_string())
        .fetch_one(conn)
        .await?;
    Ok((row.parsed("program_id")?, row.text("number")?))
}

/// The queue a case is in.
pub(super) async fn queue(conn: &mut Conn, id: CaseId) -> Result<String> {
    Ok(sqlx::query_scalar("select queue from cases where id = $1")
        .bind(id.to_string())
        .fetch_one(conn)
        .await?)
}

pub(super) async fn recent(
    conn: &mut Conn,
    only: Option<State>,
    before: Option<(i64, String)>,
    limit: i64,
) -> Result<Vec<Row>> {
    let (at, id) = before.unwrap_or((i64::MAX, String::new()));
    let rows = sqlx::query(
        "select m.id, m.case_id, c.number, m.kind, m.state, m.rule, m.failure, m.attempts, m.locale, m.planned_at, m.sent_at
         from messages m left join cases c on c.id = m.case_id
         where (m.planned_at < $1 or (m.planned_at = $1 and m.id < $2)) and ($3 = '' or m.state = $3)
         order by m.planned_at desc, m.id desc limit $4",
    )
    .bind(at)
    .bind(id)
    .bind(only.map_or("", State::code))
    .bind(limit)
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Row {
                id: row.parsed("id")?,
                case: row.parsed_or_null("case_id")?,
                number: row.text_or_null("number")?,
                kind: row.parsed("kind")?,
                state: row.parsed("state")?,
                rule: row.text_or_null("rule")?,
                failure: row.text_or_null("failure")?,
                attempts: row.int("attempts")?,
                locale: row.text("locale")?.parse().unwrap_or_default(),
                planned_at: row.at("planned_at")?,
                sent_at: row.at_or_null("sent_at")?,
            })
        })
        .collect()
}
