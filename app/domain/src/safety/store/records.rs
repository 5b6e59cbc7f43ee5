//! Screenings and safety records.

use crate::db::{Columns, Conn};
use crate::error::{Error, Result};
use crate::ids::{CaseId, PersonId, ProgramId, SafetyId};
use crate::locale::Locale;
use crate::safety::screen::Verdict;
use crate::safety::types::{Brief, Criteria, Outcome, Reporter, Show, Source, State};
use crate::time::Timestamp;
use sqlx::AssertSqlSafe;
use sqlx::any::AnyRow;

pub(in crate::safety) struct NewScreening<'a> {
    pub source: Source,
    pub source_id: &'a str,
    pub digest: &'a str,
    pub verdict: &'a Verdict,
}

/// The screening's id; none when these words of this row have one.
pub(in crate::safety) async fn insert_screening(
    conn: &mut Conn,
    new: &NewScreening<'_>,
    now: Timestamp,
) -> Result<Option<String>> {
    let id = uuid::Uuid::now_v7().to_string();
    let done = sqlx::query(
        "insert into screenings (id, source, source_id, digest, kind, is_flagged, score, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (source, source_id, digest) do nothing",
    )
    .bind(&id)
    .bind(new.source.code())
    .bind(new.source_id)
    .bind(new.digest)
    .bind(new.verdict.kind.code())
    .bind(i64::from(new.verdict.flag))
    .bind((new.verdict.score * 1000.0) as i64)
    .bind(now.0)
    .execute(conn)
    .await?;
    Ok((done.rows_affected() == 1).then_some(id))
}

/// The next number of a record; numbers have no gaps, because they are drawn in the record's own transaction.
pub(in crate::safety) async fn next_number(conn: &mut Conn) -> Result<i64> {
    let row = sqlx::query("update safety_numbers set last = last + 1 where id = 1 returning last")
        .fetch_one(conn)
        .await?;
    row.int("last")
}

pub(in crate::safety) struct NewRecord<'a> {
    pub id: SafetyId,
    pub number: String,
    pub screening: String,
    pub is_screen_miss: bool,
    pub source: Source,
    pub source_id: &'a str,
    pub locale: Locale,
    pub kind: &'static str,
    pub kinds: Vec<&'static str>,
    pub program: Option<ProgramId>,
    pub case: Option<CaseId>,
    pub person: Option<PersonId>,
    pub reporter: Reporter,
    pub verbatim_sealed: Vec<u8>,
    pub aware_at: Timestamp,
    pub triage_due: Timestamp,
    pub report_due: Timestamp,
    pub criteria: Criteria,
}

pub(in crate::safety) async fn insert_record(conn: &mut Conn, new: &NewRecord<'_>) -> Result<()> {
    let kinds = serde_json::to_string(&new.kinds).map_err(|_| Error::internal("kinds as JSON"))?;
    sqlx::query(
        "insert into safety_records (id, number, screening_id, is_screen_miss, source, source_id, locale, kind, kinds,
           program_id, case_id, person_id, reporter, verbatim_sealed, aware_at, triage_due, report_due, has_reporter,
           has_patient, has_product, has_reaction, state)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, 'flagged')",
    )
    .bind(new.id.to_string())
    .bind(&new.number)
    .bind(&new.screening)
    .bind(i64::from(new.is_screen_miss))
    .bind(new.source.code())
    .bind(new.source_id)
    .bind(new.locale.tag())
    .bind(new.kind)
    .bind(kinds)
    .bind(new.program.map(|id| id.to_string()))
    .bind(new.case.map(|id| id.to_string()))
    .bind(new.person.map(|id| id.to_string()))
    .bind(new.reporter.code())
    .bind(&new.verbatim_sealed)
    .bind(new.aware_at.0)
    .bind(new.triage_due.0)
    .bind(new.report_due.0)
    .bind(i64::from(new.criteria.reporter))
    .bind(i64::from(new.criteria.patient))
    .bind(i64::from(new.criteria.product))
    .bind(i64::from(new.criteria.reaction))
    .execute(conn)
    .await?;
    Ok(())
}

/// Texts stored in a time without a screening: the door and the row. Notes on cases are left out: those of imported
/// cases were read where they came from.
pub(in crate::safety) async fn unscreened(
    conn: &mut Conn,
    (from, until): (Timestamp, Timestamp),
    limit: i64,
) -> Result<Vec<(Source, String)>> {
    let rows = sqlx::query(
        "select 'chat' as source, t.id from turns t
         where t.author = 'person' and t.text_sealed is not null and t.at >= $1 and t.at < $2
           and not exists (select 1 from screenings s where s.source = 'chat' and s.source_id = t.id)
         union all select 'thread', t.id from turns t
         where t.author = 'staff' and t.text_sealed is not null and t.at >= $1 and t.at < $2
           and not exists (select 1 from screenings s where s.source = 'thread' and s.source_id = t.id)
         union all select 'upload_note', d.id from documents d
         where d.note_sealed is not null and d.received_at >= $1 and d.received_at < $2
           and not exists (select 1 from screenings s where s.source = 'upload_note' and s.source_id = d.id)
         union all select 'rating', r.id from content_ratings r
         where r.comment_sealed is not null and r.at >= $1 and r.at < $2
           and not exists (select 1 from screenings s where s.source = 'rating' and s.source_id = r.id)
         limit $3",
    )
    .bind(from.0)
    .bind(until.0)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    rows.iter().map(|row| Ok((row.parsed("source")?, row.text("id")?))).collect()
}

/// Whose case it is, and of which program.
pub(in crate::safety) async fn whose(conn: &mut Conn, case: CaseId) -> Result<Option<(PersonId, ProgramId)>> {
    sqlx::query("select person_id, program_id from cases where id = $1")
        .bind(case.to_string())
        .fetch_optional(conn)
        .await?
        .map(|row| Ok((row.parsed("person_id")?, row.parsed("program_id")?)))
        .transpose()
}

/// Records of a row that nobody is known for yet, with their sealed words.
pub(in crate::safety) async fn of_nobody(
    conn: &mut Conn,
    source: Source,
    source_id: &str,
) -> Result<Vec<(SafetyId, Vec<u8>)>> {
    sqlx::query(
        "select id, verbatim_sealed from safety_records
         where source = $1 and source_id = $2 and person_id is null and closed_at is null",
    )
    .bind(source.code())
    .bind(source_id)
    .fetch_all(conn)
    .await?
    .iter()
    .map(|row| Ok((row.parsed("id")?, row.blob("verbatim_sealed")?)))
    .collect()
}

pub(in crate::safety) async fn identify(
    conn: &mut Conn,
    id: SafetyId,
    reporter: Reporter,
    (person, case): (PersonId, CaseId),
    sealed: Vec<u8>,
) -> Result<()> {
    sqlx::query(
        "update safety_records set person_id = $1, case_id = $2, verbatim_sealed = $3, reporter = $4, has_reporter = 1,
           has_patient = 1, has_product = 1, version = version + 1
         where id = $5 and person_id is null",
    )
    .bind(person.to_string())
    .bind(case.to_string())
    .bind(sealed)
    .bind(reporter.code())
    .bind(id.to_string())
    .execute(conn)
    .await?;
    Ok(())
}

/// Where a page of the queue begins: behind a record, in the queue's order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::safety) struct After {
    rank: i64,
    at: i64,
    id: String,
}

impl After {
    /// The very beginning. What nobody has looked at stands first; what is closed goes from the newest to the oldest.
    fn start(show: Show) -> After {
        let at = if show == Show::Closed { i64::MAX } else { i64::MIN };
        After { rank: if show == Show::Closed { State::Closed.rank() } else { -1 }, at, id: String::new() }
    }

    /// Reads a mark; anything else begins at the start.
    pub(in crate::safety) fn read(show: Show, mark: Option<&str>) -> After {
        let read = || {
            let (state, rest) = mark?.split_once('.')?;
            let (at, id) = rest.split_once('.')?;
            let state: State = state.parse().ok()?;
            let is_id = id.parse::<SafetyId>().is_ok();
            is_id.then_some(After { rank: state.rank(), at: at.parse().ok()?, id: id.into() })
        };
        read().unwrap_or_else(|| After::start(show))
    }

    /// The mark behind a record.
    pub(in crate::safety) fn mark(show: Show, record: &Brief) -> String {
        let at = if show == Show::Closed { record.aware_at } else { record.report_due };
        format!("{}.{}.{}", record.state, at.0, record.id)
    }
}

const BRIEF: &str = "r.id, r.number, r.source, r.kind, r.program_id, r.case_id, c.number as case_number, r.locale, r.aware_at,
  r.triage_due, r.report_due, r.state, r.has_reporter, r.has_patient, r.has_product, r.has_reaction, r.triaged_as,
  r.is_accepted, r.closed_as";

pub(in crate::safety) async fn queue(
    conn: &mut Conn,
    show: Show,
    after: &After,
    limit: i64,
) -> Result<Vec<Brief>> {
    let part = match show {
        Show::Open => {
            "r.rank < 9 and (r.rank > $1 or (r.rank = $1 and (r.report_due > $2 or (r.report_due = $2 and r.id > $3))))
             order by r.rank, r.report_due, r.id"
        }
        Show::Closed => {
            "r.rank = $1 and (r.aware_at < $2 or (r.aware_at = $2 and r.id < $3))
             order by r.aware_at desc, r.id desc"
        }
    };
    let text = format!(
        "select {BRIEF} from safety_records r left join cases c on c.id = r.case_id where {part} limit $4"
    );
    let rows = sqlx::query(AssertSqlSafe(text))
        .bind(after.rank)
        .bind(after.at)
        .bind(&after.id)
        .bind(limit)
        .fetch_all(conn)
        .await?;
    rows.iter().map(brief).collect()
}

pub(in crate::safety) async fn of_case(conn: &mut Conn, case: CaseId) -> Result<Vec<Brief>> {
    let text = format!(
        "select {BRIEF} from safety_records r left join cases c on c.id = r.case_id
         where r.case_id = $1 order by r.aware_at desc, r.id desc limit 50"
    );
    let rows = sqlx::query(AssertSqlSafe(text)).bind(case.to_string()).fetch_all(conn).await?;
    rows.iter().map(brief).collect()
}

/// A whole record, still sealed.
pub(in crate::safety) struct Row {
    pub brief: Brief,
    pub kinds: Vec<String>,
    pub reporter: Reporter,
    pub person: Option<PersonId>,
    pub verbatim_sealed: Vec<u8>,
    pub is_screen_miss: bool,
    pub details_sealed: Option<Vec<u8>>,
    pub acknowledged: Option<(Timestamp, PersonId)>,
    pub triaged: Option<(Timestamp, PersonId)>,
    pub closed: Option<(Timestamp, PersonId)>,
    pub reason_sealed: Option<Vec<u8>>,
    pub version: i64,
}

pub(in crate::safety) async fn find(conn: &mut Conn, id: SafetyId) -> Result<Option<Row>> {
    let text = format!(
        "select {BRIEF}, r.kinds, r.reporter, r.person_id, r.verbatim_sealed, r.is_screen_miss, r.details_sealed,
           r.acknowledged_at, r.acknowledged_by, r.triaged_at, r.triaged_by, r.closed_at, r.closed_by, r.reason_sealed, r.version
         from safety_records r left join cases c on c.id = r.case_id where r.id = $1"
    );
    let row = sqlx::query(AssertSqlSafe(text)).bind(id.to_string()).fetch_optional(conn).await?;
    row.map(|row| {
        let settled =
            |at: &str, by: &str| Ok::<_, Error>(row.at_or_null(at)?.zip(row.parsed_or_null::<PersonId>(by)?));
        Ok(Row {
            brief: brief(&row)?,
            kinds: serde_json::from_str(&row.text("kinds")?).unwrap_or_default(),
            reporter: row.parsed("reporter")?,
            person: row.parsed_or_null("person_id")?,
            verbatim_sealed: row.blob("verbatim_sealed")?,
            is_screen_miss: row.flag("is_screen_miss")?,
            details_sealed: row.blob_or_null("details_sealed")?,
            acknowledged: settled("acknowledged_at", "acknowledged_by")?,
            triaged: settled("triaged_at", "triaged_by")?,
            closed: settled("closed_at", "closed_by")?,
            reason_sealed: row.blob_or_null("reason_sealed")?,
            version: row.int("version")?,
        })
    })
    .transpose()
}

pub(in crate::safety) async fn acknowledge(
    conn: &mut Conn,
    id: SafetyId,
    version: i64,
    by: PersonId,
    now: Timestamp,
) -> Result<bool> {
    let done = sqlx::query(
        "update safety_records set state = 'acknowledged', rank = 1, acknowledged_at = $1, acknowledged_by = $2, version = version + 1
         where id = $3 and version = $4 and state = 'flagged'",
    )
    .bind(now.0)
    .bind(by.to_string())
    .bind(id.to_string())
    .bind(version)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// What somebody found out about an open record.
pub(in crate::safety) async fn detail(
    conn: &mut Conn,
    (id, version): (SafetyId, i64),
    sealed: Vec<u8>,
    criteria: Criteria,
) -> Result<bool> {
    let done = sqlx::query(
        "update safety_records set details_sealed = $1, has_reporter = $2, has_patient = $3, has_product = $4,
           has_reaction = $5, version = version + 1
         where id = $6 and version = $7 and state in ('acknowledged', 'triaged', 'sent')",
    )
    .bind(sealed)
    .bind(i64::from(criteria.reporter))
    .bind(i64::from(criteria.patient))
    .bind(i64::from(criteria.product))
    .bind(i64::from(criteria.reaction))
    .bind(id.to_string())
    .bind(version)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(in crate::safety) async fn triage(
    conn: &mut Conn,
    (id, version): (SafetyId, i64),
    (by, now): (PersonId, Timestamp),
    outcome: Outcome,
) -> Result<bool> {
    let done = sqlx::query(
        "update safety_records set state = 'triaged', rank = 2, triaged_at = $1, triaged_by = $2, triaged_as = $3,
           version = version + 1
         where id = $4 and version = $5 and state in ('acknowledged', 'triaged')",
    )
    .bind(now.0)
    .bind(by.to_string())
    .bind(outcome.code())
    .bind(id.to_string())
    .bind(version)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(in crate::safety) async fn close(
    conn: &mut Conn,
    (id, version): (SafetyId, i64),
    (by, now): (PersonId, Timestamp),
    reason_sealed: Vec<u8>,
) -> Result<bool> {
    let done = sqlx::query(
        "update safety_records set state = 'closed', rank = 9, closed_at = $1, closed_by = $2, closed_as = triaged_as,
           reason_sealed = $3, version = version + 1
         where id = $4 and version = $5 and (state = 'sent' or (state = 'triaged' and triaged_as = 'not_safety'))",
    )
    .bind(now.0)
    .bind(by.to_string())
    .bind(reason_sealed)
    .bind(id.to_string())
    .bind(version)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Records nobody has looked at whose triage is due before an instant, the first due first.
pub(in crate::safety) async fn unlooked(
    conn: &mut Conn,
    before: Timestamp,
    limit: i64,
) -> Result<Vec<(SafetyId, Timestamp)>> {
    let text = "select id, triage_due as due from safety_records where rank = 0 and triage_due <= $1
                order by triage_due, id limit $2";
    due(conn, text, before, limit).await
}

/// Records whose report is due before an instant and is not out, the first due first.
pub(in crate::safety) async fn unsent(
    conn: &mut Conn,
    before: Timestamp,
    limit: i64,
) -> Result<Vec<(SafetyId, Timestamp)>> {
    let text = "select id, report_due as due from safety_records
                where rank < 3 and report_due <= $1 and (triaged_as is null or triaged_as <> 'not_safety')
                order by report_due, id limit $2";
    due(conn, text, before, limit).await
}

async fn due(
    conn: &mut Conn,
    text: &'static str,
    before: Timestamp,
    limit: i64,
) -> Result<Vec<(SafetyId, Timestamp)>> {
    let rows = sqlx::query(text).bind(before.0).bind(limit).fetch_all(conn).await?;
    rows.iter().map(|row| Ok((row.parsed("id")?, row.at("due")?))).collect()
}

fn brief(row: &AnyRow) -> Result<Brief> {
    let case = row.parsed_or_null::<CaseId>("case_id")?;
    Ok(Brief {
        id: row.parsed("id")?,
        number: row.text("number")?,
        source: row.parsed("source")?,
        kind: row.text("kind")?,
        program: row.parsed_or_null("program_id")?,
        case: case
            .map(|case| Ok::<_, Error>((case, row.text_or_null("case_number")?.unwrap_or_default())))
            .transpose()?,
        locale: row.parsed::<Locale>("locale").unwrap_or_default(),
        aware_at: row.at("aware_at")?,
        triage_due: row.at("triage_due")?,
        report_due: row.at("report_due")?,
        state: row.parsed("state")?,
        criteria: Criteria {
            reporter: row.flag("has_reporter")?,
            patient: row.flag("has_patient")?,
            product: row.flag("has_product")?,
            reaction: row.flag("has_reaction")?,
        },
        triaged_as: row.parsed_or_null("triaged_as")?,
        is_accepted: row.flag("is_accepted")?,
        closed_as: row.parsed_or_null("closed_as")?,
    })
}
