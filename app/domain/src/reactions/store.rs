//! The SQL of the dispatcher.

use crate::db::{Columns, Conn};
use crate::error::Result;
use crate::ids::{CaseId, ProgramId};
use crate::time::Timestamp;

pub(super) async fn waiting(conn: &mut Conn, tries: i64, limit: i64) -> Result<Vec<(i64, String)>> {
    let rows = sqlx::query(
        "select seq, body from events where handled_at is null and attempts < $1 order by seq limit $2",
    )
    .bind(tries)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    rows.iter().map(|row| Ok((row.int("seq")?, row.text("body")?))).collect()
}

/// Marks an event as handled; false if somebody else already did.
pub(super) async fn claim(conn: &mut Conn, seq: i64, now: Timestamp) -> Result<bool> {
    let done = sqlx::query("update events set handled_at = $1 where seq = $2 and handled_at is null")
        .bind(now.0)
        .bind(seq)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn tried(conn: &mut Conn, seq: i64) -> Result<()> {
    sqlx::query("update events set attempts = attempts + 1 where seq = $1").bind(seq).execute(conn).await?;
    Ok(())
}

pub(super) async fn set_aside(conn: &mut Conn, seq: i64, tries: i64) -> Result<()> {
    sqlx::query("update events set attempts = $1 where seq = $2").bind(tries).bind(seq).execute(conn).await?;
    Ok(())
}

/// The program and the queue of a case.
pub(super) async fn desk(conn: &mut Conn, case: CaseId) -> Result<(ProgramId, String)> {
    let row = sqlx::query("select program_id, queue from cases where id = $1")
        .bind(case.to_string())
        .fetch_one(conn)
        .await?;
    Ok((row.parsed("program_id")?, row.text("queue")?))
}
