//! What works for whom, and whom to tell when something does not.

use crate::components::Link;
use crate::i18n::Words;
use crate::paths;
use leptos::prelude::*;

const PROMISES: [&str; 8] = ["keyboard", "reader", "size", "script", "dark", "motion", "language", "print"];

pub fn view(w: Words) -> impl IntoView {
    let promises = PROMISES
        .into_iter()
        .map(|promise| view! { <li>{w.t(&format!("public.accessibility.{promise}"))}</li> })
        .collect_view();
    view! {
        <h1>{w.t("public.accessibility.title")}</h1>
        <p class="lead">{w.t("public.accessibility.lead")}</p>
        <ul>{promises}</ul>
        <h2>{w.t("public.accessibility.standard")}</h2>
        <p>{w.t("public.accessibility.standard_text")}</p>
        <h2>{w.t("public.accessibility.trouble")}</h2>
        <p>{w.t("public.accessibility.trouble_text")}</p>
        <p><Link to=paths::help(w.locale)>{w.t("common.phone_and_hours")}</Link></p>
    }
}
