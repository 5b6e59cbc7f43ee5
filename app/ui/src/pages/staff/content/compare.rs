//! What changed between two editions or two saves, word by word.

use super::place;
use crate::components::{Back, Button, Filled, Group, Look, Pick, Select};
use crate::i18n::Words;
use crate::paths;
use domain::editorial::Dossier;
use domain::editorial::diff::Change;
use leptos::prelude::*;

pub struct Model {
    pub dossier: Dossier,
    /// What it is compared with, as the address says it, and as people read it.
    pub with: String,
    pub choices: Vec<(String, String)>,
    /// Leaf by leaf: its path and its runs of words; only those that changed.
    pub changes: Vec<(String, Vec<(Change, String)>)>,
}

pub fn view(w: Words, model: Model) -> impl IntoView {
    let sheet = &model.dossier.sheet;
    let (lang, dir) = (sheet.locale.tag(), sheet.locale.direction().tag());
    let filled = Filled::of([("with", model.with.as_str())]);
    let picks = model.choices.iter().map(|(value, label)| Pick::new(value, label)).collect();
    let none =
        model.changes.is_empty().then(|| view! { <p class="lead">{w.t("editorial.compare.same")}</p> });
    let leaves = model
        .changes
        .iter()
        .map(|(path, runs)| {
            let label = w.t(&format!("editorial.field.{}", domain::content::leaves::label(path)));
            let runs = runs.iter().map(|(change, text)| run(w, *change, text)).collect_view();
            view! {
                <section class="leaf">
                    <h2 class="leaf-name">{label}</h2>
                    <p class="diff as-typed" lang=lang dir=dir>{runs}</p>
                </section>
            }
        })
        .collect_view();
    view! {
        <Back w to=paths::content_variant(w.locale, sheet.id) text=sheet.title.clone()/>
        <h1>{w.t("editorial.compare.title")}</h1>
        <p class="lead">{place(w, sheet.edition, sheet.locale)}</p>
        <form class="filters" method="get" action=paths::content_compare(w.locale, sheet.id)>
            <Select w field=filled.field("with") label=w.t("editorial.compare.with") groups=vec![Group::of(picks)]/>
            <Button look=Look::Quiet>{w.t("worklist.apply")}</Button>
        </form>
        {none}
        <div class="leaves">{leaves}</div>
    }
}

/// Added and removed words are told apart by more than their colour.
pub(super) fn run(w: Words, change: Change, text: &str) -> AnyView {
    let text = text.to_owned();
    match change {
        Change::Same => view! { <span>{text}</span> }.into_any(),
        Change::Added => view! {
            <ins><span class="hidden">{w.t("editorial.compare.added")}" "</span>{text}</ins>
        }
        .into_any(),
        Change::Removed => view! {
            <del><span class="hidden">{w.t("editorial.compare.removed")}" "</span>{text}</del>
        }
        .into_any(),
    }
}
