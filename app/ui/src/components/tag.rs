//! One word about a thing. The word says it; the colour only helps.

use super::Tone;
use leptos::prelude::*;

#[component]
pub fn Tag(#[prop(optional)] tone: Tone, #[prop(into)] text: String) -> impl IntoView {
    view! { <span class="tag" data-tone=tone.code()>{text}</span> }
}
