//! What is missing in a record is asked of its patient, in approved words; what they say stands on the record.

use crate::actor::Role;
use crate::ctx::Ctx;
use crate::error::{Error, Flaw, Result};
use crate::event::Event;
use crate::ids::SafetyId;
use crate::messaging::{self, NewMessage};
use crate::people;
use crate::policy::Action;
use crate::safety::screen::{self, Kind, Verdict};
use crate::safety::types::{Asked, Question, Reporter, Source, State, Text};
use crate::safety::{receive, rules, store};
use crate::time::MINUTE;

/// Asks the patient of an open record. Each question is asked once; one mail says that there are some, without saying what.
///
/// # Errors
/// `Invalid` at `ask` when none is chosen; `Conflict("safety_nobody")` where the patient is not known or it is closed.
pub async fn ask(ctx: &Ctx, id: SafetyId, questions: &[Question]) -> Result<()> {
    ctx.require(Action::HandleSafety).await?;
    let by = ctx.person()?;
    if questions.is_empty() {
        return Err(Error::invalid("ask", "choose"));
    }
    let mut tx = ctx.begin().await?;
    let row = store::find(tx.conn(), id).await?.ok_or(Error::NotFound)?;
    let (Some(person), Some((case, _))) = (row.person, &row.brief.case) else {
        return Err(Error::Conflict("safety_nobody"));
    };
    if matches!(row.brief.state, State::Flagged | State::Closed) {
        return Err(Error::Conflict("safety_record"));
    }
    let mut is_new = false;
    for what in questions {
        is_new |= store::insert_question(tx.conn(), id, person, *what, (by, ctx.now)).await?;
    }
    if is_new {
        let kind = messaging::Kind::SafetyFollowUp;
        let dedupe = format!("{kind}:{id}:{}", ctx.now.0 / MINUTE);
        let message = NewMessage { kind, person, case: Some(*case), page: "safety-questions", dedupe };
        messaging::plan(&mut tx, &message).await?;
        tx.record(Event::SafetyAsked { record: id });
    }
    tx.commit().await
}

/// What the person who reads was asked and has not answered yet.
pub async fn open_questions(ctx: &Ctx) -> Result<Vec<Asked>> {
    ctx.require(Action::ReadOwnCase).await?;
    let person = ctx.person()?;
    let rows = store::open_questions(&mut *ctx.read().await?, person).await?;
    Ok(rows
        .into_iter()
        .map(|row| Asked {
            id: row.id,
            what: row.what,
            program: row.program,
            asked_at: row.asked_at,
            answered_at: None,
            answer: None,
        })
        .collect())
}

/// Keeps what the patient says; an answer left empty may be given later. What tells of danger is a record of its own, with
/// its own clocks; the most urgent verdict comes back, so that the page can say what to do at once.
///
/// # Errors
/// `Invalid` at the question's id where an answer is too long, at none when nothing was answered.
pub async fn answer(ctx: &Ctx, answers: &[(String, String)]) -> Result<Verdict> {
    ctx.require(Action::ReadOwnCase).await?;
    let person = ctx.person()?;
    let long = |(id, text): &&(String, String)| {
        let limit = rules::LONGEST_REPORT;
        (text.chars().count() > limit).then(|| Flaw::with_limit(id.clone(), "too_long", limit as i64))
    };
    let flaws: Vec<Flaw> = answers.iter().by_ref().filter_map(|answer| long(&answer)).collect();
    if !flaws.is_empty() {
        return Err(Error::Invalid(flaws));
    }
    let mut tx = ctx.begin().await?;
    let open = store::open_questions(tx.conn(), person).await?;
    let key = people::key(tx.conn(), ctx.keys(), person).await?;
    let mut worst = screen::screen("", ctx.locale.tag());
    let mut records = Vec::new();
    for (id, text) in answers.iter().filter(|(_, text)| !rules::is_blank(text)) {
        let Some(question) = open.iter().find(|question| question.id == *id) else { continue };
        let sealed = key.seal(&answer_place(id), text.trim())?;
        if !store::answer(tx.conn(), (id, person), sealed, ctx.now).await? {
            continue;
        }
        records.push(question.record);
        let verdict = screen::screen(text, ctx.locale.tag());
        if matches!(verdict.kind, Kind::Emergency | Kind::Crisis) {
            let case = store::find(tx.conn(), question.record).await?.and_then(|row| row.brief.case);
            let text = Text {
                source: Source::SafetyAnswer,
                source_id: id.clone(),
                text,
                locale: ctx.locale,
                reporter: Reporter::Patient,
                person: Some(person),
                case: case.map(|(case, _)| case),
                program: question.program,
            };
            receive(&mut tx, ctx, text).await?;
        }
        if verdict.kind < worst.kind {
            worst = verdict;
        }
    }
    if records.is_empty() {
        return Err(Error::invalid("", "answer_missing"));
    }
    records.dedup();
    for record in records {
        for officer in people::with_role(tx.conn(), Role::SafetyOfficer).await? {
            let kind = messaging::Kind::SafetyAlertStaff;
            let dedupe = format!("{kind}:answered:{record}:{officer}:{}", ctx.now.0 / MINUTE);
            let message = NewMessage { kind, person: officer, case: None, page: "staff/safety", dedupe };
            messaging::plan(&mut tx, &message).await?;
        }
        tx.record(Event::SafetyQuestionAnswered { record });
    }
    tx.commit().await?;
    Ok(worst)
}

pub(super) fn answer_place(id: &str) -> String {
    format!("safety_questions.answer:{id}")
}
