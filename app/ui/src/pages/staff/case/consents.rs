//! What the patient has agreed to: staff see it, and do not ask again (ON-20).

use super::Model;
use crate::components::{Answer, Summary};
use crate::i18n::Words;
use leptos::prelude::*;

pub(super) fn section(w: Words, model: &Model) -> AnyView {
    let zone = &model.zone;
    let lines = model
        .case
        .consents
        .iter()
        .map(|line| {
            let key = if line.is_given && !line.is_over { "given" } else { "refused" };
            let mut value = w.t(&format!("staff_case.consents.{key}"));
            if let Some(day) = line.expires_at.filter(|_| line.is_given).and_then(|end| w.day_of(end, zone)) {
                let key = if line.is_over { "expired" } else { "until" };
                value = format!(
                    "{value}, {}",
                    w.with(&format!("staff_case.consents.{key}"), &[("day", &w.day(day))])
                );
            }
            view! { <Answer w label=line.name.text.clone() value/> }
        })
        .collect_view();
    let none = model
        .case
        .consents
        .is_empty()
        .then(|| view! { <p class="quiet">{w.t("staff_case.consents.none")}</p> });
    view! {
        <section aria-labelledby="consents">
            <h2 id="consents">{w.t("staff_case.consents.title")}</h2>
            {none}
            <Summary>{lines}</Summary>
        </section>
    }
    .into_any()
}
