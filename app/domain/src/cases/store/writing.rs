//! The SQL of moving a case on.

use crate::cases::rules::steps::Step;
use crate::cases::views::NoteKind;
use crate::db::{Columns, Conn};
use crate::error::Result;
use crate::ids::{CaseId, NoteId, PersonId, StatusId};
use crate::time::{Day, Timestamp};

/// A step about to be written.
pub(in crate::cases) struct NewStep<'a> {
    pub case: CaseId,
    pub version: i64,
    pub step: Step,
    pub at: Timestamp,
    pub expected_on: Option<Day>,
    pub status: StatusId,
    pub actor: &'a str,
    pub reason: Option<&'a str>,
    pub staff_reason_sealed: Option<Vec<u8>>,
    pub exception_sealed: Option<Vec<u8>>,
    pub sentence: &'a str,
    pub edition: i64,
}

/// Points the case at its new status and adds the row. False, and nothing changed, when the version is not the one that
/// was read.
pub(in crate::cases) async fn advance(conn: &mut Conn, new: &NewStep<'_>) -> Result<bool> {
    let expected_on = new.expected_on.map(|day| day.to_string());
    let closed_at = (new.step.stage == crate::cases::Stage::Closed).then_some(new.at.0);
    let moved = sqlx::query(
        "update cases set stage = $1, sub_status = $2, waiting_on = $3, since = $4, expected_on = $5, closed_at = $6,
           version = version + 1
         where id = $7 and version = $8",
    )
    .bind(new.step.stage.code())
    .bind(new.step.to.code())
    .bind(new.step.waiting_on.code())
    .bind(new.at.0)
    .bind(&expected_on)
    .bind(closed_at)
    .bind(new.case.to_string())
    .bind(new.version)
    .execute(&mut *conn)
    .await?;
    if moved.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query(
        "insert into case_statuses (id, case_id, stage, sub_status, waiting_on, at, expected_on, actor, is_backward,
           reason, staff_reason_sealed, exception_sealed, sentence_id, sentence_edition)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    )
    .bind(new.status.to_string())
    .bind(new.case.to_string())
    .bind(new.step.stage.code())
    .bind(new.step.to.code())
    .bind(new.step.waiting_on.code())
    .bind(new.at.0)
    .bind(&expected_on)
    .bind(new.actor)
    .bind(i64::from(new.step.is_backward))
    .bind(new.reason)
    .bind(&new.staff_reason_sealed)
    .bind(&new.exception_sealed)
    .bind(new.sentence)
    .bind(new.edition)
    .execute(conn)
    .await?;
    Ok(true)
}

/// Gives a case to somebody, or to nobody. False when the version is not the one that was read.
pub(in crate::cases) async fn assign(
    conn: &mut Conn,
    case: CaseId,
    version: i64,
    owner: Option<PersonId>,
) -> Result<bool> {
    let done =
        sqlx::query("update cases set owner_id = $1, version = version + 1 where id = $2 and version = $3")
            .bind(owner.map(|owner| owner.to_string()))
            .bind(case.to_string())
            .bind(version)
            .execute(conn)
            .await?;
    Ok(done.rows_affected() == 1)
}

/// Stops the clock of the first response. Whether it was still running.
pub(in crate::cases) async fn answered(conn: &mut Conn, case: CaseId, now: Timestamp) -> Result<bool> {
    let done =
        sqlx::query("update cases set first_response_at = $1 where id = $2 and first_response_at is null")
            .bind(now.0)
            .bind(case.to_string())
            .execute(conn)
            .await?;
    Ok(done.rows_affected() == 1)
}

pub(in crate::cases) async fn insert_note(
    conn: &mut Conn,
    (id, case, author): (NoteId, CaseId, PersonId),
    kind: NoteKind,
    text_sealed: &[u8],
    now: Timestamp,
) -> Result<()> {
    sqlx::query("insert into case_notes (id, case_id, author_id, kind, text_sealed, at) values ($1, $2, $3, $4, $5, $6)")
        .bind(id.to_string())
        .bind(case.to_string())
        .bind(author.to_string())
        .bind(kind.code())
        .bind(text_sealed)
        .bind(now.0)
        .execute(conn)
        .await?;
    Ok(())
}

/// The sub-status a case had before the one it is in.
pub(in crate::cases) async fn before(
    conn: &mut Conn,
    case: CaseId,
) -> Result<Option<crate::cases::SubStatus>> {
    let row = sqlx::query(
        "select sub_status from case_statuses where case_id = $1 order by at desc, id desc limit 1 offset 1",
    )
    .bind(case.to_string())
    .fetch_optional(conn)
    .await?;
    row.map(|row| row.parsed("sub_status")).transpose()
}
