//! The worklist. Its filter is the address: a list can be kept as a bookmark and passed on.

use super::{Asked, asked, said};
use crate::pages::{Head, Reply, Visit};
use domain::worklist::{self, Filter, View};
use ui::document::Nav;
use ui::pages::staff::worklist::{self as view, Known};

pub async fn show(visit: Visit, query: Asked) -> Reply {
    let query = asked(query);
    let programs = known(&visit);
    let filter = Filter {
        view: said(&query, "view").and_then(|view| view.parse().ok()).unwrap_or(View::All),
        queue: said(&query, "queue").map(str::to_owned),
        stage: said(&query, "stage").and_then(|stage| stage.parse().ok()),
        locale: said(&query, "language").and_then(|tag| tag.parse().ok()),
        program: said(&query, "program")
            .and_then(|code| programs.iter().find(|known| known.code == code))
            .map(|known| known.id),
    };
    let after = said(&query, "after");
    let page = worklist::page(&visit.ctx, &filter, after).await?;
    let model = view::Model {
        filter,
        page,
        is_later: after.is_some(),
        programs,
        queues: queues(&visit),
        now: visit.ctx.now,
    };
    let w = visit.words();
    let head = Head::new(w.t("worklist.title")).nav(Nav::Worklist);
    Ok(visit.show(head, move || view::view(w, model)))
}

/// The programs as lists name them.
pub(super) fn known(visit: &Visit) -> Vec<Known> {
    let all = visit.ctx.portal.programs.all();
    let known = all.iter().map(|program| Known {
        id: program.id,
        code: program.code.clone(),
        name: program.name.clone(),
        zone: program.zone.clone(),
    });
    known.collect()
}

/// The queues cases are routed to, in alphabetical order.
pub(super) fn queues(visit: &Visit) -> Vec<String> {
    let all = visit.ctx.portal.programs.all();
    let mut queues: Vec<String> =
        all.iter().flat_map(|program| program.rules.iter().map(|rule| rule.queue.clone())).collect();
    queues.sort_unstable();
    queues.dedup();
    queues
}
