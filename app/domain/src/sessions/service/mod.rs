//! The verbs of signing in, one file for each thing they are about, and the steps several of them share.

pub mod account; // an account and its methods
pub mod authenticate; // whose token is it: once a request
pub mod list; // sessions seen and ended
pub mod password; // a new password; a factor shown again
pub mod second_factor; // the code after the password
pub mod sign_in; // the password
pub mod staff; // accounts for staff
pub mod totp_setup; // an authenticator app, added and taken away

use super::marks;
use super::rules::{self, FRESH};
use super::store::{self, Account, NewSession};
use super::types::{AccountKind, Door, Factors, Opened, Renewed};
use crate::actor::Actor;
use crate::ctx::{Ctx, Tx};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::event::Event;
use crate::ids::{PersonId, SessionId};
use crate::people;
use crate::policy::Action;
use crate::seal::{self, DataKey};
use crate::trail::{Act, Entry};

/// The same context, with somebody acting who just showed who they are.
pub(super) fn acting(ctx: &Ctx, account: &Account, session: SessionId) -> Ctx {
    let id = account.person;
    let actor = match account.kind {
        AccountKind::Person => Actor::Person { id, session },
        AccountKind::Staff => Actor::Staff { id, session, roles: Vec::new() },
    };
    Ctx { actor, ..ctx.clone() }
}

/// Opens a session under a new token and ends the one the browser came with (AB-08).
pub(super) async fn open(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    session: SessionId,
    previous: &Actor,
    account: &Account,
    factors: Factors,
    door: &Door<'_>,
) -> Result<Opened> {
    if let (Some(person), Some(previous)) = (previous.person(), previous.session()) {
        store::end(tx.conn(), person, previous, ctx.now).await?;
    }
    let (token, token_hash) = seal::token();
    let (_, overall) = rules::limits(account.kind, door.shared);
    let new = NewSession {
        id: session,
        person: account.person,
        token_hash: &token_hash,
        factors,
        device: door.device,
        shared: door.shared,
        expires_at: ctx.now.plus(overall),
    };
    store::insert_session(tx.conn(), new, ctx.now).await?;
    tx.record(Event::SignedIn { person: account.person });
    let locale = account.written_locale.parse().unwrap_or_default();
    let mark = marks::add(ctx.keys(), door.mark, account);
    Ok(Opened { token, mark, kind: account.kind, locale })
}

/// The signed-in person's session goes on under a new token; a factor was shown.
pub(super) async fn renew(tx: &mut Tx<'_>, ctx: &Ctx, account: &Account, door: &Door<'_>) -> Result<Renewed> {
    let session = ctx.actor.session().ok_or(Error::SignIn)?;
    let (token, token_hash) = seal::token();
    if !store::renew(tx.conn(), session, &token_hash, ctx.now).await? {
        return Err(Error::SignIn);
    }
    Ok(Renewed { token, mark: marks::add(ctx.keys(), door.mark, account) })
}

/// The account of whoever is signed in.
pub(super) async fn own_account(ctx: &Ctx, conn: &mut Conn) -> Result<Account> {
    ctx.require(Action::ManageAccount).await?;
    store::account_of(conn, ctx.person()?).await?.ok_or(Error::NotFound)
}

/// Goes on only if a factor was shown in the last ten minutes (ASVS 7.5.1, AB-18).
///
/// # Errors
/// `Conflict("prove_again")`.
pub(super) async fn require_fresh(ctx: &Ctx, conn: &mut Conn) -> Result<()> {
    if is_fresh(ctx, conn).await? { Ok(()) } else { Err(Error::Conflict("prove_again")) }
}

pub(super) async fn is_fresh(ctx: &Ctx, conn: &mut Conn) -> Result<bool> {
    let session = ctx.actor.session().ok_or(Error::SignIn)?;
    let proved = store::proved_at(conn, session).await?.ok_or(Error::SignIn)?;
    Ok(ctx.now.since(proved) < FRESH)
}

/// The key of an account's person.
pub(super) fn key_of(ctx: &Ctx, account: &Account) -> Result<DataKey> {
    ctx.keys().person_key(account.person, account.key_wrapped.as_deref())
}

/// An account's e-mail address.
pub(super) fn email_of(ctx: &Ctx, account: &Account) -> Result<String> {
    key_of(ctx, account)?.open(&format!("accounts.email:{}", account.person), &account.email_sealed)
}

/// The secret of an account's authenticator app.
pub(super) fn totp_of(ctx: &Ctx, account: &Account) -> Result<Option<String>> {
    let place = format!("accounts.totp:{}", account.person);
    key_of(ctx, account)?.open_optional(&place, account.totp_sealed.as_deref())
}

/// What others know of a person and of this place: no password is made of it.
pub(super) async fn known_words(ctx: &Ctx, conn: &mut Conn, account: &Account) -> Result<Vec<String>> {
    let name = people::name(conn, ctx.keys(), account.person).await?;
    let mut words = vec![name, email_of(ctx, account)?, "handrail".to_owned()];
    for program in ctx.portal.programs.all().iter() {
        words.extend([program.name.clone(), program.medicine.clone()]);
    }
    Ok(words)
}

/// Notes a refused try on the audit trail and answers with the error. It takes as long whether the person is known or
/// not: one row either way (AB-05).
pub(super) async fn refused<T>(ctx: &Ctx, what: &str, person: Option<PersonId>, error: Error) -> Result<T> {
    let entry = Entry {
        at: ctx.now,
        actor: ctx.actor.to_string(),
        session: ctx.actor.session().map(|session| session.to_string()),
        act: Act::Refused,
        what: what.to_owned(),
        case: None,
        person: person.map(|person| person.to_string()),
        subject: None,
        request: ctx.request.clone(),
    };
    ctx.portal.trail.note(&ctx.portal.db, entry).await?;
    Err(error)
}
