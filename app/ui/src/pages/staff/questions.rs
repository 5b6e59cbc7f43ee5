//! What the assistant could not answer, grouped by what it is about, and the week's figures: how it learns through people.

mod figures; // what became of the questions, week by week
mod one; // one group, and what staff make of it

pub use one::{Model as One, view as one};

use crate::components::{Id, Table, Tag, Tone, When};
use crate::i18n::Words;
use crate::pages::staff::content::Named;
use crate::paths::{self, Path};
use domain::assistant::gaps::{Figures, Gap, Gaps, Link};
use domain::locale::Locale;
use leptos::prelude::*;

pub struct Model {
    pub programs: Vec<Named>,
    /// Whose questions are shown.
    pub program: Named,
    pub locale: Locale,
    pub gaps: Gaps,
    pub figures: Vec<Figures>,
    /// What was just done, as the last part of a key.
    pub told: Option<String>,
}

impl Model {
    fn here(&self, w: Words, program: &Named, locale: Locale) -> Path {
        paths::questions(w.locale).query("program", &program.code).query("language", locale.tag())
    }
}

pub fn view(w: Words, model: Model) -> impl IntoView {
    let told = super::told(w, model.told.as_ref().map(|told| format!("questions.done.{told}")));
    let open = match model.gaps.open.is_empty() {
        true => view! { <p>{w.t("questions.empty")}</p> }.into_any(),
        false => list(w, &model, &model.gaps.open, w.t("questions.open"), "open"),
    };
    let linked = (!model.gaps.linked.is_empty()).then(|| {
        view! {
            <div class="stack">
                <h2>{w.t("questions.linked")}</h2>
                <p class="quiet">{w.t("questions.linked_lead")}</p>
                {list(w, &model, &model.gaps.linked, w.t("questions.linked"), "under-way")}
            </div>
        }
    });
    let next = model.gaps.next.as_ref().map(|mark| {
        let to = model.here(w, &model.program, model.locale).query("after", mark);
        view! { <p><a class="button button-quiet" href=to rel="next">{w.t("questions.older")}</a></p> }
    });
    view! {
        {told}
        <h1>{w.t("questions.title")}</h1>
        <p class="lead">{w.t("questions.lead")}</p>
        {programs(w, &model)}
        {languages(w, &model)}
        <div class="stack">
            <h2>{w.t("questions.open")}</h2>
            {open}
            {next}
        </div>
        {linked}
        {figures::view(w, &model.figures)}
    }
}

fn programs(w: Words, model: &Model) -> AnyView {
    let tabs = model
        .programs
        .iter()
        .map(|program| {
            let to = model.here(w, program, model.locale);
            let current = (program.id == model.program.id).then_some("page");
            view! { <li><a href=to aria-current=current translate="no">{program.name.clone()}</a></li> }
        })
        .collect_view();
    view! { <nav class="tabs" aria-label=w.t("questions.program")><ul role="list">{tabs}</ul></nav> }
        .into_any()
}

/// The languages, each with how many questions wait in it.
fn languages(w: Words, model: &Model) -> AnyView {
    let tabs = Locale::ALL
        .into_iter()
        .map(|locale| {
            let count = model.gaps.counts.iter().find(|(known, _)| *known == locale).map_or(0, |(_, n)| *n);
            let to = model.here(w, &model.program, locale);
            let current = (locale == model.locale).then_some("page");
            view! {
                <li>
                    <a href=to aria-current=current>
                        <span lang=locale.tag()>{locale.name()}</span>" "{w.number(count)}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <nav class="tabs" aria-label=w.t("questions.by_language")><ul role="list">{tabs}</ul></nav> }
        .into_any()
}

fn list(w: Words, model: &Model, gaps: &[Gap], caption: String, name: &'static str) -> AnyView {
    let rows = gaps.iter().map(|gap| row(w, model, gap)).collect_view();
    let columns = ["wordings", "asked", "last", "why", "what"]
        .map(|column| view! { <th scope="col">{w.t(&format!("questions.column.{column}"))}</th> })
        .collect_view();
    view! {
        <Table caption hide_caption=true name>
            <thead><tr>{columns}</tr></thead>
            <tbody>{rows}</tbody>
        </Table>
    }
    .into_any()
}

fn row(w: Words, model: &Model, gap: &Gap) -> AnyView {
    let zone = model.program.zone.clone();
    let count = i64::try_from(gap.turns.len()).unwrap_or(i64::MAX);
    let link = gap.link.as_ref().map(|link| under_way(w, link));
    let to = paths::question(w.locale, gap.lead);
    view! {
        <tr>
            <th scope="row">{wordings(gap, model.locale)}</th>
            <td>{w.count("questions.times", count)}</td>
            <td><When w at=gap.last_at zone/></td>
            <td>{why(w, gap)}</td>
            <td>{link}<a href=to>{w.t("questions.look")}</a></td>
        </tr>
    }
    .into_any()
}

/// The words as people typed them, in whatever direction they run.
fn wordings(gap: &Gap, locale: Locale) -> AnyView {
    let said = gap
        .wordings
        .iter()
        .map(|words| view! { <li lang=locale.tag() dir="auto"><bdi>{words.clone()}</bdi></li> })
        .collect_view();
    view! { <ul class="wordings">{said}</ul> }.into_any()
}

fn why(w: Words, gap: &Gap) -> String {
    let why: Vec<String> = gap.why.iter().map(|why| w.t(&format!("questions.why.{why}"))).collect();
    why.join(" · ")
}

/// What is being written for it, and whether the way to ask stands in it yet.
fn under_way(w: Words, link: &Link) -> AnyView {
    let item = view! { <Id text=link.item.clone()/> };
    let state = match link.is_written {
        true => w.with("questions.written", &[("edition", &w.number(link.edition))]),
        false => w.with("questions.waits", &[("edition", &w.number(link.edition))]),
    };
    let item = match link.variant {
        Some(variant) => view! { <a href=paths::content_variant(w.locale, variant)>{item}</a> }.into_any(),
        None => item.into_any(),
    };
    let tone = if link.is_written { Tone::Success } else { Tone::Act };
    view! { <p>{item}" "<Tag tone text=state/></p> }.into_any()
}
