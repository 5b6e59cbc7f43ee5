//! What is kept, who sees it, and what one may ask for.

use crate::components::Link;
use crate::i18n::Words;
use crate::paths;
use leptos::prelude::*;

const PARTS: [&str; 8] = ["kept", "who", "never", "record", "contact", "cookies", "safety", "rights"];

pub fn view(w: Words) -> impl IntoView {
    let parts = PARTS
        .into_iter()
        .map(|part| {
            view! {
                <section>
                    <h2>{w.t(&format!("public.privacy.{part}"))}</h2>
                    <p>{w.t(&format!("public.privacy.{part}_text"))}</p>
                </section>
            }
        })
        .collect_view();
    view! {
        <h1>{w.t("public.privacy.title")}</h1>
        <p class="lead">{w.t("public.privacy.lead")}</p>
        {parts}
        <p><Link to=paths::help(w.locale)>{w.t("public.privacy.call")}</Link></p>
    }
}
