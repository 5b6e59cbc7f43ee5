//! What pharmacovigilance needs to know of a record, what the record is, and its way there and back.

use super::record::Model;
use crate::components::{
    Area, Button, Check, Choice, DateField, Details, Field, Filled, Form, Group, Look, Notice, Pick, Select,
    Tag, Tone, When,
};
use crate::i18n::Words;
use crate::paths;
use domain::safety::{Course, Outcome, Question, Sending, Serious, State, Trade};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// The fields of the form, in its order.
const FIELDS: [&str; 11] = [
    "product",
    "lot",
    "dose",
    "reaction",
    "began_on",
    "course",
    "reporter",
    "trade",
    "patient",
    "is_solicited",
    "comment",
];

/// The form of everything somebody found out, filled as it stands.
pub(super) fn details(w: Words, model: &Model) -> AnyView {
    let record = &model.record;
    let is_refused = model.filled.values.get("act").is_some_and(|act| act == "detail");
    let filled = if is_refused { model.filled.clone() } else { stored(model) };
    let [product, lot, dose, reaction, began_on, course, reporter, trade, patient, is_solicited, comment] =
        FIELDS.map(|name| (filled.field(name), w.t(&format!("safety.details.{name}"))));
    let trades =
        Trade::ALL.iter().map(|one| Pick::new(one.code(), w.t(&format!("safety.trade.{one}")))).collect();
    let courses = Course::ALL[1..]
        .iter()
        .map(|one| Pick::new(one.code(), w.t(&format!("safety.course.{one}"))))
        .collect();
    let serious = Serious::ALL
        .iter()
        .map(|one| {
            let mut slot = filled.field(&format!("serious-{one}"));
            slot.flaw = None;
            view! { <Check w field=slot label=w.t(&format!("safety.serious.{one}"))/> }
        })
        .collect_view();
    let here = paths::safety_record(w.locale, record.brief.id);
    let version = record.version.to_string();
    let is_open = record.brief.criteria.met() < 4 || is_refused;
    let none = w.t("safety.details.not_known");
    let (title, hint) = (w.t("safety.details.title"), w.t("safety.details.reaction_hint"));
    view! {
        <Details summary=title open=is_open>
            <Form w action=here act="detail">
                <input type="hidden" name="version" value=version/>
                <Field w field=product.0 label=product.1 optional=true/>
                <Field w field=lot.0 label=lot.1 optional=true/>
                <Field w field=dose.0 label=dose.1 optional=true/>
                <Area w field=reaction.0 label=reaction.1 hint rows=3 optional=true/>
                <DateField w field=began_on.0 label=began_on.1/>
                <Select w field=course.0 label=course.1 empty=none.clone() groups=vec![Group::of(courses)]/>
                <fieldset class="field"><legend class="label">{w.t("safety.details.serious")}</legend>{serious}</fieldset>
                <Field w field=reporter.0 label=reporter.1 optional=true/>
                <Select w field=trade.0 label=trade.1 empty=none groups=vec![Group::of(trades)]/>
                <Field w field=patient.0 label=patient.1 optional=true/>
                <Check w field=is_solicited.0 label=is_solicited.1/>
                <Area w field=comment.0 label=comment.1 rows=2 optional=true/>
                <Button look=Look::Quiet>{w.t("safety.details.save")}</Button>
            </Form>
        </Details>
    }
    .into_any()
}

/// What is known so far, as the form shows it.
fn stored(model: &Model) -> Filled {
    let known = &model.record.details;
    let mut values: BTreeMap<String, String> = [
        ("product", known.product.clone()),
        ("lot", known.lot.clone()),
        ("dose", known.dose.clone()),
        ("reaction", known.reaction.clone()),
        ("reporter", known.reporter.clone()),
        ("patient", known.patient.clone()),
        ("comment", known.comment.clone()),
        ("trade", known.trade.map(|trade| trade.code().to_owned()).unwrap_or_default()),
        ("course", known.course.map(|course| course.code().to_owned()).unwrap_or_default()),
        ("began_on", known.began_on.map(|day| day.to_string()).unwrap_or_default()),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect();
    for serious in &known.serious {
        values.insert(format!("serious-{serious}"), "yes".into());
    }
    if known.is_solicited {
        values.insert("is_solicited".into(), "yes".into());
    }
    Filled::of(values.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

/// What the record is: said by a named person, and again until its report is out.
pub(super) fn triage(w: Words, model: &Model) -> AnyView {
    let record = &model.record;
    let here = paths::safety_record(w.locale, record.brief.id);
    let options = Outcome::ALL
        .iter()
        .map(|outcome| {
            let pick = Pick::new(outcome.code(), w.t(&format!("safety.outcome.{outcome}")));
            if *outcome == Outcome::NotSafety { pick.hint(w.t("safety.second_person")) } else { pick }
        })
        .collect::<Vec<_>>();
    let mut kind = model.filled.field("as");
    if kind.value.is_empty() {
        kind.value = record.brief.triaged_as.map(|outcome| outcome.code().to_owned()).unwrap_or_default();
    }
    let version = record.version.to_string();
    view! {
        <section aria-labelledby="triage">
            <h2 id="triage">{w.t("safety.triage_title")}</h2>
            <Form w action=here act="triage">
                <input type="hidden" name="version" value=version/>
                <Choice w field=kind legend=w.t("safety.close_as") options/>
                <Button>{w.t("safety.triage")}</Button>
            </Form>
        </section>
    }
    .into_any()
}

/// Every report that went out, what came back, and the button for the next one.
pub(super) fn handover(w: Words, model: &Model) -> AnyView {
    let record = &model.record;
    let is_reported = record.brief.triaged_as.is_some_and(Outcome::is_reported);
    if !is_reported {
        return ().into_any();
    }
    let lines = record.sendings.iter().map(|sending| line(w, sending, &model.zone)).collect_view();
    let is_awaited = record.sendings.iter().any(|sending| sending.answered_at.is_none());
    let is_done = record.brief.is_accepted || record.brief.state == State::Closed;
    let here = paths::safety_record(w.locale, record.brief.id);
    let version = record.version.to_string();
    let again = if record.sendings.is_empty() { "safety.send" } else { "safety.send_again" };
    let send = (!is_awaited && !is_done).then(|| {
        view! {
            <Form w action=here act="send">
                <input type="hidden" name="version" value=version/>
                <p class="hint">{w.t("safety.send_hint")}</p>
                <Button>{w.t(again)}</Button>
            </Form>
        }
    });
    let files = (!record.sendings.is_empty()).then(|| {
        let xml = paths::safety_report(w.locale, record.brief.id, "xml");
        let pdf = paths::safety_report(w.locale, record.brief.id, "pdf");
        view! { <p class="row"><a href=pdf>{w.t("safety.report_pdf")}</a>" "<a href=xml>{w.t("safety.report_xml")}</a></p> }
    });
    view! {
        <section aria-labelledby="handover">
            <h2 id="handover">{w.t("safety.handover_title")}</h2>
            <ul class="sendings" role="list">{lines}</ul>
            {files}
            {send}
        </section>
    }
    .into_any()
}

fn line(w: Words, sending: &Sending, zone: &str) -> AnyView {
    let (tone, key, at) = match (sending.is_accepted, sending.answered_at, sending.written_at) {
        (Some(true), at, _) => (Tone::Success, "accepted", at),
        (Some(false), at, _) => (Tone::Wrong, "refused", at),
        (None, _, Some(at)) => (Tone::Info, "awaited", Some(at)),
        (None, ..) => (Tone::Act, "waiting", Some(sending.made_at)),
    };
    let state = w.t(&format!("safety.sending.{key}"));
    let zone = zone.to_owned();
    let at = at.map(|at| view! { " "<span class="small quiet"><When w at zone/></span> });
    let answer = sending.answer.clone().map(|answer| {
        view! { <br/><span class="small">{w.t("safety.sending.answer")}" "<bdi translate="no">{answer}</bdi></span> }
    });
    let why = sending.why.clone().map(|why| view! { <Notice tone=Tone::Wrong title=w.t("safety.sending.why")><p dir="auto"><bdi>{why}</bdi></p></Notice> });
    view! {
        <li>
            <Tag tone text=state/>{at}
            <br/><span class="small quiet" translate="no">{sending.number.clone()}</span>
            {answer}
            {why}
        </li>
    }
    .into_any()
}

/// What the patient was asked and said, and what else can be asked.
pub(super) fn questions(w: Words, model: &Model) -> AnyView {
    let record = &model.record;
    let is_known = record.name.is_some() && record.brief.case.is_some();
    if !is_known || record.brief.state == State::Flagged {
        return ().into_any();
    }
    let asked = record
        .asked
        .iter()
        .map(|asked| {
            let answer = match (&asked.answer, asked.answered_at) {
                (Some(answer), Some(at)) => {
                    let (answer, zone) = (answer.clone(), model.zone.clone());
                    view! { <p class="turn-words" dir="auto"><bdi>{answer}</bdi></p><p class="small quiet"><When w at zone/></p> }
                        .into_any()
                }
                _ => view! { <p class="quiet">{w.t("safety.ask.not_answered")}</p> }.into_any(),
            };
            view! { <li><strong>{w.t(&format!("safety.ask.what.{}", asked.what))}</strong>{answer}</li> }
        })
        .collect_view();
    let left: Vec<Question> = Question::ALL
        .iter()
        .copied()
        .filter(|what| !record.asked.iter().any(|asked| asked.what == *what))
        .collect();
    let is_open = record.brief.state != State::Closed && !left.is_empty();
    let here = paths::safety_record(w.locale, record.brief.id);
    let flaw = model.filled.field("ask").flaw.is_some();
    let form = is_open.then(|| {
        let ticks = left
            .iter()
            .map(|what| {
                let mut slot = model.filled.field(&format!("ask-{what}"));
                slot.flaw = None;
                view! { <Check w field=slot label=w.t(&format!("safety.ask.what.{what}"))/> }
            })
            .collect_view();
        view! {
            <Details summary=w.t("safety.ask.officer") open=flaw>
                <Form w action=here act="ask">
                    <p class="hint">{w.t("safety.ask.officer_hint")}</p>
                    <fieldset class="field" id="ask"><legend class="label">{w.t("safety.ask.choose")}</legend>{ticks}</fieldset>
                    <Button look=Look::Quiet>{w.t("safety.ask.officer_send")}</Button>
                </Form>
            </Details>
        }
    });
    view! {
        <section aria-labelledby="asked">
            <h2 id="asked">{w.t("safety.ask.asked")}</h2>
            <ul class="sendings" role="list">{asked}</ul>
            {form}
        </section>
    }
    .into_any()
}
