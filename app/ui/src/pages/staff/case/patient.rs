//! Who the patient is, how to reach them, and what was answered at enrollment: nothing already given is asked again.

use super::Model;
use crate::components::{Answer, Details, Phone, Summary};
use crate::i18n::Words;
use leptos::prelude::*;

pub(super) fn section(w: Words, model: &Model) -> AnyView {
    let patient = &model.case.patient;
    let line = move |key: &str, value: Option<String>| {
        value.map(|value| view! { <Answer w label=w.t(&format!("staff_case.contact.{key}")) value/> })
    };
    let phone = patient.phone.clone().map(|number| {
        view! { <div class="answer"><dt>{w.t("staff_case.contact.phone")}</dt><dd><Phone number/></dd></div> }
    });
    let best = w.t(&format!("staff_case.contact.times.{}", patient.best_time));
    let (reads, speaks) =
        (line("reads", Some(patient.written.name().to_owned())), line("speaks", patient.spoken.clone()));
    let birth = line("birth", patient.birth.map(|day| w.day(day)));
    let (email, address) = (line("email", patient.email.clone()), line("address", patient.address.clone()));
    let interpreter = line("interpreter", patient.interpreter.then(|| w.t("common.yes")));
    let best_time = line("best_time", Some(best));
    view! {
        <section aria-labelledby="patient">
            <h2 id="patient">{w.t("staff_case.contact.title")}</h2>
            <Summary>
                {phone}
                {best_time}
                {speaks}
                {interpreter}
                {reads}
                {birth}
                {email}
                {address}
            </Summary>
            <p class="small quiet">{w.t(&format!("staff_case.filled_by.{}", model.case.filler))}</p>
        </section>
    }
    .into_any()
}

pub(super) fn answers(w: Words, model: &Model) -> Option<AnyView> {
    if model.case.answers.is_empty() {
        return None;
    }
    let lines = model
        .case
        .answers
        .iter()
        .cloned()
        .map(|(label, value)| view! { <Answer w label value/> })
        .collect_view();
    Some(
        view! { <Details summary=w.t("staff_case.answers.title")><Summary>{lines}</Summary></Details> }
            .into_any(),
    )
}
