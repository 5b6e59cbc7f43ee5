//! One of many, closed: for staff, whose lists are long. Patients get [`Choice`](super::Choice).

use super::choice::Pick;
use super::field::{label, notes};
use super::filled::Slot;
use crate::i18n::Words;
use leptos::prelude::*;

/// Options under a heading of their own, or under none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub label: Option<String>,
    pub picks: Vec<Pick>,
}

impl Group {
    /// Options without a heading.
    pub fn of(picks: Vec<Pick>) -> Group {
        Group { label: None, picks }
    }

    pub fn named(label: impl Into<String>, picks: Vec<Pick>) -> Group {
        Group { label: Some(label.into()), picks }
    }
}

/// `empty` is what the first, empty option says; without it there is none.
#[component]
pub fn Select(
    w: Words,
    field: Slot,
    #[prop(into)] label: String,
    groups: Vec<Group>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] empty: Option<String>,
    #[prop(optional)] optional: bool,
) -> impl IntoView {
    let described = field.described_by(hint.is_some());
    let option = |pick: Pick| {
        let chosen = pick.value == field.value;
        view! { <option value=pick.value selected=chosen lang=pick.lang>{pick.label}</option> }
    };
    let options = groups
        .into_iter()
        .filter(|group| !group.picks.is_empty())
        .map(|group| {
            let picks = group.picks.into_iter().map(option).collect_view();
            match group.label {
                Some(label) => view! { <optgroup label=label>{picks}</optgroup> }.into_any(),
                None => picks.into_any(),
            }
        })
        .collect_view();
    view! {
        <div class="field" class:has-error=field.flaw.is_some()>
            {self::label(w, field.id.clone(), label, optional, false)}
            {notes(w, &field, hint)}
            <select
                class="input"
                id=field.id.clone()
                name=field.name.clone()
                aria-describedby=described
                aria-invalid=field.invalid()
            >
                {empty.map(|empty| view! { <option value="">{empty}</option> })}
                {options}
            </select>
        </div>
    }
}
