//! The modules one may read, along the rail.

use crate::components::{Mark, Notice, Rail, Stop, Tone};
use crate::i18n::Words;
use crate::paths;
use domain::locale::Locale;
use leptos::prelude::*;

#[derive(Debug, Clone)]
pub struct Module {
    pub slug: String,
    pub title: String,
    pub summary: String,
    pub minutes: i64,
    /// The module's language, where it is not the page's.
    pub lang: Option<Locale>,
    pub is_finished: bool,
    /// Finished before, and changed since.
    pub is_renewed: bool,
}

/// The modules of one program; `name` is none where several programs share the list.
#[derive(Debug, Clone)]
pub struct Shelf {
    pub name: String,
    pub modules: Vec<Module>,
}

#[derive(Debug, Clone)]
pub struct Model {
    pub shelves: Vec<Shelf>,
    /// Whether these are a patient's own: then what is finished is marked.
    pub is_own: bool,
    /// Title of the module that was just finished.
    pub finished: Option<String>,
    /// Some lessons are left out: they are being brought up to date in this language.
    pub has_gaps: bool,
}

pub fn view(w: Words, model: Model) -> impl IntoView {
    let lead = w.t(if model.is_own { "learn.lead_own" } else { "learn.lead" });
    let is_empty = model.shelves.iter().all(|shelf| shelf.modules.is_empty());
    let shelves = model
        .shelves
        .into_iter()
        .enumerate()
        .map(|(at, shelf)| {
            let id = format!("shelf-{at}");
            let label = id.clone();
            let stops = shelf.modules.into_iter().map(|module| stop(w, module)).collect_view();
            view! {
                <section aria-labelledby=label>
                    <h2 id=id translate="no">{shelf.name.clone()}</h2>
                    <Rail label=shelf.name unordered=true>{stops}</Rail>
                </section>
            }
        })
        .collect_view();
    view! {
        {model.finished.map(|title| view! {
            <Notice tone=Tone::Success title=w.with("learn.finished_notice", &[("title", &title)])>
                <p>{w.t("learn.finished_text")}</p>
            </Notice>
        })}
        <h1>{w.t("learn.title")}</h1>
        <p class="lead">{lead}</p>
        {is_empty.then(|| view! { <p>{w.t("learn.none")}</p> })}
        {model.has_gaps.then(|| view! { <p class="fallback">{w.t("learn.gaps")}</p> })}
        {shelves}
    }
}

fn stop(w: Words, module: Module) -> AnyView {
    let mark = if module.is_finished { Mark::Done } else { Mark::Open };
    let state = if module.is_finished {
        w.t("learn.state_finished")
    } else if module.is_renewed {
        w.t("learn.state_renewed")
    } else {
        w.count("common.minutes", module.minutes)
    };
    let (lang, dir) = (module.lang.map(|lang| lang.tag()), module.lang.map(|lang| lang.direction().tag()));
    let to = paths::module(w.locale, &module.slug);
    view! {
        <Stop mark title=module.title state=state to=to>
            <p lang=lang dir=dir>{module.summary}</p>
            {module.lang.map(|_| view! { <p class="fallback">{w.t("common.in_english")}</p> })}
        </Stop>
    }
    .into_any()
}
