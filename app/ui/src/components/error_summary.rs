//! What is wrong with a refused form, in one place, each line leading to its field.

use super::Filled;
use crate::i18n::Words;
use leptos::prelude::*;

/// Stands above the h1. Nothing when the form was not refused.
#[component]
pub fn ErrorSummary(w: Words, filled: Filled) -> impl IntoView {
    filled.is_refused().then(|| {
        let lines = filled
            .flaws
            .iter()
            .map(|flaw| {
                let sentence = w.flaw(flaw);
                if flaw.field.is_empty() {
                    view! { <li>{sentence}</li> }.into_any()
                } else {
                    view! { <li><a href=format!("#{}", filled.id(&flaw.field))>{sentence}</a></li> }.into_any()
                }
            })
            .collect_view();
        view! {
            <div class="error-summary" id="error-summary" role="alert" tabindex="-1" autofocus aria-labelledby="error-summary-title">
                <h2 id="error-summary-title">{w.t("common.there_is_a_problem")}</h2>
                <ul>{lines}</ul>
            </div>
        }
    })
}
