//! What a person presses. One primary button a page.

use crate::paths::Path;
use leptos::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Look {
    #[default]
    Primary,
    /// Beside the primary one.
    Quiet,
    /// Takes something away.
    Danger,
}

impl Look {
    const fn class(self) -> &'static str {
        match self {
            Look::Primary => "button",
            Look::Quiet => "button button-quiet",
            Look::Danger => "button button-danger",
        }
    }
}

/// Submits its form. `name` and `value` tell two buttons of one form apart; `form` names a form elsewhere.
#[component]
pub fn Button(
    #[prop(optional)] look: Look,
    #[prop(optional, into)] name: Option<String>,
    #[prop(optional, into)] value: Option<String>,
    /// What a screen reader hears after the words, to tell equal buttons apart.
    #[prop(optional, into)]
    hidden: Option<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <button class=look.class() type="submit" name=name value=value>
            {children()}
            {hidden.map(|hidden| view! { <span class="hidden">" "{hidden}</span> })}
        </button>
    }
}

/// A link that is the page's next step.
#[component]
pub fn ButtonLink(to: Path, #[prop(optional)] look: Look, children: Children) -> impl IntoView {
    view! { <a class=look.class() href=to>{children()}</a> }
}
