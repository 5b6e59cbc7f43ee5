//! Second looks at what the screen let pass, and what they have shown so far.

use crate::components::{Button, Choice, ErrorSummary, Filled, Form, Look, Notice, Pick, Slot, When};
use crate::i18n::Words;
use crate::pages::staff::told;
use crate::paths;
use domain::safety::rules::miss_rate;
use domain::safety::{Looked, ReportKind, Sample};
use leptos::prelude::*;

pub struct Model {
    pub samples: Vec<Sample>,
    pub looked: Looked,
    pub zone: String,
    /// What was not chosen, at the text it was about.
    pub filled: Filled,
    /// What was just done, as the last part of a key.
    pub told: Option<String>,
    pub has_changed: bool,
}

pub fn view(w: Words, model: Model) -> impl IntoView {
    let (told, filled) =
        (told(w, model.told.as_ref().map(|told| format!("safety.done.{told}"))), model.filled.clone());
    let changed = model.has_changed.then(|| view! { <Notice title=w.t("safety.changed")/> });
    let percent = |share: f64| w.tenths((share * 1_000.0).round() as i64);
    let rate = match miss_rate(model.looked) {
        None => w.t("safety.looks.none_yet"),
        Some((share, low, high)) => w.with(
            "safety.looks.rate",
            &[
                ("missed", &w.number(model.looked.missed)),
                ("looked", &w.number(model.looked.looked)),
                ("share", &percent(share)),
                ("low", &percent(low)),
                ("high", &percent(high)),
            ],
        ),
    };
    let list = if model.samples.is_empty() {
        view! { <p class="lead">{w.t("safety.looks.empty")}</p> }.into_any()
    } else {
        let list =
            model.samples.iter().enumerate().map(|(at, sample)| one(w, at, sample, &model)).collect_view();
        view! { <ul class="stack" role="list">{list}</ul> }.into_any()
    };
    view! {
        <ErrorSummary w filled/>
        {told}
        <h1>{w.t("safety.looks.title")}</h1>
        {changed}
        <p class="lead">{w.t("safety.looks.lead")}</p>
        <p>{rate}</p>
        {list}
    }
}

fn one(w: Words, at: usize, sample: &Sample, model: &Model) -> AnyView {
    let here = paths::safety_second_looks(w.locale);
    let options = ReportKind::ALL
        .iter()
        .map(|kind| Pick::new(kind.code(), w.t(&format!("safety.report.{kind}"))))
        .collect::<Vec<_>>();
    let is_refused = model.filled.values.get("sample").is_some_and(|id| *id == sample.id);
    let kind = match is_refused {
        true => model.filled.field("safety_kind"),
        false => Slot { id: format!("kind-{at}"), ..Filled::default().field("safety_kind") },
    };
    let (tag, zone, drawn) = (sample.locale.tag(), model.zone.clone(), sample.drawn_at);
    let (id, again, text) = (sample.id.clone(), sample.id.clone(), sample.text.clone());
    view! {
        <li class="sample">
            <blockquote class="verbatim" lang=tag dir="auto"><p><bdi>{text}</bdi></p></blockquote>
            <p class="small quiet"><When w at=drawn zone/></p>
            <Form w action=here.clone() act="fine">
                <input type="hidden" name="sample" value=id/>
                <Button look=Look::Quiet>{w.t("safety.looks.fine")}</Button>
            </Form>
            <Form w action=here act="miss">
                <input type="hidden" name="sample" value=again/>
                <Choice w field=kind legend=w.t("safety.looks.miss") options inline=true/>
                <Button>{w.t("safety.looks.flag")}</Button>
            </Form>
        </li>
    }
    .into_any()
}
