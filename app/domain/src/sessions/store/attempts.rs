//! The SQL of tries to sign in, and of what nobody needs any more.

use crate::db::{Columns, Conn};
use crate::error::Result;
use crate::ids::AttemptId;
use crate::sessions::rules::Tries;
use crate::time::Timestamp;

pub(in crate::sessions) async fn insert_attempt(
    conn: &mut Conn,
    id: AttemptId,
    subject: &str,
    now: Timestamp,
) -> Result<()> {
    sqlx::query("insert into sign_in_attempts (id, subject, at) values ($1, $2, $3)")
        .bind(id.to_string())
        .bind(subject)
        .bind(now.0)
        .execute(conn)
        .await?;
    Ok(())
}

/// How often a subject was tried, not counting one try.
pub(in crate::sessions) async fn tries(
    conn: &mut Conn,
    subject: &str,
    but: AttemptId,
    day: Timestamp,
    quarter: Timestamp,
) -> Result<Tries> {
    let row = sqlx::query(
        "select count(*) as in_a_day, coalesce(sum(case when at > $3 then 1 else 0 end), 0) as in_a_quarter,
           coalesce(max(at), 0) as last
         from sign_in_attempts where subject = $1 and at > $2 and id <> $4",
    )
    .bind(subject)
    .bind(day.0)
    .bind(quarter.0)
    .bind(but.to_string())
    .fetch_one(conn)
    .await?;
    Ok(Tries {
        in_a_day: row.int("in_a_day")?,
        in_a_quarter: row.int("in_a_quarter")?,
        last: row.at("last")?,
    })
}

pub(in crate::sessions) async fn delete_attempt(conn: &mut Conn, id: AttemptId) -> Result<()> {
    sqlx::query("delete from sign_in_attempts where id = $1").bind(id.to_string()).execute(conn).await?;
    Ok(())
}

pub(in crate::sessions) async fn clear_attempts(conn: &mut Conn, subject: &str) -> Result<()> {
    sqlx::query("delete from sign_in_attempts where subject = $1").bind(subject).execute(conn).await?;
    Ok(())
}

/// Takes away tries, steps and sessions nobody needs any more.
pub(in crate::sessions) async fn sweep(
    conn: &mut Conn,
    tries_before: Timestamp,
    steps_before: Timestamp,
    sessions_before: Timestamp,
) -> Result<()> {
    for (sql, before) in [
        ("delete from sign_in_attempts where at < $1", tries_before),
        ("delete from ceremonies where expires_at < $1", steps_before),
        ("delete from sessions where expires_at < $1", sessions_before),
    ] {
        sqlx::query(sql).bind(before.0).execute(&mut *conn).await?;
    }
    Ok(())
}
