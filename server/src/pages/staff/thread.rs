//! `/{locale}/staff/threads/{thread}`: a conversation that was handed over, read and answered.

use crate::pages::{Head, Posted, Reply, Visit};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query};
use domain::assistant;
use domain::error::Error;
use domain::ids::ThreadId;
use serde::Deserialize;
use ui::components::Filled;
use ui::document::Nav;
use ui::pages::staff::thread::{self as view, Model};
use ui::paths;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Told {
    /// What was just done.
    done: String,
}

type InPath = Path<(String, String)>;

pub async fn show(visit: Visit, path: InPath, told: Result<Query<Told>, QueryRejection>) -> Reply {
    let told = told.map(|Query(told)| told.done).unwrap_or_default();
    draw(&visit, id(&path)?, Filled::default(), Some(told), false).await
}

pub async fn post(visit: Visit, path: InPath, posted: Posted) -> Reply {
    let (id, ctx) = (id(&path)?, &visit.ctx);
    let version = posted.get("version").parse().unwrap_or(0);
    let (done, acted) = match posted.act() {
        "take" => ("taken", assistant::take(ctx, id, version).await),
        "reply" => ("sent", assistant::reply(ctx, id, version, posted.get("reply")).await),
        "close" => ("closed", assistant::close(ctx, id, version).await),
        _ => return Err(Error::NotFound.into()),
    };
    match acted {
        Ok(()) => Ok(visit.go(&paths::staff_thread(visit.locale(), id).query("done", done))),
        Err(Error::Invalid(flaws)) => {
            draw(&visit, id, Filled::refused(posted.values(), flaws), None, false).await
        }
        Err(Error::Conflict(_)) => {
            draw(&visit, id, Filled::refused(posted.values(), Vec::new()), None, true).await
        }
        Err(other) => Err(other.into()),
    }
}

fn id(Path((_, id)): &InPath) -> Result<ThreadId, Error> {
    id.parse().map_err(|_| Error::NotFound)
}

async fn draw(visit: &Visit, id: ThreadId, filled: Filled, told: Option<String>, has_changed: bool) -> Reply {
    let w = visit.words();
    let thread = assistant::thread(&visit.ctx, id).await?;
    let program = visit.app.portal.programs.get(thread.program)?;
    let is_refused = filled.is_refused() || has_changed;
    let model = Model {
        thread,
        program: program.name.clone(),
        zone: program.zone.clone(),
        now: visit.ctx.now,
        filled,
        told,
        has_changed,
    };
    let head = Head::new(w.t("assistant.staff.title")).nav(Nav::Tasks).program(&program);
    Ok(visit.show_or_refuse(is_refused, head, move || view::view(w, model)))
}
