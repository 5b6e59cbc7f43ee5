//! The SQL of tasks.

use super::types::{Filter, How, Kind, NewTask, Task, Whose};
use crate::db::{Columns, Conn};
use crate::error::Result;
use crate::ids::{CaseId, PersonId, TaskId};
use crate::seal::Keys;
use crate::time::Timestamp;
use sqlx::AssertSqlSafe;

/// Whether it was new: its dedupe key was not there yet.
pub(super) async fn insert(conn: &mut Conn, id: TaskId, new: &NewTask, now: Timestamp) -> Result<bool> {
    let done = sqlx::query(
        "insert into tasks (id, dedupe, kind, queue, case_id, subject_id, priority, opened_at, due_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (dedupe) do nothing",
    )
    .bind(id.to_string())
    .bind(&new.dedupe)
    .bind(new.kind.code())
    .bind(&new.queue)
    .bind(new.case.map(|case| case.to_string()))
    .bind(&new.subject)
    .bind(new.priority)
    .bind(now.0)
    .bind(new.due_at.0)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn settle_subject(
    conn: &mut Conn,
    subject: &str,
    kind: Option<Kind>,
    by: &str,
    now: Timestamp,
) -> Result<Vec<TaskId>> {
    let of_kind = if kind.is_some() { "and kind = $4" } else { "" };
    let text = format!(
        "update tasks set settled_at = $1, settled_by = $2, how = 'done', version = version + 1
         where subject_id = $3 and settled_at is null {of_kind} returning id"
    );
    let mut query = sqlx::query(AssertSqlSafe(text)).bind(now.0).bind(by.to_owned()).bind(subject.to_owned());
    if let Some(kind) = kind {
        query = query.bind(kind.code());
    }
    query.fetch_all(conn).await?.iter().map(|row| row.parsed("id")).collect()
}

pub(super) async fn take(conn: &mut Conn, id: TaskId, version: i64, owner: PersonId) -> Result<bool> {
    let done = sqlx::query(
        "update tasks set owner_id = $1, version = version + 1 where id = $2 and version = $3 and settled_at is null",
    )
    .bind(owner.to_string())
    .bind(id.to_string())
    .bind(version)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn settle(
    conn: &mut Conn,
    id: TaskId,
    version: i64,
    how: How,
    by: &str,
    now: Timestamp,
) -> Result<bool> {
    let done = sqlx::query(
        "update tasks set settled_at = $1, settled_by = $2, how = $3, version = version + 1
         where id = $4 and version = $5 and settled_at is null",
    )
    .bind(now.0)
    .bind(by)
    .bind(how.code())
    .bind(id.to_string())
    .bind(version)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn kind(conn: &mut Conn, id: TaskId) -> Result<Option<Kind>> {
    let row =
        sqlx::query("select kind from tasks where id = $1").bind(id.to_string()).fetch_optional(conn).await?;
    row.map(|row| row.parsed("kind")).transpose()
}

pub(super) async fn is_open(conn: &mut Conn, id: TaskId) -> Result<bool> {
    let count: i64 = sqlx::query_scalar("select count(*) from tasks where id = $1 and settled_at is null")
        .bind(id.to_string())
        .fetch_one(conn)
        .await?;
    Ok(count == 1)
}

pub(super) async fn count_open(conn: &mut Conn, case: CaseId) -> Result<i64> {
    Ok(sqlx::query_scalar("select count(*) from tasks where case_id = $1 and settled_at is null")
        .bind(case.to_string())
        .fetch_one(conn)
        .await?)
}

/// Open tasks after a mark, with the names of those they are about.
pub(super) async fn list(
    conn: &mut Conn,
    keys: &Keys,
    filter: &Filter,
    me: PersonId,
    after: &(i64, String),
    limit: i64,
) -> Result<Vec<Task>> {
    let mut text = String::from(
        "select t.id, t.kind, t.queue, t.case_id, t.subject_id, t.priority, t.opened_at, t.due_at, t.owner_id, t.version,
                c.number, c.person_id, p.key_wrapped, p.name_sealed, o.staff_name
         from tasks t left join cases c on c.id = t.case_id left join people p on p.id = c.person_id
           left join people o on o.id = t.owner_id
         where t.settled_at is null and (t.due_at > $1 or (t.due_at = $1 and t.id > $2))",
    );
    let mut values = Vec::new();
    let mut also = |condition: &str, value: String| {
        values.push(value);
        text.push_str(&format!(" and {condition} ${}", values.len() + 2));
    };
    if filter.whose == Whose::Mine {
        also("t.owner_id =", me.to_string());
    }
    if let Some(queue) = &filter.queue {
        also("t.queue =", queue.clone());
    }
    if let Some(kind) = filter.kind {
        also("t.kind =", kind.code().to_owned());
    }
    if let Some(case) = filter.case {
        also("t.case_id =", case.to_string());
    }
    if filter.whose == Whose::Nobody {
        text.push_str(" and t.owner_id is null");
    }
    text.push_str(&format!(" order by t.due_at, t.id limit ${}", values.len() + 3));
    let mut query = sqlx::query(AssertSqlSafe(text)).bind(after.0).bind(after.1.clone());
    for value in values {
        query = query.bind(value);
    }
    let rows = query.bind(limit).fetch_all(conn).await?;
    rows.iter().map(|row| task(row, keys)).collect()
}

fn task(row: &sqlx::any::AnyRow, keys: &Keys) -> Result<Task> {
    let owner = row.parsed_or_null::<PersonId>("owner_id")?;
    let name = match (row.parsed_or_null::<PersonId>("person_id")?, row.blob_or_null("key_wrapped")?) {
        (Some(person), Some(wrapped)) => keys
            .person_key(person, Some(&wrapped))?
            .open_optional(&format!("people.name:{person}"), row.blob_or_null("name_sealed")?.as_deref())?,
        _ => None,
    };
    Ok(Task {
        id: row.parsed("id")?,
        kind: row.parsed("kind")?,
        queue: row.text("queue")?,
        case: row.parsed_or_null("case_id")?,
        number: row.text_or_null("number")?,
        name,
        subject: row.text_or_null("subject_id")?,
        priority: row.int("priority")?,
        opened_at: row.at("opened_at")?,
        due_at: row.at("due_at")?,
        owner: owner
            .map(|id| Ok::<_, crate::error::Error>((id, row.text_or_null("staff_name")?.unwrap_or_default())))
            .transpose()?,
        version: row.int("version")?,
    })
}
