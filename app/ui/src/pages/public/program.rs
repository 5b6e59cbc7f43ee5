//! A program's own page: what it does, for whom, and how to begin.

use crate::components::{Back, ButtonLink};
use crate::i18n::Words;
use crate::pages::approved::{Approved, Text};
use crate::paths;
use leptos::prelude::*;

#[derive(Debug, Clone)]
pub struct Model {
    pub code: String,
    pub name: String,
    pub tagline: Option<Text>,
    pub about: Text,
    /// One approved sentence for each service on offer.
    pub services: Vec<Text>,
    /// The two sentences about safety that stand on every page that names the medicine.
    pub safety: Option<Text>,
}

pub fn view(w: Words, model: Model) -> impl IntoView {
    let code = model.code;
    let services =
        model.services.into_iter().map(|text| view! { <li><Approved w text/></li> }).collect_view();
    let pages = [
        ("public.medicine.title", paths::medicine(w.locale, &code)),
        ("public.cost.title", paths::cost(w.locale, &code)),
        ("public.safety.title", paths::safety(w.locale, &code)),
    ]
    .into_iter()
    .map(|(key, to)| view! { <li><a href=to>{w.t(key)}</a></li> })
    .collect_view();
    view! {
        <Back w to=paths::portal(w.locale) text=w.t("public.program.all")/>
        <h1 translate="no">{model.name}</h1>
        {model.tagline.map(|text| view! { <div class="lead"><Approved w text/></div> })}
        {model.safety.map(|text| view! { <div class="safety-line"><Approved w text/></div> })}
        <Approved w text=model.about/>
        <p><ButtonLink to=paths::enroll(w.locale, &code)>{w.t("public.program.enroll")}</ButtonLink></p>
        <p class="soft">{w.t("public.program.enroll_note")}</p>
        <section aria-labelledby="services">
            <h2 id="services">{w.t("public.program.services")}</h2>
            <ul class="services" role="list">{services}</ul>
        </section>
        <section aria-labelledby="more">
            <h2 id="more">{w.t("public.program.more")}</h2>
            <ul class="page-list" role="list">{pages}</ul>
        </section>
    }
}
