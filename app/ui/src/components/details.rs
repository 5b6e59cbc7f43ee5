//! More, for those who want it.

use leptos::prelude::*;

#[component]
pub fn Details(
    #[prop(into)] summary: String,
    #[prop(optional)] open: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <details class="details" open=open>
            <summary>{summary}</summary>
            <div class="details-body">{children()}</div>
        </details>
    }
}
