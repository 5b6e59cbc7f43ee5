//! A new one-time link for a patient whose consents are awaited. It is shown once.

use crate::components::{Back, Button, Form, Id, Notice, Tone};
use crate::i18n::Words;
use crate::pages::public::enroll::{Invitation, link};
use crate::paths;
use domain::ids::CaseId;
use leptos::prelude::*;

pub struct Model {
    pub case: CaseId,
    pub number: String,
    pub is_waiting: bool,
    /// The link that was just made.
    pub made: Option<Invitation>,
}

pub fn page(w: Words, model: Model) -> impl IntoView {
    let Model { case, number, is_waiting, made } = model;
    let here = paths::staff_invitation(w.locale, case);
    let body = match (made, is_waiting) {
        (Some(made), _) => view! {
            <Notice tone=Tone::Success title=w.t("enrollments.again.made")/>
            <p>{w.t("enrollments.again.once")}</p>
            {link(w, made)}
        }
        .into_any(),
        (None, true) => view! {
            <p>{w.t("enrollments.again.text")}</p>
            <Form w action=here act="make"><Button>{w.t("enrollments.again.make")}</Button></Form>
        }
        .into_any(),
        (None, false) => view! { <p>{w.t("enrollments.again.not_waiting")}</p> }.into_any(),
    };
    view! {
        <Back w to=paths::staff_case(w.locale, case) text=w.t("enrollments.again.back")/>
        <h1>{w.t("enrollments.again.title")}</h1>
        <p><Id text=number/></p>
        {body}
    }
}
