//! One page of a module.

use crate::components::{Back, Button, ButtonLink, Form};
use crate::i18n::Words;
use crate::pages::approved::{Approved, Reviewed, Text};
use crate::paths;
use leptos::prelude::*;

#[derive(Debug, Clone)]
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
}

pub fn view(w: Words, model: Model) -> impl IntoView {
    let (number, pages, slug) = (model.number, model.pages, model.slug.clone());
    let (lang, dir) = (model.text.lang.map(|l| l.tag()), model.text.lang.map(|l| l.direction().tag()));
    let place =
        w.with("learn.page_of", &[("n", &w.number(number.into())), ("count", &w.number(pages.into()))]);
    let back = match number {
        1 => view! { <Back w to=paths::learn(w.locale) text=w.t("learn.all")/> }.into_any(),
        _ => view! { <Back w to=page(w, &slug, number - 1) text=w.t("learn.page_before")/> }.into_any(),
    };
    let reviewed = model.text.reviewed_on;
    view! {
        {back}
        <p class="eyebrow" lang=lang dir=dir>{model.module.clone()}</p>
        <h1 lang=lang dir=dir>{model.text.title.clone()}</h1>
        <p class="soft">{place}</p>
        <Approved w text=model.text.clone()/>
        {model.safety.clone().map(|text| view! { <div class="safety-line"><Approved w text/></div> })}
        {onward(w, &model)}
        <Reviewed w on=reviewed/>
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
