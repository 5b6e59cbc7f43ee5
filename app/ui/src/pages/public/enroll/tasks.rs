//! The list of tasks: what is done, what is next, where it goes on.

use super::FormWords;
use crate::components::{
    Button, ButtonLink, Details, Emergency, Form, Look, Mark, Notice, OnDay, Phone, Prose, Rail, Stop, Tone,
};
use crate::i18n::Words;
use crate::markup::{self, Links};
use crate::paths::{self, Path};
use domain::content::{Body, Shown};
use domain::enrollments::TaskState;
use domain::time::Day;
use leptos::prelude::*;

pub struct Tasks {
    pub form: FormWords,
    pub tasks: Vec<Task>,
    /// The page to go on with; none when everything is answered.
    pub next: Option<Path>,
    pub saved_until: Option<Day>,
    /// They come back to answers given before.
    pub is_return: bool,
    /// Something they wrote must be answered before anything else.
    pub safety: Option<SafetyWords>,
}

/// Approved words for somebody whose own words were flagged.
pub struct SafetyWords {
    pub shown: Shown,
    /// Its slug: the last part of the heading's key.
    pub code: &'static str,
    pub is_urgent: bool,
    pub phone: String,
}

pub struct Task {
    pub id: String,
    pub state: TaskState,
    /// Its first page, where it may be opened.
    pub to: Option<Path>,
}

pub fn tasks(w: Words, model: Tasks) -> impl IntoView {
    let Tasks { form, tasks, next, saved_until, is_return, safety } = model;
    let program = form.program.clone();
    let here = paths::enroll(w.locale, &form.program);
    let check = paths::enroll_check(w.locale, &form.program);
    let mut is_first = true;
    let stops = tasks
        .into_iter()
        .map(|task| {
            let title = form.task(w, &task.id);
            let (mark, state) = match task.state {
                TaskState::Done => (Mark::Done, "enrollments.state_done"),
                TaskState::Problem => (Mark::Wrong, "enrollments.state_problem"),
                TaskState::CannotStart => (Mark::Open, "enrollments.state_cannot_start"),
                TaskState::Begun => (here_once(&mut is_first), "enrollments.state_begun"),
                TaskState::ToDo => (here_once(&mut is_first), "enrollments.state_to_do"),
            };
            match task.to {
                Some(to) => view! { <Stop mark title state=w.t(state) to/> }.into_any(),
                None => view! { <Stop mark title state=w.t(state)/> }.into_any(),
            }
        })
        .collect_view();
    let go_on = match next {
        Some(to) => view! { <ButtonLink to>{w.t("enrollments.go_on")}</ButtonLink> }.into_any(),
        None => view! { <ButtonLink to=check>{w.t("enrollments.check")}</ButtonLink> }.into_any(),
    };
    view! {
        {safety.map(|words| told(w, words, &program))}
        <h1>{form.title()}</h1>
        {is_return.then(|| view! { <p class="lead">{w.t("enrollments.begun_before")}</p> })}
        <Rail label=w.t("enrollments.what_we_ask")>{stops}</Rail>
        <p class="row">{go_on}</p>
        {saved_until.map(|day| {
            let (before, after) = around(&w.t("enrollments.saved_until"), "%{day}");
            view! { <p class="quiet">{before}<OnDay w day full=true/>{after}</p> }
        })}
        <Details summary=w.t("enrollments.delete")>
            <p>{w.t("enrollments.delete_text")}</p>
            <Form w action=here act="discard">
                <Button look=Look::Danger>{w.t("enrollments.delete_button")}</Button>
            </Form>
        </Details>
    }
}

/// The answer to them, above everything else.
pub fn told(w: Words, words: SafetyWords, program: &str) -> AnyView {
    let SafetyWords { shown, code, is_urgent, phone } = words;
    let Body::Page { text } = &shown.variant.body else { return ().into_any() };
    let html = markup::render(text, Links { locale: w.locale, program: Some(program) });
    let lang = shown.is_fallback.then_some(shown.variant.locale);
    let title = w.t(&format!("enrollments.told_{code}"));
    if is_urgent {
        view! { <Emergency title phone><Prose html lang=lang/></Emergency> }.into_any()
    } else {
        view! { <Notice tone=Tone::Act title><Prose html lang=lang/><p><Phone number=phone/></p></Notice> }
            .into_any()
    }
}

/// The first task that is open is where we are.
fn here_once(is_first: &mut bool) -> Mark {
    if std::mem::take(is_first) { Mark::Here } else { Mark::Open }
}

/// A sentence before and after the place where a part of it is filled in.
pub(super) fn around(sentence: &str, place: &str) -> (String, String) {
    let (before, after) = sentence.split_once(place).unwrap_or((sentence, ""));
    (before.to_owned(), after.to_owned())
}
