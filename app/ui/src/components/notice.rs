//! One message about the page, above its h1.

use leptos::prelude::*;

/// What a notice or a tag is about. `Act` (amber) only where the reader must act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    #[default]
    Info,
    Success,
    Act,
    Wrong,
}

impl Tone {
    pub(super) const fn code(self) -> &'static str {
        match self {
            Tone::Info => "info",
            Tone::Success => "success",
            Tone::Act => "act",
            Tone::Wrong => "wrong",
        }
    }
}

/// At most one a page, never together with an error summary. A success is read out at once.
#[component]
pub fn Notice(
    #[prop(optional)] tone: Tone,
    #[prop(into)] title: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let label = title.clone();
    let role = if tone == Tone::Success { "status" } else { "region" };
    view! {
        <section class="notice" data-tone=tone.code() role=role aria-label=label>
            <p class="notice-title">{title}</p>
            {children.map(|children| children())}
        </section>
    }
}
