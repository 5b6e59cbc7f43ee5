//! The verbs of enrollments.

mod confirmation;
mod draft;
mod invitation;
mod submit;

pub use confirmation::{Done, Link, claim_account, done};
pub use draft::{Answered, Draft, answer, answer_consents, clear_expired, discard, draft, start};
pub use invitation::{
    Awaiting, Invited, answer_invitation, awaits_consent, claim_invited, finish_invitation, invitation,
    invite_again, prove,
};
pub use submit::{Submitted, submit};

use super::rules::ConsentForm;
use super::types::{Answers, ConsentAnswer};
use super::{rules, store};
use crate::consents::{self, Channel, Purpose};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::programs::Program;

/// A page of consents as a person sent it: their answers, and the edition of each wording they had before them.
#[derive(Debug, Clone, Default)]
pub struct ConsentPage {
    pub form: ConsentForm,
    pub editions: Vec<(Channel, i64)>,
}

/// Keeps the answers of one page of consents, each with the words it was given to.
///
/// # Errors
/// `Conflict("wording_changed")` when a wording has a newer edition than the one they read; `Invalid` as the rules say.
fn keep_consents(
    ctx: &Ctx,
    program: &Program,
    answers: &mut Answers,
    purpose: Purpose,
    channels: &[Channel],
    page: &ConsentPage,
) -> Result<()> {
    let read = rules::read_consents(purpose, channels, &page.form).map_err(Error::Invalid)?;
    for (channel, is_given, signature) in read {
        let wording = consents::wording(ctx, program, purpose, channel)
            .ok_or_else(|| Error::internal("a consent that is asked for has no wording"))?;
        if !page.editions.contains(&(channel, wording.edition)) {
            return Err(Error::Conflict("wording_changed"));
        }
        answers.set_consent(purpose, channel, ConsentAnswer { is_given, wording, signature, at: ctx.now });
    }
    Ok(())
}

fn seal(ctx: &Ctx, place: &str, answers: &Answers) -> Result<Vec<u8>> {
    let json = serde_json::to_string(answers)
        .map_err(|error| Error::internal(format!("answers as JSON: line {}", error.line())))?;
    ctx.keys().common().seal(place, &json)
}

fn open(ctx: &Ctx, place: &str, sealed: &[u8]) -> Result<Answers> {
    let json = ctx.keys().common().open(place, sealed)?;
    serde_json::from_str(&json).map_err(|_| Error::internal("sealed answers are not JSON"))
}
