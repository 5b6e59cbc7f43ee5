//! The SQL of reading the trail.

use crate::db::{Columns, Conn};
use crate::error::{Error, Result};
use crate::trail::{Act, Entry};

pub(super) struct Row {
    pub seq: i64,
    pub entry: Entry,
    pub previous: String,
    pub hash: String,
}

pub(super) async fn head(conn: &mut Conn) -> Result<(i64, String)> {
    let row = sqlx::query("select seq, hash from audit_head where id = 1").fetch_one(conn).await?;
    Ok((row.int("seq")?, row.text("hash")?))
}

pub(super) async fn after(conn: &mut Conn, seq: i64, limit: i64) -> Result<Vec<Row>> {
    let rows = sqlx::query(
        "select seq, at, actor, session_id, act, what, case_id, person_id, subject, request, previous, hash
         from audit where seq > $1 order by seq limit $2",
    )
    .bind(seq)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(|row| read(&row)).collect()
}

/// What a search looks for.
pub(super) struct Wanted<'a> {
    pub person: Option<&'a str>,
    pub case: Option<String>,
    pub actor: Option<&'a str>,
    pub act: Option<&'a str>,
    pub before: i64,
    pub limit: usize,
}

/// The newest rows that fit.
pub(super) async fn newest(conn: &mut Conn, wanted: &Wanted<'_>) -> Result<Vec<Row>> {
    let fits = [
        ("person_id", wanted.person),
        ("case_id", wanted.case.as_deref()),
        ("actor", wanted.actor),
        ("act", wanted.act),
    ];
    let mut text = String::from(
        "select seq, at, actor, session_id, act, what, case_id, person_id, subject, request, previous, hash
         from audit where seq < $1",
    );
    let mut values = Vec::new();
    for (column, value) in fits {
        if let Some(value) = value {
            values.push(value.to_owned());
            text.push_str(&format!(" and {column} = ${}", values.len() + 1));
        }
    }
    text.push_str(&format!(" order by seq desc limit ${}", values.len() + 2));
    let mut query = sqlx::query(sqlx::AssertSqlSafe(text)).bind(wanted.before);
    for value in values {
        query = query.bind(value);
    }
    let limit = i64::try_from(wanted.limit).unwrap_or(100);
    query.bind(limit).fetch_all(conn).await?.iter().map(read).collect()
}

fn read(row: &sqlx::any::AnyRow) -> Result<Row> {
    Ok(Row {
        seq: row.int("seq")?,
        entry: Entry {
            at: row.at("at")?,
            actor: row.text("actor")?,
            session: row.text_or_null("session_id")?,
            act: act(&row.text("act")?)?,
            what: row.text("what")?,
            case: row.text_or_null("case_id")?,
            person: row.text_or_null("person_id")?,
            subject: row.text_or_null("subject")?,
            request: row.text("request")?,
        },
        previous: row.text("previous")?,
        hash: row.text("hash")?,
    })
}

fn act(code: &str) -> Result<Act> {
    [Act::Read, Act::Write, Act::Refused, Act::Sent]
        .into_iter()
        .find(|act| act.code() == code)
        .ok_or_else(|| Error::internal("an audit row of an unknown kind"))
}
