//! Learning: which modules a reader may open, reading one page by page, and being remembered for it (ON-9, ON-10, EN-4).

use super::store;
use super::types::{Body, Kind, ModulePage, Progress, Variant};
use super::{Shown, rules};
use crate::cases::{self, Stage};
use crate::ctx::Ctx;
use crate::error::{Error, Flaw, Result};
use crate::event::Event;
use crate::ids::{ProgramId, RatingId};
use crate::locale::Locale;
use crate::people;
use crate::policy::{self, Action};
use crate::programs::Program;
use crate::safety::{self, Reporter, Source, Text};
use std::collections::HashMap;
use std::sync::Arc;

/// Letters a reader's words about a lesson may have.
const COMMENT: usize = 1_000;

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
            Body::Module { summary, minutes, pages, .. } => Some((summary, *minutes, pages)),
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

/// The lessons a reader is shown, and whether some are left out because they are not there in their language now.
#[derive(Debug, Clone, Default)]
pub struct Lessons {
    pub modules: Vec<Module>,
    pub has_gaps: bool,
}

/// A lesson somebody opened: its page, or that it is being brought up to date in their language.
#[derive(Debug, Clone)]
pub enum Reading {
    Page(Box<ModuleView>),
    Updating(Arc<Program>),
}

/// The modules a reader is shown: for a patient those of the stages their cases are in or have been in, for everybody
/// else the unbranded ones of every program.
pub async fn modules_for(ctx: &Ctx) -> Result<Lessons> {
    let (stages, mut progress) = reader(ctx).await?;
    if let Some(person) = ctx.actor.person().filter(|_| !stages.is_empty()) {
        ctx.note_read("content.modules", Some(person), None, None).await?;
    }
    let shelf = ctx.library().shelf();
    let mut lessons = Lessons::default();
    for program in ctx.portal.programs.all().iter() {
        let is_listed = |variant: &Variant| match stages.is_empty() {
            true => !variant.meta.is_branded,
            false => is_theirs(variant, program.id, &stages),
        };
        for shown in shelf.list_or_fallback(program.id, Kind::Module, ctx.locale) {
            if !is_listed(&shown.variant) {
                continue;
            }
            if shown.is_fallback && program.settings.needs_all_languages {
                lessons.has_gaps = true;
                continue;
            }
            let progress = progress.remove(&shown.variant.item);
            lessons.modules.push(Module { shown, program: program.clone(), progress });
        }
        lessons.has_gaps |= shelf.list(program.id, Kind::Module, Locale::En).iter().any(|source| {
            is_listed(source) && shelf.is_hidden(program.id, Kind::Module, &source.slug, ctx.locale)
        });
    }
    Ok(lessons)
}

/// Whether this reader has a case, so that their list is their own.
pub async fn is_reader(ctx: &Ctx) -> Result<bool> {
    Ok(!reader(ctx).await?.0.is_empty())
}

/// A page of a module.
///
/// # Errors
/// `SignIn` when only a patient may read it and nobody is signed in; `NotFound` when it is not there, or not theirs yet.
pub async fn read_module(ctx: &Ctx, slug: &str, page: i64) -> Result<Reading> {
    let (module, may_finish) = match open(ctx, slug).await? {
        Opened::Module(module, may_finish) => (*module, may_finish),
        Opened::Updating(program) => return Ok(Reading::Updating(program)),
    };
    let (_, _, pages) = module.words().ok_or_else(|| Error::internal("a module without pages"))?;
    let number = rules::page(page, pages.len()).ok_or(Error::NotFound)?;
    let at = usize::try_from(number - 1).map_err(|_| Error::NotFound)?;
    let view_page = pages.get(at).cloned().ok_or(Error::NotFound)?;
    let pages = i64::try_from(pages.len()).unwrap_or(i64::MAX);
    if module.shown.variant.meta.is_branded
        && let Some(person) = ctx.actor.person()
    {
        ctx.note_read("content.module", Some(person), None, Some(module.shown.variant.item.clone())).await?;
    }
    if number == 1 {
        let day = module.program.day(ctx.now)?;
        store::count_opened(&mut *ctx.read().await?, &module.shown.variant, day).await?;
    }
    Ok(Reading::Page(Box::new(ModuleView { module, number, pages, page: view_page, may_finish })))
}

/// Remembers that the reader finished the live edition of a module. Finishing twice changes nothing.
pub async fn finish(ctx: &Ctx, slug: &str) -> Result<()> {
    ctx.require(Action::Learn).await?;
    let person = ctx.person()?;
    let Opened::Module(module, _) = open(ctx, slug).await? else { return Err(Error::NotFound) };
    let (_, _, pages) = module.words().ok_or_else(|| Error::internal("a module without pages"))?;
    let last = i64::try_from(pages.len()).unwrap_or(i64::MAX);
    let variant = &module.shown.variant;
    let mut tx = ctx.begin().await?;
    if store::save_progress(tx.conn(), person, variant, last, true, ctx.now).await? {
        tx.record(Event::ModuleFinished { person, item: variant.item.clone(), edition: variant.edition });
    }
    tx.commit().await
}

/// Says whether a lesson helped, with a few words if one likes. The words are screened like all others.
///
/// # Errors
/// As [`read_module`]; `Invalid` at `comment`.
pub async fn rate(
    ctx: &Ctx,
    slug: &str,
    helpful: bool,
    comment: &str,
) -> Result<Option<safety::screen::Kind>> {
    let comment = comment.trim();
    if comment.chars().count() > COMMENT {
        return Err(Error::Invalid(vec![Flaw::with_limit("comment", "too_long", COMMENT as i64)]));
    }
    let Opened::Module(module, _) = open(ctx, slug).await? else { return Err(Error::NotFound) };
    let person = ctx.actor.person().filter(|_| policy::may(&ctx.actor, Action::Learn));
    let (id, variant) = (RatingId::new(), &module.shown.variant);
    let mut tx = ctx.begin().await?;
    let comment_sealed = match comment {
        "" => None,
        words => {
            let key = match person {
                Some(person) => people::key(tx.conn(), ctx.keys(), person).await?,
                None => ctx.keys().common(),
            };
            Some(key.seal(&format!("content_ratings.comment:{id}"), words)?)
        }
    };
    let rating = store::NewRating { id, variant, person, helpful, comment_sealed };
    store::insert_rating(tx.conn(), &rating, ctx.now).await?;
    let mut flagged = None;
    if !comment.is_empty() {
        let lines = match person {
            Some(person) => cases::store::lines_of(tx.conn(), person).await?,
            None => Vec::new(),
        };
        let told = Text {
            source: Source::Rating,
            source_id: id.to_string(),
            text: comment,
            locale: ctx.locale,
            reporter: if person.is_some() { Reporter::Patient } else { Reporter::Visitor },
            person,
            case: lines.iter().find(|line| line.program == module.program.id).map(|line| line.id),
            program: Some(module.program.id),
        };
        let verdict = safety::receive(&mut tx, ctx, told).await?;
        flagged = verdict.flag.then_some(verdict.kind);
    }
    tx.record_settled(Event::ContentRated {
        item: variant.item.clone(),
        edition: variant.edition,
        locale: variant.locale.tag().to_owned(),
    });
    tx.commit().await?;
    Ok(flagged)
}

/// What there is under a slug for this reader.
enum Opened {
    Module(Box<Module>, bool),
    Updating(Arc<Program>),
}

async fn open(ctx: &Ctx, slug: &str) -> Result<Opened> {
    let (stages, mut progress) = reader(ctx).await?;
    let shelf = ctx.library().shelf();
    let mut is_there = false;
    for program in ctx.portal.programs.all().iter() {
        let shown = shelf.find(program.id, Kind::Module, slug, ctx.locale);
        let is_left_out =
            shown.as_ref().is_none_or(|shown| shown.is_fallback && program.settings.needs_all_languages);
        if is_left_out {
            let source = shelf.exact(program.id, Kind::Module, slug, Locale::En);
            if source.is_some_and(|source| may_read(&source, program.id, &stages)) {
                return Ok(Opened::Updating(program.clone()));
            }
        }
        let Some(shown) = shown else { continue };
        is_there = true;
        if may_read(&shown.variant, program.id, &stages) {
            let progress = progress.remove(&shown.variant.item);
            let may_finish = policy::may(&ctx.actor, Action::Learn);
            let module = Module { shown, program: program.clone(), progress };
            return Ok(Opened::Module(Box::new(module), may_finish));
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
fn may_read(variant: &Variant, program: ProgramId, stages: &Visited) -> bool {
    !variant.meta.is_branded || is_theirs(variant, program, stages)
}

/// Whether one of the reader's cases has come to this module.
fn is_theirs(variant: &Variant, program: ProgramId, stages: &Visited) -> bool {
    stages.iter().any(|(known, visited)| *known == program && rules::is_reached(variant.meta.stage, visited))
}
