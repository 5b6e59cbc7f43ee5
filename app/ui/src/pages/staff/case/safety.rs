//! Flag what the screen cannot hear: words from a call, a letter, a conversation (SC-5).

use crate::components::{Area, Button, Choice, Details, Filled, Form, Id, Look, Pick, Tag, Tone};
use crate::i18n::Words;
use crate::paths;
use domain::ids::CaseId;
use domain::safety::{Brief, ReportKind, State};
use leptos::prelude::*;

/// The records of the case, and the form to flag; its fields are `safety_kind` and `safety_text`, its act `flag_safety`.
pub fn section(w: Words, case: CaseId, filled: &Filled, records: &[Brief], may_open: bool) -> AnyView {
    let list = records
        .iter()
        .map(|record| {
            let state = match record.closed_as {
                Some(outcome) => w.t(&format!("safety.outcome.{outcome}")),
                None => w.t(&format!("safety.state.{}", record.state)),
            };
            let tone = if record.state == State::Flagged { Tone::Act } else { Tone::Info };
            let number = if may_open {
                let to = paths::safety_record(w.locale, record.id);
                view! { <a href=to><Id text=record.number.clone()/></a> }.into_any()
            } else {
                view! { <Id text=record.number.clone()/> }.into_any()
            };
            view! { <li>{number}" "<Tag tone text=state/></li> }
        })
        .collect_view();
    let options = ReportKind::ALL
        .iter()
        .map(|kind| Pick::new(kind.code(), w.t(&format!("safety.report.{kind}"))))
        .collect::<Vec<_>>();
    let (kind, text) = (filled.field("safety_kind"), filled.field("safety_text"));
    let (here, is_open) = (paths::staff_case(w.locale, case), filled.is_refused());
    view! {
        <section class="case-safety" aria-labelledby="safety">
            <h2 id="safety">{w.t("safety.on_case")}</h2>
            <ul class="case-safety-records" role="list">{list}</ul>
            <Details summary=w.t("safety.flag_title") open=is_open>
                <Form w action=here act="flag_safety">
                    <Choice w field=kind legend=w.t("safety.flag_kind") options/>
                    <Area w field=text label=w.t("safety.flag_text") hint=w.t("safety.flag_hint")/>
                    <Button look=Look::Quiet>{w.t("safety.flag")}</Button>
                </Form>
            </Details>
        </section>
    }
    .into_any()
}
