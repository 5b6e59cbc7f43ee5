//! The audit trail, for auditors.

use super::worklist::known;
use super::{Asked, asked, said};
use crate::pages::{Head, Reply, Visit};
use domain::audit::{self, Lines, Search};
use domain::error::Error;
use std::collections::BTreeMap;
use ui::components::Filled;
use ui::document::Nav;
use ui::pages::staff::audit as view;

pub async fn show(visit: Visit, query: Asked) -> Reply {
    let query = asked(query);
    let named = |name: &str| said(&query, name).map(str::to_owned);
    let search = Search {
        person: named("person"),
        case: named("case"),
        actor: named("actor"),
        act: named("kind").filter(|act| ["read", "write", "refused", "sent"].contains(&act.as_str())),
    };
    let before = said(&query, "before").and_then(|before| before.parse().ok());
    let values: BTreeMap<String, String> = ["case", "kind"]
        .into_iter()
        .filter_map(|name| named(name).map(|value| (name.to_owned(), value)))
        .collect();
    let (lines, flaws) = match audit::search(&visit.ctx, &search, before).await {
        Ok(lines) => (lines, Vec::new()),
        Err(Error::Invalid(flaws)) => (Lines::default(), flaws),
        Err(error) => return Err(error.into()),
    };
    let is_refused = !flaws.is_empty();
    let model = view::Model {
        search,
        lines,
        is_later: before.is_some(),
        filled: Filled::refused(values, flaws),
        zone: known(&visit).first().map(|known| known.zone.clone()).unwrap_or_default(),
    };
    let w = visit.words();
    let head = Head::new(w.t("audit.title")).nav(Nav::Audit);
    Ok(visit.show_or_refuse(is_refused, head, move || view::view(w, model)))
}
