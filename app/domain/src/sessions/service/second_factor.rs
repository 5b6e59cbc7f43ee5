//! The code from an authenticator app, after the password.

use super::{acting, known_words, open, refused, totp_of};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::ids::SessionId;
use crate::seal;
use crate::sessions::rules::{self, WITH_SECOND_FACTOR};
use crate::sessions::store::{self, Account, Ceremony, Step};
use crate::sessions::types::{Door, Factors, Opened};
use crate::sessions::{passwords, throttle, totp};

/// Whether the password was made up by the portal, so that this step also asks for one of the person's own.
///
/// # Errors
/// `SignIn` when the step was used, took longer than ten minutes, or never was.
pub async fn must_choose_password(ctx: &Ctx, token: &str) -> Result<bool> {
    Ok(waiting(ctx, token).await?.1.password_once)
}

/// Opens a session with the code that belongs to the password shown before.
///
/// # Errors
/// `SignIn` as above; `Invalid` for the fields `code` and `new_password`; `Throttled` after several wrong codes.
pub async fn second_factor(
    ctx: &Ctx,
    token: &str,
    code: &str,
    new_password: Option<&str>,
    door: &Door<'_>,
) -> Result<Opened> {
    let (ceremony, account) = waiting(ctx, token).await?;
    if code.trim().is_empty() {
        return Err(Error::invalid("code", "code_missing"));
    }
    let new_password = new_password.unwrap_or_default();
    if account.password_once {
        check_new_password(ctx, &account, new_password).await?;
    }
    let admitted = throttle::person(ctx, "try.code", account.person).await?;
    let secret = totp_of(ctx, &account)?.ok_or(Error::SignIn)?;
    let step = rules::code(code).map_or(Ok(None), |code| totp::step(&secret, &code, ctx.now))?;
    let Some(step) = step.filter(|step| *step > account.totp_last_step) else {
        return wrong(ctx, &account).await;
    };
    let secret = match account.password_once {
        true => Some(passwords::hash(new_password).await?),
        false => None,
    };

    let session = SessionId::new();
    let own = acting(ctx, &account, session);
    let mut tx = own.begin().await?;
    if !store::use_step(tx.conn(), account.person, step).await? {
        drop(tx);
        return wrong(ctx, &account).await;
    }
    if !store::end_ceremony(tx.conn(), ceremony.id).await? {
        return Err(Error::SignIn);
    }
    if let Some(secret) = secret {
        store::set_password(tx.conn(), account.person, &secret.hash, secret.alone, ctx.now).await?;
    }
    admitted.succeeded(tx.conn()).await?;
    // the device mark speaks of the password as it is now
    let account = store::account_of(tx.conn(), account.person).await?.ok_or(Error::SignIn)?;
    let opened = open(&mut tx, &own, session, &ctx.actor, &account, Factors::PasswordAndCode, door).await?;
    tx.commit().await?;
    Ok(opened)
}

async fn waiting(ctx: &Ctx, token: &str) -> Result<(Ceremony, Account)> {
    let mut conn = ctx.read().await?;
    let ceremony = store::find_ceremony(&mut conn, Step::SecondFactor, &seal::token_hash(token), ctx.now)
        .await?
        .ok_or(Error::SignIn)?;
    let person = ceremony.person.ok_or(Error::SignIn)?;
    let account = store::account_of(&mut conn, person).await?.ok_or(Error::SignIn)?;
    Ok((ceremony, account))
}

async fn check_new_password(ctx: &Ctx, account: &Account, password: &str) -> Result<()> {
    let words = known_words(ctx, &mut *ctx.read().await?, account).await?;
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let flaws = rules::password_flaws("new_password", password, WITH_SECOND_FACTOR, &words);
    if flaws.is_empty() { Ok(()) } else { Err(Error::Invalid(flaws)) }
}

async fn wrong<T>(ctx: &Ctx, account: &Account) -> Result<T> {
    refused(ctx, "account.second_factor", Some(account.person), Error::invalid("code", "code_invalid")).await
}
