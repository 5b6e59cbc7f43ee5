//! The first page of a signed-in person.

use crate::pages::{Head, Reply, Visit};
use domain::{cases, safety};
use ui::document::Nav;
use ui::pages::patient::home as view;

pub async fn show(visit: Visit) -> Reply {
    if visit.ctx.actor.is_staff() {
        return Ok(visit.go(&ui::paths::staff(visit.locale())));
    }
    let mine = cases::mine(&visit.ctx).await?;
    let programs = &visit.ctx.portal.programs;
    let mut head = Head::new(visit.words().t("cases.home_title")).nav(Nav::Home);
    let mut names = Vec::with_capacity(mine.cases.len());
    for card in &mine.cases {
        let program = programs.get(card.program)?;
        if names.is_empty() {
            head = head.program(&program);
        }
        names.push(program.name.clone());
    }
    if let Some(program) = programs.all().first().filter(|_| names.is_empty()) {
        head = head.program(program);
    }
    let has_questions = !safety::open_questions(&visit.ctx).await?.is_empty();
    let w = visit.words();
    Ok(visit.show(head, move || view::view(w, mine, names, has_questions)))
}
