//! A month's reconciliation: what was flagged, what it was, what pharmacovigilance has, what is late or missing.

use super::span;
use crate::components::{Fact, Facts, Id, Table, Tag, Tone, When};
use crate::i18n::Words;
use crate::paths;
use domain::safety::rules::Figures;
use domain::safety::{Reconciled, Reconciliation};
use domain::time::Timestamp;
use leptos::prelude::*;

pub struct Model {
    /// `2026-12`, and the ones before and after it.
    pub month: String,
    pub before: String,
    pub after: Option<String>,
    /// In words.
    pub name: String,
    pub found: Reconciliation,
    pub figures: Figures,
    pub zone: String,
    pub now: Timestamp,
}

pub fn view(w: Words, model: Model) -> impl IntoView {
    let f = &model.figures;
    let n = |count: usize| w.number(count as i64);
    let figures = [
        ("flagged", n(f.flagged)),
        ("untriaged", n(f.untriaged)),
        ("not_safety", n(f.not_safety)),
        ("adverse_events", n(f.adverse_events)),
        ("complaints", n(f.complaints)),
        ("both", n(f.both)),
        ("special", n(f.special)),
        ("to_report", n(f.to_report)),
        ("answered", w.with("safety.month.of", &[("n", &n(f.answered)), ("of", &n(f.to_report))])),
        ("late", n(f.late)),
        ("median", f.median.map(|took| span(w, took)).unwrap_or_else(|| "–".into())),
        ("longest", f.longest.map(|took| span(w, took)).unwrap_or_else(|| "–".into())),
    ]
    .map(|(key, value)| view! { <Fact label=w.t(&format!("safety.month.{key}"))>{value}</Fact> })
    .collect_view();
    let to = |month: &str| paths::safety_month(w.locale).query("month", month);
    let after = model
        .after
        .as_ref()
        .map(|month| view! { <a href=to(month) rel="next">{w.t("safety.month.after")}</a> });
    let file = paths::safety_month(w.locale).query("month", &model.month).query("as", "csv");
    let columns = ["record", "aware", "state", "sent", "answer"]
        .map(|column| view! { <th scope="col">{w.t(&format!("safety.month.column.{column}"))}</th> })
        .collect_view();
    let rows = model.found.lines.iter().map(|line| row(w, line, &model)).collect_view();
    let table = (!model.found.lines.is_empty()).then(|| {
        view! {
            <Table caption=w.t("safety.month.records")>
                <thead><tr>{columns}</tr></thead>
                <tbody>{rows}</tbody>
            </Table>
            <p><a href=file download="">{w.t("safety.month.file")}</a></p>
        }
    });
    view! {
        <h1>{w.t("safety.month.title")}</h1>
        <p class="lead">{model.name.clone()}</p>
        <p class="row"><a href=to(&model.before) rel="prev">{w.t("safety.month.before")}</a>" "{after}</p>
        <div class="figures"><Facts>{figures}</Facts></div>
        {table}
    }
}

fn row(w: Words, line: &Reconciled, model: &Model) -> AnyView {
    let to = paths::safety_record(w.locale, line.id);
    let state = match line.triaged_as {
        Some(outcome) => w.t(&format!("safety.outcome.{outcome}")),
        None => w.t(&format!("safety.state.{}", line.state)),
    };
    let (zone, aware) = (model.zone.clone(), line.aware_at);
    let late =
        line.is_late(model.now).then(|| view! { " "<Tag tone=Tone::Act text=w.t("safety.month.is_late")/> });
    let sent = match line.sent_at {
        Some(at) => {
            let zone = zone.clone();
            view! { <When w at zone/> }.into_any()
        }
        None => view! { <span class="quiet">"–"</span> }.into_any(),
    };
    let answer = match &line.answer {
        Some(answer) => view! { <bdi translate="no">{answer.clone()}</bdi> }.into_any(),
        None if line.is_missing(model.now) => {
            view! { <Tag tone=Tone::Act text=w.t("safety.month.missing")/> }.into_any()
        }
        None => view! { <span class="quiet">"–"</span> }.into_any(),
    };
    view! {
        <tr>
            <td><a href=to><Id text=line.number.clone()/></a></td>
            <td><When w at=aware zone/></td>
            <td>{state}</td>
            <td>{sent}{late}</td>
            <td>{answer}</td>
        </tr>
    }
    .into_any()
}
