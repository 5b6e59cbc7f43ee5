//! The answers looked over, each with its way back, then sent.

use super::FormWords;
use crate::components::{Answer, Back, Button, ButtonLink, Form, Notice, Summary, Tone};
use crate::i18n::Words;
use crate::paths::{self, Path};
use leptos::prelude::*;

pub struct Check {
    pub form: FormWords,
    /// Tasks in order, each with its answers.
    pub tasks: Vec<(String, Vec<Line>)>,
    /// The first page that is still open.
    pub open: Option<Path>,
    pub is_by_other: bool,
    /// What is looked over here: sent along, so that nothing else is submitted.
    pub version: i64,
    /// Another tab answered meanwhile.
    pub is_changed: bool,
}

pub struct Line {
    pub label: String,
    pub value: String,
    pub change: Path,
}

pub fn check(w: Words, model: Check) -> impl IntoView {
    let Check { form, tasks, open, is_by_other, version, is_changed } = model;
    let here = paths::enroll_check(w.locale, &form.program);
    let back = paths::enroll(w.locale, &form.program);
    let groups = tasks
        .into_iter()
        .filter(|(_, lines)| !lines.is_empty())
        .map(|(task, lines)| {
            let lines = lines
                .into_iter()
                .map(|line| view! { <Answer w label=line.label value=line.value change=line.change/> })
                .collect_view();
            view! { <h2>{form.task(w, &task)}</h2><Summary>{lines}</Summary> }
        })
        .collect_view();
    let lead = if is_by_other { "enrollments.check_lead_other" } else { "enrollments.check_lead" };
    let send = if is_by_other { "enrollments.send_other" } else { "enrollments.send" };
    let (notice, go_on) = match open {
        Some(to) => (
            view! {
                <Notice tone=Tone::Act title=w.t("enrollments.open_title")><p>{w.t("enrollments.open_text")}</p></Notice>
            }
            .into_any(),
            view! { <p class="row"><ButtonLink to>{w.t("enrollments.go_on")}</ButtonLink></p> }.into_any(),
        ),
        None => (
            is_changed
                .then(|| {
                    view! {
                        <Notice tone=Tone::Act title=w.t("enrollments.changed_title")>
                            <p>{w.t("enrollments.changed_text")}</p>
                        </Notice>
                    }
                })
                .into_any(),
            view! {
                <Form w action=here act="submit">
                    <input type="hidden" name="version" value=version.to_string()/>
                    <Button>{w.t(send)}</Button>
                </Form>
            }
            .into_any(),
        ),
    };
    view! {
        <Back w to=back/>
        {notice}
        <h1>{w.t("enrollments.check")}</h1>
        <p class="lead">{w.t(lead)}</p>
        {groups}
        {go_on}
    }
}
