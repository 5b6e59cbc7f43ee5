//! What the safety team asks, in approved words, and room for the answers.

use crate::components::{Area, Button, ButtonLink, Emergency, ErrorSummary, Filled, Form, Notice, Tone};
use crate::i18n::Words;
use crate::paths;
use leptos::prelude::*;

/// A question as the program words it.
pub struct Line {
    pub id: String,
    pub question: String,
}

pub struct Model {
    pub lines: Vec<Line>,
    pub filled: Filled,
    /// The answers were kept.
    pub is_thanked: bool,
    /// What an answer told of: the program's words for an emergency or a crisis come before anything else.
    pub urgent: Option<Urgent>,
}

/// Whom to call, and what else to do.
pub struct Urgent {
    pub title: String,
    pub phone: String,
    pub text: String,
}

pub fn view(w: Words, model: Model) -> impl IntoView {
    let summary = model.filled.clone();
    let urgent = model.urgent.map(|urgent| {
        let Urgent { title, phone, text } = urgent;
        view! { <Emergency title phone><p>{text}</p></Emergency> }
    });
    let thanks =
        model.is_thanked.then(|| view! { <Notice tone=Tone::Success title=w.t("safety.ask.thanks")/> });
    let home = paths::home(w.locale);
    let form = if model.lines.is_empty() {
        view! {
            <p class="lead">{w.t("safety.ask.none")}</p>
            <ButtonLink to=home>{w.t("safety.ask.home")}</ButtonLink>
        }
        .into_any()
    } else {
        let fields = model
            .lines
            .into_iter()
            .map(|line| {
                let field = model.filled.field(&line.id);
                view! { <Area w field label=line.question rows=3 optional=true/> }
            })
            .collect_view();
        let here = paths::safety_questions(w.locale);
        view! {
            <p class="lead">{w.t("safety.ask.lead")}</p>
            <Form w action=here act="answer">
                {fields}
                <Button>{w.t("safety.ask.send")}</Button>
            </Form>
        }
        .into_any()
    };
    view! {
        {urgent}
        <ErrorSummary w filled=summary/>
        {thanks}
        <h1>{w.t("safety.ask.title")}</h1>
        {form}
    }
}
