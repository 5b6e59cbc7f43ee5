//! The one-time invitation: a date of birth, then the patient's own consents, then a sign-in. Looking at it changes nothing.

use super::confirmation::{CLAIMED, Link, make, ready};
use super::{ConsentPage, keep_consents, open, seal, store};
use crate::cases::{self, SubStatus};
use crate::consents::{self, How, NewConsent};
use crate::ctx::Ctx;
use crate::enrollments::rules::{self, INVITATION_LIFE, INVITATION_TRIES, PROOF_LIFE, Step};
use crate::enrollments::types::Answers;
use crate::error::{Error, Flaw, Result};
use crate::event::Event;
use crate::ids::{CaseId, InvitationId};
use crate::people;
use crate::policy::Action;
use crate::programs::Program;
use crate::seal as keys;
use crate::time::Timestamp;
use std::sync::Arc;

/// What an invitation shows to this browser.
#[derive(Debug, Clone)]
pub enum Invited {
    /// Unknown, too old, used, or tried too often: the four look the same.
    Closed,
    /// It asks for the date of birth.
    Asking { program: Arc<Program> },
    /// The date was right: it asks for the consents.
    Answering { program: Arc<Program>, answers: Answers },
    /// All is answered, in this browser, a moment ago.
    Finished {
        program: Arc<Program>,
        number: String,
        /// The consents hold all the program needs.
        is_received: bool,
        first_response_due: Timestamp,
        may_create_account: bool,
        /// The address they gave, for the sign-in to begin with.
        email: Option<String>,
    },
}

/// What this browser may see of an invitation. `proof` is its cookie, if it has one.
pub async fn invitation(ctx: &Ctx, token: &str, proof: Option<&str>) -> Result<Invited> {
    ctx.require(Action::Enroll).await?;
    let mut conn = ctx.read().await?;
    let Some(row) = store::find_invitation(&mut conn, &keys::token_hash(token)).await? else {
        return Ok(Invited::Closed);
    };
    let program = ctx.portal.programs.get(row.program)?;
    let is_proved = is_proved(ctx, &row, proof);
    if row.used_at.is_some() {
        if !is_proved {
            return Ok(Invited::Closed);
        }
        let confirmed = store::confirmed(&mut conn, row.case).await?;
        let is_claimed = answers(ctx, &row)?.get(CLAIMED).is_some();
        let email = people::get(&mut conn, ctx.keys(), row.person).await?.email;
        return Ok(Invited::Finished {
            program,
            number: confirmed.number,
            is_received: confirmed.sub_status != SubStatus::ConsentPending,
            first_response_due: confirmed.first_response_due,
            may_create_account: !confirmed.has_account && !is_claimed,
            email,
        });
    }
    if row.expires_at <= ctx.now {
        return Ok(Invited::Closed);
    }
    if is_proved {
        return Ok(Invited::Answering { program, answers: answers(ctx, &row)? });
    }
    if row.tries >= INVITATION_TRIES { Ok(Invited::Closed) } else { Ok(Invited::Asking { program }) }
}

/// Staff make a new link for a patient whose case waits for their consents; older ones stop working. The token is shown
/// once: the database keeps its hash.
///
/// # Errors
/// `Conflict("not_waiting")` when the case does not wait for consent.
pub async fn invite_again(ctx: &Ctx, case: CaseId) -> Result<Link> {
    ctx.require(Action::AdvanceCase).await?;
    let mut tx = ctx.begin().await?;
    let line = cases::store::line(tx.conn(), case).await?.ok_or(Error::NotFound)?;
    let confirmed = store::confirmed(tx.conn(), case).await?;
    if confirmed.sub_status != SubStatus::ConsentPending {
        return Err(Error::Conflict("not_waiting"));
    }
    store::close_invitations(tx.conn(), case, ctx.now).await?;
    let (token, hash) = keys::token();
    let (id, until) = (InvitationId::new(), ctx.now.plus(INVITATION_LIFE));
    store::insert_invitation(tx.conn(), id, &hash, case, line.person, ctx.now, until).await?;
    tx.record(Event::InvitationMade { case, person: line.person, invitation: id });
    tx.commit().await?;
    Ok(Link { token, locale: confirmed.locale, expires_at: until, is_used: false })
}

/// Whether a case waits for its patient's consents, for the page that offers a new link.
pub async fn awaits_consent(ctx: &Ctx, case: CaseId) -> Result<Awaiting> {
    ctx.require(Action::AdvanceCase).await?;
    let mut conn = ctx.read().await?;
    let line = cases::store::line(&mut conn, case).await?.ok_or(Error::NotFound)?;
    let is_waiting = store::confirmed(&mut conn, case).await?.sub_status == SubStatus::ConsentPending;
    drop(conn);
    ctx.note_read("enrollments.awaits_consent", Some(line.person), Some(case), None).await?;
    Ok(Awaiting { number: line.number, program: ctx.portal.programs.get(line.program)?, is_waiting })
}

/// A case as the page that offers a new link shows it.
#[derive(Debug, Clone)]
pub struct Awaiting {
    pub number: String,
    pub program: Arc<Program>,
    pub is_waiting: bool,
}

/// Shows that one knows the patient's date of birth. Returns the token for this browser's cookie.
///
/// # Errors
/// `Invalid` at `birth_date`, with the tries that are left as its limit; `NotFound` when there are none.
pub async fn prove(ctx: &Ctx, token: &str, birth_date: &str) -> Result<String> {
    ctx.require(Action::Enroll).await?;
    let mut tx = ctx.begin().await?;
    let row = store::find_invitation(tx.conn(), &keys::token_hash(token)).await?.ok_or(Error::NotFound)?;
    let today = ctx.portal.programs.get(row.program)?.day(ctx.now)?;
    let day =
        rules::birth_date("birth_date", birth_date, today).map_err(|flaw| Error::Invalid(vec![flaw]))?;
    let taken =
        store::take_try(tx.conn(), row.id, INVITATION_TRIES, ctx.now).await?.ok_or(Error::NotFound)?;
    if people::find_by_birth(tx.conn(), ctx.keys(), day).await?.contains(&row.person) {
        let (proof, hash) = keys::token();
        store::save_proof(tx.conn(), row.id, &hash, ctx.now).await?;
        tx.note_read("invitations.prove", Some(row.person), Some(row.case));
        tx.commit().await?;
        return Ok(proof);
    }
    tx.commit().await?; // the try is spent
    let _: Result<()> = ctx.refuse("invitations.prove", Some(row.case), Some(row.id.to_string())).await;
    match INVITATION_TRIES - taken {
        0 => Err(Error::NotFound),
        left => Err(Error::Invalid(vec![Flaw::with_limit("birth_date", "no_match", left)])),
    }
}

/// Answers one page of consents and keeps it.
pub async fn answer_invitation(
    ctx: &Ctx,
    token: &str,
    proof: &str,
    purpose: &str,
    page: &ConsentPage,
) -> Result<()> {
    let row = proved(ctx, token, proof).await?;
    let program = ctx.portal.programs.get(row.program)?;
    let step = rules::consent_steps(&program).into_iter().find(|step| step.id() == purpose);
    let Some(Step::Consents(purpose, channels)) = step else { return Err(Error::NotFound) };
    let mut tx = ctx.begin().await?;
    let mut answers = answers(ctx, &row)?;
    keep_consents(ctx, &program, &mut answers, purpose, &channels, page)?;
    let sealed = seal(ctx, &place(row.id), &answers)?;
    store::save_invitation_answers(tx.conn(), row.id, sealed).await?;
    tx.commit().await
}

/// Sends the consents. The case is received if they hold all the program needs. Pressing twice changes nothing.
///
/// # Errors
/// `Invalid` naming the pages that are still open.
pub async fn finish_invitation(ctx: &Ctx, token: &str, proof: &str) -> Result<()> {
    let row = proved(ctx, token, proof).await?;
    if row.used_at.is_some() {
        return Ok(());
    }
    let program = ctx.portal.programs.get(row.program)?;
    let answers = answers(ctx, &row)?;
    let steps = rules::consent_steps(&program);
    let open: Vec<Flaw> = steps
        .iter()
        .filter(|step| !step.is_answered(&answers))
        .map(|step| Flaw::new(step.id(), "missing"))
        .collect();
    if !open.is_empty() {
        return Err(Error::Invalid(open));
    }
    let mut tx = ctx.begin().await?;
    if !store::use_invitation(tx.conn(), row.id, ctx.now).await? {
        return Ok(()); // the other tab was faster
    }
    let key = people::key(tx.conn(), ctx.keys(), row.person).await?;
    for (purpose, channel) in steps.iter().flat_map(|step| match step {
        Step::Consents(purpose, channels) => channels.iter().map(|channel| (*purpose, *channel)).collect(),
        Step::Question(_) => Vec::new(),
    }) {
        let Some(answer) = answers.consent(purpose, channel) else { continue };
        let expires_at = if answer.is_given { consents::expiry(&program, purpose, ctx.now)? } else { None };
        let new = NewConsent {
            case: row.case,
            person: row.person,
            purpose,
            channel,
            is_given: answer.is_given,
            wording: answer.wording.clone(),
            how: How::Invitation,
            signature: answer.signature.clone(),
            by: Some(row.person),
            expires_at,
        };
        consents::record(&mut tx, ctx, &key, &new).await?;
    }
    consents::settle(&mut tx, ctx, row.case, row.person).await?;
    tx.record(Event::CaseClaimed { case: row.case, person: row.person });
    tx.commit().await
}

/// Makes the sign-in of the patient who has just answered their consents; as [`super::claim_account`] in all else.
pub async fn claim_invited(ctx: &Ctx, token: &str, proof: &str, email: &str, password: &str) -> Result<()> {
    let row = proved(ctx, token, proof).await?;
    let mut left = answers(ctx, &row)?;
    if row.used_at.is_none() || left.get(CLAIMED).is_some() {
        return Err(Error::NotFound);
    }
    let secret = ready(email, password).await?;
    left.set(CLAIMED, "yes".to_owned());
    let sealed = seal(ctx, &place(row.id), &left)?;
    let mut tx = ctx.begin().await?;
    if !store::claim_invitation(tx.conn(), row.id, sealed).await? {
        return Err(Error::NotFound);
    }
    make(ctx, &mut tx, row.person, email, &secret).await?;
    tx.commit().await
}

/// Where an invitation's answers are sealed.
pub(super) fn place(id: InvitationId) -> String {
    format!("invitations.answers:{id}")
}

fn answers(ctx: &Ctx, row: &store::InvitationRow) -> Result<Answers> {
    row.answers_sealed
        .as_deref()
        .map_or_else(|| Ok(Answers::default()), |sealed| open(ctx, &place(row.id), sealed))
}

async fn proved(ctx: &Ctx, token: &str, proof: &str) -> Result<store::InvitationRow> {
    ctx.require(Action::Enroll).await?;
    let mut conn = ctx.read().await?;
    let row = store::find_invitation(&mut conn, &keys::token_hash(token)).await?.ok_or(Error::NotFound)?;
    let is_open = row.used_at.is_some() || ctx.now < row.expires_at;
    if is_open && is_proved(ctx, &row, Some(proof)) { Ok(row) } else { Err(Error::NotFound) }
}

/// This browser's cookie is the one that was given for the right date of birth, not long ago.
fn is_proved(ctx: &Ctx, row: &store::InvitationRow, proof: Option<&str>) -> bool {
    let fresh = row.proved_at.is_some_and(|at| ctx.now < at.plus(PROOF_LIFE));
    fresh && proof.is_some_and(|proof| row.proof_hash.as_deref() == Some(keys::token_hash(proof).as_str()))
}
