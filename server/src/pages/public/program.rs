//! A program's public pages: what it does, how to get the medicine, what it costs, safety information.

use crate::pages::{Head, Reply, Visit, approved};
use axum::extract::Path;
use domain::error::Error;
use domain::programs::Program;
use std::sync::Arc;
use ui::document::Nav;
use ui::pages::approved::Text;
use ui::pages::public::{program, reading};
use ui::paths;

type Named = Path<(String, String)>;

pub async fn show(visit: Visit, Path((_, code)): Named) -> Reply {
    let found = find(&visit, &code)?;
    let w = visit.words();
    let model = program::Model {
        code: found.code.clone(),
        name: found.name.clone(),
        tagline: approved::page(&visit, &found, "tagline"),
        about: text(&visit, &found, "about")?,
        services: found
            .settings
            .services
            .iter()
            .filter_map(|service| approved::page(&visit, &found, &format!("services.{service}")))
            .collect(),
        safety: approved::page(&visit, &found, "safety_short"),
    };
    let head = Head::new(w.t("public.program.title")).nav(Nav::Portal).program(&found);
    Ok(visit.show(head, move || program::view(w, model)))
}

pub async fn medicine(visit: Visit, Path((_, code)): Named) -> Reply {
    let next = paths::cost(visit.locale(), &code);
    read(&visit, &code, "medicine", Some(("public.cost.title", next)))
}

pub async fn cost(visit: Visit, Path((_, code)): Named) -> Reply {
    let next = paths::enroll(visit.locale(), &code);
    read(&visit, &code, "cost", Some(("public.program.enroll", next)))
}

pub async fn safety(visit: Visit, Path((_, code)): Named) -> Reply {
    read(&visit, &code, "safety", None)
}

fn read(visit: &Visit, code: &str, slug: &str, next: Option<(&'static str, paths::Path)>) -> Reply {
    let program = find(visit, code)?;
    let w = visit.words();
    let model = reading::Model {
        code: program.code.clone(),
        name: program.name.clone(),
        text: text(visit, &program, slug)?,
        safety: (slug != "safety").then(|| approved::page(visit, &program, "safety_short")).flatten(),
        next,
    };
    let head = Head::new(w.t(&format!("public.{slug}.title"))).nav(Nav::Portal).program(&program);
    Ok(visit.show(head, move || reading::view(w, model)))
}

fn find(visit: &Visit, code: &str) -> Result<Arc<Program>, Error> {
    visit.app.portal.programs.by_code(code).ok_or(Error::NotFound)
}

fn text(visit: &Visit, program: &Program, slug: &str) -> Result<Text, Error> {
    approved::page(visit, program, slug).ok_or(Error::NotFound)
}
