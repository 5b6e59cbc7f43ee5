//! The password: the first step of signing in, and for a person with a long one the only one.

use super::{acting, open, refused};
use crate::ctx::Ctx;
use crate::error::{Error, Flaw, Result};
use crate::event::Event;
use crate::ids::{CeremonyId, SessionId};
use crate::people::canonical_email;
use crate::seal;
use crate::sessions::rules::STEP;
use crate::sessions::store::{self, Account, Ceremony, Step};
use crate::sessions::throttle::Admitted;
use crate::sessions::types::{AccountKind, Door, Factors, SignedIn};
use crate::sessions::{passwords, throttle};
use crate::time::DAY;

/// A made-up password is good for so long.
const ONCE: i64 = 7 * DAY;

/// Tries an address and a password.
///
/// # Errors
/// `Invalid` with the form's flaw `credentials`, in the same words and time whatever was wrong (AB-05);
/// `Throttled` when there were too many tries (AB-06).
pub async fn sign_in(ctx: &Ctx, email: &str, password: &str, door: &Door<'_>) -> Result<SignedIn> {
    require_both(email, password)?;
    let lookup = ctx.keys().lookup("email", &canonical_email(email).unwrap_or_else(|| email.to_lowercase()));
    let account = store::account_by_email(&mut *ctx.read().await?, &lookup).await?;
    let admitted = throttle::password(ctx, &lookup, account.as_ref(), door).await?;
    let hash = account.as_ref().and_then(|account| account.password_hash.as_deref());
    let fits = passwords::verify(password, hash).await?;
    match account {
        Some(account) if fits && may_go_on(ctx, &account) => go_on(ctx, &account, &admitted, door).await,
        account => {
            let person = account.map(|account| account.person);
            refused(ctx, "account.sign_in", person, Error::invalid("", "credentials")).await
        }
    }
}

fn require_both(email: &str, password: &str) -> Result<()> {
    let mut flaws = Vec::new();
    if email.trim().is_empty() {
        flaws.push(Flaw::new("email", "email_missing"));
    }
    if password.is_empty() {
        flaws.push(Flaw::new("password", "password_missing"));
    }
    if flaws.is_empty() { Ok(()) } else { Err(Error::Invalid(flaws)) }
}

/// Staff need a second factor to follow, persons a long password or one; a made-up password has its day; an erased
/// person is nobody.
fn may_go_on(ctx: &Ctx, account: &Account) -> bool {
    if account.key_wrapped.is_none() {
        return false;
    }
    let has_code = account.totp_since.is_some();
    let is_stale =
        account.password_once && account.password_set_at.is_none_or(|set_at| ctx.now.since(set_at) > ONCE);
    !is_stale && (has_code || (account.kind == AccountKind::Person && account.password_alone))
}

async fn go_on(ctx: &Ctx, account: &Account, admitted: &Admitted, door: &Door<'_>) -> Result<SignedIn> {
    if account.totp_since.is_some() {
        return wait_for_code(ctx, account, admitted).await;
    }
    let session = SessionId::new();
    let own = acting(ctx, account, session);
    let mut tx = own.begin().await?;
    admitted.succeeded(tx.conn()).await?;
    let opened = open(&mut tx, &own, session, &ctx.actor, account, Factors::Password, door).await?;
    tx.commit().await?;
    Ok(SignedIn::Session(opened))
}

async fn wait_for_code(ctx: &Ctx, account: &Account, admitted: &Admitted) -> Result<SignedIn> {
    let (token, token_hash) = seal::token();
    let id = CeremonyId::new();
    let state_sealed = ctx.keys().common().seal(&format!("ceremonies.state:{id}"), "{}")?;
    let ceremony = Ceremony { id, person: Some(account.person), state_sealed };
    let mut tx = ctx.begin().await?;
    admitted.succeeded(tx.conn()).await?;
    let expires = ctx.now.plus(STEP);
    store::insert_ceremony(tx.conn(), &ceremony, Step::SecondFactor, &token_hash, ctx.now, expires).await?;
    tx.record(Event::PasswordShown { person: account.person });
    tx.commit().await?;
    Ok(SignedIn::SecondFactor { token })
}
