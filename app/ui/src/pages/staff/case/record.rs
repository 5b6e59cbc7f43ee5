//! Everything that happened, newest first. What is internal says so in words and wears a border of its own.

use super::Model;
use crate::components::{Id, Mark, Rail, Stop, Tag, Tone, When};
use crate::i18n::Words;
use domain::cases::views::{By, Entry, EntryKind, Phrase};
use leptos::prelude::*;

pub(super) fn section(w: Words, model: &Model) -> AnyView {
    let stops = model.case.record.iter().cloned().map(|entry| stop(w, model, entry)).collect_view();
    view! {
        <section aria-labelledby="record">
            <h2 id="record">{w.t("staff_case.record.title")}</h2>
            <div class="history"><Rail label=w.t("staff_case.record.title")>{stops}</Rail></div>
        </section>
    }
    .into_any()
}

/// Whose hand it was.
pub(super) fn who(w: Words, by: &By) -> AnyView {
    match by {
        By::Staff(name) if !name.is_empty() => view! { <bdi>{name.clone()}</bdi> }.into_any(),
        By::Staff(_) => w.t("audit.who.staff").into_any(),
        By::Patient => w.t("staff_case.record.by.patient").into_any(),
        By::Somebody => w.t("staff_case.record.by.somebody").into_any(),
        By::Portal => w.t("staff_case.record.by.portal").into_any(),
    }
}

fn stop(w: Words, model: &Model, entry: Entry) -> AnyView {
    let by = who(w, &entry.by);
    let zone = model.zone.clone();
    let head = view! { <p class="small quiet"><When w at=entry.at zone/>" · "{by}</p> };
    match entry.kind {
        EntryKind::Status { short, is_backward, told, reason, exception, sentence, .. } => {
            let mark = if is_backward { Mark::Wrong } else { Mark::Done };
            let back = if is_backward { w.t("staff_case.record.back") } else { String::new() };
            let told = told.map(|told| labelled(w, "told", told.text));
            let reason = reason.map(|reason| internal(w, "why", reason));
            let exception = exception.map(|exception| internal(w, "exception", exception));
            view! {
                <Stop mark title=short.text state=back>
                    {head}
                    {told}
                    {reason}
                    {exception}
                    <p class="small quiet"><Id text=sentence/></p>
                </Stop>
            }
            .into_any()
        }
        EntryKind::Note { kind, text, .. } => {
            let title = w.t(&format!("staff_case.note.kinds.{kind}"));
            view! {
                <Stop mark=Mark::Open title>
                    {head}
                    <div class="internal">
                        <Tag text=w.t("staff_case.record.internal")/>
                        <p class="as-typed" dir="auto">{text}</p>
                    </div>
                </Stop>
            }
            .into_any()
        }
        EntryKind::Fact { code, subject } => {
            let title = w.find(&format!("events.{code}")).unwrap_or(code);
            let subject = subject.map(|Phrase { text, locale }| {
                view! { <p lang=(locale != w.locale).then_some(locale.tag())>{text}</p> }
            });
            view! { <Stop mark=Mark::Open title>{head}{subject}</Stop> }.into_any()
        }
    }
}

fn labelled(w: Words, key: &str, text: String) -> AnyView {
    view! { <p><span class="small quiet">{w.t(&format!("staff_case.record.{key}"))}": "</span>{text}</p> }
        .into_any()
}

fn internal(w: Words, key: &str, text: String) -> AnyView {
    let label = w.t(&format!("staff_case.record.{key}"));
    view! {
        <div class="internal">
            <Tag tone=Tone::Info text=w.t("staff_case.record.internal")/>
            <p class="as-typed" dir="auto"><span class="small quiet">{label}": "</span>{text}</p>
        </div>
    }
    .into_any()
}
