//! `/{locale}/staff/safety` and its records: read, acknowledged, closed.

use super::outcome::Outcome;
use super::{Asked, InPath, asked, id, said};
use crate::pages::{Head, Posted, Reply, Visit};
use domain::error::Error;
use domain::ids::SafetyId;
use domain::safety::{self, Show};
use ui::document::Nav;
use ui::pages::staff::safety as view;
use ui::paths;

pub async fn queue(visit: Visit, query: Asked) -> Reply {
    let w = visit.words();
    let query = asked(query);
    let show = said(&query, "show").and_then(|show| show.parse().ok()).unwrap_or(Show::Open);
    let page = safety::queue(&visit.ctx, show, said(&query, "after")).await?;
    let programs = visit
        .app
        .portal
        .programs
        .all()
        .iter()
        .map(|program| view::Named { id: program.id, name: program.name.clone(), zone: program.zone.clone() })
        .collect();
    let model = view::Queue { page, show, programs, now: visit.ctx.now };
    let head = Head::new(w.t("safety.title")).nav(Nav::Safety);
    Ok(visit.show(head, move || view::queue(w, model)))
}

pub async fn show(visit: Visit, path: InPath, told: Asked) -> Reply {
    draw(&visit, id(&path)?, Outcome::told(told)).await
}

pub async fn post(visit: Visit, path: InPath, posted: Posted) -> Reply {
    let (id, ctx) = (id(&path)?, &visit.ctx);
    let version = posted.get("version").parse().unwrap_or(0);
    let (done, acted) = match posted.act() {
        "acknowledge" => ("acknowledged", safety::acknowledge(ctx, id, version).await),
        "close" => {
            let outcome = posted.get("as").parse().ok();
            ("closed", safety::close(ctx, id, version, outcome, posted.get("reason")).await)
        }
        _ => return Err(Error::NotFound.into()),
    };
    match acted {
        Ok(()) => Ok(visit.go(&paths::safety_record(visit.locale(), id).query("done", done))),
        Err(error) => draw(&visit, id, Outcome::refused(&posted, error)?).await,
    }
}

async fn draw(visit: &Visit, id: SafetyId, outcome: Outcome) -> Reply {
    let w = visit.words();
    let record = safety::record(&visit.ctx, id).await?;
    let programs = &visit.app.portal.programs;
    let program = record.brief.program.map(|id| programs.get(id)).transpose()?;
    let known = program.clone().or_else(|| programs.all().first().cloned());
    let is_refused = outcome.is_refused();
    let model = view::Record {
        record,
        program: program.map(|program| program.name.clone()),
        zone: known.map_or_else(|| "UTC".to_owned(), |program| program.zone.clone()),
        now: visit.ctx.now,
        me: visit.ctx.actor.person(),
        filled: outcome.filled,
        told: outcome.told,
        has_changed: outcome.has_changed,
    };
    // no number in the title: it stands in browser histories
    let head = Head::new(w.t("safety.record_title")).nav(Nav::Safety);
    Ok(visit.show_or_refuse(is_refused, head, move || view::record(w, model)))
}
