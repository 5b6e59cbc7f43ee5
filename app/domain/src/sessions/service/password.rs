//! A factor shown again by somebody who is signed in, and a new password.

use super::{known_words, own_account, refused, renew, require_fresh, totp_of};
use crate::ctx::{Ctx, Tx};
use crate::error::{Error, Flaw, Result};
use crate::event::Event;
use crate::ids::PersonId;
use crate::sessions::rules::{self, ALONE, WITH_SECOND_FACTOR};
use crate::sessions::store::{self, Account};
use crate::sessions::types::{Door, Renewed};
use crate::sessions::{passwords, throttle, totp};

/// Shows the password again, and the code where there is one. For ten minutes the ways of signing in may be changed.
///
/// # Errors
/// `Invalid` for the fields `password` and `code`; `Throttled` after several wrong tries.
pub async fn prove(ctx: &Ctx, password: &str, code: &str, door: &Door<'_>) -> Result<Renewed> {
    let account = own_account(ctx, &mut *ctx.read().await?).await?;
    let has_code = account.totp_since.is_some();
    let mut flaws = Vec::new();
    if password.is_empty() {
        flaws.push(Flaw::new("password", "password_missing"));
    }
    if has_code && code.trim().is_empty() {
        flaws.push(Flaw::new("code", "code_missing"));
    }
    if !flaws.is_empty() {
        return Err(Error::Invalid(flaws));
    }
    let admitted = throttle::person(ctx, "try.proof", account.person).await?;
    if !passwords::verify(password, account.password_hash.as_deref()).await? {
        return wrong(ctx, &account, "password", "password_wrong").await;
    }
    let step = match has_code {
        true => fitting_step(ctx, &account, code)?,
        false => None,
    };
    if has_code && step.is_none() {
        return wrong(ctx, &account, "code", "code_invalid").await;
    }
    let mut tx = ctx.begin().await?;
    if let Some(step) = step
        && !store::use_step(tx.conn(), account.person, step).await?
    {
        drop(tx);
        return wrong(ctx, &account, "code", "code_invalid").await;
    }
    admitted.succeeded(tx.conn()).await?;
    let renewed = renew(&mut tx, ctx, &account, door).await?;
    tx.record(Event::FactorShown { person: account.person });
    tx.commit().await?;
    Ok(renewed)
}

/// Both factors, shown again a moment ago by whoever is signed in: what a signature needs (21 CFR 11.200).
pub struct Proof {
    person: PersonId,
    step: i64,
}

impl std::fmt::Debug for Proof {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Proof").field("person", &self.person).finish_non_exhaustive()
    }
}

impl Proof {
    /// Uses the code up in the transaction of what it is shown for, so that it can stand behind one signature only.
    pub async fn use_up(self, tx: &mut Tx<'_>) -> Result<()> {
        if tx.ctx().person()? != self.person {
            return Err(Error::SignIn);
        }
        if !store::use_step(tx.conn(), self.person, self.step).await? {
            return Err(Error::invalid("code", "code_invalid"));
        }
        tx.record(Event::FactorShown { person: self.person });
        Ok(())
    }
}

/// Shows password and code again, for a signature.
///
/// # Errors
/// As [`prove`]; `Invalid` at `code` for an account without an authenticator app.
pub async fn show_again(ctx: &Ctx, password: &str, code: &str) -> Result<Proof> {
    let account = own_account(ctx, &mut *ctx.read().await?).await?;
    let mut flaws = Vec::new();
    if password.is_empty() {
        flaws.push(Flaw::new("password", "password_missing"));
    }
    if code.trim().is_empty() {
        flaws.push(Flaw::new("code", "code_missing"));
    }
    if !flaws.is_empty() {
        return Err(Error::Invalid(flaws));
    }
    let admitted = throttle::person(ctx, "try.proof", account.person).await?;
    if !passwords::verify(password, account.password_hash.as_deref()).await? {
        return wrong(ctx, &account, "password", "password_wrong").await;
    }
    let Some(step) = fitting_step(ctx, &account, code)? else {
        return wrong(ctx, &account, "code", "code_invalid").await;
    };
    // what they sign may have changed meanwhile: showing who they are was no wrong try
    let mut tx = ctx.begin().await?;
    admitted.succeeded(tx.conn()).await?;
    tx.commit().await?;
    Ok(Proof { person: account.person, step })
}

fn fitting_step(ctx: &Ctx, account: &Account, code: &str) -> Result<Option<i64>> {
    let Some(secret) = totp_of(ctx, account)? else { return Ok(None) };
    let step = rules::code(code).map_or(Ok(None), |code| totp::step(&secret, &code, ctx.now))?;
    Ok(step.filter(|step| *step > account.totp_last_step))
}

async fn wrong<T>(ctx: &Ctx, account: &Account, field: &str, code: &'static str) -> Result<T> {
    refused(ctx, "account.prove", Some(account.person), Error::invalid(field, code)).await
}

/// Sets a new password and ends every other session (ASVS 7.4.3). Eight characters do beside an authenticator app.
///
/// # Errors
/// `Conflict("prove_again")` when no factor was shown lately; `Invalid` for the field `new_password`.
pub async fn change_password(ctx: &Ctx, new_password: &str, door: &Door<'_>) -> Result<Renewed> {
    let mut conn = ctx.read().await?;
    let account = own_account(ctx, &mut conn).await?;
    require_fresh(ctx, &mut conn).await?;
    let words = known_words(ctx, &mut conn, &account).await?;
    drop(conn);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let shortest = if account.totp_since.is_some() { WITH_SECOND_FACTOR } else { ALONE };
    let flaws = rules::password_flaws("new_password", new_password, shortest, &words);
    if !flaws.is_empty() {
        return Err(Error::Invalid(flaws));
    }
    let secret = passwords::hash(new_password).await?;
    let mut tx = ctx.begin().await?;
    store::set_password(tx.conn(), account.person, &secret.hash, secret.alone, ctx.now).await?;
    store::end_ceremonies(tx.conn(), account.person).await?;
    for session in store::end_others(tx.conn(), account.person, ctx.actor.session(), ctx.now).await? {
        tx.record(Event::SessionRevoked { person: account.person, session });
    }
    let account = store::account_of(tx.conn(), account.person).await?.ok_or(Error::NotFound)?;
    let renewed = renew(&mut tx, ctx, &account, door).await?;
    tx.record(Event::SignInMethodAdded { person: account.person, method: "password".into() });
    tx.commit().await?;
    Ok(renewed)
}
