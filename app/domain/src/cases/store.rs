//! The SQL of cases.

mod reading;
mod writing;

pub(super) use reading::*;
pub(crate) use reading::{id_of, numbers, staff_names};
pub(super) use writing::*;

use super::{Filler, Stage, SubStatus, WaitingOn};
use crate::db::{Columns, Conn};
use crate::error::{Error, Result};
use crate::ids::{CaseId, PersonId, ProgramId, StatusId};
use crate::locale::Locale;
use crate::time::{Day, Timestamp};

/// The next number of a program in a year; whoever asks first gets it.
pub(super) async fn next_number(conn: &mut Conn, program: ProgramId, year: i16) -> Result<i64> {
    Ok(sqlx::query_scalar(
        "insert into case_numbers (program_id, year, last) values ($1, $2, 1)
         on conflict (program_id, year) do update set last = case_numbers.last + 1
         returning last",
    )
    .bind(program.to_string())
    .bind(i64::from(year))
    .fetch_one(conn)
    .await?)
}

/// A case about to be opened.
pub(super) struct NewRow<'a> {
    pub id: CaseId,
    pub number: &'a str,
    pub program: ProgramId,
    pub person: PersonId,
    pub filler: Filler,
    pub stage: Stage,
    pub sub_status: SubStatus,
    pub waiting_on: WaitingOn,
    pub expected_on: Option<Day>,
    pub queue: &'a str,
    pub rule: &'a str,
    pub priority: i64,
    pub locale: Locale,
    pub payer_type: &'a str,
    pub answers_sealed: Vec<u8>,
    pub now: Timestamp,
    pub first_response_due: Timestamp,
}

pub(super) async fn insert(conn: &mut Conn, row: &NewRow<'_>) -> Result<()> {
    sqlx::query(
        "insert into cases (id, number, program_id, person_id, filler, stage, sub_status, waiting_on, since, expected_on,
           queue, rule, priority, locale, payer_type, answers_sealed, opened_at, first_response_due)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $9, $17)",
    )
    .bind(row.id.to_string())
    .bind(row.number)
    .bind(row.program.to_string())
    .bind(row.person.to_string())
    .bind(row.filler.code())
    .bind(row.stage.code())
    .bind(row.sub_status.code())
    .bind(row.waiting_on.code())
    .bind(row.now.0)
    .bind(row.expected_on.map(|day| day.to_string()))
    .bind(row.queue)
    .bind(row.rule)
    .bind(row.priority)
    .bind(row.locale.tag())
    .bind(row.payer_type)
    .bind(&row.answers_sealed)
    .bind(row.first_response_due.0)
    .execute(conn)
    .await?;
    Ok(())
}

/// A row of a case's status history.
pub(super) struct NewStatus<'a> {
    pub id: StatusId,
    pub case: CaseId,
    pub stage: Stage,
    pub sub_status: SubStatus,
    pub waiting_on: WaitingOn,
    pub at: Timestamp,
    pub expected_on: Option<Day>,
    pub actor: &'a str,
    /// The approved item shown, and its edition.
    pub sentence: String,
    pub edition: i64,
}

pub(super) async fn insert_status(conn: &mut Conn, status: &NewStatus<'_>) -> Result<()> {
    sqlx::query(
        "insert into case_statuses (id, case_id, stage, sub_status, waiting_on, at, expected_on, actor, sentence_id, sentence_edition)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(status.id.to_string())
    .bind(status.case.to_string())
    .bind(status.stage.code())
    .bind(status.sub_status.code())
    .bind(status.waiting_on.code())
    .bind(status.at.0)
    .bind(status.expected_on.map(|day| day.to_string()))
    .bind(status.actor)
    .bind(&status.sentence)
    .bind(status.edition)
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn insert_checklist_item(
    conn: &mut Conn,
    case: CaseId,
    item: &str,
    position: i64,
    ticked: Option<(Timestamp, &str)>,
) -> Result<()> {
    sqlx::query(
        "insert into case_checklist (case_id, item, position, ticked_at, ticked_by) values ($1, $2, $3, $4, $5)",
    )
    .bind(case.to_string())
    .bind(item)
    .bind(position)
    .bind(ticked.map(|(at, _)| at.0))
    .bind(ticked.map(|(_, by)| by))
    .execute(conn)
    .await?;
    Ok(())
}

/// Ticks an item of the checklist. Returns whether it was open.
pub(super) async fn tick(
    conn: &mut Conn,
    case: CaseId,
    item: &str,
    now: Timestamp,
    by: &str,
) -> Result<bool> {
    let ticked = sqlx::query(
        "update case_checklist set ticked_at = $1, ticked_by = $2 where case_id = $3 and item = $4 and ticked_at is null",
    )
    .bind(now.0)
    .bind(by)
    .bind(case.to_string())
    .bind(item)
    .execute(conn)
    .await?;
    Ok(ticked.rows_affected() == 1)
}

/// Where a case stands, as the consents need to know it.
pub(super) struct Standing {
    pub program: ProgramId,
    pub person: PersonId,
    pub stage: Stage,
    pub sub_status: SubStatus,
    pub locale: Locale,
    pub version: i64,
}

pub(super) async fn standing(conn: &mut Conn, case: CaseId) -> Result<Option<Standing>> {
    let row = sqlx::query(
        "select program_id, person_id, stage, sub_status, locale, version from cases where id = $1",
    )
    .bind(case.to_string())
    .fetch_optional(conn)
    .await?;
    row.map(|row| {
        Ok(Standing {
            program: row.parsed("program_id")?,
            person: row.parsed("person_id")?,
            stage: row.parsed("stage")?,
            sub_status: row.parsed("sub_status")?,
            locale: row.parsed("locale")?,
            version: row.int("version")?,
        })
    })
    .transpose()
}

/// A case that waited for consent is received now.
pub(super) async fn receive(
    conn: &mut Conn,
    case: CaseId,
    version: i64,
    waiting_on: WaitingOn,
    expected_on: Option<Day>,
    first_response_due: Timestamp,
    now: Timestamp,
) -> Result<()> {
    let moved = sqlx::query(
        "update cases set sub_status = 'received', waiting_on = $1, since = $2, expected_on = $3, first_response_due = $4,
           version = version + 1
         where id = $5 and version = $6",
    )
    .bind(waiting_on.code())
    .bind(now.0)
    .bind(expected_on.map(|day| day.to_string()))
    .bind(first_response_due.0)
    .bind(case.to_string())
    .bind(version)
    .execute(conn)
    .await?;
    if moved.rows_affected() == 1 { Ok(()) } else { Err(Error::Conflict("changed")) }
}

/// A case as its owner picks it from a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub id: CaseId,
    pub number: String,
    pub program: ProgramId,
    pub person: PersonId,
}

/// Every case of a person, oldest first.
pub(crate) async fn lines_of(conn: &mut Conn, person: PersonId) -> Result<Vec<Line>> {
    let rows =
        sqlx::query("select id, number, program_id, person_id from cases where person_id = $1 order by id")
            .bind(person.to_string())
            .fetch_all(conn)
            .await?;
    rows.iter().map(read_line).collect()
}

/// One case by its id.
pub(crate) async fn line(conn: &mut Conn, case: CaseId) -> Result<Option<Line>> {
    let row = sqlx::query("select id, number, program_id, person_id from cases where id = $1")
        .bind(case.to_string())
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(read_line).transpose()
}

fn read_line(row: &sqlx::any::AnyRow) -> Result<Line> {
    Ok(Line {
        id: row.parsed("id")?,
        number: row.text("number")?,
        program: row.parsed("program_id")?,
        person: row.parsed("person_id")?,
    })
}
