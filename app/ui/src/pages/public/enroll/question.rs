//! One question, one page. Its label is the page's heading.

use super::FormWords;
use crate::components::{
    Area, Back, Button, Choice, DateField, ErrorSummary, Field, Filled, Form, Kind, Pick, Width,
};
use crate::i18n::Words;
use crate::paths::Path;
use domain::locale::Locale;
use domain::programs::{self, QuestionKind};
use leptos::prelude::*;

pub struct Question {
    pub form: FormWords,
    pub question: programs::Question,
    /// Somebody fills it in for the patient.
    pub is_by_other: bool,
    pub filled: Filled,
    pub here: Path,
    pub back: Path,
}

pub fn question(w: Words, model: Question) -> impl IntoView {
    let Question { form, question, is_by_other, filled, here, back } = model;
    let words = form.question(&question.id).cloned();
    let (label, hint) = match &words {
        Some(words) if is_by_other => (words.label_other.clone(), words.hint.clone()),
        Some(words) => (words.label.clone(), words.hint.clone()),
        None => (question.id.clone(), None),
    };
    let hint = hint.unwrap_or_default();
    let slot = filled.field(&question.id);
    // a browser may only fill in what is about the person who sits before it
    let is_own = !is_by_other || question.task == "who";
    let autocomplete = question.autocomplete.as_deref().filter(|_| is_own).and_then(token).unwrap_or("off");
    let optional = question.optional;
    let input = match question.kind {
        QuestionKind::Choice => {
            let options = question
                .options
                .iter()
                .map(|code| {
                    let label = words.as_ref().and_then(|words| words.options.get(code)).unwrap_or(code);
                    let pick = Pick::new(code, label);
                    match code.parse::<Locale>() {
                        Ok(locale) if question.id.ends_with("language") => pick.lang(locale.tag()),
                        _ => pick,
                    }
                })
                .collect();
            view! { <Choice w field=slot legend=label options hint=hint heading=true optional/> }.into_any()
        }
        QuestionKind::LongText => {
            view! { <Area w field=slot label hint=hint heading=true optional/> }.into_any()
        }
        QuestionKind::BirthDate => {
            view! { <DateField w field=slot label hint=hint heading=true birthday=is_own/> }.into_any()
        }
        QuestionKind::Email => {
            view! { <Field w field=slot label hint=hint kind=Kind::Email autocomplete heading=true optional/> }
                .into_any()
        }
        QuestionKind::Phone => {
            view! {
                <Field w field=slot label hint=hint kind=Kind::Phone width=Width::Half autocomplete heading=true optional/>
            }
            .into_any()
        }
        QuestionKind::Text => {
            view! { <Field w field=slot label hint=hint autocomplete heading=true optional/> }.into_any()
        }
    };
    let lang = form.other_language();
    view! {
        <Back w to=back/>
        <ErrorSummary w filled/>
        <div lang=lang.map(|locale| locale.tag()) dir=lang.map(|locale| locale.direction().tag())>
            <Form w action=here act="answer">
                {input}
                <Button>{w.t("common.continue")}</Button>
            </Form>
        </div>
    }
}

/// The tokens of `autocomplete` a program's form may use.
fn token(text: &str) -> Option<&'static str> {
    ["name", "given-name", "family-name", "email", "tel", "street-address", "postal-code", "bday"]
        .into_iter()
        .find(|known| *known == text)
}
