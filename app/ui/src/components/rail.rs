//! The rail: one line along the start edge that carries stages, tasks, questions and what has happened.

use crate::paths::Path;
use domain::locale::Locale;
use leptos::prelude::*;

/// Where a stop stands. The mark is drawn; the word beside it says the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mark {
    /// Filled.
    Done,
    /// A ring: we are here.
    Here,
    /// The line goes on.
    #[default]
    Open,
    /// Something went wrong here.
    Wrong,
    /// The reader must act here.
    Act,
}

impl Mark {
    const fn code(self) -> &'static str {
        match self {
            Mark::Done => "done",
            Mark::Here => "here",
            Mark::Open => "open",
            Mark::Wrong => "wrong",
            Mark::Act => "act",
        }
    }
}

/// A list along the rail. `unordered=true` where the order does not matter.
#[component]
pub fn Rail(
    #[prop(into)] label: String,
    #[prop(optional)] unordered: bool,
    children: Children,
) -> impl IntoView {
    if unordered {
        view! { <ul class="rail" role="list" aria-label=label>{children()}</ul> }.into_any()
    } else {
        view! { <ol class="rail" role="list" aria-label=label>{children()}</ol> }.into_any()
    }
}

/// One stop. `state` is the word beside the mark; `to` makes the whole row a link.
#[component]
pub fn Stop(
    mark: Mark,
    #[prop(into)] title: String,
    #[prop(optional, into)] state: Option<String>,
    #[prop(optional, into)] to: Option<Path>,
    /// The language of the title, where it is not the page's.
    #[prop(default = None)]
    lang: Option<Locale>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let (lang, dir) = (lang.map(|lang| lang.tag()), lang.map(|lang| lang.direction().tag()));
    let title = match to {
        Some(to) => {
            view! { <a class="stop-title stop-link" href=to lang=lang dir=dir>{title}</a> }.into_any()
        }
        None => view! { <span class="stop-title" lang=lang dir=dir>{title}</span> }.into_any(),
    };
    view! {
        <li class="stop" data-mark=mark.code() aria-current=(mark == Mark::Here).then_some("step")>
            <div class="stop-head">
                {title}
                {state.map(|state| view! { <span class="stop-state">{state}</span> })}
            </div>
            {children.map(|children| view! { <div class="stop-body">{children()}</div> })}
        </li>
    }
}
