//! An authenticator app, added with a first code and taken away again.

use super::{email_of, key_of, own_account, require_fresh};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::event::Event;
use crate::ids::CeremonyId;
use crate::seal;
use crate::sessions::rules::{self, STEP};
use crate::sessions::store::{self, Account, Ceremony, Step};
use crate::sessions::types::TotpSetup;
use crate::sessions::{throttle, totp};

/// Makes a secret that waits ten minutes for its first code.
///
/// # Errors
/// `Conflict("prove_again")` when no factor was shown lately.
pub async fn begin_totp(ctx: &Ctx, issuer: &str) -> Result<TotpSetup> {
    let mut conn = ctx.read().await?;
    let account = own_account(ctx, &mut conn).await?;
    require_fresh(ctx, &mut conn).await?;
    drop(conn);
    let (token, token_hash) = seal::token();
    let (id, secret) = (CeremonyId::new(), totp::new_secret());
    let state_sealed = ctx.keys().common().seal(&format!("ceremonies.state:{id}"), &secret)?;
    let ceremony = Ceremony { id, person: Some(account.person), state_sealed };
    let mut tx = ctx.begin().await?;
    let expires = ctx.now.plus(STEP);
    store::insert_ceremony(tx.conn(), &ceremony, Step::TotpSetup, &token_hash, ctx.now, expires).await?;
    tx.commit().await?;
    let url = totp::url(&secret, issuer, &email_of(ctx, &account)?)?;
    Ok(TotpSetup { token, secret, url })
}

/// The setup that waits, to be shown again.
///
/// # Errors
/// `NotFound` when there is none, or it is somebody else's.
pub async fn pending_totp(ctx: &Ctx, issuer: &str, token: &str) -> Result<TotpSetup> {
    let (_, account, secret) = pending(ctx, token).await?;
    let url = totp::url(&secret, issuer, &email_of(ctx, &account)?)?;
    Ok(TotpSetup { token: token.to_owned(), secret, url })
}

/// Turns the app on with its first code.
///
/// # Errors
/// `NotFound` as above; `Invalid` for the field `code`.
pub async fn confirm_totp(ctx: &Ctx, token: &str, code: &str) -> Result<()> {
    let (ceremony, account, secret) = pending(ctx, token).await?;
    if code.trim().is_empty() {
        return Err(Error::invalid("code", "code_missing"));
    }
    let admitted = throttle::person(ctx, "try.setup", account.person).await?;
    let step = rules::code(code).map_or(Ok(None), |code| totp::step(&secret, &code, ctx.now))?;
    let step = step.ok_or_else(|| Error::invalid("code", "code_invalid"))?;
    let sealed = key_of(ctx, &account)?.seal(&format!("accounts.totp:{}", account.person), &secret)?;
    let mut tx = ctx.begin().await?;
    if !store::end_ceremony(tx.conn(), ceremony.id).await? {
        return Err(Error::NotFound);
    }
    admitted.succeeded(tx.conn()).await?;
    store::set_totp(tx.conn(), account.person, Some(sealed), step, ctx.now).await?;
    tx.record(Event::SignInMethodAdded { person: account.person, method: "totp".into() });
    tx.commit().await
}

async fn pending(ctx: &Ctx, token: &str) -> Result<(Ceremony, Account, String)> {
    let mut conn = ctx.read().await?;
    let account = own_account(ctx, &mut conn).await?;
    let ceremony = store::find_ceremony(&mut conn, Step::TotpSetup, &seal::token_hash(token), ctx.now)
        .await?
        .filter(|ceremony| ceremony.person == Some(account.person))
        .ok_or(Error::NotFound)?;
    let place = format!("ceremonies.state:{}", ceremony.id);
    let secret = ctx.keys().common().open(&place, &ceremony.state_sealed)?;
    Ok((ceremony, account, secret))
}

/// Turns the app off, where another way to sign in is left.
///
/// # Errors
/// `Conflict("prove_again")`; `Invalid` with the form's flaw `last_method`.
pub async fn remove_totp(ctx: &Ctx) -> Result<()> {
    let mut conn = ctx.read().await?;
    let account = own_account(ctx, &mut conn).await?;
    require_fresh(ctx, &mut conn).await?;
    let passkeys = store::passkeys(&mut conn, account.person).await?.len();
    drop(conn);
    if !rules::is_enough(
        account.kind,
        account.password_hash.is_some(),
        account.password_alone,
        false,
        passkeys,
    ) {
        return Err(Error::invalid("", "last_method"));
    }
    let mut tx = ctx.begin().await?;
    store::set_totp(tx.conn(), account.person, None, 0, ctx.now).await?;
    tx.record(Event::SignInMethodRemoved { person: account.person, method: "totp".into() });
    tx.commit().await
}
