//! `/{locale}/learn`: modules, page by page, and that one was read (ON-9, ON-10).

use crate::pages::{Head, Posted, Reply, Visit, approved};
use axum::extract::{Path, Query};
use domain::content::{self, Module, ModuleView};
use domain::error::Error;
use serde::Deserialize;
use ui::document::Nav;
use ui::pages::public::{learn, module};
use ui::paths;

#[derive(Debug, Default, Deserialize)]
pub struct Finished {
    /// Slug of the module that was just finished.
    finished: Option<String>,
}

pub async fn list(visit: Visit, Query(query): Query<Finished>) -> Reply {
    let modules = content::modules_for(&visit.ctx).await?;
    let finished = query.finished.and_then(|slug| {
        modules
            .iter()
            .find(|module| module.shown.variant.slug == slug && module.is_finished())
            .map(|module| module.shown.variant.title.clone())
    });
    let w = visit.words();
    let is_own = content::is_reader(&visit.ctx).await?;
    let mut shelves: Vec<learn::Shelf> = Vec::new();
    for module in &modules {
        let Some(entry) = entry(module) else { continue };
        // what is for everybody names no program (EN-4)
        let name = if is_own { module.program.name.clone() } else { w.t("learn.everybody") };
        match shelves.last_mut().filter(|shelf| shelf.name == name) {
            Some(shelf) => shelf.modules.push(entry),
            None => shelves.push(learn::Shelf { name, modules: vec![entry] }),
        }
    }
    let model = learn::Model { shelves, is_own, finished };
    let mut head = Head::new(w.t("learn.title")).nav(Nav::Learn);
    if let Some(module) = modules.first().filter(|_| model.is_own) {
        head = head.program(&module.program);
    }
    Ok(visit.show(head, move || learn::view(w, model)))
}

fn entry(module: &Module) -> Option<learn::Module> {
    let (summary, minutes, _) = module.words()?;
    Some(learn::Module {
        slug: module.shown.variant.slug.clone(),
        title: module.shown.variant.title.clone(),
        summary: summary.to_owned(),
        minutes,
        lang: approved::language(&module.shown),
        is_finished: module.is_finished(),
        is_renewed: module.is_renewed(),
    })
}

pub async fn first(visit: Visit, Path((_, slug)): Path<(String, String)>) -> Reply {
    read(&visit, &slug, 1).await
}

pub async fn page(visit: Visit, Path((_, slug, number)): Path<(String, String, String)>) -> Reply {
    read(&visit, &slug, number.parse().map_err(|_| Error::NotFound)?).await
}

async fn read(visit: &Visit, slug: &str, number: i64) -> Reply {
    let ModuleView { module, number, pages, page, may_finish } =
        content::read_module(&visit.ctx, slug, number).await?;
    let program = module.program.clone();
    let is_branded = module.shown.variant.is_branded;
    let model = module::Model {
        slug: module.shown.variant.slug.clone(),
        module: module.shown.variant.title.clone(),
        text: approved::markdown(visit.locale(), &program, &module.shown, &page.title, &page.body),
        number: u32::try_from(number).unwrap_or(1),
        pages: u32::try_from(pages).unwrap_or(1),
        may_finish,
        is_finished: module.is_finished(),
        safety: is_branded.then(|| approved::page(visit, &program, "safety_short")).flatten(),
    };
    let w = visit.words();
    let head = Head::new(w.t("learn.title")).nav(Nav::Learn).program(&program);
    Ok(visit.show(head, move || module::view(w, model)))
}

/// Finishes a module: posted from its last page.
pub async fn finish_first(visit: Visit, Path((_, slug)): Path<(String, String)>, posted: Posted) -> Reply {
    finish(&visit, &slug, &posted).await
}

pub async fn finish_page(
    visit: Visit,
    Path((_, slug, _)): Path<(String, String, String)>,
    posted: Posted,
) -> Reply {
    finish(&visit, &slug, &posted).await
}

async fn finish(visit: &Visit, slug: &str, posted: &Posted) -> Reply {
    if posted.act() != "finish" {
        return Err(Error::NotFound.into());
    }
    content::finish(&visit.ctx, slug).await?;
    Ok(visit.go(&paths::learn(visit.locale()).query("finished", slug)))
}
