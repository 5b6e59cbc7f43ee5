//! Texts the screen let pass, drawn for a second look.

use crate::db::{Columns, Conn};
use crate::error::Result;
use crate::ids::{PersonId, SafetyId};
use crate::safety::types::{Looked, Text};
use crate::time::Timestamp;
use sqlx::any::AnyRow;

/// A drawn text as it stands.
pub(in crate::safety) struct SampleRow {
    pub id: String,
    pub screening: String,
    pub locale: crate::locale::Locale,
    pub person: Option<PersonId>,
    pub case: Option<crate::ids::CaseId>,
    pub program: Option<crate::ids::ProgramId>,
    pub reporter: crate::safety::types::Reporter,
    pub text_sealed: Vec<u8>,
    pub drawn_at: Timestamp,
    pub is_open: bool,
}

pub(in crate::safety) async fn insert_sample(
    conn: &mut Conn,
    (id, screening): (&str, &str),
    text: &Text<'_>,
    person: Option<PersonId>,
    sealed: Vec<u8>,
    now: Timestamp,
) -> Result<()> {
    sqlx::query(
        "insert into safety_samples (id, screening_id, locale, person_id, case_id, program_id, reporter, text_sealed, drawn_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(id)
    .bind(screening)
    .bind(text.locale.tag())
    .bind(person.map(|id| id.to_string()))
    .bind(text.case.map(|id| id.to_string()))
    .bind(text.program.map(|id| id.to_string()))
    .bind(text.reporter.code())
    .bind(sealed)
    .bind(now.0)
    .execute(conn)
    .await?;
    Ok(())
}

const SAMPLE: &str = "select id, screening_id, locale, person_id, case_id, program_id, reporter, text_sealed, drawn_at, looked_at from safety_samples";

fn sample(row: &AnyRow) -> Result<SampleRow> {
    Ok(SampleRow {
        id: row.text("id")?,
        screening: row.text("screening_id")?,
        locale: row.parsed("locale").unwrap_or_default(),
        person: row.parsed_or_null("person_id")?,
        case: row.parsed_or_null("case_id")?,
        program: row.parsed_or_null("program_id")?,
        reporter: row.parsed("reporter")?,
        text_sealed: row.blob("text_sealed")?,
        drawn_at: row.at("drawn_at")?,
        is_open: row.at_or_null("looked_at")?.is_none(),
    })
}

/// What waits for a second look, the oldest first.
pub(in crate::safety) async fn samples(conn: &mut Conn, limit: i64) -> Result<Vec<SampleRow>> {
    let text = format!("{SAMPLE} where looked_at is null order by drawn_at, id limit $1");
    let rows = sqlx::query(sqlx::AssertSqlSafe(text)).bind(limit).fetch_all(conn).await?;
    rows.iter().map(sample).collect()
}

pub(in crate::safety) async fn find_sample(conn: &mut Conn, id: &str) -> Result<Option<SampleRow>> {
    let text = format!("{SAMPLE} where id = $1");
    let row = sqlx::query(sqlx::AssertSqlSafe(text)).bind(id).fetch_optional(conn).await?;
    row.as_ref().map(sample).transpose()
}

/// False when somebody was faster.
pub(in crate::safety) async fn look(
    conn: &mut Conn,
    id: &str,
    (by, now): (PersonId, Timestamp),
    record: Option<SafetyId>,
) -> Result<bool> {
    let done = sqlx::query(
        "update safety_samples set looked_at = $1, looked_by = $2, is_miss = $3, record_id = $4
         where id = $5 and looked_at is null",
    )
    .bind(now.0)
    .bind(by.to_string())
    .bind(i64::from(record.is_some()))
    .bind(record.map(|id| id.to_string()))
    .bind(id)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// What second looks since an instant have shown.
pub(in crate::safety) async fn looked(conn: &mut Conn, since: Timestamp) -> Result<Looked> {
    let row = sqlx::query(
        "select count(*) as looked, cast(coalesce(sum(is_miss), 0) as bigint) as missed from safety_samples where looked_at >= $1",
    )
    .bind(since.0)
    .fetch_one(conn)
    .await?;
    Ok(Looked { looked: row.int("looked")?, missed: row.int("missed")? })
}
