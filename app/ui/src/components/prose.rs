//! Approved text as it was signed.

use crate::markup::SafeHtml;
use leptos::prelude::*;

/// `lang` where the text is not in the page's language, so that it is never mixed in silently.
#[component]
pub fn Prose(
    html: SafeHtml,
    #[prop(optional_no_strip, into)] lang: Option<domain::locale::Locale>,
) -> impl IntoView {
    view! {
        <div
            class="prose"
            lang=lang.map(|locale| locale.tag())
            dir=lang.map(|locale| locale.direction().tag())
            inner_html=html.as_str().to_owned()
        ></div>
    }
}
