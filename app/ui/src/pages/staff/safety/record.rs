//! One record: the words as they were written, what makes a report, and who decides.

use super::{clock, kind, report};
use crate::components::{
    Area, Back, Button, ErrorSummary, Fact, Facts, Filled, Form, Id, Isolate, Notice, When,
};
use crate::i18n::Words;
use crate::pages::staff::told;
use crate::paths;
use domain::ids::PersonId;
use domain::safety::{Outcome, Record, Reporter, Settled, State};
use domain::time::Timestamp;
use leptos::prelude::*;

pub struct Model {
    pub record: Record,
    pub program: Option<String>,
    pub zone: String,
    pub now: Timestamp,
    /// Who reads it: whoever acknowledged it cannot call it harmless alone.
    pub me: Option<PersonId>,
    pub filled: Filled,
    /// What was just done, as the last part of a key.
    pub told: Option<String>,
    /// Why an act could not be done.
    pub conflict: Option<&'static str>,
}

pub fn view(w: Words, model: Model) -> impl IntoView {
    let record = &model.record;
    let told = told(w, model.told.as_ref().map(|told| format!("safety.done.{told}")));
    let changed = model.conflict.map(|code| {
        let title = w.find(&format!("safety.conflict.{code}")).unwrap_or_else(|| w.t("safety.changed"));
        view! { <Notice title/> }
    });
    let filled = model.filled.clone();
    let clocks = clocks(w, &model);
    let (words, criteria, decision, facts) =
        (words(w, record), criteria(w, record), decision(w, &model), facts(w, &model));
    let asked = report::questions(w, &model);
    let kinds = record.kinds.iter().map(|code| view! { <li>{kind(w, code)}</li> }).collect_view();
    view! {
        <Back w to=paths::safety_queue(w.locale) text=w.t("safety.title")/>
        <ErrorSummary w filled/>
        {told}
        {changed}
        <h1><Id text=record.brief.number.clone()/></h1>
        <ul class="kinds" role="list">{kinds}</ul>
        {clocks}
        <div class="columns">
            <div class="stack">{words}{criteria}{asked}{decision}</div>
            <div class="stack">{facts}</div>
        </div>
    }
}

/// The two clocks, while they run.
fn clocks(w: Words, model: &Model) -> AnyView {
    let brief = &model.record.brief;
    if matches!(brief.state, State::Sent | State::Closed) {
        return ().into_any();
    }
    let zone = model.zone.clone();
    let line = |key: &str, due: Timestamp| {
        let (label, clock, zone) = (w.t(key), clock(w, due, model.now), zone.clone());
        view! { <Fact label>{clock}<br/><span class="small quiet"><When w at=due zone/></span></Fact> }
    };
    let triage = (brief.state == State::Flagged).then(|| line("safety.column.triage", brief.triage_due));
    let report = line("safety.column.report", brief.report_due);
    view! { <div class="clocks"><Facts>{triage}{report}</Facts></div> }.into_any()
}

/// The verbatim, with the words that counted marked.
fn words(w: Words, record: &Record) -> AnyView {
    let text = &record.verbatim;
    let (mut pieces, mut at) = (Vec::new(), 0);
    for (start, end) in &record.marks {
        pieces.push(view! { <span>{slice(text, at, *start)}</span> }.into_any());
        pieces.push(view! { <mark>{slice(text, *start, *end)}</mark> }.into_any());
        at = *end;
    }
    pieces.push(view! { <span>{slice(text, at, text.len())}</span> }.into_any());
    let locale = record.brief.locale;
    let missed = record.is_screen_miss.then(|| view! { <p class="small quiet">{w.t("safety.missed")}</p> });
    view! {
        <section aria-labelledby="verbatim">
            <h2 id="verbatim">{w.t("safety.verbatim")}</h2>
            <blockquote class="verbatim" lang=locale.tag() dir="auto"><p><bdi>{pieces}</bdi></p></blockquote>
            {missed}
        </section>
    }
    .into_any()
}

fn slice(text: &str, start: usize, end: usize) -> String {
    text.get(start..end).unwrap_or_default().to_owned()
}

/// The four criteria of a valid report.
fn criteria(w: Words, record: &Record) -> AnyView {
    let criteria = record.brief.criteria;
    let list = [
        ("reporter", criteria.reporter),
        ("patient", criteria.patient),
        ("product", criteria.product),
        ("reaction", criteria.reaction),
    ]
    .map(|(name, is_met)| {
        let state = w.t(if is_met { "safety.known" } else { "safety.unknown" });
        let name = w.t(&format!("safety.criterion.{name}"));
        let met = if is_met { "yes" } else { "no" };
        view! { <li class="criterion" data-met=met><span>{name}</span><span class="quiet">{state}</span></li> }
    })
    .collect_view();
    let title = w.with("safety.criteria", &[("n", &w.number(criteria.met() as i64))]);
    view! {
        <section aria-labelledby="criteria">
            <h2 id="criteria">{title}</h2>
            <ul class="criteria" role="list">{list}</ul>
        </section>
    }
    .into_any()
}

/// What may be done now, or what was decided.
fn decision(w: Words, model: &Model) -> AnyView {
    let record = &model.record;
    let here = paths::safety_record(w.locale, record.brief.id);
    let version = record.version.to_string();
    match record.brief.state {
        State::Flagged => view! {
            <section aria-labelledby="decide">
                <h2 id="decide">{w.t("safety.acknowledge_title")}</h2>
                <p>{w.t("safety.acknowledge_text")}</p>
                <Form w action=here act="acknowledge">
                    <input type="hidden" name="version" value=version/>
                    <Button>{w.t("safety.acknowledge")}</Button>
                </Form>
            </section>
        }
        .into_any(),
        State::Acknowledged => view! { {report::details(w, model)}{report::triage(w, model)} }.into_any(),
        State::Triaged if record.brief.triaged_as == Some(Outcome::NotSafety) => {
            view! { {report::triage(w, model)}{close(w, model, here, version)} }.into_any()
        }
        State::Triaged => {
            view! { {report::details(w, model)}{report::triage(w, model)}{report::handover(w, model)} }
                .into_any()
        }
        State::Sent => {
            let close = record.brief.is_accepted.then(|| close(w, model, here, version));
            view! { {report::details(w, model)}{report::handover(w, model)}{close} }.into_any()
        }
        State::Closed => view! { {closed(w, model)}{report::handover(w, model)} }.into_any(),
    }
}

fn close(w: Words, model: &Model, here: paths::Path, version: String) -> AnyView {
    let reason = model.filled.field("reason");
    let outcome = model.record.brief.triaged_as.map(|outcome| w.t(&format!("safety.outcome.{outcome}")));
    let is_mine = model.record.triaged.as_ref().map(|done| done.by) == model.me;
    let is_harmless = model.record.brief.triaged_as == Some(Outcome::NotSafety);
    let other = (is_mine && is_harmless).then(|| view! { <p class="hint">{w.t("safety.second_person")}</p> });
    view! {
        <section aria-labelledby="decide">
            <h2 id="decide">{w.t("safety.close_title")}</h2>
            <p><strong>{outcome}</strong></p>
            {other}
            <Form w action=here act="close">
                <input type="hidden" name="version" value=version/>
                <Area w field=reason label=w.t("safety.reason") hint=w.t("safety.reason_hint")/>
                <Button>{w.t("safety.close")}</Button>
            </Form>
        </section>
    }
    .into_any()
}

fn closed(w: Words, model: &Model) -> AnyView {
    let outcome = model.record.brief.closed_as.map(|outcome| w.t(&format!("safety.outcome.{outcome}")));
    let reason = model.record.reason.clone().unwrap_or_default();
    view! {
        <section aria-labelledby="decide">
            <h2 id="decide">{w.t("safety.closed_title")}</h2>
            <p><strong>{outcome}</strong></p>
            <p class="turn-words" dir="auto"><bdi>{reason}</bdi></p>
        </section>
    }
    .into_any()
}

/// Where it came from, whom it is about, who has it.
fn facts(w: Words, model: &Model) -> AnyView {
    let (record, brief, zone) = (&model.record, &model.record.brief, &model.zone);
    let name = match &record.name {
        Some(name) => view! { <Isolate text=name.clone()/> }.into_any(),
        None => view! { <span class="quiet">{w.t("safety.nobody_known")}</span> }.into_any(),
    };
    let case = brief.case.clone().map(|(case, number)| {
        let to = paths::staff_case(w.locale, case);
        view! { <Fact label=w.t("safety.column.case")><a href=to><Id text=number/></a></Fact> }
    });
    let program = model
        .program
        .clone()
        .map(|name| view! { <Fact label=w.t("safety.program")><span translate="no">{name}</span></Fact> });
    let reporter = match record.reporter {
        Reporter::Patient => "safety.reporter.patient",
        Reporter::Visitor => "safety.reporter.visitor",
        Reporter::Staff => "safety.reporter.staff",
    };
    let done = |key: &str, settled: &Option<Settled>| {
        settled.clone().map(|settled| {
            let (label, zone) = (w.t(key), zone.clone());
            view! { <Fact label><bdi>{settled.name}</bdi><br/><span class="small quiet"><When w at=settled.at zone/></span></Fact> }
        })
    };
    let acknowledged = done("safety.acknowledged_by", &record.acknowledged);
    let triaged = done("safety.triaged_by", &record.triaged);
    let closed = done("safety.closed_by", &record.closed);
    let (source, reporter) = (w.t(&format!("safety.source.{}", brief.source)), w.t(reporter));
    let (aware, zone, language) = (brief.aware_at, zone.clone(), brief.locale.name());
    view! {
        <section class="record-facts" aria-labelledby="about">
            <h2 id="about">{w.t("safety.about")}</h2>
            <Facts>
                <Fact label=w.t("safety.aware")><When w at=aware zone/></Fact>
                <Fact label=w.t("safety.patient")>{name}</Fact>
                {case}
                {program}
                <Fact label=w.t("safety.written_by")>{reporter}</Fact>
                <Fact label=w.t("safety.column.source")>{source}</Fact>
                <Fact label=w.t("safety.language")>{language}</Fact>
                {acknowledged}
                {triaged}
                {closed}
            </Facts>
        </section>
    }
    .into_any()
}
