//! The editorial room: the library with its gaps, one variant with all that is known of it, writing, reviewing, comparing.

pub mod compare;
pub mod coverage;
pub mod edit;
pub mod library;
pub mod measures;
pub mod new;
pub mod preview;
pub mod review;
pub mod reviews;
pub mod sheet;

use crate::components::{Field, Filled, Kind as Input, Notice, Tag, Tone, Width};
use crate::i18n::Words;
use domain::content::Kind;
use domain::editorial::State;
use leptos::prelude::*;

/// A program as lists name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub id: domain::ids::ProgramId,
    pub code: String,
    pub name: String,
    pub zone: String,
}

pub(super) fn kind(w: Words, kind: Kind) -> String {
    w.t(&format!("editorial.kind.{}", kind.code()))
}

pub(super) fn state(w: Words, state: State) -> AnyView {
    let tone = match state {
        State::Live => Tone::Success,
        State::Stale | State::Changes | State::Expired => Tone::Act,
        _ => Tone::Info,
    };
    view! { <Tag tone text=w.t(&format!("editorial.state.{state}"))/> }.into_any()
}

/// `FAQ-012 · edition 4 · es`.
pub(super) fn place(w: Words, edition: i64, locale: domain::locale::Locale) -> String {
    w.with("editorial.place", &[("edition", &w.number(edition)), ("language", locale.name())])
}

/// What every signature asks for again: both factors.
pub(super) fn both_factors(w: Words, filled: &Filled) -> AnyView {
    view! {
        <Field w field=filled.field("password") label=w.t("editorial.sign.password") kind=Input::Password autocomplete="current-password"/>
        <Field w field=filled.field("code") label=w.t("editorial.sign.code") kind=Input::Code width=Width::Short/>
    }
    .into_any()
}

/// At the top of a page: what was just done, by the last part of its key, or why it could not be done.
pub(super) fn outcome(w: Words, told: Option<&str>, refused: Option<&str>) -> AnyView {
    let told = super::told(w, told.map(|told| format!("editorial.done.{told}")));
    let conflict = refused.map(|code| view! { <Notice tone=Tone::Wrong title=conflict(w, code)/> });
    view! {
        {told}
        {conflict}
    }
    .into_any()
}

/// What a refusal says at the top, by the code of its conflict.
fn conflict(w: Words, code: &str) -> String {
    w.find(&format!("editorial.conflict.{code}")).unwrap_or_else(|| w.t("editorial.conflict.changed"))
}
