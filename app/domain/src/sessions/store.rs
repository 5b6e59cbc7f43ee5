//! The SQL of accounts, sessions, passkeys, steps of signing in, and tries.

use super::rules::Tries;
use super::types::{AccountKind, Factors, PasskeyView, SessionView};
use crate::db::{Columns, Conn};
use crate::error::{Error, Result};
use crate::ids::{AttemptId, CeremonyId, PasskeyId, PersonId, SessionId};
use crate::time::Timestamp;
use sqlx::any::AnyRow;

/// An account as the verbs need it.
pub(super) struct Account {
    pub(super) person: PersonId,
    pub(super) kind: AccountKind,
    pub(super) email_sealed: Vec<u8>,
    pub(super) password_hash: Option<String>,
    pub(super) password_alone: bool,
    /// The password was made up by the portal: good for one sign-in, which asks for another.
    pub(super) password_once: bool,
    pub(super) password_set_at: Option<Timestamp>,
    pub(super) totp_sealed: Option<Vec<u8>>,
    pub(super) totp_since: Option<Timestamp>,
    pub(super) totp_last_step: i64,
    pub(super) passkey_user: String,
    pub(super) key_wrapped: Option<Vec<u8>>,
    pub(super) written_locale: String,
}

const ACCOUNT: &str = "select a.person_id, a.kind, a.email_sealed, a.password_hash, a.password_length_ok, a.password_once,
   a.password_set_at, a.totp_sealed, a.totp_confirmed_at, a.totp_last_step, a.passkey_user, p.key_wrapped, p.written_locale
 from accounts a join people p on p.id = a.person_id";

fn account(row: &AnyRow) -> Result<Account> {
    Ok(Account {
        person: row.parsed("person_id")?,
        kind: row.parsed("kind")?,
        email_sealed: row.blob("email_sealed")?,
        password_hash: row.text_or_null("password_hash")?,
        password_alone: row.flag("password_length_ok")?,
        password_once: row.flag("password_once")?,
        password_set_at: row.at_or_null("password_set_at")?,
        totp_sealed: row.blob_or_null("totp_sealed")?,
        totp_since: row.at_or_null("totp_confirmed_at")?,
        totp_last_step: row.int("totp_last_step")?,
        passkey_user: row.text("passkey_user")?,
        key_wrapped: row.blob_or_null("key_wrapped")?,
        written_locale: row.text("written_locale")?,
    })
}

async fn account_where(conn: &mut Conn, column: &str, value: &str) -> Result<Option<Account>> {
    let row = sqlx::query(sqlx::AssertSqlSafe(format!("{ACCOUNT} where a.{column} = $1")))
        .bind(value)
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(account).transpose()
}

pub(super) async fn account_by_email(conn: &mut Conn, lookup: &str) -> Result<Option<Account>> {
    account_where(conn, "email_lookup", lookup).await
}

pub(super) async fn account_of(conn: &mut Conn, person: PersonId) -> Result<Option<Account>> {
    account_where(conn, "person_id", &person.to_string()).await
}

pub(super) async fn account_by_handle(conn: &mut Conn, handle: &str) -> Result<Option<Account>> {
    account_where(conn, "passkey_user", handle).await
}

/// A new account's columns.
pub(super) struct NewAccount<'a> {
    pub(super) person: PersonId,
    pub(super) kind: AccountKind,
    pub(super) email_lookup: &'a str,
    pub(super) email_sealed: Vec<u8>,
    pub(super) password_hash: Option<&'a str>,
    pub(super) password_alone: bool,
    pub(super) password_once: bool,
    pub(super) passkey_user: &'a str,
}

/// Whether it was taken: not when the person or the address has an account already.
pub(super) async fn insert_account(conn: &mut Conn, account: NewAccount<'_>, now: Timestamp) -> Result<bool> {
    let set_at = account.password_hash.map(|_| now.0);
    let inserted = sqlx::query(
        "insert into accounts (person_id, kind, email_lookup, email_sealed, password_hash, password_length_ok,
           password_once, password_set_at, passkey_user, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         on conflict do nothing",
    )
    .bind(account.person.to_string())
    .bind(account.kind.code())
    .bind(account.email_lookup)
    .bind(account.email_sealed)
    .bind(account.password_hash)
    .bind(i64::from(account.password_alone))
    .bind(i64::from(account.password_once))
    .bind(set_at)
    .bind(account.passkey_user)
    .bind(now.0)
    .execute(conn)
    .await?;
    Ok(inserted.rows_affected() == 1)
}

pub(super) async fn set_password(
    conn: &mut Conn,
    person: PersonId,
    hash: &str,
    alone: bool,
    now: Timestamp,
) -> Result<()> {
    sqlx::query(
        "update accounts set password_hash = $1, password_length_ok = $2, password_once = 0, password_set_at = $3,
           version = version + 1 where person_id = $4",
    )
    .bind(hash)
    .bind(i64::from(alone))
    .bind(now.0)
    .bind(person.to_string())
    .execute(conn)
    .await?;
    Ok(())
}

/// Sets or, with none, takes away the secret of an authenticator app.
pub(super) async fn set_totp(
    conn: &mut Conn,
    person: PersonId,
    sealed: Option<Vec<u8>>,
    last_step: i64,
    now: Timestamp,
) -> Result<()> {
    let since = sealed.as_ref().map(|_| now.0);
    sqlx::query(
        "update accounts set totp_sealed = $1, totp_confirmed_at = $2, totp_last_step = $3, version = version + 1
         where person_id = $4",
    )
    .bind(sealed)
    .bind(since)
    .bind(last_step)
    .bind(person.to_string())
    .execute(conn)
    .await?;
    Ok(())
}

/// Uses up a step of an authenticator app; false when it was used before.
pub(super) async fn use_step(conn: &mut Conn, person: PersonId, step: i64) -> Result<bool> {
    let used =
        sqlx::query("update accounts set totp_last_step = $1 where person_id = $2 and totp_last_step < $1")
            .bind(step)
            .bind(person.to_string())
            .execute(conn)
            .await?;
    Ok(used.rows_affected() == 1)
}

/// What one request needs to know about its session.
pub(super) struct Found {
    pub(super) id: SessionId,
    pub(super) person: PersonId,
    pub(super) kind: AccountKind,
    pub(super) factors: Factors,
    pub(super) shared: bool,
    pub(super) seen_at: Timestamp,
    pub(super) expires_at: Timestamp,
    pub(super) written_locale: String,
    pub(super) staff_name: Option<String>,
    pub(super) key_wrapped: Option<Vec<u8>>,
    pub(super) name_sealed: Option<Vec<u8>>,
    pub(super) roles: Option<String>,
}

/// The session of a token with all a request needs, in one statement.
pub(super) async fn find(conn: &mut Conn, token_hash: &str) -> Result<Option<Found>> {
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
pub(super) struct NewSession<'a> {
    pub(super) id: SessionId,
    pub(super) person: PersonId,
    pub(super) token_hash: &'a str,
    pub(super) factors: Factors,
    pub(super) device: &'a str,
    pub(super) shared: bool,
    pub(super) expires_at: Timestamp,
}

pub(super) async fn insert_session(conn: &mut Conn, session: NewSession<'_>, now: Timestamp) -> Result<()> {
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

pub(super) async fn touch(conn: &mut Conn, id: SessionId, now: Timestamp) -> Result<()> {
    sqlx::query("update sessions set seen_at = $1 where id = $2 and seen_at < $1")
        .bind(now.0)
        .bind(id.to_string())
        .execute(conn)
        .await?;
    Ok(())
}

/// A factor was shown again: the session goes on under a new token.
pub(super) async fn renew(conn: &mut Conn, id: SessionId, token_hash: &str, now: Timestamp) -> Result<bool> {
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
pub(super) async fn proved_at(conn: &mut Conn, id: SessionId) -> Result<Option<Timestamp>> {
    let row = sqlx::query("select proved_at from sessions where id = $1 and revoked_at is null")
        .bind(id.to_string())
        .fetch_optional(conn)
        .await?;
    row.map(|row| row.at("proved_at")).transpose()
}

/// Sessions not ended by hand and not expired, the last used first.
pub(super) async fn sessions(
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
pub(super) async fn end(conn: &mut Conn, person: PersonId, id: SessionId, now: Timestamp) -> Result<bool> {
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
pub(super) async fn end_others(
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

/// The kinds of steps that wait for their second half.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    SecondFactor,
    PasskeySignIn,
    PasskeyRegister,
    TotpSetup,
}

impl Step {
    const fn code(self) -> &'static str {
        match self {
            Step::SecondFactor => "second_factor",
            Step::PasskeySignIn => "passkey_sign_in",
            Step::PasskeyRegister => "passkey_register",
            Step::TotpSetup => "totp_setup",
        }
    }
}

/// A step that waits.
pub(super) struct Ceremony {
    pub(super) id: CeremonyId,
    pub(super) person: Option<PersonId>,
    pub(super) state_sealed: Vec<u8>,
}

pub(super) async fn insert_ceremony(
    conn: &mut Conn,
    ceremony: &Ceremony,
    kind: Step,
    token_hash: &str,
    now: Timestamp,
    expires: Timestamp,
) -> Result<()> {
    sqlx::query(
        "insert into ceremonies (id, token_hash, person_id, kind, state_sealed, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(ceremony.id.to_string())
    .bind(token_hash)
    .bind(ceremony.person.map(|person| person.to_string()))
    .bind(kind.code())
    .bind(&ceremony.state_sealed)
    .bind(now.0)
    .bind(expires.0)
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn find_ceremony(
    conn: &mut Conn,
    kind: Step,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<Ceremony>> {
    let row = sqlx::query(
        "select id, person_id, state_sealed from ceremonies where token_hash = $1 and kind = $2 and expires_at > $3",
    )
    .bind(token_hash)
    .bind(kind.code())
    .bind(now.0)
    .fetch_optional(conn)
    .await?;
    row.map(|row| {
        Ok(Ceremony {
            id: row.parsed("id")?,
            person: row.parsed_or_null("person_id")?,
            state_sealed: row.blob("state_sealed")?,
        })
    })
    .transpose()
}

/// Uses up a step; false when somebody else did first.
pub(super) async fn end_ceremony(conn: &mut Conn, id: CeremonyId) -> Result<bool> {
    let ended =
        sqlx::query("delete from ceremonies where id = $1").bind(id.to_string()).execute(conn).await?;
    Ok(ended.rows_affected() == 1)
}

/// Takes away every step of a person that waits.
pub(super) async fn end_ceremonies(conn: &mut Conn, person: PersonId) -> Result<()> {
    sqlx::query("delete from ceremonies where person_id = $1").bind(person.to_string()).execute(conn).await?;
    Ok(())
}

pub(super) async fn insert_passkey(
    conn: &mut Conn,
    person: PersonId,
    passkey: &PasskeyView,
    credential_id: &str,
    credential: &str,
) -> Result<bool> {
    let inserted = sqlx::query(
        "insert into passkeys (id, person_id, credential_id, name, credential, created_at) values ($1, $2, $3, $4, $5, $6)
         on conflict (credential_id) do nothing",
    )
    .bind(passkey.id.to_string())
    .bind(person.to_string())
    .bind(credential_id)
    .bind(&passkey.name)
    .bind(credential)
    .bind(passkey.created_at.0)
    .execute(conn)
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// A person's passkeys with their stored credentials, oldest first.
pub(super) async fn passkeys(conn: &mut Conn, person: PersonId) -> Result<Vec<(PasskeyView, String)>> {
    let rows = sqlx::query(
        "select id, name, credential, created_at, last_used_at from passkeys where person_id = $1 order by id",
    )
    .bind(person.to_string())
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            let view = PasskeyView {
                id: row.parsed("id")?,
                name: row.text("name")?,
                created_at: row.at("created_at")?,
                last_used_at: row.at_or_null("last_used_at")?,
            };
            Ok((view, row.text("credential")?))
        })
        .collect()
}

/// A passkey of this person by its credential's id.
pub(super) async fn passkey(
    conn: &mut Conn,
    person: PersonId,
    credential_id: &str,
) -> Result<Option<(PasskeyId, String)>> {
    let row = sqlx::query("select id, credential from passkeys where person_id = $1 and credential_id = $2")
        .bind(person.to_string())
        .bind(credential_id)
        .fetch_optional(conn)
        .await?;
    row.map(|row| Ok((row.parsed("id")?, row.text("credential")?))).transpose()
}

pub(super) async fn used_passkey(
    conn: &mut Conn,
    id: PasskeyId,
    credential: &str,
    now: Timestamp,
) -> Result<()> {
    sqlx::query("update passkeys set credential = $1, last_used_at = $2 where id = $3")
        .bind(credential)
        .bind(now.0)
        .bind(id.to_string())
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn delete_passkey(conn: &mut Conn, person: PersonId, id: PasskeyId) -> Result<bool> {
    let deleted = sqlx::query("delete from passkeys where id = $1 and person_id = $2")
        .bind(id.to_string())
        .bind(person.to_string())
        .execute(conn)
        .await?;
    Ok(deleted.rows_affected() == 1)
}

pub(super) async fn insert_attempt(
    conn: &mut Conn,
    id: AttemptId,
    subject: &str,
    now: Timestamp,
) -> Result<()> {
    sqlx::query("insert into sign_in_attempts (id, subject, at) values ($1, $2, $3)")
        .bind(id.to_string())
        .bind(subject)
        .bind(now.0)
        .execute(conn)
        .await?;
    Ok(())
}

/// How often a subject was tried, not counting one try.
pub(super) async fn tries(
    conn: &mut Conn,
    subject: &str,
    but: AttemptId,
    day: Timestamp,
    quarter: Timestamp,
) -> Result<Tries> {
    let row = sqlx::query(
        "select count(*) as in_a_day, coalesce(sum(case when at > $3 then 1 else 0 end), 0) as in_a_quarter,
           coalesce(max(at), 0) as last
         from sign_in_attempts where subject = $1 and at > $2 and id <> $4",
    )
    .bind(subject)
    .bind(day.0)
    .bind(quarter.0)
    .bind(but.to_string())
    .fetch_one(conn)
    .await?;
    Ok(Tries {
        in_a_day: row.int("in_a_day")?,
        in_a_quarter: row.int("in_a_quarter")?,
        last: row.at("last")?,
    })
}

pub(super) async fn delete_attempt(conn: &mut Conn, id: AttemptId) -> Result<()> {
    sqlx::query("delete from sign_in_attempts where id = $1").bind(id.to_string()).execute(conn).await?;
    Ok(())
}

pub(super) async fn clear_attempts(conn: &mut Conn, subject: &str) -> Result<()> {
    sqlx::query("delete from sign_in_attempts where subject = $1").bind(subject).execute(conn).await?;
    Ok(())
}

/// Takes away tries, steps and sessions nobody needs any more.
pub(super) async fn sweep(
    conn: &mut Conn,
    tries_before: Timestamp,
    steps_before: Timestamp,
    sessions_before: Timestamp,
) -> Result<()> {
    for (sql, before) in [
        ("delete from sign_in_attempts where at < $1", tries_before),
        ("delete from ceremonies where expires_at < $1", steps_before),
        ("delete from sessions where expires_at < $1", sessions_before),
    ] {
        sqlx::query(sql).bind(before.0).execute(&mut *conn).await?;
    }
    Ok(())
}

/// The stored text of something as JSON could not be read or written.
pub(super) fn unreadable(what: &str) -> Error {
    Error::internal(format!("{what} cannot be read or written"))
}
