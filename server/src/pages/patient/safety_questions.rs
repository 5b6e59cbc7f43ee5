//! `/{locale}/safety-questions`: what the safety desk asks a patient, and the answers.

use crate::pages::{Head, Posted, Reply, Visit, approved};
use domain::error::{Error, Result};
use domain::programs::Program;
use domain::safety::{self, Asked, Kind};
use std::sync::Arc;
use ui::components::Filled;
use ui::document::Nav;
use ui::pages::patient::safety_questions as view;

pub async fn show(visit: Visit) -> Reply {
    draw(&visit, Filled::default(), None).await
}

pub async fn post(visit: Visit, posted: Posted) -> Reply {
    let open = safety::open_questions(&visit.ctx).await?;
    let answers: Vec<(String, String)> =
        open.iter().map(|asked| (asked.id.clone(), posted.get(&asked.id).to_owned())).collect();
    match safety::answer(&visit.ctx, &answers).await {
        Ok(verdict) => draw(&visit, Filled::default(), Some(verdict.kind)).await,
        Err(Error::Invalid(flaws)) => draw(&visit, Filled::refused(posted.values(), flaws), None).await,
        Err(error) => Err(error.into()),
    }
}

async fn draw(visit: &Visit, filled: Filled, answered: Option<Kind>) -> Reply {
    let w = visit.words();
    let open = safety::open_questions(&visit.ctx).await?;
    let mut lines = Vec::with_capacity(open.len());
    for asked in &open {
        let program = program(visit, asked)?;
        let (question, _) = approved::line(visit, &program, &format!("ask_{}", asked.what));
        if !question.is_empty() {
            lines.push(view::Line { id: asked.id.clone(), question });
        }
    }
    let first = match open.first() {
        Some(asked) => Some(program(visit, asked)?),
        None => visit.app.portal.programs.all().first().cloned(),
    };
    let urgent = first.as_deref().and_then(|program| {
        let (title, phone, slug) = match answered? {
            Kind::Emergency => ("assistant.emergency_title", &program.settings.emergency_phone, "emergency"),
            Kind::Crisis => ("assistant.crisis_title", &program.settings.crisis_phone, "crisis"),
            _ => return None,
        };
        Some(view::Urgent {
            title: w.with(title, &[("phone", phone)]),
            phone: phone.clone(),
            text: approved::line(visit, program, slug).0,
        })
    });
    let is_refused = filled.is_refused();
    let model = view::Model { lines, filled, is_thanked: answered.is_some(), urgent };
    let mut head = Head::new(w.t("safety.ask.title")).nav(Nav::Home);
    if let Some(program) = &first {
        head = head.program(program);
    }
    Ok(visit.show_or_refuse(is_refused, head, move || view::view(w, model)))
}

/// The program whose words a question is asked in.
fn program(visit: &Visit, asked: &Asked) -> Result<Arc<Program>> {
    let programs = &visit.app.portal.programs;
    match asked.program {
        Some(id) => programs.get(id),
        None => programs.all().first().cloned().ok_or(Error::NotFound),
    }
}
