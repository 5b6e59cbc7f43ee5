//! The SQL of passkeys, and of the steps of signing in that wait for their second half.

use crate::db::{Columns, Conn};
use crate::error::Result;
use crate::ids::{CeremonyId, PasskeyId, PersonId};
use crate::sessions::types::PasskeyView;
use crate::time::Timestamp;

/// The kinds of steps that wait for their second half.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sessions) enum Step {
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
pub(in crate::sessions) struct Ceremony {
    pub(in crate::sessions) id: CeremonyId,
    pub(in crate::sessions) person: Option<PersonId>,
    pub(in crate::sessions) state_sealed: Vec<u8>,
}

pub(in crate::sessions) async fn insert_ceremony(
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

pub(in crate::sessions) async fn find_ceremony(
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
pub(in crate::sessions) async fn end_ceremony(conn: &mut Conn, id: CeremonyId) -> Result<bool> {
    let ended =
        sqlx::query("delete from ceremonies where id = $1").bind(id.to_string()).execute(conn).await?;
    Ok(ended.rows_affected() == 1)
}

/// Takes away every step of a person that waits.
pub(in crate::sessions) async fn end_ceremonies(conn: &mut Conn, person: PersonId) -> Result<()> {
    sqlx::query("delete from ceremonies where person_id = $1").bind(person.to_string()).execute(conn).await?;
    Ok(())
}

pub(in crate::sessions) async fn insert_passkey(
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
pub(in crate::sessions) async fn passkeys(
    conn: &mut Conn,
    person: PersonId,
) -> Result<Vec<(PasskeyView, String)>> {
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
pub(in crate::sessions) async fn passkey(
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

pub(in crate::sessions) async fn used_passkey(
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

pub(in crate::sessions) async fn delete_passkey(
    conn: &mut Conn,
    person: PersonId,
    id: PasskeyId,
) -> Result<bool> {
    let deleted = sqlx::query("delete from passkeys where id = $1 and person_id = $2")
        .bind(id.to_string())
        .bind(person.to_string())
        .execute(conn)
        .await?;
    Ok(deleted.rows_affected() == 1)
}
