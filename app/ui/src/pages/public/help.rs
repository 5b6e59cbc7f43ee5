//! Help: whom to call, when, in which language; and what to do when something does not work.

use crate::components::{Link, Phone};
use crate::i18n::Words;
use crate::paths;
use domain::locale::Locale;
use leptos::prelude::*;

/// How a program is reached.
#[derive(Debug, Clone)]
pub struct Line {
    pub code: String,
    pub name: String,
    pub phone: String,
    pub tty: String,
    pub hours: String,
    pub language_line: String,
    /// The language of the two lines, where it is not the page's.
    pub lang: Option<Locale>,
    /// Whether somebody answers now.
    pub is_open: bool,
}

#[derive(Debug, Clone)]
pub struct Model {
    pub lines: Vec<Line>,
    pub emergency_phone: String,
    pub crisis_phone: String,
}

pub fn view(w: Words, model: Model) -> impl IntoView {
    let lines = model.lines.into_iter().map(|line| program(w, line)).collect_view();
    let questions = ["code", "document", "language", "paper", "stop"]
        .into_iter()
        .map(|name| {
            view! {
                <h3>{w.t(&format!("public.help.{name}"))}</h3>
                <p>{w.t(&format!("public.help.{name}_text"))}</p>
            }
        })
        .collect_view();
    view! {
        <h1>{w.t("public.help.title")}</h1>
        <p class="urgent">
            {w.t("public.help.emergency")}" "<Phone number=model.emergency_phone/>
            <br/>
            {w.t("public.help.crisis")}" "<Phone number=model.crisis_phone/>
        </p>
        {lines}
        <section aria-labelledby="questions">
            <h2 id="questions">{w.t("public.help.questions")}</h2>
            {questions}
            <p><Link to=paths::ask(w.locale)>{w.t("public.help.ask")}</Link></p>
        </section>
    }
}

fn program(w: Words, line: Line) -> AnyView {
    let (lang, dir) = (line.lang.map(|lang| lang.tag()), line.lang.map(|lang| lang.direction().tag()));
    let id = format!("call-{}", line.code);
    let label = id.clone();
    let now = w.t(if line.is_open { "public.help.open_now" } else { "public.help.closed_now" });
    view! {
        <section class="call" aria-labelledby=label>
            <h2 id=id translate="no">{line.name.clone()}</h2>
            <p class="call-phone">
                <Phone number=line.phone/>
                <span class="soft">{w.with("common.tty", &[("number", &line.tty)])}</span>
            </p>
            <p class="call-now">{now}</p>
            <p lang=lang dir=dir>{line.hours}</p>
            <p lang=lang dir=dir>{line.language_line}</p>
            <p>
                <Link to=paths::safety(w.locale, &line.code) hidden=line.name>
                    {w.t("common.safety_information")}
                </Link>
            </p>
        </section>
    }
    .into_any()
}
