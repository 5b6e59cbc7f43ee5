//! A draft: begun, answered question by question, found again, taken away.

use super::{ConsentPage, keep_consents, open, seal, store};
use crate::ctx::{Ctx, Tx};
use crate::enrollments::rules::{self, DRAFT_LIFE, Step};
use crate::enrollments::types::Answers;
use crate::error::{Error, Result};
use crate::event::Event;
use crate::ids::{CaseId, DraftId};
use crate::policy::Action;
use crate::programs::{Program, Question, QuestionKind};
use crate::safety::{self, Reporter, Source, Text};
use crate::seal as keys;
use crate::time::Timestamp;

/// A form under way, or one that became a case.
#[derive(Debug, Clone)]
pub struct Draft {
    pub id: DraftId,
    pub answers: Answers,
    pub case: Option<CaseId>,
    pub expires_at: Timestamp,
    /// Grows with each answer; the submit names the one that was looked over.
    pub version: i64,
}

/// Begins a form. Returns the token for the browser's cookie; the database keeps only its hash.
pub async fn start(ctx: &Ctx, program: &Program) -> Result<String> {
    ctx.require(Action::Enroll).await?;
    let (token, hash) = keys::token();
    let id = DraftId::new();
    let sealed = seal(ctx, &place(id), &Answers::default())?;
    let mut tx = ctx.begin().await?;
    let expires_at = ctx.now.plus(DRAFT_LIFE);
    store::insert_draft(tx.conn(), id, &hash, program.id, ctx.locale, sealed, ctx.now, expires_at).await?;
    tx.record(Event::EnrollmentStarted { draft: id, program: program.id });
    tx.commit().await?;
    Ok(token)
}

/// The form of a browser's token, if there is one and it is not too old.
pub async fn draft(ctx: &Ctx, program: &Program, token: &str) -> Result<Option<Draft>> {
    ctx.require(Action::Enroll).await?;
    let mut conn = ctx.read().await?;
    let row = store::find_draft(&mut conn, &keys::token_hash(token), program.id, ctx.now).await?;
    row.map(|row| read(ctx, &row)).transpose()
}

/// A form with one more answer, and what the safety screen read in it.
#[derive(Debug, Clone)]
pub struct Answered {
    pub draft: Draft,
    /// The most urgent kind, where a person must look at it.
    pub safety: Option<safety::Kind>,
}

/// Answers one question and keeps it at once.
///
/// # Errors
/// `Invalid` at the question; `NotFound` when it is not asked or the form is gone; `Conflict("submitted")` afterwards.
pub async fn answer(
    ctx: &Ctx,
    program: &Program,
    token: &str,
    task: &str,
    question: &str,
    raw: &str,
) -> Result<Answered> {
    let (mut tx, mut draft) = lock(ctx, program, token).await?;
    let today = program.day(ctx.now)?;
    let Some(Step::Question(question)) = rules::step(program, &draft.answers, task, question) else {
        return Err(Error::NotFound);
    };
    let kept = rules::check(question, raw, today).map_err(|flaw| Error::Invalid(vec![flaw]))?;
    draft.answers.set(&question.id, kept);
    save(ctx, &mut tx, &mut draft).await?;
    let safety = screen(ctx, &mut tx, program, question, &draft).await?;
    tx.commit().await?;
    Ok(Answered { draft, safety })
}

/// What somebody writes in their own words is read for safety as soon as it is kept, sent or not (EN-21). An address or
/// a name is not: the browser fills it in.
async fn screen(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    program: &Program,
    question: &Question,
    draft: &Draft,
) -> Result<Option<safety::Kind>> {
    let is_free = question.kind == QuestionKind::LongText && question.autocomplete.is_none();
    let Some(text) = draft.answers.get(&question.id).filter(|text| is_free && !text.is_empty()) else {
        return Ok(None);
    };
    let told = Text {
        source: Source::Enrollment,
        source_id: draft.id.to_string(),
        text,
        locale: ctx.locale,
        reporter: Reporter::Visitor,
        person: None,
        case: None,
        program: Some(program.id),
    };
    let verdict = safety::receive(tx, ctx, told).await?;
    Ok(verdict.flag.then_some(verdict.kind))
}

/// Answers one page of consents and keeps it at once, with the editions that were read.
pub async fn answer_consents(
    ctx: &Ctx,
    program: &Program,
    token: &str,
    purpose: &str,
    page: &ConsentPage,
) -> Result<Draft> {
    let (mut tx, mut draft) = lock(ctx, program, token).await?;
    let step = rules::step(program, &draft.answers, rules::CONSENTS, purpose);
    let Some(Step::Consents(purpose, channels)) = step else { return Err(Error::NotFound) };
    keep_consents(ctx, program, &mut draft.answers, purpose, &channels, page)?;
    save(ctx, &mut tx, &mut draft).await?;
    tx.commit().await?;
    Ok(draft)
}

/// Takes a form away that was not sent, with every answer in it.
pub async fn discard(ctx: &Ctx, program: &Program, token: &str) -> Result<()> {
    ctx.require(Action::Enroll).await?;
    let mut tx = ctx.begin().await?;
    store::delete_draft(tx.conn(), &keys::token_hash(token), program.id).await?;
    tx.commit().await
}

/// Takes away forms nobody came back to. Returns how many.
pub async fn clear_expired(ctx: &Ctx) -> Result<u64> {
    let mut tx = ctx.begin().await?;
    let gone = store::delete_expired(tx.conn(), ctx.now).await?;
    tx.commit().await?;
    Ok(gone)
}

/// Where a draft's answers are sealed.
pub(super) fn place(id: DraftId) -> String {
    format!("drafts.answers:{id}")
}

pub(super) fn read(ctx: &Ctx, row: &store::DraftRow) -> Result<Draft> {
    Ok(Draft {
        id: row.id,
        answers: open(ctx, &place(row.id), &row.answers_sealed)?,
        case: row.case,
        expires_at: row.expires_at,
        version: row.version,
    })
}

/// The draft, so that no other tab can save between reading and saving.
async fn lock<'c>(ctx: &'c Ctx, program: &Program, token: &str) -> Result<(Tx<'c>, Draft)> {
    ctx.require(Action::Enroll).await?;
    let mut tx = ctx.begin().await?;
    let row = store::lock_draft(tx.conn(), &keys::token_hash(token), program.id, ctx.now).await?;
    let draft = read(ctx, &row.ok_or(Error::NotFound)?)?;
    if draft.case.is_some() {
        return Err(Error::Conflict("submitted"));
    }
    Ok((tx, draft))
}

async fn save(ctx: &Ctx, tx: &mut Tx<'_>, draft: &mut Draft) -> Result<()> {
    draft.expires_at = ctx.now.plus(DRAFT_LIFE);
    draft.version += 1;
    let sealed = seal(ctx, &place(draft.id), &draft.answers)?;
    store::save_draft(tx.conn(), draft.id, ctx.locale, sealed, ctx.now, draft.expires_at).await
}
