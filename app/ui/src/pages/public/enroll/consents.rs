//! One purpose, one page: the words in full, a yes or a no, a signature where the law wants one, and each channel by itself.

use crate::components::{
    Back, Button, Check, Choice, ErrorSummary, Field, Filled, Form, Notice, Pick, Prose, Tone,
};
use crate::i18n::Words;
use crate::markup::{self, Links};
use crate::paths::Path;
use domain::consents::{Channel, Purpose};
use domain::content::{Body, Shown};
use leptos::prelude::*;

/// Whose answers these are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    Patient,
    /// Of whoever fills it in for the patient: only about their own address.
    Helper,
}

pub struct ConsentPage {
    pub program: String,
    pub purpose: Purpose,
    pub channels: Vec<Channeled>,
    pub whose: Whose,
    pub filled: Filled,
    /// The words changed while they were read.
    pub is_reworded: bool,
    pub here: Path,
    pub back: Path,
}

/// A channel of the purpose with the words for it.
#[derive(Clone)]
pub struct Channeled {
    pub channel: Channel,
    pub words: Shown,
}

pub fn consents(w: Words, model: ConsentPage) -> impl IntoView {
    let (here, back) = (model.here.clone(), model.back.clone());
    let filled = model.filled.clone();
    let is_reworded = model.is_reworded && !filled.is_refused();
    view! {
        <Back w to=back/>
        <ErrorSummary w filled/>
        {is_reworded.then(|| view! {
            <Notice tone=Tone::Act title=w.t("enrollments.wording_changed_title")>
                <p>{w.t("enrollments.wording_changed_text")}</p>
            </Notice>
        })}
        <Form w action=here act="consents">
            {fields(w, model)}
            <Button>{w.t("common.continue")}</Button>
        </Form>
    }
}

/// The heading, the words and the answers of one purpose.
pub fn fields(w: Words, model: ConsentPage) -> impl IntoView {
    let ConsentPage { program, purpose, channels, whose, filled, .. } = model;
    let links = Links { locale: w.locale, program: Some(&program) };
    let editions = channels
        .iter()
        .map(|each| {
            let (name, edition) = (format!("edition-{}", each.channel), each.words.variant.edition);
            view! { <input type="hidden" name=name value=edition.to_string()/> }
        })
        .collect_view();
    let (main, others): (Vec<_>, Vec<_>) =
        channels.into_iter().partition(|each| each.channel == Channel::Portal);
    let has_main = !main.is_empty();
    let (heading, main) = match (whose, main.into_iter().next()) {
        (Whose::Helper, _) => (w.t("enrollments.helper_title"), helper(w).into_any()),
        (Whose::Patient, Some(main)) => {
            (main.words.variant.title.clone(), agreement(w, purpose, &main, &filled, links).into_any())
        }
        (Whose::Patient, None) => (w.t(&format!("consents.purpose_{purpose}")), ().into_any()),
    };
    let checks = others
        .into_iter()
        .map(|each| {
            let Body::Consent { meaning, wording, remuneration } = each.words.variant.body.clone() else {
                return ().into_any();
            };
            let name = format!("channel-{}", each.channel);
            let lang = each.words.is_fallback.then_some(each.words.variant.locale);
            view! {
                <div class="consent-channel">
                    <Check w field=filled.field(&name) label=each.words.variant.title.clone() hint=meaning/>
                    <div class="consent-words">
                        <Prose html=markup::render(&wording, links) lang=lang/>
                        {remuneration.map(|text| view! {
                            <p><strong>{w.t("consents.money")}": "</strong>{text}</p>
                        })}
                    </div>
                </div>
            }
            .into_any()
        })
        .collect::<Vec<_>>();
    let asks_channels = !checks.is_empty();
    view! {
        <input type="hidden" name="purpose" value=purpose.code()/>
        {editions}
        <h1>{heading}</h1>
        {main}
        {asks_channels.then(|| view! {
            <fieldset class="field">
                <legend class:hidden=!has_main><h2>{w.t("consents.channels")}</h2></legend>
                <p class="hint">{w.t("consents.channels_hint")}</p>
                {checks}
            </fieldset>
        })}
    }
}

fn helper(w: Words) -> impl IntoView {
    view! { <p class="lead">{w.t("enrollments.helper_text")}</p> }
}

/// The purpose itself: a yes or a no, signed where it is signed.
fn agreement(
    w: Words,
    purpose: Purpose,
    main: &Channeled,
    filled: &Filled,
    links: Links<'_>,
) -> impl IntoView + use<> {
    let (meaning, wording) = match &main.words.variant.body {
        Body::Consent { meaning, wording, .. } => (meaning.clone(), wording.clone()),
        _ => (String::new(), String::new()),
    };
    let lang = main.words.is_fallback.then_some(main.words.variant.locale);
    let (legend, yes, no) = if purpose.is_signed() {
        ("consents.agree_sign", "consents.sign_yes", "consents.sign_no")
    } else {
        ("consents.agree", "consents.agree_yes", "consents.agree_no")
    };
    let signature = purpose.is_signed().then(|| {
        view! {
            <Field
                w
                field=filled.field("signature")
                label=w.t("consents.signature")
                hint=w.t("consents.signature_hint")
                autocomplete="name"
            />
        }
    });
    view! {
        {lang.map(|_| view! { <p class="quiet">{w.t("common.in_english")}</p> })}
        <p class="lead">{meaning}</p>
        <div class="consent-words"><Prose html=markup::render(&wording, links) lang=lang/></div>
        <Choice
            w
            field=filled.field("agree")
            legend=w.t(legend)
            options=vec![Pick::new("yes", w.t(yes)), Pick::new("no", w.t(no))]
        />
        {signature}
    }
}
