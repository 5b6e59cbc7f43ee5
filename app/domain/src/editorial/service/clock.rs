//! What the clock does with content: publishes what was planned, takes away what fell due, reminds those who look after
//! it, checks its links. A clock that stood still catches up, and says so.

use super::hash;
use super::publishing::{self, end, hold_messages};
use crate::content::rules as content_rules;
use crate::content::{Kind, Shelf, Variant, leaves};
use crate::ctx::Ctx;
use crate::editorial::types::State;
use crate::editorial::{rules, store};
use crate::error::Result;
use crate::event::Event;
use crate::ids::VariantId;
use crate::programs::Program;
use crate::tasks::{self, NewTask};
use crate::time::DAY;

/// What one round did.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Ticked {
    pub published: usize,
    /// Of those, so many came later than planned.
    pub late: usize,
    pub expired: usize,
    pub hidden: usize,
    pub reminded: usize,
    pub broken_links: usize,
}

/// One round. Running it twice does nothing more.
pub async fn tick(ctx: &Ctx) -> Result<Ticked> {
    let mut ticked = Ticked::default();
    let Some(program) = ctx.portal.programs.all().first().cloned() else { return Ok(ticked) };
    let today = program.day(ctx.now)?;
    let due = {
        let mut conn = ctx.read().await?;
        store::due(&mut conn, ctx.now, today).await?
    };
    for (id, state) in due {
        match state {
            State::Scheduled => publish(ctx, id, &mut ticked).await?,
            _ => take_away(ctx, id, &mut ticked).await?,
        }
    }
    if ticked.published + ticked.expired + ticked.hidden > 0 {
        ctx.portal.library.refresh(&ctx.portal.db).await?;
    }
    remind(ctx, &program, &mut ticked).await?;
    check_links(ctx, &mut ticked).await?;
    Ok(ticked)
}

async fn publish(ctx: &Ctx, id: VariantId, ticked: &mut Ticked) -> Result<()> {
    let mut tx = ctx.begin().await?;
    let Some(sheet) = store::find(tx.conn(), id).await?.filter(|sheet| sheet.state == State::Scheduled)
    else {
        return Ok(()); // another node was faster, or somebody thought better of it
    };
    let signed = store::signatures(tx.conn(), id).await?;
    let is_whole = hash(&sheet)? == sheet.hash && signed.iter().all(|signature| signature.hash == sheet.hash);
    let lost = publishing::lost_claims(&mut tx, &sheet).await?;
    if !is_whole || !lost.is_empty() {
        end(&mut tx, &sheet, State::Withdrawn, if is_whole { "claim_withdrawn" } else { "altered" }).await?;
        return tx.commit().await;
    }
    publishing::go_live(&mut tx, &sheet).await?;
    ticked.published += 1;
    if let Some(late) = sheet.scheduled_for.map(|at| ctx.now.since(at)).filter(|late| *late > rules::LATE) {
        ticked.late += 1;
        tracing::warn!(
            item = sheet.item,
            edition = sheet.edition,
            late_ms = late,
            "content went live later than planned"
        );
        tx.record_settled(Event::ContentLate {
            item: sheet.item.clone(),
            edition: sheet.edition,
            locale: sheet.locale.tag().to_owned(),
        });
    }
    tx.commit().await
}

/// What is overdue leaves by itself; what is stale leaves when its days are over.
async fn take_away(ctx: &Ctx, id: VariantId, ticked: &mut Ticked) -> Result<()> {
    let mut tx = ctx.begin().await?;
    let Some(sheet) = store::find(tx.conn(), id).await?.filter(|sheet| sheet.state.is_out()) else {
        return Ok(());
    };
    let today = ctx.portal.programs.get(sheet.program)?.day(ctx.now)?;
    if sheet.review_due_on.is_some_and(|due| due < today) {
        if end(&mut tx, &sheet, State::Expired, "review_overdue").await? {
            ticked.expired += 1;
        }
    } else if sheet.state == State::Stale && sheet.stale_until.is_some_and(|until| until <= ctx.now) {
        store::set_hidden(tx.conn(), id).await?;
        hold_messages(&mut tx, &sheet, sheet.locale, "stale").await?;
        ticked.hidden += 1;
    }
    crate::content::store::bump_release(tx.conn()).await?;
    tx.commit().await
}

/// A task for whoever looks after it, 60, 30 and 7 days before its review is due; each once.
async fn remind(ctx: &Ctx, program: &Program, ticked: &mut Ticked) -> Result<()> {
    let from = program.day(ctx.now)?;
    let furthest = rules::REMINDERS.iter().max().copied().unwrap_or(0);
    let to = program.day(ctx.now.plus(furthest * DAY))?;
    let soon = {
        let mut conn = ctx.read().await?;
        store::due_between(&mut conn, from, to).await?
    };
    let mut tx = ctx.begin().await?;
    for item in soon {
        let program = ctx.portal.programs.get(item.program)?;
        let due = program.start_of(item.due_on)?;
        let left = due.since(ctx.now) / DAY;
        // the nearest reminder whose day has come; the ones before it would only repeat it
        let Some(days) = rules::REMINDERS.iter().filter(|days| left <= **days).min() else { continue };
        let mut task =
            NewTask::about(tasks::Kind::ContentReview, tasks::CONTENT_QUEUE, item.variant, None, due);
        task.dedupe = format!("content_review:{}:{days}", item.variant);
        if tasks::open(&mut tx, task).await?.is_some() {
            ticked.reminded += 1;
        }
    }
    tx.commit().await
}

/// A link of a live text that leads nowhere becomes a task; so does one whose lesson was withdrawn.
async fn check_links(ctx: &Ctx, ticked: &mut Ticked) -> Result<()> {
    let shelf = ctx.library().shelf();
    let broken: Vec<_> =
        shelf.variants().iter().filter(|variant| has_broken_link(&shelf, variant)).cloned().collect();
    if broken.is_empty() {
        return Ok(());
    }
    let mut tx = ctx.begin().await?;
    for variant in broken {
        let due = ctx.portal.programs.get(variant.program)?.after_business_minutes(ctx.now, 16 * 60)?;
        let task = NewTask::about(tasks::Kind::BrokenLink, tasks::CONTENT_QUEUE, variant.id, None, due);
        if tasks::open(&mut tx, task).await?.is_some() {
            ticked.broken_links += 1;
        }
    }
    tx.commit().await
}

fn has_broken_link(shelf: &Shelf, variant: &Variant) -> bool {
    leaves::of(&variant.body).iter().flat_map(|leaf| content_rules::links(&leaf.text)).any(|target| {
        match target.strip_prefix("module:") {
            Some(slug) => shelf.find(variant.program, Kind::Module, slug, variant.locale).is_none(),
            None => !content_rules::is_known_page(&target),
        }
    })
}
