//! Questions of the desk to patients, and their answers.

use crate::db::{Columns, Conn};
use crate::error::Result;
use crate::ids::{PersonId, ProgramId, SafetyId};
use crate::safety::types::Question;
use crate::time::Timestamp;
use sqlx::any::AnyRow;

/// A question as it stands.
pub(in crate::safety) struct QuestionRow {
    pub id: String,
    pub record: SafetyId,
    pub program: Option<ProgramId>,
    pub what: Question,
    pub asked_at: Timestamp,
    pub answered_at: Option<Timestamp>,
    pub answer_sealed: Option<Vec<u8>>,
}

const QUESTION: &str =
    "select q.id, q.record_id, r.program_id, q.what, q.asked_at, q.answered_at, q.answer_sealed
  from safety_questions q join safety_records r on r.id = q.record_id";

fn question(row: &AnyRow) -> Result<QuestionRow> {
    Ok(QuestionRow {
        id: row.text("id")?,
        record: row.parsed("record_id")?,
        program: row.parsed_or_null("program_id")?,
        what: row.parsed("what")?,
        asked_at: row.at("asked_at")?,
        answered_at: row.at_or_null("answered_at")?,
        answer_sealed: row.blob_or_null("answer_sealed")?,
    })
}

/// False when it was asked before.
pub(in crate::safety) async fn insert_question(
    conn: &mut Conn,
    record: SafetyId,
    person: PersonId,
    what: Question,
    (by, now): (PersonId, Timestamp),
) -> Result<bool> {
    let done = sqlx::query(
        "insert into safety_questions (id, record_id, person_id, what, asked_at, asked_by) values ($1, $2, $3, $4, $5, $6)
         on conflict (record_id, what) do nothing",
    )
    .bind(uuid::Uuid::now_v7().to_string())
    .bind(record.to_string())
    .bind(person.to_string())
    .bind(what.code())
    .bind(now.0)
    .bind(by.to_string())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Everything a record's patient was asked, in the order it was asked.
pub(in crate::safety) async fn questions_of(conn: &mut Conn, record: SafetyId) -> Result<Vec<QuestionRow>> {
    let text = format!("{QUESTION} where q.record_id = $1 order by q.asked_at, q.id");
    let rows = sqlx::query(sqlx::AssertSqlSafe(text)).bind(record.to_string()).fetch_all(conn).await?;
    rows.iter().map(question).collect()
}

/// What a person was asked and has not answered, of records that are open.
pub(in crate::safety) async fn open_questions(conn: &mut Conn, person: PersonId) -> Result<Vec<QuestionRow>> {
    let text = format!(
        "{QUESTION} where q.person_id = $1 and q.answered_at is null and r.rank < 9 order by q.asked_at, q.id limit 50"
    );
    let rows = sqlx::query(sqlx::AssertSqlSafe(text)).bind(person.to_string()).fetch_all(conn).await?;
    rows.iter().map(question).collect()
}

/// False when it was answered before, or is somebody else's.
pub(in crate::safety) async fn answer(
    conn: &mut Conn,
    (id, person): (&str, PersonId),
    sealed: Vec<u8>,
    now: Timestamp,
) -> Result<bool> {
    let done = sqlx::query(
        "update safety_questions set answered_at = $1, answer_sealed = $2
         where id = $3 and person_id = $4 and answered_at is null",
    )
    .bind(now.0)
    .bind(sealed)
    .bind(id)
    .bind(person.to_string())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}
