//! `/{locale}/staff/threads/{thread}`: a conversation that was handed over, read and answered.

use super::outcome::Outcome;
use super::{Asked, InPath, id};
use crate::pages::{Head, Posted, Reply, Visit};
use domain::assistant;
use domain::error::Error;
use domain::ids::ThreadId;
use ui::document::Nav;
use ui::pages::staff::thread::{self as view, Model};
use ui::paths;

pub async fn show(visit: Visit, path: InPath, told: Asked) -> Reply {
    draw(&visit, id(&path)?, Outcome::told(told)).await
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
        Err(error) => draw(&visit, id, Outcome::refused(&posted, error)?).await,
    }
}

async fn draw(visit: &Visit, id: ThreadId, outcome: Outcome) -> Reply {
    let w = visit.words();
    let thread = assistant::thread(&visit.ctx, id).await?;
    let program = visit.app.portal.programs.get(thread.program)?;
    let is_refused = outcome.is_refused();
    let model = Model {
        thread,
        program: program.name.clone(),
        zone: program.zone.clone(),
        now: visit.ctx.now,
        filled: outcome.filled,
        told: outcome.told,
        has_changed: outcome.conflict.is_some(),
    };
    let head = Head::new(w.t("assistant.staff.title")).nav(Nav::Tasks).program(&program);
    Ok(visit.show_or_refuse(is_refused, head, move || view::view(w, model)))
}
