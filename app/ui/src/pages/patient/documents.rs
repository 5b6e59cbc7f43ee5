//! Documents: exactly what a person is asked for, by when and why; and what they sent, with what became of it.

use crate::components::{Mark, OnDay, Rail, Stop};
use crate::i18n::Words;
use crate::pages::patient::document::{Said, Sent, Wanted, standing};
use crate::paths;
use leptos::prelude::*;

/// The page: what must be sent first, then what is with us, then what is done.
pub fn page(w: Words, wanted: Vec<Wanted>) -> impl IntoView {
    let (waiting, rest): (Vec<_>, Vec<_>) = wanted.into_iter().partition(Wanted::is_waiting_for_person);
    let (with_us, done): (Vec<_>, Vec<_>) = rest.into_iter().partition(|wanted| wanted.request.is_open());
    let lead = match waiting.len() {
        0 => w.t("documents.nothing_to_send"),
        count => w.count("documents.to_send", i64::try_from(count).unwrap_or(i64::MAX)),
    };
    let part = |key: &str, list: Vec<Wanted>| {
        let title = w.t(key);
        (!list.is_empty()).then(|| {
            view! {
                <section>
                    <h2>{title.clone()}</h2>
                    <Rail label=title unordered=true>
                        {list.into_iter().map(|wanted| row(w, wanted)).collect_view()}
                    </Rail>
                </section>
            }
        })
    };
    view! {
        <h1>{w.t("documents.title")}</h1>
        <p class="lead">{lead}</p>
        {part("documents.needed", waiting)}
        {part("documents.with_us", with_us)}
        {part("documents.done", done)}
    }
}

fn row(w: Words, wanted: Wanted) -> impl IntoView {
    let waits = wanted.is_waiting_for_person();
    let mark = match (waits, wanted.request.is_open()) {
        (true, _) => Mark::Act,
        (false, true) => Mark::Here,
        (false, false) => Mark::Done,
    };
    let state = standing(w, &wanted);
    let to = paths::document_request(w.locale, wanted.request.id);
    let due = waits.then(|| {
        view! { <p class="document-due">{w.t("documents.send_by")}" "<OnDay w day=wanted.request.due_on/></p> }
    });
    // what went wrong with the last one is said where the person looks first
    let wrong = wanted.sent.first().filter(|_| waits).and_then(|sent| sent.reason.clone());
    let why = match wrong {
        Some(reason) => Some(reason.view()),
        None => wanted.why.clone().filter(|_| waits).map(Said::view),
    };
    let Said { text, lang } = wanted.name.clone();
    view! {
        <Stop mark title=text state to lang>
            {due}
            {why}
            {(!waits).then(|| sent_line(w, &wanted.sent))}
        </Stop>
    }
}

/// How many files were sent.
fn sent_line(w: Words, sent: &[Sent]) -> impl IntoView + use<> {
    let count = i64::try_from(sent.len()).unwrap_or(i64::MAX);
    (count > 0).then(|| view! { <p class="quiet small">{w.count("documents.files", count)}</p> })
}
