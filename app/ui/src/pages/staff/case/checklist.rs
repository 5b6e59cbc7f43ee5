//! The intake checklist (ON-14): what is there, since when, by whom; a button for what is not.

use super::{Model, here, record};
use crate::components::{Button, Form, Look, Mark, Rail, Stop, When};
use crate::i18n::Words;
use leptos::prelude::*;

pub(super) fn section(w: Words, model: &Model) -> AnyView {
    let items = model
        .case
        .checklist
        .iter()
        .cloned()
        .map(|item| match item.ticked {
            Some((at, by)) => {
                let (by, zone) = (record::who(w, &by), model.zone.clone());
                view! {
                    <Stop mark=Mark::Done title=item.name.text>
                        <p class="small quiet"><When w at zone/>" · "{by}</p>
                    </Stop>
                }
                .into_any()
            }
            None => {
                let (name, title) = (item.name.text.clone(), item.name.text);
                let tick = model.may.note.then(|| {
                    view! {
                        <Form w action=here(w, model) act="tick">
                            <input type="hidden" name="item" value=item.code/>
                            <Button look=Look::Quiet hidden=name>{w.t("staff_case.checklist.tick")}</Button>
                        </Form>
                    }
                });
                view! {
                    <Stop mark=Mark::Open title state=w.t("staff_case.checklist.open")>{tick}</Stop>
                }
                .into_any()
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="checklist">
            <h2 id="checklist">{w.t("staff_case.checklist.title")}</h2>
            <Rail label=w.t("staff_case.checklist.title") unordered=true>{items}</Rail>
        </section>
    }
    .into_any()
}
