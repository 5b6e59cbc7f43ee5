//! The SQL behind what people see of a case.

use crate::cases::types::{Stage, SubStatus, WaitingOn};
use crate::cases::views::{NoteKind, Patient};
use crate::db::{Columns, Conn};
use crate::error::Result;
use crate::ids::{CaseId, NoteId, PersonId, ProgramId, RequestId, StatusId};
use crate::locale::Locale;
use crate::seal::{DataKey, Keys};
use crate::time::{Day, Timestamp};
use sqlx::Row;
use sqlx::any::AnyRow;

/// Where a case stands.
#[derive(Clone)]
pub(in crate::cases) struct Stand {
    pub id: CaseId,
    pub number: String,
    pub program: ProgramId,
    pub person: PersonId,
    pub stage: Stage,
    pub sub_status: SubStatus,
    pub waiting_on: WaitingOn,
    pub since: Timestamp,
    pub expected_on: Option<Day>,
    pub locale: Locale,
    pub version: i64,
}

fn stand(row: &AnyRow) -> Result<Stand> {
    Ok(Stand {
        id: row.parsed("id")?,
        number: row.text("number")?,
        program: row.parsed("program_id")?,
        person: row.parsed("person_id")?,
        stage: row.parsed("stage")?,
        sub_status: row.parsed("sub_status")?,
        waiting_on: row.parsed("waiting_on")?,
        since: row.at("since")?,
        expected_on: day_or_null(row, "expected_on")?,
        locale: row.text("locale")?.parse().unwrap_or_default(),
        version: row.int("version")?,
    })
}

fn day_or_null(row: &AnyRow, column: &str) -> Result<Option<Day>> {
    Ok(row.text_or_null(column)?.and_then(|day| day.parse().ok()))
}

/// A case of its owner: another person's is not found.
pub(in crate::cases) async fn own(conn: &mut Conn, case: CaseId, person: PersonId) -> Result<Option<Stand>> {
    let row = sqlx::query(
        "select id, number, program_id, person_id, stage, sub_status, waiting_on, since, expected_on, locale, version
         from cases where id = $1 and person_id = $2",
    )
    .bind(case.to_string())
    .bind(person.to_string())
    .fetch_optional(conn)
    .await?;
    row.as_ref().map(stand).transpose()
}

/// Any case, for staff and for the portal itself.
pub(in crate::cases) async fn any(conn: &mut Conn, case: CaseId) -> Result<Option<Stand>> {
    let row = sqlx::query(
        "select id, number, program_id, person_id, stage, sub_status, waiting_on, since, expected_on, locale, version
         from cases where id = $1",
    )
    .bind(case.to_string())
    .fetch_optional(conn)
    .await?;
    row.as_ref().map(stand).transpose()
}

/// The cases of a person: open ones first, then the newest.
pub(in crate::cases) async fn all_of(conn: &mut Conn, person: PersonId) -> Result<Vec<Stand>> {
    let rows = sqlx::query(
        "select id, number, program_id, person_id, stage, sub_status, waiting_on, since, expected_on, locale, version
         from cases where person_id = $1
         order by case when stage = 'closed' then 1 else 0 end, id desc",
    )
    .bind(person.to_string())
    .fetch_all(conn)
    .await?;
    rows.iter().map(stand).collect()
}

/// One row of the status history.
#[derive(Clone)]
pub(in crate::cases) struct StatusRow {
    pub id: StatusId,
    pub stage: Stage,
    pub sub_status: SubStatus,
    pub at: Timestamp,
    pub actor: String,
    pub is_backward: bool,
    pub reason: Option<String>,
    pub staff_reason_sealed: Option<Vec<u8>>,
    pub exception_sealed: Option<Vec<u8>>,
    pub sentence_id: String,
    pub sentence_edition: i64,
}

/// How a case got where it is, newest first.
pub(in crate::cases) async fn statuses(conn: &mut Conn, case: CaseId) -> Result<Vec<StatusRow>> {
    let rows = sqlx::query(
        "select id, stage, sub_status, at, actor, is_backward, reason, staff_reason_sealed, exception_sealed,
                sentence_id, sentence_edition
         from case_statuses where case_id = $1 order by at desc, id desc limit 300",
    )
    .bind(case.to_string())
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(StatusRow {
                id: row.parsed("id")?,
                stage: row.parsed("stage")?,
                sub_status: row.parsed("sub_status")?,
                at: row.at("at")?,
                actor: row.text("actor")?,
                is_backward: row.flag("is_backward")?,
                reason: row.text_or_null("reason")?,
                staff_reason_sealed: row.blob_or_null("staff_reason_sealed")?,
                exception_sealed: row.blob_or_null("exception_sealed")?,
                sentence_id: row.text("sentence_id")?,
                sentence_edition: row.int("sentence_edition")?,
            })
        })
        .collect()
}

/// A request for a document, with one of the documents that answered it, if any came.
#[derive(Clone)]
pub(in crate::cases) struct RequestRow {
    pub id: RequestId,
    pub case: CaseId,
    pub kind: String,
    pub due_on: Day,
    pub requested_at: Timestamp,
    pub settled_at: Option<Timestamp>,
    pub withdrawn_at: Option<Timestamp>,
    pub document: Option<DocumentRow>,
}

#[derive(Clone)]
pub(in crate::cases) struct DocumentRow {
    pub state: String,
    pub received_at: Timestamp,
    pub checked_at: Option<Timestamp>,
    pub decided_at: Option<Timestamp>,
    pub reason: Option<String>,
}

fn request(row: &AnyRow) -> Result<RequestRow> {
    let document = match row.text_or_null("state")? {
        None => None,
        Some(state) => Some(DocumentRow {
            state,
            received_at: row.at("received_at")?,
            checked_at: row.at_or_null("checked_at")?,
            decided_at: row.at_or_null("decided_at")?,
            reason: row.text_or_null("reason")?,
        }),
    };
    Ok(RequestRow {
        id: row.parsed("id")?,
        case: row.parsed("case_id")?,
        kind: row.text("kind")?,
        due_on: row.parsed("due_on")?,
        requested_at: row.at("requested_at")?,
        settled_at: row.at_or_null("settled_at")?,
        withdrawn_at: row.at_or_null("withdrawn_at")?,
        document,
    })
}

/// Every request of a case with every document that answered it, oldest first.
pub(in crate::cases) async fn requests(conn: &mut Conn, case: CaseId) -> Result<Vec<RequestRow>> {
    let rows = sqlx::query(
        "select r.id, r.case_id, r.kind, r.due_on, r.requested_at, r.settled_at, r.withdrawn_at,
                d.state, d.received_at, d.checked_at, d.decided_at, d.reason
         from document_requests r left join documents d on d.request_id = r.id
         where r.case_id = $1 order by r.id, d.received_at, d.id limit 500",
    )
    .bind(case.to_string())
    .fetch_all(conn)
    .await?;
    rows.iter().map(request).collect()
}

/// Every open request of a person, likewise.
pub(in crate::cases) async fn open_requests_of(conn: &mut Conn, person: PersonId) -> Result<Vec<RequestRow>> {
    let rows = sqlx::query(
        "select r.id, r.case_id, r.kind, r.due_on, r.requested_at, r.settled_at, r.withdrawn_at,
                d.state, d.received_at, d.checked_at, d.decided_at, d.reason
         from document_requests r left join documents d on d.request_id = r.id
         where r.person_id = $1 and r.settled_at is null order by r.id, d.received_at, d.id limit 500",
    )
    .bind(person.to_string())
    .fetch_all(conn)
    .await?;
    rows.iter().map(request).collect()
}

/// How many requests of a case are open.
pub(in crate::cases) async fn open_requests(conn: &mut Conn, case: CaseId) -> Result<i64> {
    Ok(sqlx::query_scalar("select count(*) from document_requests where case_id = $1 and settled_at is null")
        .bind(case.to_string())
        .fetch_one(conn)
        .await?)
}

/// A case with its patient, for staff.
pub(in crate::cases) struct Whole {
    pub stand: Stand,
    pub patient: Patient,
    pub key: DataKey,
    pub filler: String,
    pub payer_type: String,
    pub answers: String,
    pub queue: String,
    pub rule: String,
    pub priority: i64,
    pub owner: Option<(PersonId, String)>,
    pub opened_at: Timestamp,
    pub first_response_due: Timestamp,
    pub first_response_at: Option<Timestamp>,
}

/// # Errors
/// `NotFound` when the patient was erased.
pub(in crate::cases) async fn whole(conn: &mut Conn, keys: &Keys, case: CaseId) -> Result<Option<Whole>> {
    let row = sqlx::query(
        "select c.id, c.number, c.program_id, c.person_id, c.filler, c.stage, c.sub_status, c.waiting_on, c.since,
                c.expected_on, c.queue, c.rule, c.priority, c.owner_id, c.locale, c.payer_type, c.answers_sealed, c.opened_at,
                c.first_response_due, c.first_response_at, c.version,
                p.key_wrapped, p.name_sealed, p.birth_sealed, p.email_sealed, p.phone_sealed, p.address_sealed,
                p.written_locale, p.spoken_sealed, p.interpreter, p.best_time, o.staff_name
         from cases c join people p on p.id = c.person_id left join people o on o.id = c.owner_id
         where c.id = $1",
    )
    .bind(case.to_string())
    .fetch_optional(conn)
    .await?;
    row.map(|row| {
        let stand = stand(&row)?;
        let person = stand.person;
        let key = keys.person_key(person, row.blob_or_null("key_wrapped")?.as_deref())?;
        let open = |column: &str| {
            let place = format!("people.{column}:{person}");
            key.open_optional(&place, row.blob_or_null(&format!("{column}_sealed"))?.as_deref())
        };
        let owner = row.parsed_or_null::<PersonId>("owner_id")?;
        Ok(Whole {
            patient: Patient {
                id: person,
                name: open("name")?.unwrap_or_default(),
                birth: open("birth")?.and_then(|day| day.parse().ok()),
                email: open("email")?,
                phone: open("phone")?,
                address: open("address")?,
                written: row.text("written_locale")?.parse().unwrap_or_default(),
                spoken: open("spoken")?,
                interpreter: row.flag("interpreter")?,
                best_time: row.text("best_time")?,
            },
            answers: key.open(&format!("cases.answers:{case}"), &row.blob("answers_sealed")?)?,
            filler: row.text("filler")?,
            payer_type: row.text("payer_type")?,
            queue: row.text("queue")?,
            rule: row.text("rule")?,
            priority: row.int("priority")?,
            owner: match owner {
                Some(owner) => Some((owner, row.text_or_null("staff_name")?.unwrap_or_default())),
                None => None,
            },
            opened_at: row.at("opened_at")?,
            first_response_due: row.at("first_response_due")?,
            first_response_at: row.at_or_null("first_response_at")?,
            stand,
            key,
        })
    })
    .transpose()
}

/// The clock of the first response.
pub(in crate::cases) struct FirstResponse {
    pub sub_status: SubStatus,
    pub queue: String,
    pub priority: i64,
    pub due_at: Timestamp,
    pub is_answered: bool,
}

pub(in crate::cases) async fn clock(conn: &mut Conn, case: CaseId) -> Result<Option<FirstResponse>> {
    let row = sqlx::query(
        "select sub_status, queue, priority, first_response_due, first_response_at from cases where id = $1",
    )
    .bind(case.to_string())
    .fetch_optional(conn)
    .await?;
    row.map(|row| {
        Ok(FirstResponse {
            sub_status: row.parsed("sub_status")?,
            queue: row.text("queue")?,
            priority: row.int("priority")?,
            due_at: row.at("first_response_due")?,
            is_answered: row.int_or_null("first_response_at")?.is_some(),
        })
    })
    .transpose()
}

/// An item of the intake checklist.
pub(in crate::cases) struct ItemRow {
    pub code: String,
    pub ticked_at: Option<Timestamp>,
    pub ticked_by: Option<String>,
}

pub(in crate::cases) async fn checklist(conn: &mut Conn, case: CaseId) -> Result<Vec<ItemRow>> {
    let rows = sqlx::query(
        "select item, ticked_at, ticked_by from case_checklist where case_id = $1 order by position, item",
    )
    .bind(case.to_string())
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(ItemRow {
                code: row.text("item")?,
                ticked_at: row.at_or_null("ticked_at")?,
                ticked_by: row.text_or_null("ticked_by")?,
            })
        })
        .collect()
}

/// How many items of the checklist are not ticked.
pub(in crate::cases) async fn open_items(conn: &mut Conn, case: CaseId) -> Result<usize> {
    let count: i64 =
        sqlx::query_scalar("select count(*) from case_checklist where case_id = $1 and ticked_at is null")
            .bind(case.to_string())
            .fetch_one(conn)
            .await?;
    Ok(usize::try_from(count).unwrap_or(0))
}

pub(in crate::cases) struct NoteRow {
    pub id: NoteId,
    pub author: PersonId,
    pub kind: NoteKind,
    pub text_sealed: Vec<u8>,
    pub at: Timestamp,
}

/// Notes of staff, newest first.
pub(in crate::cases) async fn notes(conn: &mut Conn, case: CaseId) -> Result<Vec<NoteRow>> {
    let rows = sqlx::query(
        "select id, author_id, kind, text_sealed, at from case_notes where case_id = $1 order by at desc, id desc limit 300",
    )
    .bind(case.to_string())
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(NoteRow {
                id: row.parsed("id")?,
                author: row.parsed("author_id")?,
                kind: row.parsed("kind")?,
                text_sealed: row.blob("text_sealed")?,
                at: row.at("at")?,
            })
        })
        .collect()
}

/// A fact about a case, as the trail keeps it.
pub(in crate::cases) struct FactRow {
    pub at: Timestamp,
    pub actor: String,
    pub code: String,
    pub body: String,
}

/// What else happened on a case, newest first.
pub(in crate::cases) async fn facts(conn: &mut Conn, case: CaseId) -> Result<Vec<FactRow>> {
    let rows = sqlx::query(
        "select at, actor, code, body from events
         where case_id = $1 and code not in ('case.advanced', 'case.note_written')
         order by seq desc limit 300",
    )
    .bind(case.to_string())
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(FactRow {
                at: row.at("at")?,
                actor: row.text("actor")?,
                code: row.text("code")?,
                body: row.text("body")?,
            })
        })
        .collect()
}

/// The names staff sign with, by id.
pub(crate) async fn staff_names(conn: &mut Conn, ids: &[String]) -> Result<Vec<(String, String)>> {
    pairs(conn, "select id, staff_name from people where staff_name is not null and id in", ids).await
}

/// The numbers of cases, by id.
pub(crate) async fn numbers(conn: &mut Conn, ids: &[String]) -> Result<Vec<(String, String)>> {
    pairs(conn, "select id, number from cases where id in", ids).await
}

/// Ids come from rows of ours; they are bound, not written into the text.
async fn pairs(conn: &mut Conn, select: &'static str, ids: &[String]) -> Result<Vec<(String, String)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let places: Vec<String> = (1..=ids.len()).map(|place| format!("${place}")).collect();
    let mut query = sqlx::query(sqlx::AssertSqlSafe(format!("{select} ({})", places.join(", "))));
    for id in ids {
        query = query.bind(id.clone());
    }
    let rows = query.fetch_all(conn).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}

/// A case by its id or its number.
pub(crate) async fn id_of(conn: &mut Conn, text: &str) -> Result<Option<CaseId>> {
    let row = sqlx::query("select id from cases where id = $1 or number = $1")
        .bind(text.to_owned())
        .fetch_optional(conn)
        .await?;
    row.map(|row| row.parsed("id")).transpose()
}
