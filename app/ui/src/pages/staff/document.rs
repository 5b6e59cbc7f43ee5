//! One document on a reviewer's desk: the picture, what was asked for, and the two ways it can end.

use crate::components::{
    Back, Button, ButtonLink, Choice, ErrorSummary, Fact, Facts, Filled, Form, Id, Isolate, Look, Notice,
    OnDay, Pick, Tag, Tone, When,
};
use crate::i18n::Words;
use crate::pages::patient::document::{Said, named};
use crate::paths;
use domain::documents::{Document, Failure, Request, State};
use domain::ids::{CaseId, DocumentId};
use domain::locale::Locale;
use leptos::prelude::*;

/// A reason to send a document back.
#[derive(Debug, Clone)]
pub struct Reason {
    pub code: String,
    /// In the reviewer's language.
    pub text: String,
}

pub struct Model {
    pub document: Document,
    pub request: Request,
    /// What was asked for.
    pub name: Said,
    pub patient: String,
    pub case_number: String,
    /// The language the patient reads.
    pub locale: Locale,
    pub reasons: Vec<Reason>,
    /// The other files sent for the same request, newest first.
    pub others: Vec<Document>,
    pub next: Option<DocumentId>,
    pub zone: String,
    /// Somebody else decided meanwhile.
    pub is_overtaken: bool,
    pub filled: Filled,
}

pub fn page(w: Words, model: Model) -> impl IntoView {
    let Model { document, request, name, patient, case_number, locale, reasons, others, next, zone, .. } =
        model;
    let filled = model.filled;
    let overtaken =
        model.is_overtaken.then(|| view! { <Notice tone=Tone::Act title=w.t("documents.staff.overtaken")/> });
    let unscanned =
        (document.state == State::InReview && document.checked_at.is_none() && !model.is_overtaken)
            .then(|| view! { <Notice tone=Tone::Act title=w.t("documents.staff.not_scanned")/> });
    let (lang, dir) = (name.lang.map(|lang| lang.tag()), name.lang.map(|lang| lang.direction().tag()));
    let decision = if document.state == State::InReview {
        decide(w, &document, reasons, locale, filled.clone()).into_any()
    } else {
        outcome(w, &document, &reasons, &zone).into_any()
    };
    let others = (!others.is_empty()).then(|| self::others(w, others, &zone));
    let next = next.map(|next| {
        view! {
            <p><ButtonLink to=paths::staff_document(w.locale, next) look=Look::Quiet>{w.t("documents.staff.next")}</ButtonLink></p>
        }
    });
    view! {
        <Back w to=paths::staff_case(w.locale, request.case) text=w.t("documents.staff.to_case")/>
        <ErrorSummary w filled/>
        {overtaken}
        {unscanned}
        <div class="columns review">
            <div class="stack">
                <h1 lang=lang dir=dir>{name.text}</h1>
                {facts(w, &document, &request, patient, request.case, case_number, &zone)}
                {sheet(w, &document)}
            </div>
            <div class="stack review-desk">
                {decision}
                {others}
                {next}
            </div>
        </div>
    }
}

fn facts(
    w: Words,
    document: &Document,
    request: &Request,
    patient: String,
    case: CaseId,
    number: String,
    zone: &str,
) -> impl IntoView + use<> {
    let note = document.note.clone().map(|note| {
        view! { <Fact label=w.t("documents.staff.note")><bdi class="document-note">{note}</bdi></Fact> }
    });
    let when = |at| view! { <When w at zone=zone.to_owned()/> };
    let scan = match document.checked_at {
        Some(at) => when(at).into_any(),
        None => w.t("documents.staff.no_scan").into_any(),
    };
    let (received, due, to) = (when(document.received_at), request.due_on, paths::staff_case(w.locale, case));
    view! {
        <Facts>
            <Fact label=w.t("documents.staff.patient")><Isolate text=patient/></Fact>
            <Fact label=w.t("documents.staff.case")><a href=to><Id text=number/></a></Fact>
            <Fact label=w.t("documents.staff.received")>{received}</Fact>
            <Fact label=w.t("documents.staff.due")><OnDay w day=due/></Fact>
            <Fact label=w.t("documents.staff.scan")>{scan}</Fact>
            {note}
        </Facts>
    }
}

/// The picture itself, or a link to the PDF: a browser must not run what a stranger sent inside our page.
fn sheet(w: Words, document: &Document) -> AnyView {
    let file = paths::document_file(w.locale, document.id);
    let source = file.clone();
    let size = w.size(u64::try_from(document.bytes).unwrap_or(0));
    let name = named(w, &document.name);
    match (document.state, document.is_picture()) {
        (State::Received | State::Checking, _) => {
            view! { <p class="sheet-none">{w.t("documents.staff.still_checking")}</p> }.into_any()
        }
        (State::Failed, _) => view! { <p class="sheet-none">{w.t("documents.staff.no_file")}</p> }.into_any(),
        (_, true) => view! {
            <figure class="sheet">
                <a href=file target="_blank"><img src=source alt=w.t("documents.staff.picture")/></a>
                <figcaption class="quiet small">
                    <Isolate text=name/>" · "{size}" · "{w.t("documents.staff.full_size")}
                </figcaption>
            </figure>
        }
        .into_any(),
        (_, false) => view! {
            <div class="sheet sheet-pdf">
                <p><Isolate text=name/></p>
                <p class="quiet small">{w.count("documents.pages", document.pages)}" · "{size}</p>
                <ButtonLink to=file look=Look::Quiet>{w.t("documents.staff.open_pdf")}</ButtonLink>
            </div>
        }
        .into_any(),
    }
}

/// Accept stands first and alone; sending back needs a reason the patient reads.
fn decide(
    w: Words,
    document: &Document,
    reasons: Vec<Reason>,
    locale: Locale,
    filled: Filled,
) -> impl IntoView + use<> {
    let here = paths::staff_document(w.locale, document.id);
    let (version, same_version) = (document.version.to_string(), document.version.to_string());
    let picks = reasons.into_iter().map(|reason| Pick::new(reason.code, reason.text)).collect::<Vec<_>>();
    let hint = w.with("documents.staff.reason_hint", &[("language", locale.name())]);
    view! {
        <section class="review-accept">
            <h2>{w.t("documents.staff.is_it_right")}</h2>
            <Form w action=here.clone() act="accept">
                <input type="hidden" name="version" value=version/>
                <Button>{w.t("documents.staff.accept")}</Button>
            </Form>
        </section>
        <section>
            <h2>{w.t("documents.staff.send_back")}</h2>
            <Form w action=here act="reject">
                <input type="hidden" name="version" value=same_version/>
                <Choice w field=filled.field("reason") legend=w.t("documents.staff.why") hint options=picks/>
                <Button look=Look::Danger>{w.t("documents.staff.reject")}</Button>
            </Form>
        </section>
    }
}

/// How it ended, and who said so.
fn outcome(w: Words, document: &Document, reasons: &[Reason], zone: &str) -> impl IntoView + use<> {
    let reason = document.reason.as_deref().map(|code| match code.parse::<Failure>() {
        Ok(failure) => w.t(&format!("documents.staff.failed.{failure}")),
        Err(_) => reasons
            .iter()
            .find(|reason| reason.code == code)
            .map_or_else(|| code.to_owned(), |reason| reason.text.clone()),
    });
    let by = document.decided_by.clone().map(|name| view! { <p><Isolate text=name/></p> });
    let at = document.decided_at.map(|at| view! { <p class="quiet"><When w at zone=zone.to_owned()/></p> });
    view! {
        <section>
            <h2>{w.t("documents.staff.outcome")}</h2>
            <p><Tag tone=tone(document.state) text=w.t(&format!("documents.state.{}", document.state))/></p>
            {reason.map(|text| view! { <p>{text}</p> })}
            {by}
            {at}
        </section>
    }
}

/// The colour that goes with a state's word.
pub const fn tone(state: State) -> Tone {
    match state {
        State::Accepted => Tone::Success,
        State::Rejected | State::Failed => Tone::Wrong,
        State::InReview => Tone::Act,
        State::Received | State::Checking => Tone::Info,
    }
}

fn others(w: Words, others: Vec<Document>, zone: &str) -> impl IntoView + use<> {
    let rows = others
        .into_iter()
        .map(|document| {
            view! {
                <li>
                    <a href=paths::staff_document(w.locale, document.id)><Isolate text=named(w, &document.name)/></a>
                    " "
                    <Tag tone=tone(document.state) text=w.t(&format!("documents.state.{}", document.state))/>
                    <p class="quiet small"><When w at=document.received_at zone=zone.to_owned()/></p>
                </li>
            }
        })
        .collect_view();
    view! {
        <section>
            <h2>{w.t("documents.staff.others")}</h2>
            <ul class="review-others" role="list">{rows}</ul>
        </section>
    }
}
