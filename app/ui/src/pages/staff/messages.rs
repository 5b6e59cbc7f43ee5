//! What went out and what did not: the ledger of messages, without their words.

use crate::components::{Id, Table, Tag, Tone, When};
use crate::i18n::Words;
use crate::paths::{self, Path};
use domain::messaging::{Row, State};
use leptos::prelude::*;

pub struct Model {
    pub rows: Vec<Row>,
    pub only: Option<State>,
    /// Where older messages are.
    pub older: Option<Path>,
    pub zone: String,
}

pub fn page(w: Words, model: Model) -> impl IntoView {
    let filters = [None, Some(State::Planned), Some(State::Sent), Some(State::Suppressed), Some(State::Dead)]
        .into_iter()
        .map(|state| {
            let (key, to) = match state {
                None => ("messages.all".to_owned(), paths::messages(w.locale)),
                Some(state) => (
                    format!("messages.state.{state}"),
                    paths::messages(w.locale).query("state", state.code()),
                ),
            };
            let current = (state == model.only).then_some("page");
            view! { <li><a href=to aria-current=current>{w.t(&key)}</a></li> }
        })
        .collect_view();
    let empty = model.rows.is_empty().then(|| view! { <p>{w.t("messages.none")}</p> });
    let zone = model.zone;
    let rows = model.rows.into_iter().map(|row| line(w, row, &zone)).collect_view();
    view! {
        <h1>{w.t("messages.title")}</h1>
        <p class="lead">{w.t("messages.lead")}</p>
        <nav class="views" aria-label=w.t("messages.views")><ul role="list">{filters}</ul></nav>
        <Table caption=w.t("messages.title") hide_caption=true>
            <thead>
                <tr>
                    <th scope="col">{w.t("messages.column.planned")}</th>
                    <th scope="col">{w.t("messages.column.case")}</th>
                    <th scope="col">{w.t("messages.column.kind")}</th>
                    <th scope="col">{w.t("messages.column.state")}</th>
                    <th scope="col">{w.t("messages.column.why")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Table>
        {empty}
        {model.older.map(|to| view! { <p><a href=to>{w.t("messages.older")}</a></p> })}
    }
}

fn line(w: Words, row: Row, zone: &str) -> impl IntoView + use<> {
    let tone = match row.state {
        State::Sent => Tone::Success,
        State::Dead | State::Failed | State::Held => Tone::Act,
        State::Planned | State::Sending | State::Suppressed => Tone::Info,
    };
    let case = match (row.case, row.number) {
        (Some(case), Some(number)) => {
            view! { <a href=paths::staff_case(w.locale, case)><Id text=number/></a> }.into_any()
        }
        _ => view! { <span class="quiet">{w.t("messages.no_case")}</span> }.into_any(),
    };
    let why = match (&row.rule, &row.failure) {
        (_, Some(failure)) => {
            w.with(&format!("messages.failure.{failure}"), &[("n", &w.number(row.attempts))])
        }
        (Some(rule), None) => w.t(&format!("messages.rule.{rule}")),
        (None, None) => String::new(),
    };
    let zone = zone.to_owned();
    view! {
        <tr>
            <td><When w at=row.planned_at zone/></td>
            <td>{case}</td>
            <td>{w.t(&format!("messages.kind.{}", row.kind))}</td>
            <td><Tag tone text=w.t(&format!("messages.state.{}", row.state))/></td>
            <td>{why}</td>
        </tr>
    }
}
