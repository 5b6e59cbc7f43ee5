//! Approved content made ready for a page: Markdown to safe HTML, and the language it is in.

use domain::content::{Body, Kind, Shown};
use domain::locale::Locale;
use domain::programs::Program;
use ui::markup::{self, Links};
use ui::pages::approved::Text;

use super::Visit;

/// The text of a content page such as `safety`, with its links leading to the program's pages.
pub fn page(visit: &Visit, program: &Program, slug: &str) -> Option<Text> {
    page_in(visit, program, slug, visit.locale())
}

/// The same in another language than the visit's: staff see what a patient sees.
pub fn page_in(visit: &Visit, program: &Program, slug: &str, locale: Locale) -> Option<Text> {
    let shown = visit.ctx.library().shelf().find(program.id, Kind::Page, slug, locale)?;
    let Body::Page { text } = &shown.variant.body else { return None };
    Some(markdown(locale, program, &shown, &shown.variant.title, text))
}

/// The plain words of a content page of one line, and their language where it is not the reader's.
pub fn line(visit: &Visit, program: &Program, slug: &str) -> (String, Option<Locale>) {
    match visit.ctx.library().shelf().find(program.id, Kind::Page, slug, visit.locale()) {
        Some(shown) => match &shown.variant.body {
            Body::Page { text } => (text.clone(), language(&shown)),
            _ => (String::new(), None),
        },
        None => (String::new(), None),
    }
}

/// A Markdown text of a variant, standing right below a page's heading.
pub fn markdown(locale: Locale, program: &Program, shown: &Shown, title: &str, text: &str) -> Text {
    Text {
        title: title.to_owned(),
        html: markup::render(text, Links { locale, program: Some(&program.code) }).below_h1(),
        lang: language(shown),
        reviewed_on: shown.variant.reviewed_on,
    }
}

/// A variant's language, where it is not the reader's.
pub fn language(shown: &Shown) -> Option<Locale> {
    shown.is_fallback.then_some(shown.variant.locale)
}
