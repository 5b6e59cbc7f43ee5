//! `/{locale}/staff/content`, its gaps and figures, a new item, and `/{locale}/staff/reviews`.

use super::super::{Asked, asked, said};
use super::programs;
use crate::pages::{Head, Posted, Reply, Visit};
use domain::editorial::{self, Filter, NewItem};
use domain::error::Error;
use domain::locale::Locale;
use domain::policy::{Action, may};
use domain::tasks;
use ui::components::Filled;
use ui::document::Nav;
use ui::pages::staff::content::{coverage, library, measures as figures, new, reviews};
use ui::paths;

pub async fn show(visit: Visit, query: Asked) -> Reply {
    let query = asked(query);
    let programs = programs(&visit);
    let filter = Filter {
        text: said(&query, "text").unwrap_or_default().to_owned(),
        program: said(&query, "program")
            .and_then(|code| programs.iter().find(|known| known.code == code))
            .map(|known| known.id),
        kind: said(&query, "kind").and_then(|kind| kind.parse().ok()),
        locale: said(&query, "language").and_then(|tag| tag.parse().ok()),
        state: said(&query, "state").and_then(|state| state.parse().ok()),
        stage: said(&query, "stage").and_then(|stage| stage.parse().ok()),
        due_by: said(&query, "due").and_then(|day| day.parse().ok()),
    };
    let page = editorial::library(&visit.ctx, &filter, said(&query, "after")).await?;
    let may_write = may(&visit.ctx.actor, Action::WriteContent);
    let w = visit.words();
    let model = library::Model { filter, page, programs, may_write };
    let head = Head::new(w.t("editorial.library.title")).nav(Nav::Content);
    Ok(visit.show(head, move || library::view(w, model)))
}

pub async fn gaps(visit: Visit) -> Reply {
    let rows = editorial::coverage(&visit.ctx).await?;
    let model = coverage::Model { rows, programs: programs(&visit) };
    let w = visit.words();
    let head = Head::new(w.t("editorial.coverage.title")).nav(Nav::Content);
    Ok(visit.show(head, move || coverage::view(w, model)))
}

pub async fn measures(visit: Visit) -> Reply {
    let measures = editorial::measures(&visit.ctx).await?;
    let w = visit.words();
    let head = Head::new(w.t("editorial.measures.title")).nav(Nav::Content);
    Ok(visit.show(head, move || figures::view(w, measures)))
}

pub async fn show_new(visit: Visit) -> Reply {
    visit.ctx.require(Action::WriteContent).await?;
    draw_new(&visit, Filled::of([("language", Locale::En.tag())]))
}

pub async fn create(visit: Visit, posted: Posted) -> Reply {
    if posted.act() != "create" {
        return Err(Error::NotFound.into());
    }
    let program = visit.ctx.portal.programs.by_code(posted.get("program")).ok_or(Error::NotFound)?;
    let item = NewItem {
        program: program.id,
        kind: posted.get("kind").parse().map_err(|_| Error::NotFound)?,
        code: posted.get("code").to_uppercase(),
        slug: posted.get("slug").to_owned(),
        title: posted.get("title").to_owned(),
    };
    let source = posted.get("language").parse().unwrap_or(Locale::En);
    match editorial::create(&visit.ctx, &item, source).await {
        Ok(id) => Ok(visit.go(&paths::content_edit(visit.locale(), id))),
        Err(Error::Invalid(flaws)) => draw_new(&visit, Filled::refused(posted.values(), flaws)),
        Err(error) => Err(error.into()),
    }
}

fn draw_new(visit: &Visit, filled: Filled) -> Reply {
    let w = visit.words();
    let is_refused = filled.is_refused();
    let model = new::Model { programs: programs(visit), filled };
    let head = Head::new(w.t("editorial.new.title")).nav(Nav::Content);
    Ok(visit.show_or_refuse(is_refused, head, move || new::view(w, model)))
}

pub async fn waiting(visit: Visit) -> Reply {
    let waiting = editorial::waiting(&visit.ctx).await?;
    let tasks = tasks::about_content(&visit.ctx).await?;
    let model = reviews::Model { waiting, tasks, programs: programs(&visit), now: visit.ctx.now };
    let w = visit.words();
    let head = Head::new(w.t("editorial.reviews.title")).nav(Nav::Reviews);
    Ok(visit.show(head, move || reviews::view(w, model)))
}
