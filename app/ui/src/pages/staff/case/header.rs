//! Number, name, where it stands, who owns it, and the clock of the first answer.

use super::{Model, here};
use crate::components::{Button, Fact, Facts, Form, Id, Look, OnDay, Tag, Tone, When};
use crate::i18n::Words;
use domain::cases::SubStatus;
use leptos::prelude::*;

pub(super) fn section(w: Words, model: &Model) -> AnyView {
    let (case, zone) = (&model.case, model.zone.clone());
    let seen = &case.seen;
    let expected = seen.expected_on.map(|day| {
        let late = seen.late_until.map(|_| view! { " "<Tag tone=Tone::Act text=w.t("staff_case.late")/> });
        view! { <Fact label=w.t("staff_case.expected")><OnDay w day/>{late}</Fact> }
    });
    let owner = case.owner.as_ref().map_or_else(
        || view! { <span class="quiet">{w.t("staff_case.nobody")}</span> }.into_any(),
        |(_, name)| view! { <bdi>{name.clone()}</bdi> }.into_any(),
    );
    let stage = w.t(&format!("cases.stage.{}", seen.stage));
    let short = case.sentence.as_ref().map(|sentence| sentence.short.clone());
    let waiting_on = w.t(&format!("worklist.waiting_on.{}", seen.waiting_on));
    let (since, queue, rule) = (seen.since, case.queue.clone(), case.rule.clone());
    let priority = (case.priority > 0).then(|| view! { " "<Tag text=w.t("staff_case.priority")/> });
    let answer = first_answer(w, model);
    view! {
        <header class="staff-case-head">
            <p class="stands-step"><span translate="no">{model.program.clone()}</span>" · "<Id text=seen.number.clone()/>{priority}</p>
            <h1><bdi>{case.patient.name.clone()}</bdi></h1>
            <Facts>
                <Fact label=w.t("staff_case.stage")>
                    {stage}
                    <span class="small quiet">{short}</span>
                </Fact>
                <Fact label=w.t("staff_case.waiting_on")>{waiting_on}</Fact>
                <Fact label=w.t("staff_case.since")><When w at=since zone/></Fact>
                {expected}
                {answer}
                <Fact label=w.t("staff_case.queue")>{queue}<span class="small quiet"><Id text=rule/></span></Fact>
                <Fact label=w.t("staff_case.owner")>{owner}</Fact>
            </Facts>
            <div class="row">
                {ownership(w, model)}
                {jump(w, model)}
            </div>
        </header>
    }
    .into_any()
}

/// The clock runs until a person has answered; it is never reset (ON-18).
fn first_answer(w: Words, model: &Model) -> Option<AnyView> {
    let case = &model.case;
    if case.first_response_at.is_none() && case.seen.sub_status == SubStatus::ConsentPending {
        return None; // it starts with the patient's consent
    }
    let (key, at, is_late) = match case.first_response_at {
        Some(at) => ("staff_case.answered", at, false),
        None => {
            let is_late = case.first_response_due < model.now;
            let key = if is_late { "staff_case.answer_late" } else { "staff_case.answer_by" };
            (key, case.first_response_due, is_late)
        }
    };
    let text = w.with(key, &[("when", &w.instant(at, &model.zone))]);
    let text = view! { <span class:overdue=is_late>{text}</span> };
    Some(view! { <Fact label=w.t("staff_case.first_answer")>{text}</Fact> }.into_any())
}

/// To the sections, for those who work by keyboard.
fn jump(w: Words, model: &Model) -> AnyView {
    let sections = [
        ("seen", "staff_case.seen.title", true),
        ("advance", "staff_case.advance.title", model.may.advance),
        ("note", "staff_case.note.title", model.may.note),
        ("record", "staff_case.record.title", true),
        ("patient", "staff_case.contact.title", true),
        ("checklist", "staff_case.checklist.title", true),
    ];
    let links = sections
        .into_iter()
        .filter(|(_, _, is_there)| *is_there)
        .map(|(id, key, _)| view! { <li><a href=here(w, model).at(id)>{w.t(key)}</a></li> })
        .collect_view();
    view! { <nav class="jump small" aria-label=w.t("staff_case.jump")><ul role="list">{links}</ul></nav> }
        .into_any()
}

fn ownership(w: Words, model: &Model) -> Option<AnyView> {
    if !model.may.note {
        return None;
    }
    let is_mine = model.me.is_some() && model.case.owner.as_ref().map(|(id, _)| *id) == model.me;
    let version = model.case.version.to_string();
    let (act, key) = if is_mine { ("release", "staff_case.release") } else { ("take", "staff_case.take") };
    Some(
        view! {
            <Form w action=here(w, model) act=act>
                <input type="hidden" name="version" value=version/>
                <Button look=Look::Quiet>{w.t(key)}</Button>
            </Form>
        }
        .into_any(),
    )
}
