//! `/{locale}/staff/safety` and its records: read, acknowledged, closed.

use crate::pages::{Head, Posted, Reply, Visit};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query};
use domain::error::{Error, Flaw};
use domain::ids::SafetyId;
use domain::safety::{self, Show};
use serde::Deserialize;
use ui::components::Filled;
use ui::document::Nav;
use ui::pages::staff::safety as view;
use ui::paths;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    show: String,
    after: String,
}

pub async fn queue(visit: Visit, asked: Result<Query<Asked>, QueryRejection>) -> Reply {
    let w = visit.words();
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    let show = asked.show.parse().unwrap_or(Show::Open);
    let after = Some(asked.after.as_str()).filter(|mark| !mark.is_empty());
    let page = safety::queue(&visit.ctx, show, after).await?;
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
        "acknowledge" => ("acknowledged", safety::acknowledge(ctx, id, version).await),
        "close" => {
            let outcome = posted.get("as").parse().ok();
            ("closed", safety::close(ctx, id, version, outcome, posted.get("reason")).await)
        }
        _ => return Err(Error::NotFound.into()),
    };
    match acted {
        Ok(()) => Ok(visit.go(&paths::safety_record(visit.locale(), id).query("done", done))),
        Err(Error::Invalid(flaws)) => {
            draw(&visit, id, Filled::refused(posted.values(), flaws), None, false).await
        }
        Err(Error::Conflict(_)) => {
            let kept = Filled::refused(posted.values(), Vec::<Flaw>::new());
            draw(&visit, id, kept, None, true).await
        }
        Err(other) => Err(other.into()),
    }
}

fn id(Path((_, id)): &InPath) -> Result<SafetyId, Error> {
    id.parse().map_err(|_| Error::NotFound)
}

async fn draw(visit: &Visit, id: SafetyId, filled: Filled, told: Option<String>, has_changed: bool) -> Reply {
    let w = visit.words();
    let record = safety::record(&visit.ctx, id).await?;
    let programs = &visit.app.portal.programs;
    let program = record.brief.program.map(|id| programs.get(id)).transpose()?;
    let known = program.clone().or_else(|| programs.all().first().cloned());
    let is_refused = filled.is_refused() || has_changed;
    let model = view::Record {
        record,
        program: program.map(|program| program.name.clone()),
        zone: known.map_or_else(|| "UTC".to_owned(), |program| program.zone.clone()),
        now: visit.ctx.now,
        me: visit.ctx.actor.person(),
        filled,
        told,
        has_changed,
    };
    // no number in the title: it stands in browser histories
    let head = Head::new(w.t("safety.record_title")).nav(Nav::Safety);
    Ok(visit.show_or_refuse(is_refused, head, move || view::record(w, model)))
}
