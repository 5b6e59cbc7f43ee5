//! What waits, soonest first: nobody has looked at it, then what is acknowledged.

use super::{clock, kind};
use crate::components::{Id, Table, Tag, Tone, When};
use crate::i18n::Words;
use crate::paths;
use domain::ids::ProgramId;
use domain::safety::{Brief, Page, Show, State};
use domain::time::Timestamp;
use leptos::prelude::*;

/// A program, as the list names it.
#[derive(Debug, Clone)]
pub struct Named {
    pub id: ProgramId,
    pub name: String,
    pub zone: String,
}

pub struct Model {
    pub page: Page,
    pub show: Show,
    pub programs: Vec<Named>,
    pub now: Timestamp,
}

pub fn view(w: Words, model: Model) -> impl IntoView {
    let tabs = Show::ALL
        .iter()
        .map(|&show| {
            let to = paths::safety_queue(w.locale).query("show", show.code());
            let current = (show == model.show).then_some("page");
            view! { <li><a href=to aria-current=current>{w.t(&format!("safety.show.{show}"))}</a></li> }
        })
        .collect_view();
    let next = model.page.next.clone().map(|mark| {
        let to = paths::safety_queue(w.locale).query("show", model.show.code()).query("after", &mark);
        view! { <p><a class="button button-quiet" href=to rel="next">{w.t("safety.next")}</a></p> }
    });
    let columns = ["record", "kind", "triage", "report", "criteria", "case", "source", "state"]
        .map(|column| view! { <th scope="col">{w.t(&format!("safety.column.{column}"))}</th> })
        .collect_view();
    let rows = model.page.records.iter().map(|record| row(w, &model, record)).collect_view();
    let (looks, month) = (paths::safety_second_looks(w.locale), paths::safety_month(w.locale));
    let list = if model.page.records.is_empty() {
        view! { <p class="lead">{w.t("safety.empty")}</p> }.into_any()
    } else {
        view! {
            <div class="safety-queue">
                <Table caption=w.t(&format!("safety.show.{}", model.show)) hide_caption=true>
                    <thead><tr>{columns}</tr></thead>
                    <tbody>{rows}</tbody>
                </Table>
            </div>
        }
        .into_any()
    };
    view! {
        <h1>{w.t("safety.title")}</h1>
        <p class="lead">{w.t("safety.lead")}</p>
        <nav class="tabs" aria-label=w.t("safety.shown")><ul role="list">{tabs}</ul></nav>
        <p class="row"><a href=looks>{w.t("safety.looks.title")}</a>" "<a href=month>{w.t("safety.month.title")}</a></p>
        {list}
        {next}
    }
}

fn row(w: Words, model: &Model, record: &Brief) -> AnyView {
    let to = paths::safety_record(w.locale, record.id);
    let program = record.program.and_then(|id| model.programs.iter().find(|known| known.id == id));
    let zone = program.or(model.programs.first()).map_or_else(String::new, |known| known.zone.clone());
    let program = program.map(|known| known.name.clone()).unwrap_or_default();
    let case = match record.case.clone() {
        Some((case, number)) => {
            let to = paths::staff_case(w.locale, case);
            view! { <a href=to><Id text=number/></a> }.into_any()
        }
        None => view! { <span class="quiet">{w.t("safety.nobody_known")}</span> }.into_any(),
    };
    let criteria = w.with("safety.of_four", &[("n", &w.number(record.criteria.met() as i64))]);
    let (triage, report) = match record.state {
        State::Flagged => (clock(w, record.triage_due, model.now), clock(w, record.report_due, model.now)),
        State::Acknowledged | State::Triaged => (done(w), clock(w, record.report_due, model.now)),
        State::Sent | State::Closed => (done(w), done(w)),
    };
    let state = match (record.closed_as, record.is_accepted) {
        (Some(outcome), _) => w.t(&format!("safety.outcome.{outcome}")),
        (None, true) => w.t("safety.sending.accepted"),
        (None, false) => w.t(&format!("safety.state.{}", record.state)),
    };
    let tone = if record.state == State::Flagged { Tone::Act } else { Tone::Info };
    let source = w.t(&format!("safety.source.{}", record.source));
    view! {
        <tr data-state=record.state.code()>
            <td>
                <a href=to><Id text=record.number.clone()/></a>
                <br/>
                <span class="small quiet"><When w at=record.aware_at zone/></span>
            </td>
            <td>{kind(w, &record.kind)}</td>
            <td>{triage}</td>
            <td>{report}</td>
            <td>{criteria}</td>
            <td>{case}<br/><span class="small quiet" translate="no">{program}</span></td>
            <td>{source}<br/><span class="small quiet">{record.locale.name()}</span></td>
            <td><Tag tone text=state/></td>
        </tr>
    }
    .into_any()
}

fn done(w: Words) -> AnyView {
    view! { <span class="quiet">{w.t("safety.settled")}</span> }.into_any()
}
