//! Reports on their way to pharmacovigilance, and what came back.

use crate::db::{Columns, Conn};
use crate::error::Result;
use crate::ids::{PersonId, SafetyId};
use crate::safety::types::Reconciled;
use crate::time::Timestamp;
use sqlx::any::AnyRow;

pub(in crate::safety) struct NewReport<'a> {
    pub record: SafetyId,
    pub turn: i64,
    pub batch: &'a str,
    pub number: &'a str,
    pub by: PersonId,
    pub xml_sealed: Vec<u8>,
}

/// How often it went out before.
pub(in crate::safety) async fn turns(conn: &mut Conn, record: SafetyId) -> Result<i64> {
    let row = sqlx::query("select coalesce(max(turn), 0) as last from safety_reports where record_id = $1")
        .bind(record.to_string())
        .fetch_one(conn)
        .await?;
    row.int("last")
}

/// Keeps a report that goes out; false when somebody changed the record since `version` was read.
pub(in crate::safety) async fn insert_report(
    conn: &mut Conn,
    new: &NewReport<'_>,
    version: i64,
    now: Timestamp,
) -> Result<bool> {
    let done = sqlx::query(
        "update safety_records set state = 'sent', rank = 3, version = version + 1
         where id = $1 and version = $2 and state in ('triaged', 'sent')",
    )
    .bind(new.record.to_string())
    .bind(version)
    .execute(&mut *conn)
    .await?;
    if done.rows_affected() != 1 {
        return Ok(false);
    }
    sqlx::query(
        "insert into safety_reports (id, record_id, turn, batch, number, made_at, made_by, xml_sealed)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(uuid::Uuid::now_v7().to_string())
    .bind(new.record.to_string())
    .bind(new.turn)
    .bind(new.batch)
    .bind(new.number)
    .bind(now.0)
    .bind(new.by.to_string())
    .bind(&new.xml_sealed)
    .execute(conn)
    .await?;
    Ok(true)
}

/// A report as it stands.
pub(in crate::safety) struct ReportRow {
    pub id: String,
    pub record: SafetyId,
    pub person: Option<PersonId>,
    pub turn: i64,
    pub batch: String,
    pub number: String,
    pub made_at: Timestamp,
    pub xml_sealed: Vec<u8>,
    pub written_at: Option<Timestamp>,
    pub answered_at: Option<Timestamp>,
    pub answer: Option<String>,
    pub local_number: Option<String>,
    pub is_accepted: Option<bool>,
    pub why_sealed: Option<Vec<u8>>,
}

const REPORT: &str =
    "select p.id, p.record_id, r.person_id, p.turn, p.batch, p.number, p.made_at, p.xml_sealed, p.written_at,
  p.answered_at, p.answer, p.local_number, p.is_accepted, p.why_sealed
  from safety_reports p join safety_records r on r.id = p.record_id";

fn report(row: &AnyRow) -> Result<ReportRow> {
    Ok(ReportRow {
        id: row.text("id")?,
        record: row.parsed("record_id")?,
        person: row.parsed_or_null("person_id")?,
        turn: row.int("turn")?,
        batch: row.text("batch")?,
        number: row.text("number")?,
        made_at: row.at("made_at")?,
        xml_sealed: row.blob("xml_sealed")?,
        written_at: row.at_or_null("written_at")?,
        answered_at: row.at_or_null("answered_at")?,
        answer: row.text_or_null("answer")?,
        local_number: row.text_or_null("local_number")?,
        is_accepted: row.int_or_null("is_accepted")?.map(|taken| taken == 1),
        why_sealed: row.blob_or_null("why_sealed")?,
    })
}

async fn reports(conn: &mut Conn, part: &str, with: &str) -> Result<Vec<ReportRow>> {
    let text = format!("{REPORT} where {part}");
    let rows = sqlx::query(sqlx::AssertSqlSafe(text)).bind(with).fetch_all(conn).await?;
    rows.iter().map(report).collect()
}

/// The reports of a record, the first turn first.
pub(in crate::safety) async fn reports_of(conn: &mut Conn, record: SafetyId) -> Result<Vec<ReportRow>> {
    reports(conn, "p.record_id = $1 order by p.turn", &record.to_string()).await
}

/// The report a file's name or an answer means.
pub(in crate::safety) async fn report_by_batch(conn: &mut Conn, batch: &str) -> Result<Option<ReportRow>> {
    Ok(reports(conn, "p.batch = $1", batch).await?.pop())
}

/// Reports that are not laid out yet, the oldest first.
pub(in crate::safety) async fn unwritten(conn: &mut Conn, limit: i64) -> Result<Vec<ReportRow>> {
    let text = format!("{REPORT} where p.written_at is null order by p.made_at, p.id limit $1");
    let rows = sqlx::query(sqlx::AssertSqlSafe(text)).bind(limit).fetch_all(conn).await?;
    rows.iter().map(report).collect()
}

/// False when it was laid out before.
pub(in crate::safety) async fn written(conn: &mut Conn, id: &str, now: Timestamp) -> Result<bool> {
    let done = sqlx::query("update safety_reports set written_at = $1 where id = $2 and written_at is null")
        .bind(now.0)
        .bind(id)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

pub(in crate::safety) struct Answered<'a> {
    pub id: &'a str,
    pub record: SafetyId,
    pub answer: &'a str,
    pub local_number: Option<&'a str>,
    pub is_accepted: bool,
    pub why_sealed: Option<Vec<u8>>,
}

/// False when it was answered before.
pub(in crate::safety) async fn answered(
    conn: &mut Conn,
    answer: Answered<'_>,
    now: Timestamp,
) -> Result<bool> {
    let done = sqlx::query(
        "update safety_reports set answered_at = $1, answer = $2, local_number = $3, is_accepted = $4, why_sealed = $5
         where id = $6 and answered_at is null",
    )
    .bind(now.0)
    .bind(answer.answer)
    .bind(answer.local_number)
    .bind(i64::from(answer.is_accepted))
    .bind(answer.why_sealed)
    .bind(answer.id)
    .execute(&mut *conn)
    .await?;
    if done.rows_affected() != 1 {
        return Ok(false);
    }
    if answer.is_accepted {
        sqlx::query("update safety_records set is_accepted = 1, version = version + 1 where id = $1")
            .bind(answer.record.to_string())
            .execute(conn)
            .await?;
    }
    Ok(true)
}

/// Every record of which was known in a time, the oldest first.
pub(in crate::safety) async fn reconciled(
    conn: &mut Conn,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<Reconciled>> {
    let rows = sqlx::query(
        "select r.id, r.number, r.aware_at, r.report_due, r.state, r.triaged_as, r.is_accepted,
           (select min(p.written_at) from safety_reports p where p.record_id = r.id) as sent_at,
           (select max(p.answer) from safety_reports p where p.record_id = r.id and p.is_accepted = 1) as answer
         from safety_records r where r.aware_at >= $1 and r.aware_at < $2 order by r.aware_at, r.id",
    )
    .bind(from.0)
    .bind(until.0)
    .fetch_all(conn)
    .await?;
    let one = |row: &AnyRow| {
        Ok(Reconciled {
            id: row.parsed("id")?,
            number: row.text("number")?,
            aware_at: row.at("aware_at")?,
            report_due: row.at("report_due")?,
            state: row.parsed("state")?,
            triaged_as: row.parsed_or_null("triaged_as")?,
            sent_at: row.at_or_null("sent_at")?,
            answer: row.text_or_null("answer")?,
            is_accepted: row.flag("is_accepted")?,
        })
    };
    rows.iter().map(one).collect()
}

/// Says that a job lives.
pub(in crate::safety) async fn beat(conn: &mut Conn, name: &str, now: Timestamp) -> Result<()> {
    sqlx::query(
        "insert into heartbeats (name, at) values ($1, $2) on conflict (name) do update set at = excluded.at",
    )
    .bind(name)
    .bind(now.0)
    .execute(conn)
    .await?;
    Ok(())
}

/// When it last said so.
pub(in crate::safety) async fn last_beat(conn: &mut Conn, name: &str) -> Result<Option<Timestamp>> {
    let row =
        sqlx::query("select at from heartbeats where name = $1").bind(name).fetch_optional(conn).await?;
    row.map(|row| row.at("at")).transpose()
}
