//! An account, and the ways its person can sign in.

use super::{email_of, is_fresh, own_account};
use crate::ctx::{Ctx, Tx};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::event::Event;
use crate::ids::PersonId;
use crate::people::{self, canonical_email};
use crate::seal::Keys;
use crate::sessions::passwords::Secret;
use crate::sessions::store::{self, NewAccount};
use crate::sessions::types::{AccountKind, Methods};

/// Gives a person an account, inside the caller's transaction. The password was made ready before it began, with
/// [`crate::sessions::prepare`].
///
/// # Errors
/// `Invalid` when the address is none; `Conflict("account_exists")` when the person or the address has an account.
/// Whoever meets that conflict on behalf of a visitor must not show it (AB-05).
pub async fn create_account(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    person: PersonId,
    kind: AccountKind,
    email: &str,
    password: Option<&Secret>,
) -> Result<()> {
    insert(ctx, tx, person, kind, email, password, false).await
}

pub(super) async fn insert(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    person: PersonId,
    kind: AccountKind,
    email: &str,
    password: Option<&Secret>,
    once: bool,
) -> Result<()> {
    let canonical = canonical_email(email).ok_or_else(|| Error::invalid("email", "email_invalid"))?;
    let key = people::key(tx.conn(), ctx.keys(), person).await?;
    let mut handle = [0_u8; 16];
    rand::fill(&mut handle);
    let account = NewAccount {
        person,
        kind,
        email_lookup: &ctx.keys().lookup("email", &canonical),
        email_sealed: key.seal(&format!("accounts.email:{person}"), &canonical)?,
        password_hash: password.map(|secret| secret.hash.as_str()),
        password_alone: password.is_some_and(|secret| secret.alone),
        password_once: once,
        passkey_user: &uuid::Builder::from_random_bytes(handle).into_uuid().to_string(),
    };
    if !store::insert_account(tx.conn(), account, ctx.now).await? {
        return Err(Error::Conflict("account_exists"));
    }
    tx.record(Event::AccountCreated { person });
    Ok(())
}

/// Whose account has this address, if any has. Not for pages of visitors (AB-05).
pub async fn has_account(conn: &mut Conn, keys: &Keys, email: &str) -> Result<Option<PersonId>> {
    let Some(email) = canonical_email(email) else { return Ok(None) };
    Ok(store::account_by_email(conn, &keys.lookup("email", &email)).await?.map(|account| account.person))
}

/// How the signed-in person can sign in.
pub async fn methods(ctx: &Ctx) -> Result<Methods> {
    let mut conn = ctx.read().await?;
    let account = own_account(ctx, &mut conn).await?;
    let passkeys = store::passkeys(&mut conn, account.person).await?;
    Ok(Methods {
        kind: account.kind,
        email: email_of(ctx, &account)?,
        password_set_at: account.password_hash.as_ref().and(account.password_set_at),
        password_alone: account.password_alone,
        totp_since: account.totp_since,
        passkeys: passkeys.into_iter().map(|(view, _)| view).collect(),
        fresh: is_fresh(ctx, &mut conn).await?,
    })
}
