//! Names and values: what a person answered, and what we know.

use super::Link;
use crate::i18n::Words;
use crate::paths::Path;
use leptos::prelude::*;

/// Answers to look over before a submit.
#[component]
pub fn Summary(children: Children) -> impl IntoView {
    view! { <dl class="answers">{children()}</dl> }
}

/// One answer; an empty one says that nothing was given. `change` leads to its question.
#[component]
pub fn Answer(
    w: Words,
    #[prop(into)] label: String,
    #[prop(into)] value: String,
    #[prop(optional, into)] change: Option<Path>,
) -> impl IntoView {
    let value = if value.trim().is_empty() {
        view! { <span class="quiet">{w.t("common.not_given")}</span> }.into_any()
    } else {
        view! { <bdi>{value}</bdi> }.into_any()
    };
    view! {
        <div class="answer">
            <dt>{label.clone()}</dt>
            <dd>{value}</dd>
            {change.map(|to| view! { <dd class="answer-change"><Link to hidden=label>{w.t("common.change")}</Link></dd> })}
        </div>
    }
}

/// Facts about a thing, beside each other where there is room.
#[component]
pub fn Facts(children: Children) -> impl IntoView {
    view! { <dl class="facts">{children()}</dl> }
}

#[component]
pub fn Fact(#[prop(into)] label: String, children: Children) -> impl IntoView {
    view! { <div class="fact"><dt>{label}</dt><dd>{children()}</dd></div> }
}
