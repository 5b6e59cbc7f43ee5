//! One line or several lines of text: label, hint, error, input.

use super::filled::Slot;
use crate::i18n::Words;
use leptos::prelude::*;

/// What a line of text is, for the keyboard of a phone and for password managers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    #[default]
    Text,
    Email,
    Phone,
    Password,
    /// A one-time code or another run of digits.
    Code,
    Search,
}

/// How much is expected: the input is as wide as its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Width {
    #[default]
    Full,
    Half,
    Short,
}

impl Width {
    const fn class(self) -> &'static str {
        match self {
            Width::Full => "input",
            Width::Half => "input input-half",
            Width::Short => "input input-short",
        }
    }
}

/// A label, as the page's h1 where it is the page's only question.
pub(super) fn label(w: Words, id: String, text: String, optional: bool, heading: bool) -> AnyView {
    let text = if optional { w.with("common.optional_label", &[("label", &text)]) } else { text };
    let label = view! { <label class="label" for=id>{text}</label> };
    if heading { view! { <h1 class="question">{label}</h1> }.into_any() } else { label.into_any() }
}

/// Hint and error, in this order, each with the id the input refers to.
pub(super) fn notes(w: Words, slot: &Slot, hint: Option<String>) -> AnyView {
    let hint = hint.map(|hint| view! { <p class="hint" id=slot.hint_id()>{hint}</p> });
    let error = slot.flaw.as_ref().map(|flaw| {
        view! {
            <p class="error" id=slot.error_id()>
                <span class="hidden">{w.t("common.error_prefix")}" "</span>
                {w.flaw(flaw)}
            </p>
        }
    });
    view! { {hint}{error} }.into_any()
}

/// One line of text.
#[component]
pub fn Field(
    w: Words,
    field: Slot,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional)] kind: Kind,
    #[prop(optional)] width: Width,
    #[prop(optional, into)] autocomplete: Option<&'static str>,
    #[prop(optional)] optional: bool,
    #[prop(optional)] heading: bool,
) -> impl IntoView {
    let (input_type, mode, fallback) = match kind {
        Kind::Text => ("text", None, None),
        Kind::Email => ("email", Some("email"), None),
        Kind::Phone => ("tel", Some("tel"), None),
        Kind::Password => ("password", None, None),
        Kind::Code => ("text", Some("numeric"), Some("one-time-code")),
        Kind::Search => ("search", Some("search"), None),
    };
    // what is not prose reads from left to right in every language
    let direction = match kind {
        Kind::Text | Kind::Search => "auto",
        Kind::Email | Kind::Phone | Kind::Password | Kind::Code => "ltr",
    };
    // a password never comes back with the page
    let value = if kind == Kind::Password { String::new() } else { field.value.clone() };
    let hint = hint.filter(|hint| !hint.is_empty());
    let described = field.described_by(hint.is_some());
    view! {
        <div class="field" class:has-error=field.flaw.is_some()>
            {self::label(w, field.id.clone(), label, optional, heading)}
            {notes(w, &field, hint)}
            <input
                class=width.class()
                id=field.id.clone()
                name=field.name.clone()
                type=input_type
                inputmode=mode
                autocomplete=autocomplete.or(fallback)
                dir=direction
                spellcheck=(kind != Kind::Text && kind != Kind::Search).then_some("false")
                autocapitalize=(kind != Kind::Text && kind != Kind::Search).then_some("none")
                value=value
                aria-describedby=described
                aria-invalid=field.invalid()
            />
        </div>
    }
}

/// Several lines of text. The only `textarea` there is: its text is escaped, here and nowhere else.
#[component]
pub fn Area(
    w: Words,
    field: Slot,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(default = 4)] rows: u32,
    #[prop(optional)] optional: bool,
    #[prop(optional)] heading: bool,
) -> impl IntoView {
    let hint = hint.filter(|hint| !hint.is_empty());
    let described = field.described_by(hint.is_some());
    // a browser drops the first line break of a textarea: give it one to drop
    let text = format!("\n{}", field.value);
    view! {
        <div class="field" class:has-error=field.flaw.is_some()>
            {self::label(w, field.id.clone(), label, optional, heading)}
            {notes(w, &field, hint)}
            <textarea
                class="input area"
                id=field.id.clone()
                name=field.name.clone()
                rows=rows.to_string()
                dir="auto"
                aria-describedby=described
                aria-invalid=field.invalid()
            >
                {text}
            </textarea>
        </div>
    }
}
