//! A case as staff work on it: what the patient sees, the next step, notes and the record on one side; who the patient
//! is, the checklist, documents and consents on the other. One file a section.

mod advance; // move the case
mod checklist; // the intake checklist
mod consents; // what holds now
mod header; // number, name, clocks, owner
mod notes; // write a note
mod patient; // how to reach them, what they answered
mod record; // everything that happened
mod safety; // its safety records, and the form to flag
mod seen; // what the patient sees

use crate::components::{ErrorSummary, Filled, Notice, Tone};
use crate::document::ProgramLine;
use crate::i18n::Words;
use crate::paths;
use domain::cases::views::CaseView;
use domain::ids::PersonId;
use domain::safety::Brief;
use domain::time::Timestamp;
use leptos::prelude::*;

/// What the page needs.
pub struct Model {
    pub case: CaseView,
    pub program: String,
    pub zone: String,
    pub help: ProgramLine,
    pub now: Timestamp,
    pub me: Option<PersonId>,
    pub may: May,
    pub advance: Filled,
    pub note: Filled,
    pub safety: Filled,
    /// The safety records of the case, newest first.
    pub safety_records: Vec<Brief>,
    /// What was just done, as the last part of a key.
    pub told: Option<String>,
    /// Somebody changed the case while this person worked on it.
    pub has_changed: bool,
}

/// Sections of other features, drawn by their own files.
#[derive(Default)]
pub struct Sections {
    /// Requests and documents, with the form to ask for one.
    pub documents: Option<AnyView>,
    /// The form to flag a safety matter.
    pub safety: Option<AnyView>,
    /// The form of one of them that was refused.
    pub refused: Option<Filled>,
}

/// What this person may do here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct May {
    pub advance: bool,
    pub note: bool,
    /// Open safety records.
    pub open_safety: bool,
}

/// The page.
pub fn view(w: Words, model: Model, sections: Sections) -> impl IntoView {
    let own =
        [&model.advance, &model.note, &model.safety].into_iter().find(|filled| filled.is_refused()).cloned();
    let refused = own.or(sections.refused);
    let summary = refused.map(|filled| view! { <ErrorSummary w filled/> });
    let told = model.told.as_ref().and_then(|told| w.find(&format!("staff_case.done.{told}"))).map(|title| {
        view! { <Notice tone=Tone::Success title/> }
    });
    let changed = model.has_changed.then(|| changed(w, &model));
    let advance = model.may.advance.then(|| advance::section(w, &model));
    let notes = model.may.note.then(|| notes::section(w, &model));
    let (header, seen) = (header::section(w, &model), seen::section(w, &model));
    let (record, patient) = (record::section(w, &model), patient::section(w, &model));
    let (checklist, consents) = (checklist::section(w, &model), consents::section(w, &model));
    let answers = patient::answers(w, &model);
    let safety =
        safety::section(w, model.case.seen.case, &model.safety, &model.safety_records, model.may.open_safety);
    view! {
        {summary}
        {told}
        {changed}
        {header}
        <div class="columns staff-case">
            <div class="stack">
                {seen}
                {advance}
                {sections.documents}
                {notes}
                {safety}
                {record}
            </div>
            <div class="stack">
                {patient}
                {checklist}
                {consents}
                {answers}
            </div>
        </div>
    }
}

/// Who came first, and how the case stands now.
fn changed(w: Words, model: &Model) -> AnyView {
    let status = model.case.sentence.as_ref().map(|sentence| sentence.short.clone()).unwrap_or_default();
    let (name, at) = model.case.changed.clone().unwrap_or((String::new(), model.now));
    let name = if name.is_empty() { w.t("staff_case.somebody") } else { name };
    let when = w.instant(at, &model.zone);
    let text = w.with("staff_case.changed", &[("name", &name), ("when", &when), ("status", &status)]);
    view! { <Notice title=w.t("staff_case.changed_title")><p>{text}</p></Notice> }.into_any()
}

/// The page's own address.
fn here(w: Words, model: &Model) -> paths::Path {
    paths::staff_case(w.locale, model.case.seen.case)
}
