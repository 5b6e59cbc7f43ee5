//! The front page: the programs, and what anyone can do here.

use crate::components::Link;
use crate::i18n::Words;
use crate::paths;
use domain::locale::Locale;
use leptos::prelude::*;

/// A program as the front page names it.
#[derive(Debug, Clone)]
pub struct Entry {
    pub code: String,
    pub name: String,
    /// One approved line.
    pub tagline: String,
    /// The line's language, where it is not the page's.
    pub lang: Option<Locale>,
}

pub fn view(w: Words, programs: Vec<Entry>) -> impl IntoView {
    let programs = programs
        .into_iter()
        .map(|program| {
            let (title, lang) = (program.name.clone(), program.lang);
            view! {
                <li class="program-entry">
                    <h3><a href=paths::program(w.locale, &program.code) translate="no">{program.name}</a></h3>
                    <p lang=lang.map(|lang| lang.tag()) dir=lang.map(|lang| lang.direction().tag())>
                        {program.tagline}
                    </p>
                    <p class="program-entry-links">
                        <Link to=paths::enroll(w.locale, &program.code) hidden=title.clone()>
                            {w.t("public.portal.join")}
                        </Link>
                        <Link to=paths::safety(w.locale, &program.code) hidden=title>
                            {w.t("common.safety_information")}
                        </Link>
                    </p>
                </li>
            }
        })
        .collect_view();
    view! {
        <h1>{w.t("public.portal.heading")}</h1>
        <p class="lead">{w.t("public.portal.lead")}</p>
        <section aria-labelledby="programs">
            <h2 id="programs" class="eyebrow">{w.t("public.portal.programs")}</h2>
            <ul class="program-list" role="list">{programs}</ul>
        </section>
        <section aria-labelledby="here">
            <h2 id="here">{w.t("public.portal.here")}</h2>
            <ul class="ways" role="list">{ways(w)}</ul>
        </section>
    }
}

fn ways(w: Words) -> AnyView {
    [
        ("public.portal.sign_in", "public.portal.sign_in_text", paths::sign_in(w.locale)),
        ("public.portal.learn", "public.portal.learn_text", paths::learn(w.locale)),
        ("public.portal.ask", "public.portal.ask_text", paths::ask(w.locale)),
        ("public.portal.help", "public.portal.help_text", paths::help(w.locale)),
    ]
    .into_iter()
    .map(|(title, text, to)| view! { <li><a href=to>{w.t(title)}</a><p>{w.t(text)}</p></li> })
    .collect_view()
    .into_any()
}
