//! Links to our own pages.

use crate::i18n::Words;
use crate::paths::Path;
use leptos::prelude::*;

/// `hidden` is heard after the words, to tell equal links apart: `Change` *insurance*.
#[component]
pub fn Link(to: Path, #[prop(optional, into)] hidden: Option<String>, children: Children) -> impl IntoView {
    view! {
        <a href=to>
            {children()}
            {hidden.map(|hidden| view! { <span class="hidden">" "{hidden}</span> })}
        </a>
    }
}

/// One step back, above the h1.
#[component]
pub fn Back(w: Words, to: Path, #[prop(optional, into)] text: Option<String>) -> impl IntoView {
    view! { <p class="back"><a href=to>{text.unwrap_or_else(|| w.t("common.back"))}</a></p> }
}
