//! One page of a module.

use crate::components::{
    Area, Back, Button, ButtonLink, Choice, Details, ErrorSummary, Filled, Form, Look, Notice, Phone, Pick,
    Tone,
};
use crate::document::ProgramLine;
use crate::i18n::Words;
use crate::islands::ReadAloud;
use crate::pages::approved::{Approved, Text};
use crate::pages::public::ask::answer::stamp;
use crate::pages::public::enroll::{SafetyWords, told};
use crate::paths;
use domain::content::{QuizQuestion, Variant};
use leptos::prelude::*;
use std::sync::Arc;

pub struct Model {
    pub slug: String,
    pub module: String,
    /// This page: its title and words.
    pub text: Text,
    /// From 1.
    pub number: u32,
    pub pages: u32,
    /// Whether finishing it can be remembered.
    pub may_finish: bool,
    pub is_finished: bool,
    /// The two sentences about safety, where the module names the medicine.
    pub safety: Option<Text>,
    /// Who approved it and when, to be opened.
    pub variant: Arc<Variant>,
    /// Questions at the end; nobody is told what a reader chooses.
    pub quiz: Vec<QuizQuestion>,
    /// The form that was refused.
    pub filled: Filled,
    /// What the reader said a moment ago was kept.
    pub is_rated: bool,
    /// What the safety screen found in it, above everything else, with the program's code.
    pub told: Option<(SafetyWords, String)>,
}

pub fn view(w: Words, mut model: Model) -> impl IntoView {
    let (number, pages, slug) = (model.number, model.pages, model.slug.clone());
    let (lang, dir) = (model.text.lang.map(|l| l.tag()), model.text.lang.map(|l| l.direction().tag()));
    let place =
        w.with("learn.page_of", &[("n", &w.number(number.into())), ("count", &w.number(pages.into()))]);
    let back = match number {
        1 => view! { <Back w to=paths::learn(w.locale) text=w.t("learn.all")/> }.into_any(),
        _ => view! { <Back w to=page(w, &slug, number - 1) text=w.t("learn.page_before")/> }.into_any(),
    };
    let tongue = model.text.lang.unwrap_or(w.locale).tag();
    let is_last = model.number == model.pages;
    let (quiz, rating) = (is_last.then(|| quiz(w, &model)), is_last.then(|| rating(w, &model)));
    let (stamp, paper) = (stamp(w, &model.variant), paths::module_pdf(w.locale, &model.slug));
    let told = model.told.take().map(|(words, program)| told(w, words, &program));
    let summary = model.filled.clone();
    let thanks = model.is_rated.then(|| view! { <Notice tone=Tone::Success title=w.t("learn.rated")/> });
    view! {
        {back}
        {told}
        <ErrorSummary w filled=summary/>
        {thanks}
        <p class="eyebrow" lang=lang dir=dir>{model.module.clone()}</p>
        <h1 lang=lang dir=dir>{model.text.title.clone()}</h1>
        <p class="soft">{place}</p>
        <p class="read-aloud">
            <button class="button button-quiet" type="button" hidden data-read-aloud=tongue data-stop=w.t("learn.read_stop")>
                {w.t("learn.read_aloud")}
            </button>
            <ReadAloud/>
        </p>
        <Approved w text=model.text.clone()/>
        {model.safety.clone().map(|text| view! { <div class="safety-line"><Approved w text/></div> })}
        {quiz}
        {onward(w, &model)}
        {rating}
        {stamp}
        <p class="onward"><a href=paper>{w.t("learn.pdf")}</a></p>
    }
}

fn page(w: Words, slug: &str, number: u32) -> paths::Path {
    if number == 1 { paths::module(w.locale, slug) } else { paths::module_page(w.locale, slug, number) }
}

/// The next page; on the last one, that it was read.
fn onward(w: Words, model: &Model) -> AnyView {
    if model.number < model.pages {
        let to = page(w, &model.slug, model.number + 1);
        return view! { <p class="onward"><ButtonLink to=to>{w.t("common.continue")}</ButtonLink></p> }
            .into_any();
    }
    if model.is_finished {
        return view! { <p class="onward done">{w.t("learn.done_before")}</p> }.into_any();
    }
    if model.may_finish {
        let action = page(w, &model.slug, model.number);
        return view! {
            <Form w action=action act="finish">
                <Button>{w.t("learn.finish")}</Button>
            </Form>
        }
        .into_any();
    }
    view! { <p class="onward"><ButtonLink to=paths::learn(w.locale)>{w.t("learn.all")}</ButtonLink></p> }
        .into_any()
}

/// Questions with their answers to be opened: a help to remember, and nothing else.
fn quiz(w: Words, model: &Model) -> AnyView {
    if model.quiz.is_empty() {
        return ().into_any();
    }
    let questions = model
        .quiz
        .iter()
        .map(|one| {
            let options = one.options.iter().map(|option| view! { <li>{option.clone()}</li> }).collect_view();
            let right = usize::try_from(one.right - 1).ok().and_then(|at| one.options.get(at)).cloned();
            let right = w.with("learn.quiz_right", &[("option", &right.unwrap_or_default())]);
            let because = one.because.clone();
            view! {
                <li>
                    <p><strong>{one.question.clone()}</strong></p>
                    <ul>{options}</ul>
                    <Details summary=w.t("learn.quiz_show")><p>{right}</p><p>{because}</p></Details>
                </li>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="quiz">
            <h2 id="quiz">{w.t("learn.quiz")}</h2>
            <p class="quiet">{w.t("learn.quiz_lead")}</p>
            <ol class="quiz">{questions}</ol>
        </section>
    }
    .into_any()
}

/// Whether it helped, and a few words if one likes.
fn rating(w: Words, model: &Model) -> AnyView {
    let action = page(w, &model.slug, model.number);
    let (helpful, comment) = (model.filled.field("helpful"), model.filled.field("comment"));
    let options = vec![Pick::new("yes", w.t("learn.helpful_yes")), Pick::new("no", w.t("learn.helpful_no"))];
    view! {
        <section class="rating">
            <Form w action act="rate">
                <Choice w field=helpful legend=w.t("learn.helpful") options inline=true/>
                <Area w field=comment label=w.t("learn.comment") hint=w.t("learn.comment_hint") rows=3 optional=true/>
                <Button look=Look::Quiet>{w.t("learn.rate")}</Button>
            </Form>
        </section>
    }
    .into_any()
}

/// In place of a lesson that is being brought up to date in the reader's language: whom to ask meanwhile.
pub fn updating(w: Words, line: ProgramLine) -> impl IntoView {
    view! {
        <Back w to=paths::learn(w.locale) text=w.t("learn.all")/>
        <h1>{w.t("learn.updating")}</h1>
        <p class="lead">{w.t("learn.updating_text")}</p>
        <p class="big"><Phone number=line.phone/></p>
        <p>{line.hours}</p>
    }
}
