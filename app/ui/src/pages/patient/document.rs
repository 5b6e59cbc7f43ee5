//! One document a person is asked for: why, how to photograph it, the form to send it, and what became of what they sent.

use crate::components::{
    Area, Back, Button, Details, ErrorSummary, Filled, Form, Isolate, Mark, Notice, OnDay, Phone, Rail, Stop,
    Tone, Upload, When,
};
use crate::i18n::Words;
use crate::pages::public::enroll::{SafetyWords, told};
use crate::paths;
use domain::documents::{Document, Failure, Request, State};
use domain::locale::Locale;
use domain::time::Day;
use leptos::prelude::*;

/// Approved words, with their language where it is not the page's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub text: String,
    pub lang: Option<Locale>,
}

impl Said {
    /// As a paragraph that says its own language.
    pub fn view(self) -> AnyView {
        let Said { text, lang } = self;
        let (lang, dir) = (lang.map(|lang| lang.tag()), lang.map(|lang| lang.direction().tag()));
        view! { <p lang=lang dir=dir>{text}</p> }.into_any()
    }
}

/// One file that was sent.
#[derive(Debug, Clone)]
pub struct Sent {
    pub document: Document,
    /// Why it was sent back, approved; none for other states.
    pub reason: Option<Said>,
}

/// What a person is asked for, with all they sent for it, newest first.
#[derive(Debug, Clone)]
pub struct Wanted {
    pub request: Request,
    pub name: Said,
    pub why: Option<Said>,
    pub how: Option<Said>,
    /// The day it is for the program.
    pub today: Day,
    pub zone: String,
    pub phone: String,
    pub sent: Vec<Sent>,
}

impl Wanted {
    /// Whether the person must act now.
    pub fn is_waiting_for_person(&self) -> bool {
        self.request.is_open() && !self.sent.iter().any(|sent| !sent.document.state.is_final())
    }

    fn is_late(&self) -> bool {
        self.is_waiting_for_person() && self.request.due_on < self.today
    }
}

/// A file that has arrived and waits for the rest of its form.
#[derive(Debug, Clone)]
pub struct Arrived {
    /// Its address, which the form posts.
    pub address: String,
    pub name: String,
    pub bytes: u64,
}

/// The page of one request.
pub struct Model {
    pub wanted: Wanted,
    pub filled: Filled,
    pub arrived: Option<Arrived>,
    /// What was just written beside a file must be answered first; with the program's code.
    pub safety: Option<(SafetyWords, String)>,
}

/// In two or three words, where a request stands.
pub fn standing(w: Words, wanted: &Wanted) -> String {
    let newest = wanted.sent.first().map(|sent| sent.document.state);
    let key = match (wanted.request.withdrawn_at.is_some(), wanted.request.is_open(), newest) {
        (true, ..) => "documents.standing.withdrawn",
        (_, false, _) => "documents.standing.accepted",
        _ if wanted.is_late() => "documents.standing.late",
        (_, _, Some(State::Rejected | State::Failed)) => "documents.standing.again",
        (_, _, Some(State::Checking | State::Received)) => "documents.standing.checking",
        (_, _, Some(State::InReview)) => "documents.standing.in_review",
        (_, _, Some(State::Accepted)) if !wanted.is_waiting_for_person() => "documents.standing.in_review",
        _ => "documents.standing.to_send",
    };
    w.t(key)
}

pub fn page(w: Words, model: Model) -> impl IntoView {
    let Model { wanted, filled, arrived, safety } = model;
    let is_told = safety.is_some();
    let safety = safety.map(|(words, program)| told(w, words, &program));
    let Said { text, lang } = wanted.name.clone();
    let (lang, dir) = (lang.map(|lang| lang.tag()), lang.map(|lang| lang.direction().tag()));
    let is_refused = filled.is_refused();
    let notice = (!is_refused && !is_told).then(|| notice(w, &wanted));
    let why = wanted.why.clone().map(Said::view);
    let due = wanted.is_waiting_for_person().then(|| {
        view! {
            <p class="document-due">{w.t("documents.send_by")}" "<OnDay w day=wanted.request.due_on/></p>
        }
    });
    let phone = wanted.phone.clone();
    let again = is_refused.then(|| {
        view! { <p>{w.t("documents.notice.again_or_call")}" "<Phone number=phone/></p> }
    });
    let form = wanted.request.is_open().then(|| send(w, &wanted, filled.clone(), arrived));
    let sent = sent(w, &wanted);
    view! {
        <Back w to=paths::documents(w.locale) text=w.t("documents.title")/>
        {safety}
        <ErrorSummary w filled=filled.clone()/>
        {notice}
        <h1 lang=lang dir=dir>{text}</h1>
        {why}
        {due}
        {again}
        {if wanted.is_waiting_for_person() || is_refused {
            view! { {form}{sent} }.into_any()
        } else {
            view! { {sent}{form} }.into_any()
        }}
    }
}

/// What just became of the newest file.
fn notice(w: Words, wanted: &Wanted) -> AnyView {
    let zone = wanted.zone.clone();
    if wanted.request.withdrawn_at.is_some() {
        return view! { <Notice title=w.t("documents.notice.withdrawn")/> }.into_any();
    }
    let Some(newest) = wanted.sent.first() else { return ().into_any() };
    let document = &newest.document;
    let (here, received_at) = (paths::document_request(w.locale, wanted.request.id), document.received_at);
    let (reason, failure, phone) =
        (newest.reason.clone().map(Said::view), failure(w, document), wanted.phone.clone());
    match document.state {
        State::Received | State::Checking => view! {
            <Notice tone=Tone::Success title=w.t("documents.notice.received")>
                <p>{w.t("documents.notice.checking")}</p>
                <p><a href=here>{w.t("documents.look_again")}</a></p>
            </Notice>
        }
        .into_any(),
        State::InReview => view! {
            <Notice tone=Tone::Success title=w.t("documents.notice.received")>
                <p><When w at=received_at zone/>". "{w.t("documents.notice.in_review")}</p>
            </Notice>
        }
        .into_any(),
        State::Accepted if wanted.request.is_open() => ().into_any(),
        State::Accepted => view! {
            <Notice tone=Tone::Success title=w.t("documents.notice.accepted")>
                <p>{w.t("documents.notice.nothing_more")}</p>
            </Notice>
        }
        .into_any(),
        State::Rejected => view! {
            <Notice tone=Tone::Act title=w.t("documents.notice.rejected")>
                {reason}
                <p>{w.t("documents.notice.send_again")}</p>
            </Notice>
        }
        .into_any(),
        State::Failed => view! {
            <Notice tone=Tone::Wrong title=w.t("documents.notice.failed")>
                <p>{failure}</p>
                <p>{w.t("documents.notice.again_or_call")}" "<Phone number=phone/></p>
            </Notice>
        }
        .into_any(),
    }
}

fn failure(w: Words, document: &Document) -> String {
    match document.reason.as_deref().and_then(|reason| reason.parse().ok()) {
        Some(Failure::Infected) => w.t("documents.failed.infected"),
        Some(Failure::NotChecked) | None => w.t("documents.failed.not_checked"),
    }
}

/// The form: open where the person must act, folded where one more page may follow.
fn send(w: Words, wanted: &Wanted, filled: Filled, arrived: Option<Arrived>) -> impl IntoView + use<> {
    let is_open = wanted.is_waiting_for_person() || filled.is_refused();
    let how = wanted.how.clone().map(Said::view);
    let request = wanted.request.id;
    let file = match arrived {
        Some(arrived) => view! {
            <input type="hidden" name="upload" value=arrived.address/>
            <input type="hidden" name="upload_name" value=arrived.name.clone()/>
            <p class="document-arrived">
                {w.t("documents.arrived")}" "<Isolate text=named(w, &arrived.name)/>" ("{w.size(arrived.bytes)}")"
            </p>
        }
        .into_any(),
        None => view! {
            <Upload w field=filled.field("file") label=w.t("documents.choose") resume=request.to_string()/>
        }
        .into_any(),
    };
    let form = view! {
        <Form w action=paths::document_request(w.locale, request) act="send" multipart=true>
            {file}
            <Area w field=filled.field("note") label=w.t("documents.note") hint=w.t("documents.note_hint") optional=true rows=3/>
            <Button>{w.t("documents.send")}</Button>
        </Form>
    };
    if is_open {
        view! {
            <section class="document-send">
                <h2>{w.t("documents.how")}</h2>
                {how}
                <ul class="document-tips">
                    <li>{w.t("documents.tip.light")}</li>
                    <li>{w.t("documents.tip.corners")}</li>
                    <li>{w.t("documents.tip.each")}</li>
                </ul>
                {form}
            </section>
        }
        .into_any()
    } else {
        view! { <Details summary=w.t("documents.one_more")>{how}{form}</Details> }.into_any()
    }
}

/// Everything sent for this request, newest first.
fn sent(w: Words, wanted: &Wanted) -> impl IntoView + use<> {
    let zone = wanted.zone.clone();
    let stops = wanted.sent.iter().map(|sent| stop(w, sent, &zone)).collect::<Vec<_>>();
    (!stops.is_empty()).then(|| {
        let title = w.t("documents.sent");
        view! {
            <section>
                <h2>{title.clone()}</h2>
                <Rail label=title>{stops}</Rail>
            </section>
        }
    })
}

fn stop(w: Words, sent: &Sent, zone: &str) -> impl IntoView + use<> {
    let document = &sent.document;
    let mark = match document.state {
        State::Accepted => Mark::Done,
        State::Rejected | State::Failed => Mark::Wrong,
        State::Received | State::Checking | State::InReview => Mark::Here,
    };
    let reason = match document.state {
        State::Rejected => sent.reason.clone().map(Said::view),
        State::Failed => Some(view! { <p>{failure(w, document)}</p> }.into_any()),
        _ => None,
    };
    let name = named(w, &document.name);
    let look = document.has_file().then(|| {
        let to = paths::document_file(w.locale, document.id);
        let words = w.t("documents.see_yours");
        view! { <p><a href=to>{words}<span class="hidden">" "<Isolate text=name.clone()/></span></a></p> }
    });
    let mut about = w.size(u64::try_from(document.bytes).unwrap_or(0));
    if document.pages > 1 {
        about = format!("{about} · {}", w.count("documents.pages", document.pages));
    }
    let when = view! { <When w at=document.received_at zone=zone.to_owned()/> };
    let note = document.note.clone().map(|note| view! { <p class="document-note"><bdi>{note}</bdi></p> });
    let state = w.t(&format!("documents.state.{}", document.state));
    view! {
        <Stop mark title=name state>
            <p class="quiet small">{when}" · "{about}</p>
            {reason}
            {note}
            {look}
        </Stop>
    }
}

/// A file's name, or what it is where its sender did not say.
pub fn named(w: Words, name: &str) -> String {
    if name.is_empty() { w.t("documents.unnamed") } else { name.to_owned() }
}
