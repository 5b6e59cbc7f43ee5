//! Choose a language: the only page without one.

use crate::i18n::Words;
use crate::paths;
use domain::locale::Locale;
use leptos::prelude::*;

/// Each language asks in itself.
pub fn view() -> impl IntoView {
    let list = Locale::ALL
        .into_iter()
        .map(|locale| {
            let w = Words::of(locale);
            view! {
                <li lang=locale.tag() dir=locale.direction().tag()>
                    <a class="language-choice" href=paths::portal(locale) hreflang=locale.tag()>
                        <span class="language-name">{locale.name()}</span>
                        <span class="language-call">{w.t("public.languages.go_on")}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <h1>{Words::of(Locale::En).t("public.languages.title")}</h1>
        <ul class="language-list" role="list">{list}</ul>
    }
}
