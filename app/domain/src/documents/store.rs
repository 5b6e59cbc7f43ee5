//! The SQL of documents: requests, documents, uploads under way.

use super::types::{Document, Request, State};
use super::views::{Received, Upload};
use crate::db::{Columns, Conn};
use crate::error::{Error, Result};
use crate::ids::{CaseId, DocumentId, PersonId, RequestId, UploadId};
use crate::locale::Locale;
use crate::seal::{DataKey, Keys};
use crate::time::Timestamp;
use sqlx::AssertSqlSafe;
use sqlx::any::AnyRow;

/// What a verb must know of a case.
pub(super) struct CaseRow {
    pub person: PersonId,
    pub program: crate::ids::ProgramId,
    pub number: String,
    pub locale: Locale,
    pub is_closed: bool,
}

pub(super) async fn case(conn: &mut Conn, id: CaseId) -> Result<CaseRow> {
    let row = sqlx::query("select person_id, program_id, number, locale, closed_at from cases where id = $1")
        .bind(id.to_string())
        .fetch_one(conn)
        .await?;
    Ok(CaseRow {
        person: row.parsed("person_id")?,
        program: row.parsed("program_id")?,
        number: row.text("number")?,
        locale: row.text("locale")?.parse().unwrap_or_default(),
        is_closed: row.at_or_null("closed_at")?.is_some(),
    })
}

// requests

const REQUEST: &str = "select r.id, r.case_id, r.person_id, r.kind, r.due_on, r.requested_at, r.settled_at,
    r.withdrawn_at, c.program_id from document_requests r join cases c on c.id = r.case_id";

/// Whether it was new: no request of its kind is open on the case.
pub(super) async fn insert_request(conn: &mut Conn, request: &Request, by: &str) -> Result<bool> {
    let done = sqlx::query(
        "insert into document_requests (id, case_id, person_id, kind, due_on, requested_by, requested_at)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing",
    )
    .bind(request.id.to_string())
    .bind(request.case.to_string())
    .bind(request.person.to_string())
    .bind(&request.kind)
    .bind(request.due_on.to_string())
    .bind(by)
    .bind(request.requested_at.0)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn request(conn: &mut Conn, id: RequestId) -> Result<Request> {
    let text = format!("{REQUEST} where r.id = $1");
    let row = sqlx::query(AssertSqlSafe(text)).bind(id.to_string()).fetch_one(conn).await?;
    read_request(&row)
}

/// A request, held until the transaction ends: two decisions about its documents wait for one another.
pub(super) async fn lock_request(conn: &mut Conn, id: RequestId) -> Result<Request> {
    sqlx::query("update document_requests set kind = kind where id = $1")
        .bind(id.to_string())
        .execute(&mut *conn)
        .await?;
    request(conn, id).await
}

/// A request of this person and nobody else's.
pub(super) async fn request_of(conn: &mut Conn, id: RequestId, person: PersonId) -> Result<Request> {
    let text = format!("{REQUEST} where r.id = $1 and r.person_id = $2");
    let row = sqlx::query(AssertSqlSafe(text))
        .bind(id.to_string())
        .bind(person.to_string())
        .fetch_one(conn)
        .await?;
    read_request(&row)
}

/// Open requests first, soonest due first; then what is settled, newest first.
pub(super) async fn requests(conn: &mut Conn, of: Of) -> Result<Vec<Request>> {
    let (column, id) = of.column();
    let text = format!(
        "{REQUEST} where r.{column} = $1
         order by case when r.settled_at is null then 0 else 1 end,
           case when r.settled_at is null then r.due_on else '' end, r.requested_at desc, r.id
         limit 200"
    );
    let rows = sqlx::query(AssertSqlSafe(text)).bind(id).fetch_all(conn).await?;
    rows.iter().map(read_request).collect()
}

/// Whose rows a list holds.
#[derive(Clone, Copy)]
pub(super) enum Of {
    Person(PersonId),
    Case(CaseId),
    Request(RequestId),
}

impl Of {
    fn column(self) -> (&'static str, String) {
        match self {
            Of::Person(id) => ("person_id", id.to_string()),
            Of::Case(id) => ("case_id", id.to_string()),
            Of::Request(id) => ("request_id", id.to_string()),
        }
    }
}

pub(super) async fn settle_request(
    conn: &mut Conn,
    id: RequestId,
    now: Timestamp,
    withdrawn: bool,
) -> Result<bool> {
    let done = sqlx::query(
        "update document_requests set settled_at = $1, withdrawn_at = $2 where id = $3 and settled_at is null",
    )
    .bind(now.0)
    .bind(withdrawn.then_some(now.0))
    .bind(id.to_string())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

fn read_request(row: &AnyRow) -> Result<Request> {
    Ok(Request {
        id: row.parsed("id")?,
        case: row.parsed("case_id")?,
        person: row.parsed("person_id")?,
        program: row.parsed("program_id")?,
        kind: row.text("kind")?,
        due_on: row.text("due_on")?.parse().map_err(|_| Error::internal("a request's due date is no day"))?,
        requested_at: row.at("requested_at")?,
        settled_at: row.at_or_null("settled_at")?,
        withdrawn_at: row.at_or_null("withdrawn_at")?,
    })
}

// documents

const DOCUMENT: &str = "select d.id, d.request_id, d.case_id, d.person_id, d.state, d.name_sealed, d.note_sealed,
    d.media_type, d.bytes, d.pages, d.digest, d.store_key, d.original_key, d.received_at, d.check_until, d.checked_at,
    d.decided_at, d.reason, d.version, s.staff_name
    from documents d left join people s on s.id = d.decided_by";

/// Whether it was new: the same bytes were not already sent for this request.
pub(super) async fn insert(
    conn: &mut Conn,
    request: &Request,
    new: &Received,
    fingerprint: &str,
    key: &DataKey,
    now: Timestamp,
    check_until: Option<Timestamp>,
) -> Result<bool> {
    let id = new.id;
    let note = new.note.as_ref().map(|note| key.seal(&format!("documents.note:{id}"), note)).transpose()?;
    let state = if check_until.is_some() { State::Checking } else { State::InReview };
    let done = sqlx::query(
        "insert into documents (id, request_id, case_id, person_id, state, name_sealed, note_sealed, media_type, bytes,
           pages, digest, store_key, original_key, fingerprint, received_at, check_until)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) on conflict do nothing",
    )
    .bind(id.to_string())
    .bind(request.id.to_string())
    .bind(request.case.to_string())
    .bind(request.person.to_string())
    .bind(state.code())
    .bind(key.seal(&format!("documents.name:{id}"), &new.name)?)
    .bind(note)
    .bind(new.media_type)
    .bind(new.bytes)
    .bind(new.pages)
    .bind(&new.digest)
    .bind(&new.store_key)
    .bind(&new.original_key)
    .bind(fingerprint)
    .bind(now.0)
    .bind(check_until.map(|at| at.0))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The newest document of a request with these very bytes.
pub(super) async fn same(
    conn: &mut Conn,
    request: RequestId,
    fingerprint: &str,
) -> Result<Option<(DocumentId, State)>> {
    sqlx::query(
        "select id, state from documents where request_id = $1 and fingerprint = $2
         order by received_at desc, id desc limit 1",
    )
    .bind(request.to_string())
    .bind(fingerprint)
    .fetch_optional(conn)
    .await?
    .map(|row| Ok((row.parsed("id")?, row.parsed("state")?)))
    .transpose()
}

/// Newest first.
pub(super) async fn list(conn: &mut Conn, key: &DataKey, of: Of) -> Result<Vec<Document>> {
    let (column, id) = of.column();
    let text = format!("{DOCUMENT} where d.{column} = $1 order by d.received_at desc, d.id desc limit 500");
    let rows = sqlx::query(AssertSqlSafe(text)).bind(id).fetch_all(conn).await?;
    rows.iter().map(|row| read(row, key)).collect()
}

/// A document as stored, still sealed.
pub(super) struct Row {
    pub id: DocumentId,
    pub request: RequestId,
    pub case: CaseId,
    pub person: PersonId,
    pub state: State,
    pub digest: String,
    pub store_key: String,
    pub original_key: Option<String>,
    row: AnyRow,
}

impl Row {
    pub(super) fn open(&self, key: &DataKey) -> Result<Document> {
        read(&self.row, key)
    }

    /// Every file it still has.
    pub(super) fn files(&self) -> Vec<String> {
        [Some(self.store_key.clone()), self.original_key.clone()].into_iter().flatten().collect()
    }
}

fn read_row(row: AnyRow) -> Result<Row> {
    Ok(Row {
        id: row.parsed("id")?,
        request: row.parsed("request_id")?,
        case: row.parsed("case_id")?,
        person: row.parsed("person_id")?,
        state: row.parsed("state")?,
        digest: row.text("digest")?,
        store_key: row.text("store_key")?,
        original_key: row.text_or_null("original_key")?,
        row,
    })
}

pub(super) async fn get(conn: &mut Conn, id: DocumentId) -> Result<Row> {
    let text = format!("{DOCUMENT} where d.id = $1");
    read_row(sqlx::query(AssertSqlSafe(text)).bind(id.to_string()).fetch_one(conn).await?)
}

/// Documents whose check has not ended, those that wait longest first.
pub(super) async fn checking(conn: &mut Conn, limit: i64) -> Result<Vec<Row>> {
    let text = format!("{DOCUMENT} where d.state = 'checking' order by d.received_at, d.id limit $1");
    let rows = sqlx::query(AssertSqlSafe(text)).bind(limit).fetch_all(conn).await?;
    rows.into_iter().map(read_row).collect()
}

/// Documents whose check should have ended.
pub(super) async fn overdue(conn: &mut Conn, now: Timestamp, limit: i64) -> Result<Vec<Row>> {
    let text = format!(
        "{DOCUMENT} where d.state = 'checking' and d.check_until <= $1 order by d.check_until, d.id limit $2"
    );
    let rows = sqlx::query(AssertSqlSafe(text)).bind(now.0).bind(limit).fetch_all(conn).await?;
    rows.into_iter().map(read_row).collect()
}

/// The check found nothing.
pub(super) async fn pass(conn: &mut Conn, id: DocumentId, now: Timestamp) -> Result<bool> {
    let done = sqlx::query(
        "update documents set state = 'in_review', checked_at = $1, check_until = null, original_key = null,
           version = version + 1 where id = $2 and state = 'checking'",
    )
    .bind(now.0)
    .bind(id.to_string())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn fail(conn: &mut Conn, id: DocumentId, reason: &str, now: Timestamp) -> Result<bool> {
    let done = sqlx::query(
        "update documents set state = 'failed', reason = $1, decided_at = $2, check_until = null, original_key = null,
           version = version + 1 where id = $3 and state in ('received', 'checking')",
    )
    .bind(reason)
    .bind(now.0)
    .bind(id.to_string())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A person's decision, if nobody decided since `version` was read.
pub(super) async fn decide(
    conn: &mut Conn,
    row: &Row,
    version: i64,
    state: State,
    reason: Option<&str>,
    by: PersonId,
    now: Timestamp,
) -> Result<bool> {
    let done = sqlx::query(
        "update documents set state = $1, reason = $2, decided_at = $3, decided_by = $4, version = version + 1
         where id = $5 and version = $6 and state = 'in_review'",
    )
    .bind(state.code())
    .bind(reason)
    .bind(now.0)
    .bind(by.to_string())
    .bind(row.id.to_string())
    .bind(version)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The states of a request's other documents.
pub(super) async fn states_of_others(
    conn: &mut Conn,
    request: RequestId,
    but: DocumentId,
) -> Result<Vec<State>> {
    let rows = sqlx::query("select state from documents where request_id = $1 and id <> $2")
        .bind(request.to_string())
        .bind(but.to_string())
        .fetch_all(conn)
        .await?;
    rows.iter().map(|row| row.parsed("state")).collect()
}

/// The next document in review: of the same case first, then the one that waits longest.
pub(super) async fn next_in_review(
    conn: &mut Conn,
    case: CaseId,
    but: DocumentId,
) -> Result<Option<DocumentId>> {
    sqlx::query(
        "select id from documents where state = 'in_review' and id <> $1
         order by case when case_id = $2 then 0 else 1 end, received_at, id limit 1",
    )
    .bind(but.to_string())
    .bind(case.to_string())
    .fetch_optional(conn)
    .await?
    .map(|row| row.parsed("id"))
    .transpose()
}

/// Which of these files a row still names.
pub(super) async fn is_named(conn: &mut Conn, store_key: &str) -> Result<bool> {
    let count: i64 = sqlx::query_scalar(
        "select count(*) from documents where (store_key = $1 and state <> 'failed') or original_key = $1",
    )
    .bind(store_key)
    .fetch_one(conn)
    .await?;
    Ok(count > 0)
}

fn read(row: &AnyRow, key: &DataKey) -> Result<Document> {
    let id: DocumentId = row.parsed("id")?;
    Ok(Document {
        id,
        request: row.parsed("request_id")?,
        case: row.parsed("case_id")?,
        person: row.parsed("person_id")?,
        state: row.parsed("state")?,
        name: key.open(&format!("documents.name:{id}"), &row.blob("name_sealed")?)?,
        note: key
            .open_optional(&format!("documents.note:{id}"), row.blob_or_null("note_sealed")?.as_deref())?,
        media_type: row.text("media_type")?,
        bytes: row.int("bytes")?,
        pages: row.int("pages")?,
        received_at: row.at("received_at")?,
        checked_at: row.at_or_null("checked_at")?,
        decided_at: row.at_or_null("decided_at")?,
        decided_by: row.text_or_null("staff_name")?,
        reason: row.text_or_null("reason")?,
        version: row.int("version")?,
    })
}

// uploads under way

pub(super) struct NewUploadRow<'a> {
    pub id: UploadId,
    pub person: PersonId,
    pub request: RequestId,
    pub length: i64,
    pub received: i64,
    pub name: &'a str,
    pub now: Timestamp,
    pub expires_at: Timestamp,
}

pub(super) async fn insert_upload(conn: &mut Conn, key: &DataKey, new: &NewUploadRow<'_>) -> Result<()> {
    let id = new.id;
    sqlx::query(
        "insert into uploads (id, person_id, request_id, length, received, name_sealed, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(id.to_string())
    .bind(new.person.to_string())
    .bind(new.request.to_string())
    .bind(new.length)
    .bind(new.received)
    .bind(key.seal(&format!("uploads.name:{id}"), new.name)?)
    .bind(new.now.0)
    .bind(new.expires_at.0)
    .execute(conn)
    .await?;
    Ok(())
}

/// An upload of this person and nobody else's.
pub(super) async fn upload(conn: &mut Conn, keys: &Keys, id: UploadId, person: PersonId) -> Result<Upload> {
    let row = sqlx::query(
        "select u.id, u.person_id, u.request_id, u.length, u.received, u.name_sealed, u.document_id, u.expires_at, r.case_id, p.key_wrapped
         from uploads u join document_requests r on r.id = u.request_id join people p on p.id = u.person_id
         where u.id = $1 and u.person_id = $2",
    )
    .bind(id.to_string())
    .bind(person.to_string())
    .fetch_one(conn)
    .await?;
    let key = keys.person_key(person, row.blob_or_null("key_wrapped")?.as_deref())?;
    Ok(Upload {
        id,
        person,
        request: row.parsed("request_id")?,
        case: row.parsed("case_id")?,
        length: row.int("length")?,
        received: row.int("received")?,
        name: key.open(&format!("uploads.name:{id}"), &row.blob("name_sealed")?)?,
        document: row.parsed_or_null("document_id")?,
        expires_at: row.at("expires_at")?,
        key,
    })
}

pub(super) async fn count_uploads(conn: &mut Conn, person: PersonId, now: Timestamp) -> Result<i64> {
    Ok(sqlx::query_scalar(
        "select count(*) from uploads
         where person_id = $1 and document_id is null and expires_at > $2",
    )
    .bind(person.to_string())
    .bind(now.0)
    .fetch_one(conn)
    .await?)
}

/// Moves an upload on from exactly where it was.
pub(super) async fn grow(conn: &mut Conn, id: UploadId, from: i64, to: i64) -> Result<bool> {
    let done = sqlx::query(
        "update uploads set received = $1, version = version + 1
         where id = $2 and received = $3 and document_id is null",
    )
    .bind(to)
    .bind(id.to_string())
    .bind(from)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn finish_upload(conn: &mut Conn, id: UploadId, document: DocumentId) -> Result<()> {
    sqlx::query("update uploads set document_id = $1, version = version + 1 where id = $2")
        .bind(document.to_string())
        .bind(id.to_string())
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn delete_upload(conn: &mut Conn, id: UploadId) -> Result<()> {
    sqlx::query("delete from uploads where id = $1").bind(id.to_string()).execute(conn).await?;
    Ok(())
}

pub(super) async fn expired_uploads(conn: &mut Conn, now: Timestamp, limit: i64) -> Result<Vec<UploadId>> {
    let rows = sqlx::query("select id from uploads where expires_at <= $1 order by expires_at, id limit $2")
        .bind(now.0)
        .bind(limit)
        .fetch_all(conn)
        .await?;
    rows.iter().map(|row| row.parsed("id")).collect()
}
