//! `/{locale}/learn`: modules, page by page, and that one was read (ON-9, ON-10).

use crate::adapters::pdf::{self, Block, Document, Span, Titles};
use crate::pages::public::enroll::{safety_code, safety_words};
use crate::pages::{Head, Posted, Reply, Visit, approved};
use axum::body::Body as AnyBody;
use axum::extract::{Path, Query};
use axum::response::Response;
use domain::content::{self, Body, Lessons, Module, ModuleView, Reading};
use domain::error::Error;
use http::header;
use serde::Deserialize;
use ui::components::Filled;
use ui::document::Nav;
use ui::pages::public::{learn, module};
use ui::paths;

#[derive(Debug, Default, Deserialize)]
pub struct Finished {
    /// Slug of the module that was just finished.
    finished: Option<String>,
}

pub async fn list(visit: Visit, Query(query): Query<Finished>) -> Reply {
    let Lessons { modules, has_gaps } = content::modules_for(&visit.ctx).await?;
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
    let model = learn::Model { shelves, is_own, finished, has_gaps };
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

/// What was just said about it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Said {
    rated: String,
    /// What the safety screen found: `emergency`, `crisis` or `received`.
    safety: String,
}

pub async fn first(visit: Visit, Path((_, slug)): Path<(String, String)>, Query(said): Query<Said>) -> Reply {
    read(&visit, &slug, 1, Filled::default(), said).await
}

pub async fn page(
    visit: Visit,
    Path((_, slug, number)): Path<(String, String, String)>,
    Query(said): Query<Said>,
) -> Reply {
    read(&visit, &slug, number.parse().map_err(|_| Error::NotFound)?, Filled::default(), said).await
}

async fn read(visit: &Visit, slug: &str, number: i64, filled: Filled, said: Said) -> Reply {
    let view = match content::read_module(&visit.ctx, slug, number).await? {
        Reading::Page(view) => *view,
        Reading::Updating(program) => {
            let w = visit.words();
            let line = visit.help(&program);
            let head = Head::new(w.t("learn.title")).nav(Nav::Learn).program(&program);
            return Ok(visit.show(head, move || module::updating(w, line)));
        }
    };
    let ModuleView { module, number, pages, page, may_finish } = view;
    let program = module.program.clone();
    let variant = module.shown.variant.clone();
    let quiz = match &variant.body {
        Body::Module { quiz, .. } => quiz.clone(),
        _ => Vec::new(),
    };
    let is_refused = filled.is_refused();
    let model = module::Model {
        slug: variant.slug.clone(),
        module: variant.title.clone(),
        text: approved::markdown(visit.locale(), &program, &module.shown, &page.title, &page.body),
        number: u32::try_from(number).unwrap_or(1),
        pages: u32::try_from(pages).unwrap_or(1),
        may_finish,
        is_finished: module.is_finished(),
        safety: variant.meta.is_branded.then(|| approved::page(visit, &program, "safety_short")).flatten(),
        variant,
        quiz,
        filled,
        is_rated: said.rated == "yes",
        told: safety_words(visit, &program, &said.safety).map(|words| (words, program.code.clone())),
    };
    let w = visit.words();
    let head = Head::new(w.t("learn.title")).nav(Nav::Learn).program(&program);
    Ok(visit.show_or_refuse(is_refused, head, move || module::view(w, model)))
}

/// The whole lesson on paper, with what a branded page carries, and who approved it when.
pub async fn pdf(visit: Visit, Path((_, slug)): Path<(String, String)>) -> Reply {
    let Reading::Page(view) = content::read_module(&visit.ctx, &slug, 1).await? else {
        return Err(Error::NotFound.into());
    };
    let variant = view.module.shown.variant.clone();
    let Body::Module { summary, pages, .. } = &variant.body else { return Err(Error::NotFound.into()) };
    let w = ui::i18n::Words::of(variant.locale);
    let titles = Titles { warning: w.t("learn.warning"), note: w.t("learn.note") };
    let mut blocks = vec![Block::Paragraph(vec![Span::plain(summary)])];
    for page in pages {
        blocks.push(Block::Heading { level: 2, text: page.title.clone() });
        blocks.extend(pdf::blocks_of(&page.body, &titles));
    }
    if variant.meta.is_branded {
        let shelf = visit.ctx.library().shelf();
        let safety = shelf.find(variant.program, content::Kind::Page, "safety_short", variant.locale);
        if let Some(Body::Page { text }) = safety.map(|shown| shown.variant.body.clone()) {
            blocks.extend(pdf::blocks_of(&text, &titles));
        }
    }
    let edition = w.number(variant.edition);
    let stamp = w.with("assistant.stamp", &[("edition", &edition), ("day", &w.day(variant.reviewed_on))]);
    blocks.push(Block::Paragraph(vec![Span::plain(format!("{} · {stamp}", variant.code))]));
    let document = Document { title: variant.title.clone(), lang: variant.locale.tag(), blocks };
    let bytes = tokio::task::spawn_blocking(move || pdf::write(&document))
        .await
        .map_err(|_| Error::internal("a PDF was not finished"))??;
    let name = format!("attachment; filename=\"{}.pdf\"", variant.slug);
    let answer = Response::builder()
        .header(header::CONTENT_TYPE, "application/pdf")
        .header(header::CONTENT_LENGTH, bytes.len())
        .header(header::CONTENT_DISPOSITION, name)
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header("x-page", "1")
        .body(AnyBody::from(bytes));
    Ok(answer.map_err(|_| Error::internal("a PDF's headers could not be written"))?)
}

/// A lesson of one page: finished, or rated.
pub async fn post_first(visit: Visit, Path((_, slug)): Path<(String, String)>, posted: Posted) -> Reply {
    act(&visit, &slug, 1, &posted).await
}

pub async fn post_page(
    visit: Visit,
    Path((_, slug, number)): Path<(String, String, String)>,
    posted: Posted,
) -> Reply {
    act(&visit, &slug, number.parse().map_err(|_| Error::NotFound)?, &posted).await
}

async fn act(visit: &Visit, slug: &str, number: u32, posted: &Posted) -> Reply {
    match posted.act() {
        "finish" => {
            content::finish(&visit.ctx, slug).await?;
            Ok(visit.go(&paths::learn(visit.locale()).query("finished", slug)))
        }
        "rate" => {
            let helpful = posted.get("helpful");
            let rated = match helpful {
                "yes" | "no" => {
                    content::rate(&visit.ctx, slug, helpful == "yes", posted.get("comment")).await
                }
                _ => Err(Error::invalid("helpful", "choose")),
            };
            match rated {
                Ok(flagged) => {
                    let here = match number {
                        1 => paths::module(visit.locale(), slug),
                        number => paths::module_page(visit.locale(), slug, number),
                    };
                    let here = here.query("rated", "yes");
                    Ok(visit.go(&match flagged.and_then(safety_code) {
                        Some(code) => here.query("safety", code),
                        None => here,
                    }))
                }
                Err(Error::Invalid(flaws)) => {
                    let filled = Filled::refused(posted.values(), flaws);
                    read(visit, slug, number.into(), filled, Said::default()).await
                }
                Err(error) => Err(error.into()),
            }
        }
        _ => Err(Error::NotFound.into()),
    }
}
