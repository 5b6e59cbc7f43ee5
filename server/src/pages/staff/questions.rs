//! `/{locale}/staff/questions`: what the assistant could not answer, and what staff make of it.

use super::content::programs;
use super::{Asked, InPath, asked, id, said};
use crate::pages::{Head, Posted, Reply, Visit};
use domain::assistant;
use domain::error::{Error, Flaw, Result};
use domain::ids::TurnId;
use domain::locale::Locale;
use domain::policy::{Action, may};
use ui::components::Filled;
use ui::document::Nav;
use ui::pages::staff::content::Named;
use ui::pages::staff::questions::{self as view, Model, One};
use ui::paths;

/// Questions one press is about, at most.
const MOST: usize = 300;

pub async fn list(visit: Visit, query: Asked) -> Reply {
    let query = asked(query);
    visit.ctx.require(Action::ReadGaps).await?;
    let programs = programs(&visit);
    let asked_for = said(&query, "program").and_then(|code| programs.iter().find(|known| known.code == code));
    let named = asked_for.or(programs.first()).cloned().ok_or(Error::NotFound)?;
    let locale: Locale =
        said(&query, "language").and_then(|tag| tag.parse().ok()).unwrap_or_else(|| visit.locale());
    let program = visit.app.portal.programs.get(named.id)?;
    let gaps = assistant::gaps(&visit.ctx, &program, locale, said(&query, "after")).await?;
    let figures = assistant::figures(&visit.ctx, &program).await?;
    let told = said(&query, "done").map(str::to_owned);
    let model = Model { programs, program: named, locale, gaps, figures, told };
    let w = visit.words();
    let head = Head::new(w.t("questions.title")).nav(Nav::Questions);
    Ok(visit.show(head, move || view::view(w, model)))
}

pub async fn show(visit: Visit, path: InPath) -> Reply {
    draw(&visit, id(&path)?, None, None).await
}

pub async fn post(visit: Visit, path: InPath, posted: Posted) -> Reply {
    let (lead, ctx) = (id(&path)?, &visit.ctx);
    let opened = assistant::gap(ctx, lead).await?;
    let turns: Vec<TurnId> =
        posted.get("turns").split(' ').take(MOST).filter_map(|turn| turn.parse().ok()).collect();
    let done = match posted.act() {
        "link" => {
            let note = visit.words().t("questions.note");
            match posted.get("item") {
                "" => Err(Error::invalid("item", "missing")),
                item => {
                    assistant::link(ctx, &turns, item, posted.get("phrasing"), &note).await.map(|_| "linked")
                }
            }
        }
        "draft" => {
            let code = posted.get("code").to_uppercase();
            let drafted = assistant::draft(ctx, &turns, &code, posted.get("question")).await;
            drafted.map(|_| "drafted").map_err(at_its_field)
        }
        "aside" => assistant::set_aside(ctx, &turns).await.map(|()| "aside"),
        _ => return Err(Error::NotFound.into()),
    };
    match done {
        Ok(done) => {
            let code = visit.app.portal.programs.get(opened.program)?.code.clone();
            let to = paths::questions(visit.locale())
                .query("program", &code)
                .query("language", opened.locale.tag())
                .query("done", done);
            Ok(visit.go(&to))
        }
        Err(Error::Invalid(flaws)) => {
            draw(&visit, lead, Some(Filled::refused(posted.values(), flaws)), None).await
        }
        Err(Error::Conflict(code)) => {
            draw(&visit, lead, Some(Filled::refused(posted.values(), Vec::new())), Some(code)).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The new answer's form has a field of its own for the question, which is also its title.
fn at_its_field(error: Error) -> Error {
    let Error::Invalid(flaws) = error else { return error };
    let place = |field: &str| match field {
        "phrasing" | "title" => "question".to_owned(),
        "slug" => "code".to_owned(),
        other => other.to_owned(),
    };
    Error::Invalid(flaws.into_iter().map(|flaw| Flaw { field: place(&flaw.field), ..flaw }).collect())
}

async fn draw(visit: &Visit, lead: TurnId, filled: Option<Filled>, conflict: Option<&'static str>) -> Reply {
    let opened = assistant::gap(&visit.ctx, lead).await?;
    let program = named(visit, opened.program)?;
    let filled = filled.unwrap_or_else(|| {
        // what was decided before, or the words as they were asked, to be made fit for everybody
        let link = opened.gap.link.as_ref();
        let asked = opened.gap.wordings.first().cloned().unwrap_or_default();
        let phrasing = link.and_then(|link| link.phrasing.clone()).unwrap_or_else(|| asked.clone());
        let item = link.map(|link| link.item.clone());
        let item = item.or_else(|| opened.near.first().map(|near| near.item.clone())).unwrap_or_default();
        Filled::of([("item", item.as_str()), ("phrasing", phrasing.as_str()), ("question", asked.as_str())])
    });
    let is_refused = filled.is_refused() || conflict.is_some();
    let may_write = may(&visit.ctx.actor, Action::WriteContent);
    let model = One { opened, program, filled, may_write, conflict };
    let w = visit.words();
    let head = Head::new(w.t("questions.group")).nav(Nav::Questions);
    Ok(visit.show_or_refuse(is_refused, head, move || view::one(w, model)))
}

fn named(visit: &Visit, program: domain::ids::ProgramId) -> Result<Named> {
    programs(visit).into_iter().find(|known| known.id == program).ok_or(Error::NotFound)
}
