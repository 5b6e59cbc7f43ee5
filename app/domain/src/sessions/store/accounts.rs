//! The SQL of accounts.

use crate::db::{Columns, Conn};
use crate::error::Result;
use crate::ids::PersonId;
use crate::sessions::types::AccountKind;
use crate::time::Timestamp;
use sqlx::any::AnyRow;

/// An account as the verbs need it.
pub(in crate::sessions) struct Account {
    pub(in crate::sessions) person: PersonId,
    pub(in crate::sessions) kind: AccountKind,
    pub(in crate::sessions) email_sealed: Vec<u8>,
    pub(in crate::sessions) password_hash: Option<String>,
    pub(in crate::sessions) password_alone: bool,
    /// The password was made up by the portal: good for one sign-in, which asks for another.
    pub(in crate::sessions) password_once: bool,
    pub(in crate::sessions) password_set_at: Option<Timestamp>,
    pub(in crate::sessions) totp_sealed: Option<Vec<u8>>,
    pub(in crate::sessions) totp_since: Option<Timestamp>,
    pub(in crate::sessions) totp_last_step: i64,
    pub(in crate::sessions) passkey_user: String,
    pub(in crate::sessions) key_wrapped: Option<Vec<u8>>,
    pub(in crate::sessions) written_locale: String,
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

pub(in crate::sessions) async fn account_by_email(conn: &mut Conn, lookup: &str) -> Result<Option<Account>> {
    account_where(conn, "email_lookup", lookup).await
}

pub(in crate::sessions) async fn account_of(conn: &mut Conn, person: PersonId) -> Result<Option<Account>> {
    account_where(conn, "person_id", &person.to_string()).await
}

pub(in crate::sessions) async fn account_by_handle(conn: &mut Conn, handle: &str) -> Result<Option<Account>> {
    account_where(conn, "passkey_user", handle).await
}

/// A new account's columns.
pub(in crate::sessions) struct NewAccount<'a> {
    pub(in crate::sessions) person: PersonId,
    pub(in crate::sessions) kind: AccountKind,
    pub(in crate::sessions) email_lookup: &'a str,
    pub(in crate::sessions) email_sealed: Vec<u8>,
    pub(in crate::sessions) password_hash: Option<&'a str>,
    pub(in crate::sessions) password_alone: bool,
    pub(in crate::sessions) password_once: bool,
    pub(in crate::sessions) passkey_user: &'a str,
}

/// Whether it was taken: not when the person or the address has an account already.
pub(in crate::sessions) async fn insert_account(
    conn: &mut Conn,
    account: NewAccount<'_>,
    now: Timestamp,
) -> Result<bool> {
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

pub(in crate::sessions) async fn set_password(
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
pub(in crate::sessions) async fn set_totp(
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
pub(in crate::sessions) async fn use_step(conn: &mut Conn, person: PersonId, step: i64) -> Result<bool> {
    let used =
        sqlx::query("update accounts set totp_last_step = $1 where person_id = $2 and totp_last_step < $1")
            .bind(step)
            .bind(person.to_string())
            .execute(conn)
            .await?;
    Ok(used.rows_affected() == 1)
}
