//! After the submit: the number, what happens next, the patient's link, and a sign-in made once.

use super::draft::{place, read};
use super::submit::link;
use super::{seal, store};
use crate::cases::SubStatus;
use crate::ctx::{Ctx, Tx};
use crate::enrollments::rules::CLAIM_LIFE;
use crate::error::{Error, Result};
use crate::ids::{CaseId, PersonId};
use crate::locale::Locale;
use crate::people;
use crate::policy::Action;
use crate::programs::Program;
use crate::seal as keys;
use crate::sessions::{self, AccountKind, Secret};
use crate::time::Timestamp;

/// Kept with what is left of a form once a sign-in was made from it.
pub(super) const CLAIMED: &str = "claimed";

/// What the confirmation shows.
#[derive(Debug, Clone)]
pub struct Done {
    pub case: CaseId,
    pub number: String,
    pub sub_status: SubStatus,
    pub opened_at: Timestamp,
    pub first_response_due: Timestamp,
    /// Somebody else filled it in.
    pub is_by_other: bool,
    /// For whoever filled it in for the patient.
    pub invitation: Option<Link>,
    /// A sign-in can be made here, now.
    pub may_create_account: bool,
    /// The address they gave, for the sign-in to begin with.
    pub email: Option<String>,
    /// There is one, or somebody tried.
    pub has_account: bool,
}

/// The patient's one-time link.
#[derive(Debug, Clone)]
pub struct Link {
    pub token: String,
    /// The language the patient reads.
    pub locale: Locale,
    pub expires_at: Timestamp,
    pub is_used: bool,
}

/// The confirmation of this browser's form; none while it is not sent.
pub async fn done(ctx: &Ctx, program: &Program, token: &str) -> Result<Option<Done>> {
    ctx.require(Action::Enroll).await?;
    let mut conn = ctx.read().await?;
    let row = store::find_draft(&mut conn, &keys::token_hash(token), program.id, ctx.now).await?;
    let Some(row) = row else { return Ok(None) };
    let Some(case) = row.case else { return Ok(None) };
    let answers = read(ctx, &row)?.answers;
    let (is_by_other, is_claimed) = (answers.is_by_other(), answers.get(CLAIMED).is_some());
    let confirmed = store::confirmed(&mut conn, case).await?;
    let invitation = match row.invitation {
        Some(id) => store::invitation_times(&mut conn, id).await?.map(|(expires_at, used_at)| Link {
            token: link(ctx, token, id),
            locale: confirmed.locale,
            expires_at,
            is_used: used_at.is_some(),
        }),
        None => None,
    };
    let may_create_account = !is_by_other
        && !confirmed.has_account
        && !is_claimed
        && ctx.actor.person().is_none()
        && row.submitted_at.is_some_and(|at| ctx.now < at.plus(CLAIM_LIFE));
    let email = match may_create_account {
        true => people::get(&mut conn, ctx.keys(), confirmed.person).await?.email,
        false => None,
    };
    drop(conn);
    ctx.note_read("enrollments.done", Some(confirmed.person), Some(case), None).await?;
    Ok(Some(Done {
        case,
        number: confirmed.number,
        sub_status: confirmed.sub_status,
        opened_at: confirmed.opened_at,
        first_response_due: confirmed.first_response_due,
        is_by_other,
        invitation,
        may_create_account,
        email,
        has_account: confirmed.has_account || is_claimed,
    }))
}

/// Makes the sign-in of the patient who has just sent the form themselves. It works once, and answers alike whether or
/// not the address has a sign-in already (AB-05): either way the sign-in page comes next.
///
/// # Errors
/// `NotFound` for anybody else, too late or a second time; `Invalid` at `email` or `password`.
pub async fn claim_account(
    ctx: &Ctx,
    program: &Program,
    token: &str,
    email: &str,
    password: &str,
) -> Result<()> {
    let case = done(ctx, program, token).await?.filter(|done| done.may_create_account);
    let case = case.ok_or(Error::NotFound)?.case;
    let secret = ready(email, password).await?;
    let mut tx = ctx.begin().await?;
    let row = store::lock_draft(tx.conn(), &keys::token_hash(token), program.id, ctx.now).await?;
    let row = row.ok_or(Error::NotFound)?;
    let mut draft = read(ctx, &row)?;
    if draft.answers.get(CLAIMED).is_some() {
        return Err(Error::NotFound);
    }
    draft.answers.set(CLAIMED, "yes".to_owned());
    let sealed = seal(ctx, &place(row.id), &draft.answers)?;
    store::save_draft(tx.conn(), row.id, ctx.locale, sealed, ctx.now, row.expires_at).await?;
    let person = store::confirmed(tx.conn(), case).await?.person;
    make(ctx, &mut tx, person, email, &secret).await?;
    tx.commit().await
}

/// The address and the password, checked and hashed.
pub(super) async fn ready(email: &str, password: &str) -> Result<Secret> {
    let mut flaws = people::email_flaws("email", email);
    match sessions::prepare("password", password, sessions::rules::ALONE, &[email]).await {
        Ok(secret) if flaws.is_empty() => return Ok(secret),
        Ok(_) => {}
        Err(Error::Invalid(more)) => flaws.extend(more),
        Err(other) => return Err(other),
    }
    Err(Error::Invalid(flaws))
}

/// Makes the account; an address that has one already keeps the one it has, and nobody is told.
pub(super) async fn make(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    person: PersonId,
    email: &str,
    secret: &Secret,
) -> Result<()> {
    match sessions::create_account(ctx, tx, person, AccountKind::Person, email, Some(secret)).await {
        Err(Error::Conflict(_)) => Ok(()),
        other => other,
    }
}
