//! The submit: one case from one draft, in one transaction, however often it is pressed (ON-2, ON-13, ON-14).

use super::draft::{place, read};
use super::{seal, store};
use crate::cases::{self, Filler, NewCase, SubStatus};
use crate::consents::{self, Channel, How, NewConsent, Purpose};
use crate::ctx::{Ctx, Tx};
use crate::enrollments::rules::{self, INVITATION_LIFE, Step};
use crate::enrollments::types::Answers;
use crate::error::{Error, Flaw, Result};
use crate::event::Event;
use crate::ids::{CaseId, InvitationId, PersonId};
use crate::people::{self, NewPerson};
use crate::policy::Action;
use crate::programs::Program;
use crate::safety::{self, Reporter, Source};
use crate::seal as keys;
use crate::seal::DataKey;
use std::collections::BTreeMap;

/// A form that became a case, now or before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Submitted {
    pub case: CaseId,
    /// False for the second click, the second tab, the replay.
    pub is_new: bool,
}

/// Sends a form. `version` is the one its owner looked over.
///
/// # Errors
/// `NotFound` when the form is gone, `Conflict("draft_changed")` when another tab answered meanwhile, `Invalid` naming
/// the questions that are still open.
pub async fn submit(ctx: &Ctx, program: &Program, token: &str, version: i64) -> Result<Submitted> {
    ctx.require(Action::Enroll).await?;
    let mut tx = ctx.begin().await?;
    let row = store::lock_draft(tx.conn(), &keys::token_hash(token), program.id, ctx.now).await?;
    let draft = read(ctx, &row.ok_or(Error::NotFound)?)?;
    if let Some(case) = draft.case {
        return Ok(Submitted { case, is_new: false });
    }
    if draft.version != version {
        return Err(Error::Conflict("draft_changed"));
    }
    let answers = &draft.answers;
    is_complete(program, answers, ctx)?;

    let (person, key) = patient(ctx, &mut tx, answers).await?;
    let case = open_case(ctx, &mut tx, program, answers, person, &key).await?;
    // what the form said about safety now has a patient
    let reporter = if answers.is_by_other() { Reporter::Visitor } else { Reporter::Patient };
    let draft_id = draft.id.to_string();
    safety::identify(&mut tx, ctx, Source::Enrollment, &draft_id, reporter, (person, case)).await?;
    let mut invitation = None;
    if answers.is_by_other() {
        helper(ctx, &mut tx, answers, case).await?;
        invitation = Some(invite(ctx, &mut tx, token, case, person).await?);
    } else {
        for step in rules::consent_steps(program) {
            let Step::Consents(purpose, channels) = step else { continue };
            for channel in channels {
                give(ctx, &mut tx, program, answers, (purpose, channel), case, person, &key).await?;
            }
        }
    }
    // what the confirmation needs to know; the rest is kept with the case now
    let mut left = Answers::default();
    left.set("filler", answers.get("filler").unwrap_or_default().to_owned());
    let sealed = seal(ctx, &place(draft.id), &left)?;
    let until = ctx.now.plus(INVITATION_LIFE);
    store::close_draft(tx.conn(), draft.id, case, invitation, sealed, ctx.now, until).await?;
    tx.commit().await?;
    Ok(Submitted { case, is_new: true })
}

fn is_complete(program: &Program, answers: &Answers, ctx: &Ctx) -> Result<()> {
    let missing = rules::missing(program, answers, program.day(ctx.now)?);
    if missing.is_empty() {
        return Ok(());
    }
    Err(Error::Invalid(missing.iter().map(|step| Flaw::new(step.id(), "missing")).collect()))
}

/// The patient: the signed-in person who fills it in for themselves, or a new one.
async fn patient(ctx: &Ctx, tx: &mut Tx<'_>, answers: &Answers) -> Result<(PersonId, DataKey)> {
    if let (Some(person), false) = (ctx.actor.person(), answers.is_by_other()) {
        return Ok((person, people::key(tx.conn(), ctx.keys(), person).await?));
    }
    let text = |question: &str| answers.get(question).map(str::to_owned);
    let new = NewPerson {
        id: None,
        name: text("name").unwrap_or_default(),
        birth: answers.get("birth_date").and_then(|day| day.parse().ok()),
        email: text("email"),
        phone: text("phone"),
        address: text("address"),
        written: written(ctx, answers),
        spoken: text("spoken_language"),
        interpreter: answers.get("interpreter") == Some("yes"),
        best_time: answers.get("best_time").and_then(|time| time.parse().ok()).unwrap_or_default(),
        staff_name: None,
    };
    let person = people::insert(tx.conn(), ctx.keys(), &new, ctx.now).await?;
    let key = people::key(tx.conn(), ctx.keys(), person).await?;
    Ok((person, key))
}

/// The language the patient reads.
fn written(ctx: &Ctx, answers: &Answers) -> crate::locale::Locale {
    answers.get("written_language").and_then(|tag| tag.parse().ok()).unwrap_or(ctx.locale)
}

async fn open_case(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    program: &Program,
    answers: &Answers,
    person: PersonId,
    key: &DataKey,
) -> Result<CaseId> {
    let by_other = answers.is_by_other();
    let agreed = |purpose| {
        !by_other && answers.consent(purpose, Channel::Portal).is_some_and(|answer| answer.is_given)
    };
    let (services, authorization) = (agreed(Purpose::ProgramServices), agreed(Purpose::HealthAuthorization));
    let has = |question: &str| answers.get(question).is_some();
    let ticked: Vec<&'static str> = [
        ("identity", has("name") && has("birth_date")),
        ("contact", has("email") || has("phone")),
        ("consent_services", services),
        ("consent_authorization", authorization),
        ("language", has("written_language")),
    ]
    .into_iter()
    .filter_map(|(item, is_settled)| is_settled.then_some(item))
    .collect();
    let steps = rules::steps(program, answers);
    let asked: BTreeMap<&str, &str> =
        steps.iter().filter_map(|step| Some((step.id(), answers.get(step.id())?))).collect();
    let json = serde_json::to_string(&asked).map_err(|_| Error::internal("answers as JSON"))?;
    let opened = cases::open(
        tx,
        ctx,
        NewCase {
            program,
            person,
            key,
            filler: if by_other { Filler::Caregiver } else { Filler::Patient },
            sub_status: if services && authorization {
                SubStatus::Received
            } else {
                SubStatus::ConsentPending
            },
            locale: written(ctx, answers),
            payer_type: answers.get("payer_type").unwrap_or("not_sure"),
            answers: &json,
            ticked: &ticked,
        },
    )
    .await?;
    Ok(opened.id)
}

#[allow(clippy::too_many_arguments)] // one row of the ledger
async fn give(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    program: &Program,
    answers: &Answers,
    (purpose, channel): (Purpose, Channel),
    case: CaseId,
    person: PersonId,
    key: &DataKey,
) -> Result<()> {
    let Some(answer) = answers.consent(purpose, channel) else { return Ok(()) };
    let expires_at = if answer.is_given { consents::expiry(program, purpose, ctx.now)? } else { None };
    let new = NewConsent {
        case,
        person,
        purpose,
        channel,
        is_given: answer.is_given,
        wording: answer.wording.clone(),
        how: How::Enrollment,
        signature: answer.signature.clone(),
        by: Some(person),
        expires_at,
    };
    consents::record(tx, ctx, key, &new).await?;
    Ok(())
}

/// Whoever filled it in for somebody else, kept only if they want a confirmation at their own address.
async fn helper(ctx: &Ctx, tx: &mut Tx<'_>, answers: &Answers, case: CaseId) -> Result<()> {
    let (purpose, channel) = (Purpose::ProgramServices, Channel::Email);
    let Some(answer) = answers.consent(purpose, channel).filter(|answer| answer.is_given) else {
        return Ok(());
    };
    let (Some(name), Some(email)) = (answers.get("filler_name"), answers.get("filler_email")) else {
        return Ok(());
    };
    let new = NewPerson {
        name: name.to_owned(),
        email: Some(email.to_owned()),
        written: ctx.locale,
        ..NewPerson::default()
    };
    let person = people::insert(tx.conn(), ctx.keys(), &new, ctx.now).await?;
    let key = people::key(tx.conn(), ctx.keys(), person).await?;
    let new = NewConsent {
        case,
        person,
        purpose,
        channel,
        is_given: true,
        wording: answer.wording.clone(),
        how: How::Enrollment,
        signature: None,
        by: Some(person),
        expires_at: None,
    };
    consents::record(tx, ctx, &key, &new).await?;
    Ok(())
}

/// The one-time link by which the patient answers their own consents. Its token can be made again from the draft's, so
/// that the confirmation can show it as long as the browser holds that cookie; the database keeps only the hash.
async fn invite(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    draft_token: &str,
    case: CaseId,
    person: PersonId,
) -> Result<InvitationId> {
    let id = InvitationId::new();
    let hash = keys::token_hash(&link(ctx, draft_token, id));
    let until = ctx.now.plus(INVITATION_LIFE);
    store::insert_invitation(tx.conn(), id, &hash, case, person, ctx.now, until).await?;
    tx.record(Event::InvitationMade { case, person, invitation: id });
    Ok(id)
}

/// The invitation's token: 256 bits that only this browser's cookie and this installation's key give together.
pub(super) fn link(ctx: &Ctx, draft_token: &str, invitation: InvitationId) -> String {
    ctx.keys().lookup("invitation", &format!("{draft_token}:{invitation}"))
}
