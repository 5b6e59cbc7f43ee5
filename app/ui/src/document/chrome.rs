//! Head, header, navigation and foot.

use super::{Audience, Nav, ProgramLine, Shell, alternates};
use crate::components::Phone;
use crate::i18n::Words;
use crate::paths::{self, Path};
use domain::locale::Locale;
use leptos::prelude::*;

/// The ring the rail begins with.
const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Cg fill='%23faf5ea' stroke='%230b5b4c' stroke-width='7'%3E%3Cpath d='M16 20v12'/%3E%3Ccircle cx='16' cy='13' r='9'/%3E%3C/g%3E%3C/svg%3E";

pub(super) fn document(shell: &Shell, body: AnyView) -> impl IntoView + use<> {
    let w = shell.words;
    let audience = match shell.audience {
        Audience::Public => "public",
        Audience::Patient => "patient",
        Audience::Staff => "staff",
    };
    view! {
        <!DOCTYPE html>
        <html lang=w.locale.tag() dir=w.direction().tag()>
            {head(shell)}
            <body data-audience=audience>
                <a class="skip" href="#main">{w.t("common.skip_to_content")}</a>
                {shell.demo.then(|| view! { <aside class="demo" aria-label=w.t("common.demonstration_label")>{w.t("common.demonstration")}</aside> })}
                <div class="page">
                    {header(shell)}
                    <main class="main" id="main" tabindex="-1">{body}</main>
                    {foot(w, shell.programs.clone())}
                </div>
                <div class="hidden" id="live" role="status"></div>
            </body>
        </html>
    }
}

/// The page's own title, said to be refused where it is, and the portal's name.
pub(super) fn title(shell: &Shell) -> String {
    let w = shell.words;
    let title = if shell.refused {
        w.with("common.error_title", &[("title", &shell.title)])
    } else {
        shell.title.clone()
    };
    format!("{title} – {}", w.t("common.portal"))
}

fn head(shell: &Shell) -> AnyView {
    let others = alternates(&shell.here)
        .into_iter()
        .map(|(tag, path)| view! { <link rel="alternate" hreflang=tag href=path/> })
        .collect_view();
    let fallback = shell.here.in_language(Locale::En);
    view! {
        <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
            <title>{title(shell)}</title>
            <meta name="color-scheme" content="light dark"/>
            <meta name="robots" content="noindex"/>
            <meta name="format-detection" content="telephone=no"/>
            {shell.refresh.map(|seconds| view! { <meta http-equiv="refresh" content=seconds.to_string()/> })}
            <link rel="icon" href=ICON/>
            <link rel="stylesheet" href=shell.assets.css.clone()/>
            {others}
            <link rel="alternate" hreflang="x-default" href=fallback/>
        </head>
    }
    .into_any()
}

fn header(shell: &Shell) -> AnyView {
    let w = shell.words;
    let first = match (shell.audience, shell.signed_in) {
        (Audience::Staff, _) => paths::staff(w.locale),
        (_, true) => paths::home(w.locale),
        (_, false) => paths::portal(w.locale),
    };
    view! {
        <header class="header">
            <a class="wordmark" href=first translate="no">{w.t("common.portal")}</a>
            {navigation(shell)}
            {languages(w, &shell.here)}
        </header>
    }
    .into_any()
}

/// The same page in every language, by the language's own name.
fn languages(w: Words, here: &Path) -> AnyView {
    let list = Locale::ALL
        .into_iter()
        .map(|locale| {
            let current = (locale == w.locale).then_some("true");
            view! {
                <li>
                    <a
                        href=here.in_language(locale)
                        lang=locale.tag()
                        dir=locale.direction().tag()
                        hreflang=locale.tag()
                        rel="alternate"
                        aria-current=current
                    >
                        {locale.name()}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="languages" aria-label=w.t("common.language")>
            <details>
                <summary><span class="hidden">{w.t("common.language")}": "</span>{w.locale.name()}</summary>
                <ul role="list">{list}</ul>
            </details>
        </nav>
    }
    .into_any()
}

fn navigation(shell: &Shell) -> AnyView {
    let w = shell.words;
    let entries = if shell.entries.is_empty() { entries(shell) } else { shell.entries.clone() };
    let list = entries
        .into_iter()
        .map(|nav| {
            let (key, path) = entry(nav, w.locale);
            let current = (shell.nav == Some(nav)).then_some("page");
            view! { <li><a href=path aria-current=current>{w.t(key)}</a></li> }
        })
        .collect_view();
    let sign_out = shell.signed_in.then(|| {
        view! {
            <li>
                <form method="post" action=paths::sign_out(w.locale)>
                    <button class="link" type="submit">{w.t("common.sign_out")}</button>
                </form>
            </li>
        }
    });
    view! {
        <nav class="menu" aria-label=w.t("common.menu")>
            <details>
                <summary>{w.t("common.menu")}</summary>
                <ul role="list">{list}{sign_out}</ul>
            </details>
        </nav>
    }
    .into_any()
}

/// What an audience finds in its navigation.
fn entries(shell: &Shell) -> Vec<Nav> {
    match (shell.audience, shell.signed_in) {
        (Audience::Staff, _) => {
            vec![
                Nav::Worklist,
                Nav::Safety,
                Nav::Tasks,
                Nav::Questions,
                Nav::Content,
                Nav::Reviews,
                Nav::Messages,
                Nav::Audit,
                Nav::Account,
            ]
        }
        (_, true) => vec![Nav::Home, Nav::Documents, Nav::Learn, Nav::Ask, Nav::Preferences, Nav::Account],
        (_, false) => vec![Nav::Portal, Nav::Learn, Nav::Ask, Nav::Help, Nav::SignIn],
    }
}

fn entry(nav: Nav, locale: Locale) -> (&'static str, Path) {
    match nav {
        Nav::Portal => ("common.nav.portal", paths::portal(locale)),
        Nav::Home => ("common.nav.home", paths::home(locale)),
        Nav::Documents => ("common.nav.documents", paths::documents(locale)),
        Nav::Learn => ("common.nav.learn", paths::learn(locale)),
        Nav::Ask => ("common.nav.ask", paths::ask(locale)),
        Nav::Preferences => ("common.nav.preferences", paths::preferences(locale)),
        Nav::Account => ("common.nav.account", paths::account(locale)),
        Nav::Help => ("common.nav.help", paths::help(locale)),
        Nav::SignIn => ("common.nav.sign_in", paths::sign_in(locale)),
        Nav::Worklist => ("common.nav.worklist", paths::worklist(locale)),
        Nav::Safety => ("common.nav.safety", paths::safety_queue(locale)),
        Nav::Tasks => ("common.nav.tasks", paths::tasks(locale)),
        Nav::Questions => ("common.nav.questions", paths::questions(locale)),
        Nav::Content => ("common.nav.content", paths::content(locale)),
        Nav::Reviews => ("common.nav.reviews", paths::reviews(locale)),
        Nav::Messages => ("common.nav.messages", paths::messages(locale)),
        Nav::Audit => ("common.nav.audit", paths::audit(locale)),
    }
}

/// Help, in the same place on every page: the rail ends at a person.
fn foot(w: Words, programs: Vec<ProgramLine>) -> AnyView {
    let several = programs.len() > 1;
    let help = match programs.is_empty() {
        true => view! { <p><a href=paths::help(w.locale)>{w.t("common.phone_and_hours")}</a></p> }.into_any(),
        false => programs.into_iter().map(|program| line(w, program, several)).collect_view().into_any(),
    };
    view! {
        <footer class="foot">
            <section class="foot-help" aria-labelledby="foot-help">
                <h2 id="foot-help">{w.t("common.talk_to_a_person")}</h2>
                <div class="foot-lines">{help}</div>
            </section>
            <ul class="foot-links" role="list">
                <li><a href=paths::help(w.locale)>{w.t("common.nav.help")}</a></li>
                <li><a href=paths::privacy(w.locale)>{w.t("common.privacy")}</a></li>
                <li><a href=paths::accessibility(w.locale)>{w.t("common.accessibility")}</a></li>
            </ul>
        </footer>
    }
    .into_any()
}

/// One program's line of help; named where there are several.
fn line(w: Words, program: ProgramLine, named: bool) -> AnyView {
    let tty = program
        .tty
        .map(|tty| view! { <span class="foot-tty">{w.with("common.tty", &[("number", &tty)])}</span> });
    let name = named.then(|| view! { <p class="foot-name">{program.name.clone()}</p> });
    let hidden = named.then(|| view! { <span class="hidden">": "{program.name}</span> });
    let safety = program.safety.map(|to| {
        view! { <p><a class="foot-safety" href=to>{w.t("common.safety_information")}{hidden}</a></p> }
    });
    view! {
        <div class="foot-line">
            {name}
            <p class="foot-phone"><Phone number=program.phone/>{tty}</p>
            <p>{program.hours}</p>
            <p>{program.language_line}</p>
            {safety}
        </div>
    }
    .into_any()
}
