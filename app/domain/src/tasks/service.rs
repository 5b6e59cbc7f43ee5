//! The verbs of tasks. Opening and settling by subject happen inside the transaction of their cause.

use super::store;
use super::types::{Filter, How, Kind, NewTask, Page};
use crate::ctx::{Ctx, Tx};
use crate::error::{Error, Result};
use crate::event::Event;
use crate::ids::{CaseId, TaskId};
use crate::keyset;
use crate::policy::Action;

/// Tasks a page holds.
const PAGE: i64 = 50;

/// Opens a task in the transaction of its cause. None when the same cause has opened one before.
pub async fn open(tx: &mut Tx<'_>, new: NewTask) -> Result<Option<TaskId>> {
    let (id, now) = (TaskId::new(), tx.ctx().now);
    if !store::insert(tx.conn(), id, &new, now).await? {
        return Ok(None);
    }
    tx.record(Event::TaskOpened { task: id, kind: new.kind.code().into() });
    Ok(Some(id))
}

/// Settles every open task about a subject, or only those of one kind: what they asked for has happened.
pub async fn settle_subject(tx: &mut Tx<'_>, subject: impl ToString, kind: Option<Kind>) -> Result<usize> {
    let (now, actor) = (tx.ctx().now, tx.ctx().actor.to_string());
    let settled = store::settle_subject(tx.conn(), &subject.to_string(), kind, &actor, now).await?;
    for task in &settled {
        tx.record(Event::TaskSettled { task: *task });
    }
    Ok(settled.len())
}

/// A page of open tasks, soonest due first.
pub async fn list(ctx: &Ctx, filter: &Filter, after: Option<&str>) -> Result<Page> {
    ctx.require(Action::ReadWorklist).await?;
    let mut conn = ctx.read().await?;
    let after = keyset::after(after).unwrap_or((i64::MIN, String::new()));
    let mut tasks = store::list(&mut conn, ctx.keys(), filter, ctx.person()?, &after, PAGE + 1).await?;
    drop(conn);
    let next = usize::try_from(PAGE).ok().filter(|page| tasks.len() > *page).map(|page| {
        tasks.truncate(page);
        tasks.last().map(|last| keyset::mark(last.due_at.0, last.id)).unwrap_or_default()
    });
    if tasks.iter().any(|task| task.name.is_some()) {
        ctx.note_read("tasks.list", None, filter.case, Some(filter.whose.code().into())).await?;
    }
    Ok(Page { tasks, next })
}

/// The open tasks of those who look after content, soonest due first. They are about no person.
pub async fn about_content(ctx: &Ctx) -> Result<Vec<super::types::Task>> {
    ctx.require(Action::ReadLibrary).await?;
    let filter = Filter { queue: Some(super::types::CONTENT_QUEUE.into()), ..Filter::default() };
    let mut conn = ctx.read().await?;
    let start = (i64::MIN, String::new());
    store::list(&mut conn, ctx.keys(), &filter, ctx.person()?, &start, PAGE).await
}

/// How many tasks are open on a case.
pub async fn count_open(ctx: &Ctx, case: CaseId) -> Result<i64> {
    ctx.require(Action::ReadCase).await?;
    let mut conn = ctx.read().await?;
    store::count_open(&mut conn, case).await
}

/// Takes a task: from nobody, or from a colleague who sees that it is gone.
///
/// # Errors
/// `NotFound` when it is settled or was never there, `Conflict` when somebody changed it since `version` was read.
pub async fn take(ctx: &Ctx, id: TaskId, version: i64) -> Result<()> {
    ctx.require(Action::NoteCase).await?;
    let mut tx = ctx.begin().await?;
    if !store::take(tx.conn(), id, version, ctx.person()?).await? {
        return Err(missing(&mut tx, id).await);
    }
    tx.record(Event::TaskTaken { task: id });
    tx.commit().await
}

/// Settles a task, saying how it ended.
///
/// # Errors
/// As [`take`]; `Conflict` too for what ends only where it is done.
pub async fn settle(ctx: &Ctx, id: TaskId, version: i64, how: How) -> Result<()> {
    ctx.require(Action::NoteCase).await?;
    let mut tx = ctx.begin().await?;
    if store::kind(tx.conn(), id).await?.is_some_and(Kind::ends_with_its_subject) {
        return Err(Error::Conflict("task"));
    }
    if !store::settle(tx.conn(), id, version, how, &ctx.actor.to_string(), ctx.now).await? {
        return Err(missing(&mut tx, id).await);
    }
    tx.record(Event::TaskSettled { task: id });
    tx.commit().await
}

/// Why nothing was changed: gone, or changed meanwhile.
async fn missing(tx: &mut Tx<'_>, id: TaskId) -> Error {
    match store::is_open(tx.conn(), id).await {
        Ok(true) => Error::Conflict("task"),
        Ok(false) => Error::NotFound,
        Err(error) => error,
    }
}
