//! The form for a note. A call with the patient is a note too, and stops the clock of the first answer.

use super::{Model, here};
use crate::components::{Area, Button, Choice, Form, Look, Pick};
use crate::i18n::Words;
use domain::cases::views::NoteKind;
use leptos::prelude::*;

pub(super) fn section(w: Words, model: &Model) -> AnyView {
    let kinds = NoteKind::ALL
        .iter()
        .map(|kind| Pick::new(kind.code(), w.t(&format!("staff_case.note.kinds.{kind}"))))
        .collect();
    let (kind, text) = (model.note.field("kind"), model.note.field("text"));
    view! {
        <section aria-labelledby="note">
            <h2 id="note">{w.t("staff_case.note.title")}</h2>
            <Form w action=here(w, model) act="note">
                <Choice w field=kind legend=w.t("staff_case.note.kind") options=kinds inline=true/>
                <Area w field=text label=w.t("staff_case.note.text") hint=w.t("staff_case.note.hint") rows=3/>
                <Button look=Look::Quiet>{w.t("staff_case.note.submit")}</Button>
            </Form>
        </section>
    }
    .into_any()
}
