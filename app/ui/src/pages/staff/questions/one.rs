//! Questions that are about the same, and what staff make of them: another way to ask an approved answer, a new answer,
//! or nothing.

use super::{under_way, why, wordings};
use crate::components::{
    Back, Button, ErrorSummary, Fact, Facts, Field, Filled, Form, Group, Look, Notice, Pick, Select, When,
    Width,
};
use crate::i18n::Words;
use crate::pages::staff::content::Named;
use crate::paths::{self, Path};
use domain::assistant::gaps::Opened;
use domain::content::Variant;
use leptos::prelude::*;
use std::sync::Arc;

pub struct Model {
    pub opened: Opened,
    pub program: Named,
    pub filled: Filled,
    pub may_write: bool,
    /// Why it could not be done, as the last part of a key.
    pub conflict: Option<&'static str>,
}

pub fn view(w: Words, model: Model) -> AnyView {
    let (opened, filled) = (&model.opened, model.filled.clone());
    let gap = &opened.gap;
    let back = paths::questions(w.locale)
        .query("program", &model.program.code)
        .query("language", opened.locale.tag());
    let conflict = model.conflict.map(|code| {
        let title = w
            .find(&format!("questions.conflict.{code}"))
            .unwrap_or_else(|| w.t("questions.conflict.changed"));
        view! { <Notice title/> }
    });
    let count = i64::try_from(gap.turns.len()).unwrap_or(i64::MAX);
    let (zone, program) = (model.program.zone.clone(), model.program.name.clone());
    let (last_at, locale, why) = (gap.last_at, opened.locale, why(w, gap));
    let wordings = wordings(gap, locale);
    let link = gap.link.as_ref().map(|link| under_way(w, link));
    let acts = model.may_write.then(|| acts(w, &model));
    let reader = (!model.may_write).then(|| view! { <p class="quiet">{w.t("questions.author_acts")}</p> });
    view! {
        <Back w to=back text=w.t("questions.title")/>
        <ErrorSummary w filled/>
        {conflict}
        <h1>{w.t("questions.group")}</h1>
        <Facts>
            <Fact label=w.t("questions.program")><span translate="no">{program}</span></Fact>
            <Fact label=w.t("questions.language")><span lang=locale.tag()>{locale.name()}</span></Fact>
            <Fact label=w.t("questions.column.asked")>{w.count("questions.times", count)}</Fact>
            <Fact label=w.t("questions.column.last")><When w at=last_at zone/></Fact>
            <Fact label=w.t("questions.column.why")>{why}</Fact>
        </Facts>
        {link}
        <h2>{w.t("questions.column.wordings")}</h2>
        {wordings}
        {acts}
        {reader}
    }
    .into_any()
}

fn acts(w: Words, model: &Model) -> AnyView {
    let opened = &model.opened;
    let here = paths::question(w.locale, opened.gap.lead);
    let turns: Vec<String> = opened.gap.turns.iter().map(ToString::to_string).collect();
    let turns = turns.join(" ");
    view! {
        <div class="stack">
            {link(w, model, here.clone(), turns.clone())}
            {draft(w, model, here.clone(), turns.clone())}
            <section aria-labelledby="aside">
                <h2 id="aside">{w.t("questions.aside")}</h2>
                <Form w action=here act="aside">
                    <input type="hidden" name="turns" value=turns/>
                    <p class="hint">{w.t("questions.aside_hint")}</p>
                    <Button look=Look::Quiet>{w.t("questions.aside_do")}</Button>
                </Form>
            </section>
        </div>
    }
    .into_any()
}

fn link(w: Words, model: &Model, here: Path, turns: String) -> AnyView {
    let opened = &model.opened;
    let is_near = |variant: &Arc<Variant>| opened.near.iter().any(|near| near.item == variant.item);
    let pick = |variant: &Arc<Variant>| {
        Pick::new(&variant.item, format!("{} {}", variant.code, variant.title)).lang(opened.locale.tag())
    };
    let groups = vec![
        Group::named(w.t("questions.near"), opened.near.iter().map(pick).collect()),
        Group::named(
            w.t("questions.all"),
            opened.all.iter().filter(|variant| !is_near(variant)).map(pick).collect(),
        ),
    ];
    let (item, phrasing) = (model.filled.field("item"), model.filled.field("phrasing"));
    view! {
        <section aria-labelledby="link">
            <h2 id="link">{w.t("questions.link")}</h2>
            <Form w action=here act="link">
                <input type="hidden" name="turns" value=turns/>
                <Select w field=item label=w.t("questions.item") groups empty=w.t("questions.choose")/>
                <Field w field=phrasing label=w.t("questions.phrasing") hint=w.t("questions.phrasing_hint")/>
                <Button>{w.t("questions.link_do")}</Button>
            </Form>
        </section>
    }
    .into_any()
}

fn draft(w: Words, model: &Model, here: Path, turns: String) -> AnyView {
    let (code, question) = (model.filled.field("code"), model.filled.field("question"));
    view! {
        <section aria-labelledby="draft">
            <h2 id="draft">{w.t("questions.draft")}</h2>
            <Form w action=here act="draft">
                <input type="hidden" name="turns" value=turns/>
                <Field w field=code label=w.t("editorial.new.code") hint=w.t("editorial.new.code_hint") width=Width::Half/>
                <Field w field=question label=w.t("questions.question") hint=w.t("questions.phrasing_hint")/>
                <Button look=Look::Quiet>{w.t("questions.draft_do")}</Button>
            </Form>
        </section>
    }
    .into_any()
}
