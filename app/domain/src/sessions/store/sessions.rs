//! The SQL of sessions.

use crate::db::{Columns, Conn};
use crate::error::Result;
use crate::ids::{PersonId, SessionId};
use crate::sessions::types::{AccountKind, Factors, SessionView};
use crate::time::Timestamp;

/// What one request needs to know about its session.
pub(in crate::sessions) struct Found {
    pub(in crate::sessions) id: SessionId,
    pub(in crate::sessions) person: PersonId,
    pub(in crate::sessions) kind: AccountKind,
    pub(in crate::sessions) factors: Factors,
    pub(in crate::sessions) shared: bool,
    pub(in crate::sessions) seen_at: Timestamp,
    pub(in crate::sessions) expires_at: Timestamp,
    pub(in crate::sessions) written_locale: String,
    pub(in crate::sessions) staff_name: Option<String>,
    pub(in crate::sessions) key_wrapped: Option<Vec<u8>>,
    pub(in crate::sessions) name_sealed: Option<Vec<u8>>,
    pub(in crate::sessions) roles: Option<String>,
}

/// The session of a token with all a request needs, in one statement.
pub(in crate::sessions) async fn find(conn: &mut Conn, token_hash: &str) -> Result<Option<Found>> {
    let row = sqlx::query(
        "select s.id, s.person_id, a.kind, s.factors, s.shared_device, s.seen_at, s.expires_at, p.written_locale,
           p.staff_name, p.key_wrapped, p.name_sealed,
           (select string_agg(r.role, ',') from staff_roles r where r.person_id = s.person_id) as roles
         from sessions s join accounts a on a.person_id = s.person_id join people p on p.id = s.person_id
         where s.token_hash = $1 and s.revoked_at is null",
    )
    .bind(token_hash)
    .fetch_optional(conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Found {
        id: row.parsed("id")?,
        person: row.parsed("person_id")?,
        kind: row.parsed("kind")?,
        factors: row.parsed("factors")?,
        shared: row.flag("shared_device")?,
        seen_at: row.at("seen_at")?,
        expires_at: row.at("expires_at")?,
        written_locale: row.text("written_locale")?,
        staff_name: row.text_or_null("staff_name")?,
        key_wrapped: row.blob_or_null("key_wrapped")?,
        name_sealed: row.blob_or_null("name_sealed")?,
        roles: row.text_or_null("roles")?,
    }))
}

/// A new session's columns.
pub(in crate::sessions) struct NewSession<'a> {
    pub(in crate::sessions) id: SessionId,
    pub(in crate::sessions) person: PersonId,
    pub(in crate::sessions) token_hash: &'a str,
    pub(in crate::sessions) factors: Factors,
    pub(in crate::sessions) device: &'a str,
    pub(in crate::sessions) shared: bool,
    pub(in crate::sessions) expires_at: Timestamp,
}

pub(in crate::sessions) async fn insert_session(
    conn: &mut Conn,
    session: NewSession<'_>,
    now: Timestamp,
) -> Result<()> {
    sqlx::query(
        "insert into sessions (id, person_id, token_hash, factors, device, shared_device, created_at, proved_at, seen_at,
           expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $7, $7, $8)",
    )
    .bind(session.id.to_string())
    .bind(session.person.to_string())
    .bind(session.token_hash)
    .bind(session.factors.code())
    .bind(session.device)
    .bind(i64::from(session.shared))
    .bind(now.0)
    .bind(session.expires_at.0)
    .execute(conn)
    .await?;
    Ok(())
}

pub(in crate::sessions) async fn touch(conn: &mut Conn, id: SessionId, now: Timestamp) -> Result<()> {
    sqlx::query("update sessions set seen_at = $1 where id = $2 and seen_at < $1")
        .bind(now.0)
        .bind(id.to_string())
        .execute(conn)
        .await?;
    Ok(())
}

/// A factor was shown again: the session goes on under a new token.
pub(in crate::sessions) async fn renew(
    conn: &mut Conn,
    id: SessionId,
    token_hash: &str,
    now: Timestamp,
) -> Result<bool> {
    let renewed = sqlx::query(
        "update sessions set token_hash = $1, proved_at = $2, seen_at = $2 where id = $3 and revoked_at is null",
    )
    .bind(token_hash)
    .bind(now.0)
    .bind(id.to_string())
    .execute(conn)
    .await?;
    Ok(renewed.rows_affected() == 1)
}

/// When a factor was last shown in this session.
pub(in crate::sessions) async fn proved_at(conn: &mut Conn, id: SessionId) -> Result<Option<Timestamp>> {
    let row = sqlx::query("select proved_at from sessions where id = $1 and revoked_at is null")
        .bind(id.to_string())
        .fetch_optional(conn)
        .await?;
    row.map(|row| row.at("proved_at")).transpose()
}

/// Sessions not ended by hand and not expired, the last used first.
pub(in crate::sessions) async fn sessions(
    conn: &mut Conn,
    person: PersonId,
    current: Option<SessionId>,
    now: Timestamp,
) -> Result<Vec<SessionView>> {
    let rows = sqlx::query(
        "select id, device, factors, shared_device, created_at, seen_at from sessions
         where person_id = $1 and revoked_at is null and expires_at > $2 order by seen_at desc, id desc",
    )
    .bind(person.to_string())
    .bind(now.0)
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            let id = row.parsed("id")?;
            Ok(SessionView {
                id,
                device: row.text("device")?,
                factors: row.parsed("factors")?,
                shared: row.flag("shared_device")?,
                created_at: row.at("created_at")?,
                seen_at: row.at("seen_at")?,
                current: current == Some(id),
            })
        })
        .collect()
}

/// Ends a session of this person; false when there is none to end.
pub(in crate::sessions) async fn end(
    conn: &mut Conn,
    person: PersonId,
    id: SessionId,
    now: Timestamp,
) -> Result<bool> {
    let ended = sqlx::query(
        "update sessions set revoked_at = $1 where id = $2 and person_id = $3 and revoked_at is null",
    )
    .bind(now.0)
    .bind(id.to_string())
    .bind(person.to_string())
    .execute(conn)
    .await?;
    Ok(ended.rows_affected() == 1)
}

/// Ends every session of this person but one, and says which.
pub(in crate::sessions) async fn end_others(
    conn: &mut Conn,
    person: PersonId,
    but: Option<SessionId>,
    now: Timestamp,
) -> Result<Vec<SessionId>> {
    let rows = sqlx::query(
        "update sessions set revoked_at = $1 where person_id = $2 and id <> $3 and revoked_at is null returning id",
    )
    .bind(now.0)
    .bind(person.to_string())
    .bind(but.map(|id| id.to_string()).unwrap_or_default())
    .fetch_all(conn)
    .await?;
    rows.iter().map(|row| row.parsed("id")).collect()
}
