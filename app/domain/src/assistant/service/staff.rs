//! What staff do in a conversation that was handed over: take it, answer, give it back to the assistant.

use super::read::{key, place};
use crate::assistant::rules;
use crate::assistant::store::{self, NewTurn, ThreadRow};
use crate::assistant::types::{Author, State};
use crate::cases;
use crate::ctx::{Ctx, Tx};
use crate::error::{Error, Result};
use crate::event::Event;
use crate::ids::{ThreadId, TurnId};
use crate::policy::Action;
use crate::safety::{self, Reporter, Source, Text};
use crate::tasks;

/// Says that a person reads it now.
///
/// # Errors
/// `Conflict` when it is not waiting, or changed since `version` was read.
pub async fn take(ctx: &Ctx, id: ThreadId, version: i64) -> Result<()> {
    let (mut tx, row) = lock(ctx, id, version).await?;
    if row.state != State::Waiting {
        return Err(Error::Conflict("thread"));
    }
    store::set_state(tx.conn(), id, State::Person, row.due_at, ctx.now).await?;
    tx.record(Event::ThreadTaken { thread: id });
    tx.commit().await
}

/// Answers. The words are screened like all others, and the task of the hand-over is settled.
///
/// # Errors
/// `Invalid` on `reply`; `Conflict` when the conversation is the assistant's, or changed since `version` was read.
pub async fn reply(ctx: &Ctx, id: ThreadId, version: i64, text: &str) -> Result<()> {
    ctx.require(Action::AnswerThread).await?;
    let text = rules::reply(text)?;
    let (mut tx, row) = lock(ctx, id, version).await?;
    if !matches!(row.state, State::Waiting | State::Person) {
        return Err(Error::Conflict("thread"));
    }
    let turn = TurnId::new();
    let sealed = key(ctx, tx.conn(), row.person).await?.seal(&place(turn), text)?;
    let mut new = NewTurn::new(turn, id, Author::Staff, ctx);
    new.author_id = ctx.actor.person();
    new.text_sealed = Some(sealed);
    store::insert_turn(tx.conn(), &new).await?;
    let told = Text {
        source: Source::Thread,
        source_id: turn.to_string(),
        text,
        locale: ctx.locale,
        reporter: Reporter::Staff,
        person: row.person,
        case: row.case,
        program: Some(row.program),
    };
    safety::receive(&mut tx, ctx, told).await?;
    store::set_state(tx.conn(), id, State::Person, None, ctx.now).await?;
    tasks::settle_subject(&mut tx, id, Some(tasks::Kind::AnswerThread)).await?;
    if let Some(case) = row.case {
        cases::answered(&mut tx, case).await?;
    }
    tx.record(Event::ThreadAnswered { thread: id, turn, case: row.case, person: row.person });
    tx.commit().await
}

/// Gives the conversation back: the assistant speaks again.
///
/// # Errors
/// `Conflict` while nobody has answered, or when it changed since `version` was read.
pub async fn close(ctx: &Ctx, id: ThreadId, version: i64) -> Result<()> {
    let (mut tx, row) = lock(ctx, id, version).await?;
    if row.state != State::Person {
        return Err(Error::Conflict("thread"));
    }
    store::set_state(tx.conn(), id, State::Assistant, None, ctx.now).await?;
    tasks::settle_subject(&mut tx, id, Some(tasks::Kind::AnswerThread)).await?;
    tx.record(Event::ThreadClosed { thread: id });
    tx.commit().await
}

/// The conversation as it was read, held until the commit.
async fn lock<'c>(ctx: &'c Ctx, id: ThreadId, version: i64) -> Result<(Tx<'c>, ThreadRow)> {
    ctx.require(Action::AnswerThread).await?;
    let mut tx = ctx.begin().await?;
    let row = store::find(tx.conn(), id).await?.ok_or(Error::NotFound)?;
    if row.version != version || !store::touch(tx.conn(), id, version, ctx.now).await? {
        return Err(Error::Conflict("thread"));
    }
    Ok((tx, row))
}
