//! Approved content on a page: the signed words, marked where they are not in the reader's language.

use crate::components::Prose;
use crate::i18n::Words;
use crate::markup::SafeHtml;
use domain::locale::Locale;
use domain::time::Day;
use leptos::prelude::*;

/// A text as it was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    pub title: String,
    pub html: SafeHtml,
    /// The text's own language, where it is not the page's.
    pub lang: Option<Locale>,
    pub reviewed_on: Day,
}

/// The words, with a line before them where they are not in the reader's language.
#[component]
pub fn Approved(w: Words, text: Text) -> impl IntoView {
    let lang = text.lang;
    let prose = match lang {
        Some(lang) => view! { <Prose html=text.html lang=lang/> }.into_any(),
        None => view! { <Prose html=text.html/> }.into_any(),
    };
    view! {
        {lang.map(|_| view! { <p class="fallback">{w.t("common.in_english")}</p> })}
        {prose}
    }
}

/// The day somebody last looked at these words.
#[component]
pub fn Reviewed(w: Words, on: Day) -> impl IntoView {
    view! { <p class="reviewed">{w.with("common.last_reviewed", &[("day", &w.day(on))])}</p> }
}
