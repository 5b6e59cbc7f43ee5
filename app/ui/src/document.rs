//! The whole page around a view: head, header, navigation, main, help, and the rail along its start edge.
//!
//! `html` draws a page, `fragment` the regions of one for a script that asked with `X-Fragment`.

mod chrome;

use crate::i18n::Words;
use crate::paths::Path;
use domain::actor::Actor;
use domain::locale::Locale;
use domain::policy::{Action, may};
use leptos::prelude::*;
use leptos::reactive::owner::Owner;
use std::sync::Arc;

/// What every page needs to know beside its own content.
#[derive(Debug, Clone)]
pub struct Shell {
    pub words: Words,
    /// Of the page alone; the portal's name is added. Never a name, a medicine or a condition.
    pub title: String,
    /// The page itself: the language list leads to it in every language.
    pub here: Path,
    pub audience: Audience,
    /// Where in the navigation we are.
    pub nav: Option<Nav>,
    /// Which entries of the navigation this person may see; all of the audience's when none are named.
    pub entries: Vec<Nav>,
    pub signed_in: bool,
    /// Whose phone numbers stand at the foot: the page's program, or all there are.
    pub programs: Vec<ProgramLine>,
    /// The demonstration's banner.
    pub demo: bool,
    /// The form of this page was refused: the title says so first.
    pub refused: bool,
    /// Loads itself again after so many seconds: for a page that waits, without scripts.
    pub refresh: Option<u32>,
    pub assets: Assets,
}

/// Who a page is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Audience {
    #[default]
    Public,
    Patient,
    Staff,
}

/// The entries of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nav {
    Portal,
    Home,
    Documents,
    Learn,
    Ask,
    Preferences,
    Account,
    Help,
    SignIn,
    Worklist,
    Safety,
    Tasks,
    Questions,
    Content,
    Reviews,
    Messages,
    Audit,
}

/// The line of help on every page.
#[derive(Debug, Clone, Default)]
pub struct ProgramLine {
    pub name: String,
    pub phone: String,
    pub tty: Option<String>,
    /// In words.
    pub hours: String,
    /// That an interpreter is free, in words.
    pub language_line: String,
    /// The program's safety information.
    pub safety: Option<Path>,
}

/// Addresses of the stylesheet and of the loader of islands, with their hashes in their names.
#[derive(Debug, Clone, Default)]
pub struct Assets {
    pub css: String,
    pub loader: String,
}

impl Shell {
    /// A public page in a language; set the rest with struct update.
    pub fn new(words: Words, title: impl Into<String>, here: Path, assets: Assets) -> Shell {
        Shell {
            words,
            title: title.into(),
            here,
            audience: Audience::Public,
            nav: None,
            entries: Vec::new(),
            signed_in: false,
            programs: Vec::new(),
            demo: false,
            refused: false,
            refresh: None,
            assets,
        }
    }
}

/// What a staff member finds in the navigation: what they may open.
pub fn staff_entries(actor: &Actor) -> Vec<Nav> {
    [
        (Nav::Worklist, Action::ReadWorklist),
        (Nav::Safety, Action::HandleSafety),
        (Nav::Tasks, Action::ReadWorklist),
        (Nav::Questions, Action::ReadGaps),
        (Nav::Content, Action::ReadLibrary),
        (Nav::Reviews, Action::ReviewContent),
        (Nav::Messages, Action::ReadMessages),
        (Nav::Audit, Action::ReadAudit),
        (Nav::Account, Action::ManageAccount),
    ]
    .into_iter()
    .filter(|(_, action)| may(actor, *action))
    .map(|(nav, _)| nav)
    .collect()
}

/// A whole page. The loader is added only when the page holds an island, so that most pages ship no script.
pub fn html<V: IntoView + 'static>(shell: &Shell, body: impl FnOnce() -> V) -> String {
    let mut page = render(|| chrome::document(shell, body().into_any()));
    if page.contains("<leptos-island") {
        let loader =
            format!("<script type=\"module\" src=\"{}\"></script></head>", attribute(&shell.assets.loader));
        page = page.replacen("</head>", &loader, 1);
    }
    page
}

/// The regions of a page with its title, for a script that swaps them in.
pub fn fragment_of<V: IntoView + 'static>(shell: &Shell, body: impl FnOnce() -> V) -> String {
    let title = chrome::title(shell);
    render(move || view! { <title>{title}</title>{body()} })
}

/// The regions of a page, for a script that swaps them in.
pub fn fragment<V: IntoView + 'static>(body: impl FnOnce() -> V) -> String {
    render(body)
}

fn render<V: IntoView + 'static>(view: impl FnOnce() -> V) -> String {
    // islands that hold others ask for the shared context
    let owner = Owner::new_root(Some(Arc::new(hydration_context::SsrSharedContext::new_islands())));
    let html = owner.with(|| view().into_view().to_html());
    owner.unset_with_forced_cleanup();
    without_marks(html)
}

/// The renderer separates texts with `<!>`, which only islands need to find their way and no validator likes.
/// Text never holds one: it is escaped.
fn without_marks(html: String) -> String {
    if !html.contains("<leptos-island") {
        return html.replace("<!>", "");
    }
    let mut out = String::with_capacity(html.len());
    let mut rest = html.as_str();
    while let Some(start) = rest.find("<leptos-island") {
        let end = rest[start..].find("</leptos-island>").map_or(rest.len(), |end| start + end);
        out.push_str(&rest[..start].replace("<!>", ""));
        out.push_str(&rest[start..end]);
        rest = &rest[end..];
    }
    out.push_str(&rest.replace("<!>", ""));
    out
}

fn attribute(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

/// `<link rel="alternate">` of every language.
fn alternates(here: &Path) -> Vec<(&'static str, Path)> {
    Locale::ALL.into_iter().map(|locale| (locale.tag(), here.in_language(locale))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::{Area, Field, Filled, Form, Isolate};
    use crate::paths;
    use std::collections::BTreeMap;

    const HOSTILE: &str = "\"'><script>alert(1)</script></textarea><img src=x onerror=alert(1)><!>&amp;";

    fn shell(locale: Locale) -> Shell {
        let assets = Assets { css: "/assets/main.css".into(), loader: "/assets/loader.js".into() };
        Shell::new(Words::of(locale), HOSTILE, paths::ask(locale).query("q", HOSTILE), assets)
    }

    #[test]
    fn hostile_text_is_escaped_once_wherever_it_stands() {
        let w = Words::of(Locale::En);
        let filled = Filled::refused(BTreeMap::from([("a".into(), HOSTILE.into())]), vec![]);
        let page = html(&shell(Locale::En), move || {
            view! {
                <Form w action=paths::ask(w.locale)>
                    <Field w field=filled.field("a") label=HOSTILE/>
                    <Area w field=filled.field("a") label=HOSTILE/>
                </Form>
                <Isolate text=HOSTILE/>
            }
        });
        for raw in ["<script", "<img", "</textarea><img", "<!>"] {
            assert!(!page.contains(raw), "{raw} in {page}");
        }
        assert!(!page.contains("&amp;lt;"), "escaped twice");
        let once = "&lt;script&gt;alert(1)&lt;/script&gt;&lt;/textarea&gt;";
        // the title, the field's value, its label, the area's text, its label, the isolated text
        assert_eq!(page.matches(once).count(), 6, "{page}");
        assert_eq!(page.matches("&amp;amp;").count(), 6, "{page}");
    }

    #[test]
    fn a_page_says_its_language_and_leads_to_itself_in_every_other() {
        let page = html(&shell(Locale::Ar), || view! { <h1>"x"</h1> });
        assert!(page.starts_with("<!DOCTYPE html><html lang=\"ar\" dir=\"rtl\">"));
        for locale in Locale::ALL {
            assert!(page.contains(&format!("hreflang=\"{locale}\" href=\"/{locale}/ask?q=")), "{locale}");
        }
    }

    #[test]
    fn only_a_page_with_an_island_gets_the_loader() {
        let w = Words::of(Locale::En);
        let plain = html(&shell(Locale::En), move || view! { <Form w action=paths::ask(w.locale)>""</Form> });
        assert!(!plain.contains("<script"));
        let better = html(
            &shell(Locale::En),
            move || view! { <Form w action=paths::ask(w.locale) enhance=true>""</Form> },
        );
        assert_eq!(better.matches("<script type=\"module\" src=\"/assets/loader.js\"></script>").count(), 1);
    }
}
