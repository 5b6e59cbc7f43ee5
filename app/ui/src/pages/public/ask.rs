//! Ask: a conversation as a whole page (EN-23). A log that a screen reader can follow, approved answers word for word with
//! the stamp of their approval, and a person when there is none. Everything works without scripts.

pub(crate) mod answer; // what the portal says
mod model; // what the page needs, and its addresses
mod turn; // one turn of the log

pub use model::{Asks, Model};

use crate::components::{Area, Button, ErrorSummary, Form, Link, Phone, Region};
use crate::i18n::Words;
use crate::paths;
use domain::assistant::{Outcome, State};
use domain::programs::Program;
use leptos::prelude::*;
use std::sync::Arc;

/// The page of one program.
pub fn view(w: Words, model: Model) -> impl IntoView {
    let lead = model.talk.turns.is_empty().then(|| view! { <p class="lead">{w.t("assistant.lead")}</p> });
    let now = now(w, &model);
    view! {
        <Region id="ask-now">{now}</Region>
        <p class="ask-urgent" id="urgent">
            {w.t("assistant.emergency")}" "<Phone number=model.program.settings.emergency_phone.clone()/>
        </p>
        <h1>{w.t("assistant.title")}</h1>
        <Region id="ask-lead">{lead}</Region>
        {about(w, &model)}
        {regions(w, &model)}
    }
}

/// What a script swaps in after a question.
pub fn fragment(w: Words, model: Model) -> impl IntoView {
    let now = now(w, &model);
    view! {
        <Region id="ask-now">{now}</Region>
        <Region id="ask-lead">""</Region>
        {regions(w, &model)}
    }
}

/// The number to call, large and before anything else, while an emergency or a crisis is what was told last.
fn now(w: Words, model: &Model) -> Option<AnyView> {
    let settings = &model.program.settings;
    let (title, phone) = match model.talk.turns.iter().rev().find_map(|turn| turn.outcome)? {
        Outcome::Emergency => ("assistant.now_emergency", settings.emergency_phone.clone()),
        Outcome::Crisis => ("assistant.now_crisis", settings.crisis_phone.clone()),
        _ => return None,
    };
    Some(view! { <p class="ask-now"><strong>{w.t(title)}</strong>" "<Phone number=phone/></p> }.into_any())
}

fn regions(w: Words, model: &Model) -> impl IntoView + use<> {
    let turns = model.talk.turns.iter().map(|said| turn::view(w, model, said)).collect_view();
    let often = model.talk.turns.is_empty().then(|| often(w, model));
    let (waits, filled, form) = (waits(w, model), model.filled.clone(), form(w, model));
    view! {
        <Region id="log" log=true label=w.t("assistant.log")>{turns}</Region>
        <Region id="ask-waits">{waits}</Region>
        <Region id="ask-form">
            <ErrorSummary w filled/>
            {form}
            {often}
        </Region>
    }
}

/// Which program, and the way to another one.
fn about(w: Words, model: &Model) -> impl IntoView + use<> {
    let others = model
        .others
        .iter()
        .map(|program| {
            let to = paths::ask(w.locale).query("program", &program.code);
            let text = w.with("assistant.other_program", &[("program", &program.name)]);
            view! { <Link to=to>{text}</Link> }
        })
        .collect_view();
    view! {
        <p class="ask-about">
            <span>{w.with("assistant.about", &[("program", &model.program.name)])}</span>
            {others}
        </p>
    }
}

/// That a person has the conversation, and by when they answer.
fn waits(w: Words, model: &Model) -> Option<AnyView> {
    let waits = model.talk.waits?;
    let text = match (waits.state, waits.due_at) {
        (State::Waiting, Some(due)) => {
            w.with("assistant.waiting", &[("when", &w.instant(due, &model.program.zone))])
        }
        _ => w.t("assistant.with_person"),
    };
    let closed = waits.opens_at.map(
        |at| view! { " "{w.with("assistant.closed_now", &[("when", &w.instant(at, &model.program.zone))])} },
    );
    Some(view! { <p class="ask-waits">{text}{closed}</p> }.into_any())
}

fn form(w: Words, model: &Model) -> impl IntoView + use<> {
    let label = if model.talk.waits.is_some() { w.t("assistant.message") } else { w.t("assistant.question") };
    // where the newest turn offers a person, it is offered once
    let newest = model.talk.turns.last().and_then(|turn| turn.outcome);
    let is_offered = matches!(newest, Some(Outcome::NoMatch | Outcome::Crisis));
    let person = if is_offered { None } else { turn::person(w, model) };
    let (here, field) = (model.here(w), model.filled.field("question"));
    view! {
        <div class="ask-form">
            <Form w action=here act="ask" enhance=true>
                <Area w field label hint=w.t("assistant.question_hint") rows=3/>
                <Button>{w.t("assistant.send")}</Button>
            </Form>
            {person}
        </div>
    }
}

/// A few titles to begin with.
fn often(w: Words, model: &Model) -> impl IntoView + use<> {
    let titles =
        model.suggestions.iter().map(|variant| turn::pick(&variant.code, &variant.title)).collect_view();
    view! {
        <section class="ask-often" aria-labelledby="often">
            <h2 id="often">{w.t("assistant.often")}</h2>
            <Form w action=model.here(w) act="pick" enhance=true>
                <ul class="picks" role="list">{titles}</ul>
            </Form>
        </section>
    }
}

/// Which program is it about? For somebody we know nothing of.
pub fn choose(w: Words, programs: &[Arc<Program>], emergency: String) -> impl IntoView + use<> {
    let list = programs
        .iter()
        .map(|program| {
            let to = paths::ask(w.locale).query("program", &program.code);
            view! { <li><a class="pick" href=to translate="no">{program.name.clone()}</a></li> }
        })
        .collect_view();
    view! {
        <p class="ask-urgent">{w.t("assistant.emergency")}" "<Phone number=emergency/></p>
        <h1>{w.t("assistant.which_program")}</h1>
        <ul class="picks" role="list">{list}</ul>
    }
}
