//! The documents of a case, as its page shows them: what was asked for, what came, and the form to ask for one more.

use crate::components::{
    Button, Choice, DateField, Details, Filled, Form, Isolate, Look, OnDay, Pick, Table, Tag, Tone, When,
};
use crate::i18n::Words;
use crate::pages::patient::document::{Said, named};
use crate::pages::staff::document::tone;
use crate::paths;
use domain::documents::{Document, Request};
use domain::ids::CaseId;
use domain::time::Day;
use leptos::prelude::*;

/// One request with what was sent for it, newest first.
#[derive(Debug, Clone)]
pub struct Line {
    pub request: Request,
    pub name: Said,
    pub documents: Vec<Document>,
}

pub struct Model {
    pub case: CaseId,
    pub lines: Vec<Line>,
    /// Code and name of what may be asked for and is not open already.
    pub kinds: Vec<(String, String)>,
    /// When it would usually be due.
    pub usual_due: Option<Day>,
    pub may_request: bool,
    pub zone: String,
    /// The refused form, its prefix `ask`; empty otherwise.
    pub filled: Filled,
}

/// The section. Its forms post to the case's page: `act=ask_document` (`kind`, `due`), `act=withdraw_request` (`request`).
pub fn section(w: Words, model: Model) -> impl IntoView {
    let Model { case, lines, kinds, usual_due, may_request, zone, filled } = model;
    let is_empty = lines.is_empty();
    let rows = lines.into_iter().map(|line| row(w, case, line, may_request, &zone)).collect_view();
    let table = if is_empty {
        view! { <p class="quiet">{w.t("documents.staff.none")}</p> }.into_any()
    } else {
        view! {
            <Table name="documents" caption=w.t("documents.title") hide_caption=true>
                <thead>
                    <tr>
                        <th scope="col">{w.t("documents.staff.asked_for")}</th>
                        <th scope="col">{w.t("documents.staff.due")}</th>
                        <th scope="col">{w.t("documents.staff.what_came")}</th>
                        <th scope="col"><span class="hidden">{w.t("documents.staff.withdraw")}</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </Table>
        }
        .into_any()
    };
    let ask = (may_request && !kinds.is_empty()).then(|| ask(w, case, kinds, usual_due, filled));
    view! {
        <section id="documents" class="case-documents">
            <h2>{w.t("documents.title")}</h2>
            {table}
            {ask}
        </section>
    }
}

fn row(w: Words, case: CaseId, line: Line, may_request: bool, zone: &str) -> impl IntoView + use<> {
    let Line { request, name, documents } = line;
    let title = name.text.clone();
    let (lang, dir) = (name.lang.map(|lang| lang.tag()), name.lang.map(|lang| lang.direction().tag()));
    let is_open = request.is_open();
    let (key, look) = match (request.withdrawn_at.is_some(), is_open) {
        (true, _) => ("documents.staff.withdrawn", Tone::Info),
        (_, true) => ("documents.staff.open", Tone::Act),
        (_, false) => ("documents.staff.settled", Tone::Success),
    };
    let came = documents
        .into_iter()
        .map(|document| {
            view! {
                <li>
                    <a href=paths::staff_document(w.locale, document.id)><Isolate text=named(w, &document.name)/></a>
                    " "
                    <Tag tone=tone(document.state) text=w.t(&format!("documents.state.{}", document.state))/>
                    " "
                    <span class="quiet small"><When w at=document.received_at zone=zone.to_owned()/></span>
                </li>
            }
        })
        .collect_view();
    let withdraw = (is_open && may_request).then(|| {
        let (id, hidden) = (request.id.to_string(), name.text.clone());
        view! {
            <Form w action=paths::staff_case(w.locale, case) act="withdraw_request">
                <input type="hidden" name="request" value=id/>
                <Button look=Look::Quiet hidden=hidden>{w.t("documents.staff.withdraw")}</Button>
            </Form>
        }
    });
    view! {
        <tr>
            <th scope="row">
                <span lang=lang dir=dir>{title}</span>" "<Tag tone=look text=w.t(key)/>
            </th>
            <td><OnDay w day=request.due_on/></td>
            <td><ul class="review-others" role="list">{came}</ul></td>
            <td>{withdraw}</td>
        </tr>
    }
}

fn ask(
    w: Words,
    case: CaseId,
    kinds: Vec<(String, String)>,
    usual_due: Option<Day>,
    filled: Filled,
) -> impl IntoView + use<> {
    let is_refused = filled.is_refused();
    let filled = if is_refused {
        filled
    } else {
        let due = usual_due.map(|day| day.to_string()).unwrap_or_default();
        Filled::of([("due", due.as_str())])
    }
    .prefixed("ask");
    let picks = kinds.into_iter().map(|(code, name)| Pick::new(code, name)).collect::<Vec<_>>();
    view! {
        <Details summary=w.t("documents.staff.ask") open=is_refused>
            <Form w action=paths::staff_case(w.locale, case) act="ask_document">
                <Choice w field=filled.field("kind") legend=w.t("documents.staff.kind") options=picks/>
                <DateField w field=filled.field("due") label=w.t("documents.staff.due") hint=w.t("documents.staff.due_hint")/>
                <Button>{w.t("documents.staff.ask")}</Button>
            </Form>
        </Details>
    }
}
