//! What waits at one's desks, and what falls due.

use super::{Named, kind, place};
use crate::components::{Id, Table, Tag, Tone, When};
use crate::i18n::Words;
use crate::paths;
use domain::editorial::Waiting;
use domain::tasks::Task;
use domain::time::Timestamp;
use leptos::prelude::*;

pub struct Model {
    pub waiting: Vec<Waiting>,
    /// Reviews to be renewed and links to be mended.
    pub tasks: Vec<Task>,
    pub programs: Vec<Named>,
    pub now: Timestamp,
}

pub fn view(w: Words, model: Model) -> impl IntoView {
    let waiting = model.waiting.iter().map(|one| review(w, &model, one)).collect_view();
    let tasks = model.tasks.iter().map(|one| task(w, &model, one)).collect_view();
    let columns = move |names: &[&str]| {
        names
            .iter()
            .map(move |name| view! { <th scope="col">{w.t(&format!("editorial.column.{name}"))}</th> })
            .collect_view()
            .into_any()
    };
    let reviews = if model.waiting.is_empty() {
        view! { <p class="lead">{w.t("editorial.reviews.none")}</p> }.into_any()
    } else {
        view! {
            <div class="worklist">
                <Table caption=w.t("editorial.reviews.title") hide_caption=true>
                    <thead><tr>{columns(&["item", "desk", "kind", "language", "due"])}</tr></thead>
                    <tbody>{waiting}</tbody>
                </Table>
            </div>
        }
        .into_any()
    };
    let due = (!model.tasks.is_empty()).then(|| {
        view! {
            <div>
                <h2>{w.t("editorial.reviews.due")}</h2>
                <Table caption=w.t("editorial.reviews.due") hide_caption=true name="due">
                    <thead><tr>{columns(&["task", "due"])}</tr></thead>
                    <tbody>{tasks}</tbody>
                </Table>
            </div>
        }
    });
    view! {
        <h1>{w.t("editorial.reviews.title")}</h1>
        {reviews}
        {due}
    }
}

fn zone(model: &Model, program: Option<domain::ids::ProgramId>) -> String {
    let known = model.programs.iter().find(|known| Some(known.id) == program).or(model.programs.first());
    known.map(|known| known.zone.clone()).unwrap_or_default()
}

fn late(w: Words, model: &Model, due: Timestamp) -> Option<AnyView> {
    (due < model.now).then(|| view! { " "<Tag tone=Tone::Act text=w.t("tasks.late")/> }.into_any())
}

fn review(w: Words, model: &Model, one: &Waiting) -> AnyView {
    let to = paths::content_review(w.locale, one.variant);
    let (lang, dir) = (one.locale.tag(), one.locale.direction().tag());
    view! {
        <tr>
            <th scope="row">
                <a href=to><bdi lang=lang dir=dir>{one.title.clone()}</bdi></a>
                <span class="small quiet"><Id text=one.code.clone()/></span>
            </th>
            <td>{w.t(&format!("editorial.desk.{}", one.desk.code()))}</td>
            <td>{kind(w, one.kind)}</td>
            <td>{place(w, one.edition, one.locale)}</td>
            <td><When w at=one.due_at zone=zone(model, Some(one.program))/>{late(w, model, one.due_at)}</td>
        </tr>
    }
    .into_any()
}

fn task(w: Words, model: &Model, one: &Task) -> AnyView {
    let name = w.t(&format!("tasks.kinds.{}", one.kind));
    let to = one.subject.as_deref().and_then(|subject| subject.parse().ok());
    let name = match to {
        Some(variant) => view! { <a href=paths::content_variant(w.locale, variant)>{name}</a> }.into_any(),
        None => name.into_any(),
    };
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td><When w at=one.due_at zone=zone(model, None)/>{late(w, model, one.due_at)}</td>
        </tr>
    }
    .into_any()
}
