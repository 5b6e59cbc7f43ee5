//! As a patient reads it: in a width, for a role, a stage and a day, and whether they would see it at all.

use crate::components::{Back, Button, DateField, Filled, Group, Look, Notice, Pick, Prose, Select, Tone};
use crate::i18n::Words;
use crate::pages::approved::Text;
use crate::paths;
use domain::cases::Stage;
use domain::editorial::Sheet;
use leptos::prelude::*;

pub struct Model {
    pub sheet: Sheet,
    /// Leaf by leaf: path and safe HTML.
    pub words: Vec<(String, Text)>,
    pub width: String,
    pub filled: Filled,
    /// Why this reader would not see it, as the last part of a key; none when they would.
    pub unseen: Option<&'static str>,
    /// The two sentences about safety the system adds to branded pages.
    pub safety: Option<Text>,
}

/// Widths one may look in.
pub const WIDTHS: [&str; 3] = ["320", "390", "768"];

pub fn view(w: Words, model: Model) -> impl IntoView {
    let sheet = &model.sheet;
    let (lang, dir) = (sheet.locale.tag(), sheet.locale.direction().tag());
    let widths =
        WIDTHS.iter().map(|px| Pick::new(*px, w.with("editorial.preview.pixels", &[("n", px)]))).collect();
    let roles = ["patient", "caregiver", "public"]
        .iter()
        .map(|role| Pick::new(*role, w.t(&format!("editorial.audience.{role}"))))
        .collect();
    let stages =
        Stage::ALL.iter().map(|one| Pick::new(one.code(), w.t(&format!("cases.stage.{one}")))).collect();
    let filled = &model.filled;
    let seen = match model.unseen {
        None => view! { <Notice tone=Tone::Success title=w.t("editorial.preview.seen")/> }.into_any(),
        Some(why) => view! {
            <Notice tone=Tone::Info title=w.t("editorial.preview.unseen")>
                <p>{w.t(&format!("editorial.preview.why.{why}"))}</p>
            </Notice>
        }
        .into_any(),
    };
    let words = model
        .words
        .iter()
        .map(|(path, text)| {
            let is_heading =
                path.ends_with("title") || path == "question" || path == "short" || path == "subject";
            let html = text.html.clone();
            if is_heading {
                view! { <div class="preview-heading"><Prose html=html/></div> }.into_any()
            } else {
                view! { <Prose html=html/> }.into_any()
            }
        })
        .collect_view();
    let safety = model.safety.clone().map(|text| {
        let html = text.html;
        view! { <div class="safety-line"><Prose html=html/></div> }
    });
    view! {
        <Back w to=paths::content_variant(w.locale, sheet.id) text=sheet.title.clone()/>
        {seen}
        <h1>{w.t("editorial.preview.title")}</h1>
        <form class="filters" method="get" action=paths::content_preview(w.locale, sheet.id)>
            <Select w field=filled.field("width") label=w.t("editorial.preview.width") groups=vec![Group::of(widths)]/>
            <Select w field=filled.field("role") label=w.t("editorial.preview.role") groups=vec![Group::of(roles)]/>
            <Select w field=filled.field("stage") label=w.t("editorial.column.stage") groups=vec![Group::of(stages)]/>
            <DateField w field=filled.field("on") label=w.t("editorial.preview.on")/>
            <Button look=Look::Quiet>{w.t("worklist.apply")}</Button>
        </form>
        <div class="preview" data-width=model.width.clone() lang=lang dir=dir>
            <p class="preview-title">{sheet.title.clone()}</p>
            {words}
            {safety}
        </div>
    }
}
