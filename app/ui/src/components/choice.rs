//! One of several, as rows large enough for a thumb; and a single yes.

use super::field::notes;
use super::filled::Slot;
use crate::i18n::Words;
use leptos::prelude::*;

/// One row of a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pick {
    pub value: String,
    pub label: String,
    pub hint: Option<String>,
    /// The language of the label, where it is not the page's (a list of languages).
    pub lang: Option<&'static str>,
}

impl Pick {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Pick {
        Pick { value: value.into(), label: label.into(), hint: None, lang: None }
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Pick {
        self.hint = Some(hint.into());
        self
    }

    pub fn lang(mut self, tag: &'static str) -> Pick {
        self.lang = Some(tag);
        self
    }
}

/// One of several. `inline=true` puts two short answers side by side.
#[component]
pub fn Choice(
    w: Words,
    field: Slot,
    #[prop(into)] legend: String,
    options: Vec<Pick>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional)] heading: bool,
    #[prop(optional)] optional: bool,
    #[prop(optional)] inline: bool,
) -> impl IntoView {
    let hint = hint.filter(|hint| !hint.is_empty());
    let described = field.described_by(hint.is_some());
    let legend = if optional { w.with("common.optional_label", &[("label", &legend)]) } else { legend };
    let legend = if heading {
        view! { <legend><h1 class="question">{legend}</h1></legend> }.into_any()
    } else {
        view! { <legend class="label">{legend}</legend> }.into_any()
    };
    let rows = options
        .into_iter()
        .enumerate()
        .map(|(place, pick)| {
            // the summary's link goes to the field's own id: the first row has it
            let id = if place == 0 { field.id.clone() } else { format!("{}-{}", field.id, place + 1) };
            row(&field, "radio", id, pick)
        })
        .collect_view();
    view! {
        <fieldset class="field" class:has-error=field.flaw.is_some() aria-describedby=described>
            {legend}
            {notes(w, &field, hint)}
            <div class="choices" class:choices-inline=inline>{rows}</div>
        </fieldset>
    }
}

/// A single yes: posts `name=yes` when ticked.
#[component]
pub fn Check(
    w: Words,
    field: Slot,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
) -> impl IntoView {
    let mut pick = Pick::new("yes", label);
    pick.hint = hint;
    let id = field.id.clone();
    view! {
        <div class="field" class:has-error=field.flaw.is_some()>
            {notes(w, &field, None)}
            {row(&field, "checkbox", id, pick)}
        </div>
    }
}

fn row(field: &Slot, input_type: &'static str, id: String, pick: Pick) -> impl IntoView + use<> {
    let hint_id = pick.hint.as_ref().map(|_| format!("{id}-about"));
    let mut described = hint_id.clone().into_iter().collect::<Vec<_>>();
    if input_type == "checkbox" && field.flaw.is_some() {
        described.push(field.error_id());
    }
    view! {
        <div class="choice">
            <input
                id=id.clone()
                name=field.name.clone()
                type=input_type
                checked=field.value == pick.value
                value=pick.value
                aria-describedby=(!described.is_empty()).then(|| described.join(" "))
                aria-invalid=if input_type == "checkbox" { field.invalid() } else { None }
            />
            <label for=id>
                <span class="choice-label" lang=pick.lang>{pick.label}</span>
                {pick.hint.map(|hint| view! { <span class="choice-hint" id=hint_id>{hint}</span> })}
            </label>
        </div>
    }
}
