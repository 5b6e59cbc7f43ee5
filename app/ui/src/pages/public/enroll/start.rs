//! Before the form: what it is, and a button. After it: that it was sent.

use super::FormWords;
use crate::components::{Button, ButtonLink, Form, Look, Notice, Prose, Tone};
use crate::i18n::Words;
use crate::paths;
use leptos::prelude::*;

pub struct Start {
    pub form: FormWords,
    pub why: Why,
}

/// Why somebody is at the beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Why {
    #[default]
    Asked,
    /// Their form was deleted a moment ago.
    Deleted,
    /// The form they went on with is not there any more.
    Gone,
}

pub fn start(w: Words, model: Start) -> impl IntoView {
    let Start { form, why } = model;
    let here = paths::enroll(w.locale, &form.program);
    let language = form.other_language();
    view! {
        {match why {
            Why::Asked => ().into_any(),
            Why::Deleted => view! { <Notice tone=Tone::Success title=w.t("enrollments.deleted")/> }.into_any(),
            Why::Gone => view! { <Notice tone=Tone::Info title=w.t("enrollments.gone")/> }.into_any(),
        }}
        {language.map(|_| view! { <p class="quiet">{w.t("common.in_english")}</p> })}
        <h1>{form.title()}</h1>
        <Prose html=form.intro(w) lang=language/>
        <Form w action=here act="start">
            <Button>{w.t("enrollments.start")}</Button>
        </Form>
    }
}

/// This browser has sent its form.
pub struct Sent {
    pub program: String,
}

pub fn sent(w: Words, model: Sent) -> impl IntoView {
    let Sent { program } = model;
    view! {
        <h1>{w.t("enrollments.sent_before_title")}</h1>
        <p class="lead">{w.t("enrollments.sent_before_text")}</p>
        <p><ButtonLink to=paths::enroll_done(w.locale, &program)>{w.t("enrollments.see_confirmation")}</ButtonLink></p>
        <Form w action=paths::enroll(w.locale, &program) act="start">
            <Button look=Look::Quiet>{w.t("enrollments.another")}</Button>
        </Form>
    }
}
