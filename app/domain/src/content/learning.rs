//! Learning: which modules a reader may open, reading one page by page, and being remembered for it (ON-9, ON-10, EN-4).

use super::store;
use super::types::{Body, Kind, ModulePage, Progress};
use super::{Shown, rules};
use crate::cases::Stage;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::event::Event;
use crate::ids::ProgramId;
use crate::policy::{self, Action};
use crate::programs::Program;
use std::collections::HashMap;
use std::sync::Arc;

/// A module as a list shows it.
#[derive(Debug, Clone)]
pub struct Module {
    pub shown: Shown,
    pub program: Arc<Program>,
    /// What the reader did with it; `None` when nothing is remembered.
    pub progress: Option<Progress>,
}

impl Module {
    /// Finished in the edition that is live now.
    pub fn is_finished(&self) -> bool {
        self.progress.is_some_and(|progress| {
            progress.finished_at.is_some() && progress.edition == self.shown.variant.edition
        })
    }

    /// Finished before, in an edition that has since been replaced.
    pub fn is_renewed(&self) -> bool {
        self.progress.is_some_and(|progress| {
            progress.finished_at.is_some() && progress.edition < self.shown.variant.edition
        })
    }

    /// Summary, minutes and pages.
    pub fn words(&self) -> Option<(&str, i64, &[ModulePage])> {
        match &self.shown.variant.body {
            Body::Module { summary, minutes, pages } => Some((summary, *minutes, pages)),
            _ => None,
        }
    }
}

/// One page of a module.
#[derive(Debug, Clone)]
pub struct ModuleView {
    pub module: Module,
    /// From 1.
    pub number: i64,
    pub pages: i64,
    pub page: ModulePage,
    /// Whether finishing it can be remembered.
    pub may_finish: bool,
}

/// The modules a reader is shown: for a patient those of the stages their cases are in or have been in, for everybody
/// else the unbranded ones of every program.
pub async fn modules_for(ctx: &Ctx) -> Result<Vec<Module>> {
    let (stages, mut progress) = reader(ctx).await?;
    if let Some(person) = ctx.actor.person().filter(|_| !stages.is_empty()) {
        ctx.note_read("content.modules", Some(person), None, None).await?;
    }
    let shelf = ctx.library().shelf();
    let mut modules = Vec::new();
    for program in ctx.portal.programs.all().iter() {
        for shown in shelf.list_or_fallback(program.id, Kind::Module, ctx.locale) {
            let is_listed = match stages.is_empty() {
                true => !shown.variant.is_branded,
                false => is_theirs(&shown, program.id, &stages),
            };
            if is_listed {
                let progress = progress.remove(&shown.variant.item);
                modules.push(Module { shown, program: program.clone(), progress });
            }
        }
    }
    Ok(modules)
}

/// Whether this reader has a case, so that their list is their own.
pub async fn is_reader(ctx: &Ctx) -> Result<bool> {
    Ok(!reader(ctx).await?.0.is_empty())
}

/// A page of a module.
///
/// # Errors
/// `SignIn` when only a patient may read it and nobody is signed in; `NotFound` when it is not there, or not theirs yet.
pub async fn read_module(ctx: &Ctx, slug: &str, page: i64) -> Result<ModuleView> {
    let (module, may_finish) = open(ctx, slug).await?;
    let (_, _, pages) = module.words().ok_or_else(|| Error::internal("a module without pages"))?;
    let number = rules::page(page, pages.len()).ok_or(Error::NotFound)?;
    let at = usize::try_from(number - 1).map_err(|_| Error::NotFound)?;
    let view_page = pages.get(at).cloned().ok_or(Error::NotFound)?;
    let pages = i64::try_from(pages.len()).unwrap_or(i64::MAX);
    if module.shown.variant.is_branded
        && let Some(person) = ctx.actor.person()
    {
        ctx.note_read("content.module", Some(person), None, Some(module.shown.variant.item.clone())).await?;
    }
    Ok(ModuleView { module, number, pages, page: view_page, may_finish })
}

/// Remembers that the reader finished the live edition of a module. Finishing twice changes nothing.
pub async fn finish(ctx: &Ctx, slug: &str) -> Result<()> {
    ctx.require(Action::Learn).await?;
    let person = ctx.person()?;
    let (module, _) = open(ctx, slug).await?;
    let (_, _, pages) = module.words().ok_or_else(|| Error::internal("a module without pages"))?;
    let last = i64::try_from(pages.len()).unwrap_or(i64::MAX);
    let variant = &module.shown.variant;
    let mut tx = ctx.begin().await?;
    if store::save_progress(tx.conn(), person, variant, last, true, ctx.now).await? {
        tx.record(Event::ModuleFinished { person, item: variant.item.clone(), edition: variant.edition });
    }
    tx.commit().await
}

async fn open(ctx: &Ctx, slug: &str) -> Result<(Module, bool)> {
    let (stages, mut progress) = reader(ctx).await?;
    let shelf = ctx.library().shelf();
    let mut is_there = false;
    for program in ctx.portal.programs.all().iter() {
        let Some(shown) = shelf.find(program.id, Kind::Module, slug, ctx.locale) else { continue };
        is_there = true;
        if may_read(&shown, program.id, &stages) {
            let progress = progress.remove(&shown.variant.item);
            let may_finish = policy::may(&ctx.actor, Action::Learn);
            return Ok((Module { shown, program: program.clone(), progress }, may_finish));
        }
    }
    Err(if is_there && ctx.actor.person().is_none() { Error::SignIn } else { Error::NotFound })
}

type Visited = Vec<(ProgramId, Vec<Stage>)>;

/// The stages this reader's cases have been in, and what is remembered of their reading.
async fn reader(ctx: &Ctx) -> Result<(Visited, HashMap<String, Progress>)> {
    match ctx.actor.person() {
        Some(person) if policy::may(&ctx.actor, Action::Learn) => {
            let mut conn = ctx.read().await?;
            Ok((store::visited_stages(&mut conn, person).await?, store::progress(&mut conn, person).await?))
        }
        _ => Ok((Vec::new(), HashMap::new())),
    }
}

/// Unbranded education may be opened by everybody; the rest is a patient's, stage by stage.
fn may_read(shown: &Shown, program: ProgramId, stages: &Visited) -> bool {
    !shown.variant.is_branded || is_theirs(shown, program, stages)
}

/// Whether one of the reader's cases has come to this module.
fn is_theirs(shown: &Shown, program: ProgramId, stages: &Visited) -> bool {
    stages.iter().any(|(known, visited)| *known == program && rules::is_reached(shown.variant.stage, visited))
}
