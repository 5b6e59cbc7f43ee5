//! Where a case stands, for the person it is about.

use crate::pages::{Head, Reply, Visit};
use axum::extract::Path;
use domain::cases;
use domain::error::Error;
use ui::document::Nav;
use ui::pages::patient::case as view;

pub async fn show(visit: Visit, Path((_, case)): Path<(String, String)>) -> Reply {
    let case = case.parse().map_err(|_| Error::NotFound)?;
    let seen = cases::status(&visit.ctx, case).await?;
    let program = visit.ctx.portal.programs.get(seen.program)?;
    let model = view::Model { view: seen, help: visit.help(&program), zone: program.zone.clone() };
    let head = Head::new(visit.words().t("cases.title")).nav(Nav::Home).program(&program);
    let w = visit.words();
    Ok(visit.show(head, move || view::view(w, model)))
}
