//! A variant on the desks: every block with its remarks, and for each of one's desks the checklist and the signature.

use super::sheet::{desk as desk_name, signature};
use super::{both_factors, kind, place};
use crate::components::{Area, Back, Button, Details, ErrorSummary, Filled, Form, Id, Look, Prose, When};
use crate::i18n::Words;
use crate::markup::SafeHtml;
use crate::paths;
use domain::content::Desk;
use domain::editorial::{Comment, Dossier, ReviewState, rules};
use leptos::prelude::*;

/// One block: where it stands, and how a reader sees it.
pub struct Block {
    /// `answer#2`
    pub anchor: String,
    /// The leaf it is part of.
    pub path: String,
    pub html: SafeHtml,
}

pub struct Model {
    pub dossier: Dossier,
    pub zone: String,
    pub blocks: Vec<Block>,
    /// The desks this person sits at.
    pub desks: Vec<Desk>,
    pub filled: Filled,
    /// The desk, or the block, whose form was refused.
    pub refused: String,
    pub told: Option<String>,
    pub conflict: Option<&'static str>,
}

pub fn view(w: Words, model: Model) -> impl IntoView {
    let sheet = &model.dossier.sheet;
    let outcome = super::outcome(w, model.told.as_deref(), model.conflict);
    let (lang, dir) = (sheet.locale.tag(), sheet.locale.direction().tag());
    let filled = model.filled.clone();
    let (blocks, desks) = (blocks(w, &model), desks(w, &model));
    let signatures =
        model.dossier.signatures.iter().map(|one| signature(w, one, model.zone.clone())).collect_view();
    let compare = paths::content_compare(w.locale, sheet.id);
    view! {
        <Back w to=paths::reviews(w.locale) text=w.t("editorial.reviews.title")/>
        <ErrorSummary w filled/>
        {outcome}
        <p class="eyebrow"><Id text=sheet.code.clone()/>" · "{kind(w, sheet.kind)}" · "{place(w, sheet.edition, sheet.locale)}</p>
        <h1 lang=lang dir=dir>{sheet.title.clone()}</h1>
        <p class="row">
            <a href=compare>{w.t("editorial.compare.title")}</a>
            <a href=paths::content_preview(w.locale, sheet.id)>{w.t("editorial.preview.title")}</a>
            <a href=paths::content_variant(w.locale, sheet.id)>{w.t("editorial.sheet.about")}</a>
        </p>
        <div class="columns editorial">
            <div class="stack">{blocks}</div>
            <div class="stack">
                {desks}
                <ul role="list" class="signatures">{signatures}</ul>
            </div>
        </div>
    }
}

fn blocks(w: Words, model: &Model) -> AnyView {
    let sheet = &model.dossier.sheet;
    let (lang, dir) = (sheet.locale.tag(), sheet.locale.direction().tag());
    let mut before = String::new();
    let blocks = model
        .blocks
        .iter()
        .map(|block| {
            let is_first = before != block.path;
            before.clone_from(&block.path);
            let name = is_first.then(|| {
                let label = w.t(&format!("editorial.field.{}", domain::content::leaves::label(&block.path)));
                view! { <h2 class="leaf-name">{label}</h2> }
            });
            let remarks = model
                .dossier
                .comments
                .iter()
                .filter(|comment| comment.block == block.anchor)
                .map(|comment| remark(w, model, comment))
                .collect_view();
            let form = remark_form(w, model, &block.anchor);
            let html = block.html.clone();
            view! {
                {name}
                <div class="block" id=id(&block.anchor)>
                    <div lang=lang dir=dir><Prose html=html/></div>
                    <ul role="list" class="remarks">{remarks}</ul>
                    {form}
                </div>
            }
        })
        .collect_view();
    view! { <section class="blocks" aria-label=w.t("editorial.sheet.words")>{blocks}</section> }.into_any()
}

/// An id a fragment can lead to.
pub fn id(anchor: &str) -> String {
    format!("block-{}", anchor.replace(['.', '#'], "-"))
}

fn remark(w: Words, model: &Model, comment: &Comment) -> AnyView {
    let zone = model.zone.clone();
    let settled = match &comment.resolved {
        Some((_, name)) => view! {
            <p class="small quiet">{w.with("editorial.remark.settled", &[("name", name)])}</p>
        }
        .into_any(),
        None => {
            let comment_id = comment.id.to_string();
            view! {
                <Form w action=paths::content_review(w.locale, model.dossier.sheet.id) act="resolve">
                    <input type="hidden" name="remark_id" value=comment_id/>
                    <Button look=Look::Quiet>{w.t("editorial.remark.settle")}</Button>
                </Form>
            }
            .into_any()
        }
    };
    view! {
        <li class="remark" data-settled=comment.resolved.is_some().then_some("")>
            <p class="as-typed" dir="auto"><bdi>{comment.text.clone()}</bdi></p>
            <p class="small quiet"><bdi>{comment.author_name.clone()}</bdi>" · "<When w at=comment.at zone/></p>
            {settled}
        </li>
    }
    .into_any()
}

fn remark_form(w: Words, model: &Model, anchor: &str) -> AnyView {
    let is_refused = model.refused == anchor;
    let mut slot = if is_refused { model.filled.field("remark") } else { Filled::default().field("remark") };
    slot.id = format!("remark-{}", id(anchor));
    let (here, block) = (paths::content_review(w.locale, model.dossier.sheet.id), anchor.to_owned());
    view! {
        <Details summary=w.t("editorial.remark.add") open=is_refused>
            <Form w action=here act="remark">
                <input type="hidden" name="block" value=block/>
                <Area w field=slot label=w.t("editorial.remark.label") rows=2/>
                <Button look=Look::Quiet>{w.t("editorial.remark.send")}</Button>
            </Form>
        </Details>
    }
    .into_any()
}

/// The desks this person sits at, and how the others stand.
fn desks(w: Words, model: &Model) -> AnyView {
    let sections = model
        .dossier
        .reviews
        .iter()
        .map(|review| {
            let name = desk_name(w, review.desk);
            let state = w.t(&format!("editorial.review_state.{}", review.state));
            let is_mine = model.desks.contains(&review.desk) && review.state == ReviewState::Open;
            let forms = is_mine.then(|| decide(w, model, review.desk));
            let reason =
                review.reason.clone().map(|text| view! { <p class="as-typed"><bdi>{text}</bdi></p> });
            let due = review.due_at.filter(|_| review.state == ReviewState::Open).map(|at| {
                let zone = model.zone.clone();
                view! { <p class="small quiet">{w.t("editorial.column.due")}" "<When w at zone/></p> }
            });
            view! {
                <section class="desk">
                    <h2>{name}</h2>
                    <p>{state}</p>
                    {due}
                    {reason}
                    {forms}
                </section>
            }
        })
        .collect_view();
    view! { {sections} }.into_any()
}

fn decide(w: Words, model: &Model, desk: Desk) -> AnyView {
    let sheet = &model.dossier.sheet;
    let (here, there) =
        (paths::content_review(w.locale, sheet.id), paths::content_review(w.locale, sheet.id));
    let (version, same) = (sheet.version.to_string(), sheet.version.to_string());
    let is_refused = model.refused == desk.code();
    let prefix = desk.code();
    let filled = if is_refused { model.filled.clone() } else { Filled::default() }.prefixed(prefix);
    let flaw = filled.flaws.iter().find(|flaw| flaw.field == "checklist").map(|flaw| {
        let id = filled.id("checklist");
        view! { <p class="error" id=format!("{id}-error")>{w.flaw(flaw)}</p> }
    });
    let ticks = rules::checklist(desk)
        .iter()
        .enumerate()
        .map(|(at, code)| {
            let id = if at == 0 { filled.id("checklist") } else { format!("{prefix}-{code}") };
            let label = w.t(&format!("editorial.checklist.{prefix}.{code}"));
            let is_ticked = filled.values.contains_key(&format!("tick-{code}"));
            view! {
                <div class="choice">
                    <input type="checkbox" id=id.clone() name=format!("tick-{code}") value="yes" checked=is_ticked/>
                    <label for=id><span class="choice-label">{label}</span></label>
                </div>
            }
        })
        .collect_view();
    let (factors, reason) = (both_factors(w, &filled), filled.field("reason"));
    let wants_changes = reason.flaw.is_some();
    view! {
        <Form w action=here act="approve">
            <input type="hidden" name="version" value=version/>
            <input type="hidden" name="desk" value=prefix/>
            <fieldset class="field">
                <legend class="label">{w.t("editorial.sign.checklist")}</legend>
                {flaw}
                <div class="choices">{ticks}</div>
            </fieldset>
            <p>{w.t("editorial.meaning.approved")}</p>
            {factors}
            <Button>{w.t("editorial.sign.act")}</Button>
        </Form>
        <Details summary=w.t("editorial.changes.title") open=wants_changes>
            <Form w action=there act="changes">
                <input type="hidden" name="version" value=same/>
                <input type="hidden" name="desk" value=prefix/>
                <Area w field=reason label=w.t("editorial.changes.reason") hint=w.t("editorial.changes.hint") rows=3/>
                <Button look=Look::Quiet>{w.t("editorial.changes.act")}</Button>
            </Form>
        </Details>
    }
    .into_any()
}
