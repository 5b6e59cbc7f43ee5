//! The one-time invitation: a date of birth, the patient's own consents, the answers looked over, thanks and a sign-in.

use super::enroll::{Account, ConsentPage, account, consents};
use crate::components::{
    Answer, Button, DateField, ErrorSummary, Fact, Facts, Filled, Form, Id, Phone, Summary,
};
use crate::i18n::Words;
use crate::paths::Path;
use domain::time::Timestamp;
use leptos::prelude::*;

pub use super::enroll::Line;

/// The link does not work, and why is nobody's business but ours.
pub fn closed(w: Words, phone: Option<String>) -> impl IntoView {
    view! {
        <h1>{w.t("enrollments.invitation.closed_title")}</h1>
        <p class="lead">{w.t("enrollments.invitation.closed_text")}</p>
        {phone.map(|number| view! { <p>{w.t("enrollments.call_us")}" "<Phone number/></p> })}
    }
}

pub struct Asking {
    pub program: String,
    pub phone: String,
    pub filled: Filled,
    pub here: Path,
}

pub fn asking(w: Words, model: Asking) -> impl IntoView {
    let Asking { program, phone, filled, here } = model;
    view! {
        <ErrorSummary w filled=filled.clone()/>
        <h1>{w.t("enrollments.invitation.title")}</h1>
        <p class="lead">{w.with("enrollments.invitation.lead", &[("program", &program)])}</p>
        <p>{w.t("enrollments.invitation.why")}</p>
        <Form w action=here act="birth_date">
            <DateField
                w
                field=filled.field("birth_date")
                label=w.t("enrollments.invitation.birth_date")
                birthday=true
            />
            <Button>{w.t("enrollments.invitation.begin")}</Button>
        </Form>
        <p>{w.t("enrollments.call_us")}" "<Phone number=phone/></p>
    }
}

/// One page of consents.
pub fn answering(w: Words, model: ConsentPage) -> impl IntoView {
    consents(w, model)
}

pub struct Check {
    pub lines: Vec<Line>,
    pub here: Path,
}

pub fn check(w: Words, model: Check) -> impl IntoView {
    let lines = model
        .lines
        .into_iter()
        .map(|line| view! { <Answer w label=line.label value=line.value change=line.change/> })
        .collect_view();
    view! {
        <h1>{w.t("enrollments.check")}</h1>
        <p class="lead">{w.t("enrollments.invitation.send_lead")}</p>
        <Summary>{lines}</Summary>
        <Form w action=model.here act="finish">
            <Button>{w.t("enrollments.invitation.send")}</Button>
        </Form>
    }
}

pub struct Finished {
    pub number: String,
    pub phone: String,
    pub zone: String,
    pub is_received: bool,
    pub first_response_due: Timestamp,
    pub account: Account,
}

pub fn finished(w: Words, model: Finished) -> impl IntoView {
    let filled = match &model.account {
        Account::Form(filled, _) => filled.clone(),
        _ => Filled::default(),
    };
    let next = if model.is_received {
        view! {
            <p class="lead">{w.t("enrollments.invitation.finished_received")}</p>
            <h2>{w.t("enrollments.next_title")}</h2>
            {super::enroll::received(w, model.first_response_due, &model.zone)}
        }
        .into_any()
    } else {
        view! { <p class="lead">{w.t("enrollments.invitation.finished_pending")}</p> }.into_any()
    };
    view! {
        <ErrorSummary w filled/>
        <h1>{w.t("enrollments.invitation.finished_title")}</h1>
        <Facts><Fact label=w.t("enrollments.number")><Id text=model.number/></Fact></Facts>
        {next}
        <p>{w.t("enrollments.call_us")}" "<Phone number=model.phone/></p>
        {account(w, model.account)}
    }
}
