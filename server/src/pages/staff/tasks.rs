//! The tasks of staff: a list, and two buttons on each.

use super::worklist::{known, queues};
use super::{Asked, asked, said};
use crate::pages::{Head, Posted, Reply, Visit};
use domain::error::Error;
use domain::policy::{self, Action};
use domain::tasks::{self, Filter, Kind, Whose};
use std::collections::BTreeMap;
use ui::document::Nav;
use ui::pages::staff::tasks as view;
use ui::paths;

pub async fn show(visit: Visit, query: Asked) -> Reply {
    let query = asked(query);
    let told = ["taken", "settled", "changed"].into_iter().find(|told| said(&query, "told") == Some(told));
    page(&visit, &query, told).await
}

pub async fn post(visit: Visit, query: Asked, form: Posted) -> Reply {
    let query = asked(query);
    let task = form.get("task").parse().map_err(|_| Error::NotFound)?;
    let version = form.get("version").parse().map_err(|_| Error::NotFound)?;
    let (done, told) = match form.act() {
        "take" => (tasks::take(&visit.ctx, task, version).await, "taken"),
        "settle" => {
            let how = form.get("how").parse().map_err(|_| Error::NotFound)?;
            (tasks::settle(&visit.ctx, task, version, how).await, "settled")
        }
        _ => return Err(Error::NotFound.into()),
    };
    let told = match done {
        Ok(()) => told,
        // a colleague was faster: the list says so and shows how it stands
        Err(Error::Conflict(_)) => "changed",
        Err(Error::NotFound) if policy::may(&visit.ctx.actor, Action::NoteCase) => "changed",
        Err(error) => return Err(error.into()),
    };
    let to = ["whose", "queue", "kind"]
        .into_iter()
        .filter_map(|name| said(&query, name).map(|value| (name, value)))
        .fold(paths::tasks(visit.locale()), |to, (name, value)| to.query(name, value));
    Ok(visit.go(&to.query("told", told)))
}

async fn page(visit: &Visit, query: &BTreeMap<String, String>, told: Option<&'static str>) -> Reply {
    let filter = Filter {
        whose: said(query, "whose").and_then(|whose| whose.parse().ok()).unwrap_or(Whose::All),
        queue: said(query, "queue").map(str::to_owned),
        kind: said(query, "kind").and_then(|kind| kind.parse::<Kind>().ok()),
        case: None,
    };
    let page = tasks::list(&visit.ctx, &filter, said(query, "after")).await?;
    let programs = known(visit);
    let model = view::Model {
        filter,
        page,
        queues: queues(visit),
        zone: programs.first().map(|known| known.zone.clone()).unwrap_or_default(),
        programs,
        now: visit.ctx.now,
        may_settle: policy::may(&visit.ctx.actor, Action::NoteCase),
        told,
    };
    let w = visit.words();
    let head = Head::new(w.t("tasks.title")).nav(Nav::Tasks);
    Ok(visit.show(head, move || view::view(w, model)))
}
