//! A conversation that was handed over, as staff read and answer it.

use crate::components::{
    Area, Button, ErrorSummary, Fact, Facts, Filled, Form, Id, Isolate, Look, Notice, Tag, Tone, When,
};
use crate::i18n::{Words, machine};
use crate::pages::staff::told;
use crate::paths;
use domain::assistant::{Author, Outcome, Piece, State, Thread, Turn};
use domain::time::Timestamp;
use leptos::prelude::*;

pub struct Model {
    pub thread: Thread,
    pub program: String,
    pub zone: String,
    pub now: Timestamp,
    pub filled: Filled,
    /// What was just done, as the last part of a key.
    pub told: Option<String>,
    /// Somebody changed it while this person wrote.
    pub has_changed: bool,
}

pub fn view(w: Words, model: Model) -> impl IntoView {
    let told = told(w, model.told.as_ref().map(|told| format!("assistant.staff.done.{told}")));
    let changed = model.has_changed.then(|| view! { <Notice title=w.t("assistant.staff.changed")/> });
    let turns = model.thread.turns.iter().map(|said| turn(w, &model, said)).collect_view();
    let (facts, answer, filled) = (facts(w, &model), answer(w, &model), model.filled.clone());
    view! {
        <ErrorSummary w filled/>
        {told}
        {changed}
        <h1>{w.t("assistant.staff.title")}</h1>
        <div class="columns">
            <div class="stack">
                <section class="thread" aria-label=w.t("assistant.staff.log")>{turns}</section>
                {answer}
            </div>
            <div class="stack">{facts}</div>
        </div>
    }
}

fn facts(w: Words, model: &Model) -> AnyView {
    let thread = &model.thread;
    let who = match &thread.name {
        Some(name) => view! { <Isolate text=name.clone()/> }.into_any(),
        None => view! { <span>{w.t("assistant.staff.visitor")}</span> }.into_any(),
    };
    let case = thread.case.clone().map(|(case, number)| {
        let to = paths::staff_case(w.locale, case);
        view! { <Fact label=w.t("assistant.staff.case")><a href=to><Id text=number/></a></Fact> }
    });
    let queue = thread.queue.map(|queue| {
        let text = w.t(&format!("assistant.staff.queues.{queue}"));
        view! { <Fact label=w.t("assistant.staff.queue")>{text}</Fact> }
    });
    let zone = model.zone.clone();
    let is_late = thread.due_at.is_some_and(|due| due < model.now);
    let due = thread.due_at.map(|at| {
        let late = is_late.then(|| view! { " "<Tag tone=Tone::Act text=w.t("assistant.staff.late")/> });
        view! { <Fact label=w.t("assistant.staff.due")><When w at zone/>{late}</Fact> }
    });
    let (state, program) = (w.t(&format!("assistant.staff.states.{}", thread.state)), model.program.clone());
    let language = thread.locale.name();
    view! {
        <section class="thread-facts" aria-labelledby="about">
            <h2 id="about">{w.t("assistant.staff.about")}</h2>
            <Facts>
                <Fact label=w.t("assistant.staff.patient")>{who}</Fact>
                {case}
                <Fact label=w.t("assistant.staff.program")><span translate="no">{program}</span></Fact>
                <Fact label=w.t("assistant.staff.language")>{language}</Fact>
                <Fact label=w.t("assistant.staff.state")>{state}</Fact>
                {queue}
                {due}
            </Facts>
        </section>
    }
    .into_any()
}

fn turn(w: Words, model: &Model, turn: &Turn) -> AnyView {
    let (by, who) = match turn.author {
        Author::Person => ("patient", w.t("assistant.staff.patient")),
        Author::Portal => ("portal", w.t("assistant.staff.portal")),
        Author::Staff => ("staff", turn.name.clone().unwrap_or_else(|| w.t("assistant.from.team"))),
    };
    let words = turn
        .text
        .clone()
        .map(|text| view! { <p class="turn-words" dir="auto" lang=turn.locale.tag()><bdi>{text}</bdi></p> });
    let act =
        turn.act.map(|act| view! { <p class="quiet">{w.t(&format!("assistant.staff.acts.{act}"))}</p> });
    let outcome = turn.outcome.map(|outcome| portal(w, turn, outcome));
    view! {
        <article class="turn" data-by=by>
            <h2 class="turn-who">
                <bdi>{who}</bdi>
                <time class="turn-at" datetime=machine(turn.at)>{w.instant(turn.at, &model.zone)}</time>
            </h2>
            {words}
            {act}
            {outcome}
        </article>
    }
    .into_any()
}

/// What the portal did, and with which approved items.
fn portal(w: Words, turn: &Turn, outcome: Outcome) -> AnyView {
    let items: Vec<String> = turn.shown.iter().map(|piece| item(w, piece)).collect();
    let language = turn.tongue.map(|tongue| tongue.name()).unwrap_or_default();
    let values = [("items", &*items.join(" · ")), ("language", language)];
    let text = w.with(&format!("assistant.staff.outcomes.{outcome}"), &values);
    let helped = turn.helped.map(|helped| {
        let key = if helped { "assistant.staff.helped" } else { "assistant.staff.not_helped" };
        view! { <p class="quiet">{w.t(key)}</p> }
    });
    view! { <p class="quiet">{text}</p>{helped} }.into_any()
}

fn item(w: Words, piece: &Piece) -> String {
    let code = piece.live.as_ref().map_or(&piece.pointer.item, |live| &live.code);
    let named = match &piece.live {
        Some(live) => format!("{code} {}", live.title),
        None => code.clone(),
    };
    w.with("assistant.staff.item", &[("item", &named), ("edition", &w.number(piece.pointer.edition))])
}

/// What may be done now.
fn answer(w: Words, model: &Model) -> AnyView {
    let thread = &model.thread;
    let here = paths::staff_thread(w.locale, thread.id);
    let version = thread.version.to_string();
    if !matches!(thread.state, State::Waiting | State::Person) {
        return view! { <p class="quiet">{w.t("assistant.staff.settled")}</p> }.into_any();
    }
    let take = (thread.state == State::Waiting).then(|| {
        let (here, version) = (here.clone(), version.clone());
        view! {
            <Form w action=here act="take">
                <input type="hidden" name="version" value=version/>
                <Button look=Look::Quiet>{w.t("assistant.staff.take")}</Button>
            </Form>
        }
    });
    let close = (thread.state == State::Person).then(|| {
        let (here, version) = (here.clone(), version.clone());
        view! {
            <Form w action=here act="close">
                <input type="hidden" name="version" value=version/>
                <p class="hint">{w.t("assistant.staff.close_hint")}</p>
                <Button look=Look::Quiet>{w.t("assistant.staff.close")}</Button>
            </Form>
        }
    });
    let hint = w.with("assistant.staff.reply_hint", &[("language", thread.locale.name())]);
    let field = model.filled.field("reply");
    view! {
        {take}
        <Form w action=here act="reply">
            <input type="hidden" name="version" value=version/>
            <Area w field label=w.t("assistant.staff.reply") hint rows=6/>
            <Button>{w.t("assistant.staff.send")}</Button>
        </Form>
        {close}
    }
    .into_any()
}
