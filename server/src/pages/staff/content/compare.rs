//! `/{locale}/staff/content/{variant}/compare`: against the edition before, another variant, or an earlier save.

use super::super::{Asked, asked, said};
use super::{InPath, id};
use crate::pages::{Head, Reply, Visit};
use domain::content::{Body, leaves};
use domain::editorial::{self, Dossier, diff};
use domain::error::Result;
use domain::ids::VariantId;
use std::collections::BTreeMap;
use ui::document::Nav;
use ui::pages::staff::content::compare::{self as view, Model};

pub async fn show(visit: Visit, path: InPath, query: Asked) -> Reply {
    let query = asked(query);
    let id = id(&path)?;
    let dossier = editorial::dossier(&visit.ctx, id).await?;
    let w = visit.words();
    let choices = choices(&visit, &dossier).await?;
    let with = said(&query, "with").map(str::to_owned);
    let with = with.or_else(|| choices.first().map(|(value, _)| value.clone())).unwrap_or_default();
    let before = before(&visit, id, &with).await?;
    let changes = match before {
        Some((title, body)) => changes(&title, &body, &dossier),
        None => Vec::new(),
    };
    let model = Model { dossier, with, choices, changes };
    let head = Head::new(w.t("editorial.compare.title")).nav(Nav::Content);
    Ok(visit.show(head, move || view::view(w, model)))
}

/// What it can be compared with: earlier editions in its language first, then saves.
async fn choices(visit: &Visit, dossier: &Dossier) -> Result<Vec<(String, String)>> {
    let w = visit.words();
    let sheet = &dossier.sheet;
    let mut choices: Vec<(String, String)> = dossier
        .siblings
        .iter()
        .filter(|one| one.id != sheet.id && one.locale == sheet.locale)
        .map(|one| {
            let state = w.t(&format!("editorial.state.{}", one.state));
            let edition = w.with("editorial.edition", &[("n", &w.number(one.edition))]);
            (one.id.to_string(), format!("{edition} · {state}"))
        })
        .collect();
    let zone = super::zone(visit, dossier);
    for (version, name, at) in editorial::saves(&visit.ctx, sheet.id).await? {
        choices.push((format!("save-{version}"), format!("{} · {name}", w.instant(at, &zone))));
    }
    Ok(choices)
}

async fn before(visit: &Visit, id: VariantId, with: &str) -> Result<Option<(String, Body)>> {
    if let Some(version) = with.strip_prefix("save-").and_then(|version| version.parse().ok()) {
        return editorial::save_of(&visit.ctx, id, version).await.map(Some);
    }
    let Ok(other) = with.parse() else { return Ok(None) };
    let other = editorial::dossier(&visit.ctx, other).await?.sheet;
    Ok(Some((other.title, other.body)))
}

fn changes(title: &str, before: &Body, dossier: &Dossier) -> Vec<(String, Vec<(diff::Change, String)>)> {
    let sheet = &dossier.sheet;
    let was: BTreeMap<String, String> =
        leaves::of(before).into_iter().map(|leaf| (leaf.path, leaf.text)).collect();
    let now = leaves::of(&sheet.body);
    let gone =
        was.keys().filter(|path| now.iter().all(|leaf| leaf.path != **path)).cloned().collect::<Vec<_>>();
    let mut changes = vec![("title".to_owned(), diff::words(title, &sheet.title))];
    for leaf in now {
        let text = was.get(&leaf.path).map_or("", String::as_str);
        changes.push((leaf.path, diff::words(text, &leaf.text)));
    }
    for path in gone {
        let text = was.get(&path).map_or("", String::as_str);
        changes.push((path.clone(), diff::words(text, "")));
    }
    changes.retain(|(_, runs)| runs.iter().any(|(change, _)| *change != diff::Change::Same));
    changes
}
