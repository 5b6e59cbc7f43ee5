//! A form that works without scripts, and the parts of a page its answer may replace.

use crate::i18n::Words;
use crate::islands::{Autosave, Enhance};
use crate::paths::Path;
use leptos::prelude::*;

/// Posts to its own page; `act` names what is asked for, in the field `act`.
/// With `autosave`, where scripts run, it is saved whenever its writer pauses, as `act=autosave`; the answer names the
/// new version in `x-version`.
/// With `enhance`, where scripts run, the answer's regions are swapped in without leaving the page.
#[component]
pub fn Form(
    w: Words,
    action: Path,
    #[prop(optional, into)] act: Option<&'static str>,
    #[prop(optional)] enhance: bool,
    #[prop(optional)] multipart: bool,
    #[prop(optional)] autosave: bool,
    #[prop(optional, into)] id: Option<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <form
            class="form"
            method="post"
            action=action
            id=id
            novalidate
            data-enhance=enhance.then(|| w.t("common.sending"))
            data-autosave=autosave.then(|| w.t("common.saved"))
            data-autosave-failed=autosave.then(|| w.t("common.not_saved"))
            enctype=multipart.then_some("multipart/form-data")
        >
            {act.map(|act| view! { <input type="hidden" name="act" value=act/> })}
            {children()}
            {enhance.then(|| view! { <Enhance/> })}
            {autosave.then(|| view! { <p class="small quiet" data-saved=""></p><Autosave/> })}
        </form>
    }
}

/// A part of a page that a fragment replaces. The same id stands in the page and in the fragment.
/// `log=true` for a conversation: what is added is read out, politely.
#[component]
pub fn Region(
    #[prop(into)] id: String,
    #[prop(optional)] log: bool,
    #[prop(optional, into)] label: Option<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <div
            class="region"
            id=id
            data-region=""
            role=log.then_some("log")
            aria-live=log.then_some("polite")
            aria-label=label
            tabindex=log.then_some("0")
        >
            {children()}
        </div>
    }
}
