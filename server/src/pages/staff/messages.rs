//! The ledger of messages.

use crate::pages::{Head, Reply, Visit};
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use domain::messaging::{self, State};
use serde::Deserialize;
use ui::document::Nav;
use ui::pages::staff::messages as view;
use ui::paths;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    state: String,
    /// The last row seen: its instant and id.
    before: String,
}

pub async fn show(visit: Visit, asked: Result<Query<Asked>, QueryRejection>) -> Reply {
    let w = visit.words();
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    let only = asked.state.parse::<State>().ok();
    let before = asked.before.split_once('.').and_then(|(at, id)| Some((at.parse().ok()?, id.to_owned())));
    let rows = messaging::recent(&visit.ctx, only, before).await?;
    let older = rows.last().filter(|_| rows.len() == 50).map(|last| {
        let path = paths::messages(w.locale).query("before", &format!("{}.{}", last.planned_at.0, last.id));
        only.map_or(path.clone(), |state| path.query("state", state.code()))
    });
    let zone = visit
        .app
        .portal
        .programs
        .all()
        .first()
        .map_or_else(|| "UTC".to_owned(), |program| program.zone.clone());
    let model = view::Model { rows, only, older, zone };
    Ok(visit.show(Head::new(w.t("messages.title")).nav(Nav::Messages), move || view::page(w, model)))
}
