//! Where a case stands: what, since when, what happens next, by when, what to do, whom to call; below it the way so far.
//! Staff see the same view inside their own page.

use crate::components::{Action, Fact, Facts, Id, Mark, Notice, OnDay, Phone, Rail, Stop, When};
use crate::document::ProgramLine;
use crate::i18n::Words;
use crate::paths;
use domain::cases::Stage;
use domain::cases::views::{Moment, NextStep, Phrase, StatusView, What};
use domain::locale::Locale;
use leptos::prelude::*;

/// What the page needs beside the case.
#[derive(Debug, Clone)]
pub struct Model {
    pub view: StatusView,
    pub help: ProgramLine,
    pub zone: String,
}

/// The page.
pub fn view(w: Words, model: Model) -> impl IntoView {
    let Model { view, help, zone } = model;
    let history = history(w, &view.timeline, &zone);
    view! {
        {stands(w, &view, &help, &zone, true)}
        <div class="columns case-columns">
            <section aria-labelledby="steps">
                <h2 id="steps">{w.t("cases.four_steps")}</h2>
                {steps(w, &view)}
            </section>
            <section aria-labelledby="history">
                <h2 id="history">{w.t("cases.history")}</h2>
                {history}
            </section>
        </div>
    }
}

/// The answer to "what now, and when". `is_page` gives it the page's h1 and its links.
pub fn stands(w: Words, view: &StatusView, help: &ProgramLine, zone: &str, is_page: bool) -> AnyView {
    let sentence = view.sentence.clone();
    let short = sentence.as_ref().map_or_else(
        || Phrase { text: w.t(&format!("cases.stage.{}", view.stage)), locale: w.locale },
        |sentence| Phrase { text: sentence.short.clone(), locale: sentence.locale },
    );
    let lang = move |locale: Locale| (locale != w.locale).then_some(locale.tag());
    let dir = move |locale: Locale| (locale != w.locale).then_some(locale.direction().tag());
    let heading = if is_page {
        view! { <h1 lang=lang(short.locale) dir=dir(short.locale)>{short.text}</h1> }.into_any()
    } else {
        view! { <h3 lang=lang(short.locale) dir=dir(short.locale)>{short.text}</h3> }.into_any()
    };
    let step = match view.stage.place() {
        Some(place) => w.with("cases.step_of", &[("n", &w.number(place as i64))]),
        None => w.t("cases.stage.closed"),
    };
    let fallback = sentence
        .as_ref()
        .is_some_and(|sentence| sentence.locale != w.locale)
        .then(|| view! { <p class="small quiet">{w.t("common.in_english")}</p> });
    let late = view.late_until.map(|until| {
        let day = w.weekday_day(until);
        view! {
            <Notice title=w.t("cases.late.title")>
                <p>{w.with("cases.late.text", &[("day", &day)])}</p>
            </Notice>
        }
    });
    let back = view.went_back.clone().map(|why| {
        view! {
            <Notice title=w.t("cases.went_back")>
                <p lang=lang(why.locale) dir=dir(why.locale)>{why.text}</p>
            </Notice>
        }
    });
    let action = view.action.as_ref().filter(|_| is_page).map(|action| self::action(w, action));
    let more = (view.more_actions > 0 && is_page).then(|| {
        view! { <p class="small"><a href=paths::documents(w.locale)>{w.count("cases.more_actions", view.more_actions as i64)}</a></p> }
    });
    let (now, next, you) = match sentence {
        Some(sentence) => {
            let (lang, dir) = (lang(sentence.locale), dir(sentence.locale));
            (
                view! { <p class="lead" lang=lang dir=dir>{sentence.now}</p> }.into_any(),
                view! { <Fact label=w.t("cases.next")><span lang=lang dir=dir>{sentence.next}</span></Fact> }
                    .into_any(),
                view! { <Fact label=w.t("cases.you")><span lang=lang dir=dir>{sentence.you}</span></Fact> }
                    .into_any(),
            )
        }
        // nothing approved to say: then a person says it
        None => (
            view! { <p class="lead">{w.t("cases.no_sentence")}</p> }.into_any(),
            ().into_any(),
            ().into_any(),
        ),
    };
    let since = w.day_of(view.since, zone).map(|day| {
        view! { <Fact label=w.t("cases.since")><OnDay w day/></Fact> }
    });
    let by =
        view.expected_on.filter(|_| view.late_until.is_none() && view.stage != Stage::Closed).map(|day| {
            view! { <Fact label=w.t("cases.by")><OnDay w day/></Fact> }
        });
    let who = (view.stage != Stage::Closed).then(|| {
        let name = w.t(&format!("cases.waiting_on.{}", view.waiting_on));
        view! { <Fact label=w.t("cases.who")>{name}</Fact> }
    });
    let number = view.number.clone();
    let (phone, hours) = (help.phone.clone(), help.hours.clone());
    view! {
        <div class="stands">
            {late}
            {back}
            <div class="stands-head">
                <p class="stands-step">{step}" · "<span class="quiet"><Id text=number/></span></p>
                {heading}
            </div>
            {now}
            {fallback}
            {action}
            {more}
            <div class="stands-facts">
                <Facts>{you}{next}</Facts>
                <Facts>
                    {by}
                    {since}
                    {who}
                    <Fact label=w.t("cases.call")><Phone number=phone/></Fact>
                </Facts>
                <p class="small quiet">{hours}</p>
            </div>
        </div>
    }
    .into_any()
}

/// The one thing to do.
pub fn action(w: Words, step: &NextStep) -> AnyView {
    match step.clone() {
        NextStep::SendDocument { request, name, due_on, refused } => {
            let day = w.weekday_day(due_on);
            let to = paths::document_request(w.locale, request);
            view! {
                <Action to title=w.with("cases.action.send", &[("document", &name.text)])>
                    {refused.map(|why| view! { <p lang=(why.locale != w.locale).then_some(why.locale.tag())>{why.text}</p> })}
                    <p>{w.with("cases.action.by", &[("day", &day)])}</p>
                </Action>
            }
            .into_any()
        }
        NextStep::GiveConsent => view! {
            <Action to=paths::preferences(w.locale) title=w.t("cases.action.consent")>
                <p>{w.t("cases.action.consent_note")}</p>
            </Action>
        }
        .into_any(),
    }
}

/// The four steps: where we have been, where we are, what comes.
fn steps(w: Words, view: &StatusView) -> AnyView {
    let here = view.reached.place().unwrap_or(1);
    let is_closed = view.stage == Stage::Closed;
    let stops = view
        .stages
        .iter()
        .cloned()
        .zip(1..)
        // what a closed case never came to is not shown as still to come
        .filter(|(_, place)| !is_closed || *place <= here)
        .map(|(words, place)| {
            let mark = match place {
                place if place < here => Mark::Done,
                place if place == here && is_closed => Mark::Done,
                place if place == here => Mark::Here,
                _ => Mark::Open,
            };
            let state = match mark {
                Mark::Done => Some(w.t("common.state.done")),
                Mark::Here => Some(w.t("common.state.here")),
                _ => None,
            };
            let code = Stage::ALL.get(place - 1).copied().unwrap_or(Stage::Closed);
            let (title, text) = match words {
                Some((title, text)) => (title, Some(text)),
                None => (Phrase { text: w.t(&format!("cases.stage.{code}")), locale: w.locale }, None),
            };
            // what is behind us needs no explaining
            let text = text.filter(|_| mark != Mark::Done && !is_closed).map(|text| {
                view! { <p class="quiet" lang=(text.locale != w.locale).then_some(text.locale.tag())>{text.text}</p> }
            });
            view! {
                <Stop mark title=title.text state=state.unwrap_or_default()>{text}</Stop>
            }
        })
        .collect_view();
    let end = is_closed.then(|| {
        view! { <Stop mark=Mark::Here title=w.t("cases.stage.closed") state=w.t("common.state.here")/> }
    });
    view! { <Rail label=w.t("cases.four_steps")>{stops}{end}</Rail> }.into_any()
}

/// What has happened, newest first.
pub fn history(w: Words, timeline: &[Moment], zone: &str) -> AnyView {
    let stops = timeline
        .iter()
        .cloned()
        .map(|moment| {
            let zone = zone.to_owned();
            let (mark, title, note) = words_of(w, moment.what);
            let note = note.map(|note| {
                view! { <p lang=(note.locale != w.locale).then_some(note.locale.tag())>{note.text}</p> }
            });
            view! {
                <Stop mark title>
                    <p class="quiet small"><When w at=moment.at zone/></p>
                    {note}
                </Stop>
            }
        })
        .collect_view();
    view! { <div class="history"><Rail label=w.t("cases.history")>{stops}</Rail></div> }.into_any()
}

fn words_of(w: Words, what: What) -> (Mark, String, Option<Phrase>) {
    let named =
        |key: &str, name: &Phrase| w.with(&format!("cases.moment.{key}"), &[("document", &name.text)]);
    match what {
        What::Status { short, why } => {
            let mark = if why.is_some() { Mark::Wrong } else { Mark::Done };
            (mark, short.text, why)
        }
        What::Requested { name, due_on } => {
            let by = w.with("cases.action.by", &[("day", &w.weekday_day(due_on))]);
            (Mark::Done, named("requested", &name), Some(Phrase { text: by, locale: w.locale }))
        }
        What::NotNeeded { name } => (Mark::Done, named("not_needed", &name), None),
        What::Received { name } => (Mark::Done, named("received", &name), None),
        What::Accepted { name } => (Mark::Done, named("accepted", &name), None),
        What::Rejected { name, why } => (Mark::Wrong, named("rejected", &name), why),
        What::Failed { name } => (Mark::Wrong, named("failed", &name), None),
    }
}
