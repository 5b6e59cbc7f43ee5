//! One approved text as a page: how to get the medicine, what it costs, safety information.

use crate::components::Back;
use crate::i18n::Words;
use crate::pages::approved::{Approved, Reviewed, Text};
use crate::paths::{self, Path};
use leptos::prelude::*;

#[derive(Debug, Clone)]
pub struct Model {
    pub code: String,
    pub name: String,
    pub text: Text,
    /// The two sentences about safety; not on the safety page itself.
    pub safety: Option<Text>,
    /// Key of the title of the page to go on with, and where it is.
    pub next: Option<(&'static str, Path)>,
}

pub fn view(w: Words, model: Model) -> impl IntoView {
    let reviewed = model.text.reviewed_on;
    view! {
        <Back w to=paths::program(w.locale, &model.code) text=model.name/>
        <h1>{model.text.title.clone()}</h1>
        {model.safety.map(|text| view! { <div class="safety-line"><Approved w text/></div> })}
        <Approved w text=model.text/>
        <Reviewed w on=reviewed/>
        {model.next.map(|(key, to)| view! { <p class="onward"><a href=to>{w.t(key)}</a></p> })}
    }
}
