//! The SQL of the worklist: one statement a page, with the names of the patients.

use super::types::{Filter, View};
use crate::cases::{Stage, SubStatus, WaitingOn};
use crate::db::{Columns, Conn};
use crate::error::Result;
use crate::ids::{CaseId, PersonId, ProgramId};
use crate::locale::Locale;
use crate::seal::Keys;
use crate::time::{Day, Timestamp};
use sqlx::AssertSqlSafe;
use sqlx::any::AnyRow;

/// Where in its order a view goes on.
pub(super) enum Place {
    At(i64),
    On(Day),
}

pub(super) struct Asked<'a> {
    pub filter: &'a Filter,
    pub me: PersonId,
    pub today: Day,
    pub after: Option<(Place, String)>,
    pub limit: usize,
}

pub(super) struct Found {
    pub case: CaseId,
    pub number: String,
    pub name: String,
    pub program: ProgramId,
    pub stage: Stage,
    pub sub_status: SubStatus,
    pub waiting_on: WaitingOn,
    pub since: Timestamp,
    pub expected_on: Option<Day>,
    pub queue: String,
    pub locale: Locale,
    pub priority: i64,
    pub owner: Option<String>,
    pub first_response_due: Timestamp,
    pub first_response_at: Option<Timestamp>,
}

/// A value to bind; the text of the statement is made of our own words only.
enum Value {
    Text(String),
    Int(i64),
}

pub(super) async fn list(conn: &mut Conn, keys: &Keys, asked: &Asked<'_>) -> Result<Vec<Found>> {
    let (text, values) = statement(asked);
    let mut query = sqlx::query(AssertSqlSafe(text));
    for value in values {
        query = match value {
            Value::Text(text) => query.bind(text),
            Value::Int(int) => query.bind(int),
        };
    }
    query.fetch_all(conn).await?.iter().map(|row| found(row, keys)).collect()
}

fn statement(asked: &Asked<'_>) -> (String, Vec<Value>) {
    let filter = asked.filter;
    let (mut conditions, mut values) = (vec!["c.stage <> 'closed'".to_owned()], Vec::new());
    let mut also = |condition: &str, value: Value| {
        values.push(value);
        conditions.push(condition.replace('?', &format!("${}", values.len())));
    };
    let order = match filter.view {
        View::Overdue => "c.expected_on",
        View::Unanswered => "c.first_response_due",
        View::Mine | View::Unassigned | View::All | View::Waiting => "c.since",
    };
    match filter.view {
        View::Mine => also("c.owner_id = ?", Value::Text(asked.me.to_string())),
        View::Waiting => also("c.waiting_on = ?", Value::Text(WaitingOn::You.code().to_owned())),
        View::Overdue => also("c.expected_on < ?", Value::Text(asked.today.to_string())),
        View::Unassigned | View::All | View::Unanswered => {}
    }
    if let Some(queue) = &filter.queue {
        also("c.queue = ?", Value::Text(queue.clone()));
    }
    if let Some(stage) = filter.stage {
        also("c.stage = ?", Value::Text(stage.code().to_owned()));
    }
    if let Some(locale) = filter.locale {
        also("c.locale = ?", Value::Text(locale.tag().to_owned()));
    }
    if let Some(program) = filter.program {
        also("c.program_id = ?", Value::Text(program.to_string()));
    }
    if let Some((place, id)) = &asked.after {
        let place = match place {
            Place::At(at) => Value::Int(*at),
            Place::On(day) => Value::Text(day.to_string()),
        };
        values.extend([place, Value::Text(id.clone())]);
        conditions.push(format!("({order}, c.id) > (${}, ${})", values.len() - 1, values.len()));
    }
    match filter.view {
        View::Unassigned => conditions.push("c.owner_id is null".to_owned()),
        // the clock starts with the patient's consent
        View::Unanswered => {
            conditions.push("c.first_response_at is null and c.sub_status <> 'consent_pending'".to_owned())
        }
        View::Mine | View::All | View::Waiting | View::Overdue => {}
    }
    values.push(Value::Int(i64::try_from(asked.limit).unwrap_or(50)));
    let text = format!(
        "select c.id, c.number, c.person_id, c.program_id, c.stage, c.sub_status, c.waiting_on, c.since, c.expected_on,
                c.queue, c.locale, c.priority, c.first_response_due, c.first_response_at,
                p.key_wrapped, p.name_sealed, o.staff_name
         from cases c join people p on p.id = c.person_id left join people o on o.id = c.owner_id
         where {} order by {order}, c.id limit ${}",
        conditions.join(" and "),
        values.len()
    );
    (text, values)
}

fn found(row: &AnyRow, keys: &Keys) -> Result<Found> {
    let person = row.parsed::<PersonId>("person_id")?;
    // an erased person has no key: their case stays in the list, without a name
    let name = match row.blob_or_null("key_wrapped")? {
        Some(wrapped) => keys
            .person_key(person, Some(&wrapped))?
            .open_optional(&format!("people.name:{person}"), row.blob_or_null("name_sealed")?.as_deref())?,
        None => None,
    };
    Ok(Found {
        case: row.parsed("id")?,
        number: row.text("number")?,
        name: name.unwrap_or_default(),
        program: row.parsed("program_id")?,
        stage: row.parsed("stage")?,
        sub_status: row.parsed("sub_status")?,
        waiting_on: row.parsed("waiting_on")?,
        since: row.at("since")?,
        expected_on: row.text_or_null("expected_on")?.and_then(|day| day.parse().ok()),
        queue: row.text("queue")?,
        locale: row.text("locale")?.parse().unwrap_or_default(),
        priority: row.int("priority")?,
        owner: row.text_or_null("staff_name")?,
        first_response_due: row.at("first_response_due")?,
        first_response_at: row.at_or_null("first_response_at")?,
    })
}
