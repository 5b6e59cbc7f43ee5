//! Text that must not disturb the direction of the text around it.

use leptos::prelude::*;

/// What a person typed: a name, a file's name.
#[component]
pub fn Isolate(#[prop(into)] text: String) -> impl IntoView {
    view! { <bdi>{text}</bdi> }
}

/// A case number or another id: always from left to right, never broken over two lines.
#[component]
pub fn Id(#[prop(into)] text: String) -> impl IntoView {
    view! { <bdi class="id" dir="ltr" translate="no">{text}</bdi> }
}

/// A phone number to tap.
#[component]
pub fn Phone(#[prop(into)] number: String) -> impl IntoView {
    let dialed: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    view! { <a class="phone" href=format!("tel:{dialed}") dir="ltr" translate="no">{number}</a> }
}
