//! What the portal says: approved words, found and never written, each with the stamp of its approval.

use super::{Asks, Model, turn};
use crate::components::{ButtonLink, Details, Emergency, Fact, Facts, Id, Link, Look, Prose};
use crate::i18n::Words;
use crate::markup;
use crate::pages::patient::case;
use crate::paths;
use domain::assistant::{Outcome, Piece, Turn};
use domain::content::{Body, Variant};
use domain::locale::Locale;
use leptos::prelude::*;

pub(super) fn view(w: Words, model: &Model, turn: &Turn) -> AnyView {
    match turn.outcome {
        Some(Outcome::Emergency) => emergency(w, model, turn),
        Some(Outcome::Crisis) => crisis(w, model, turn),
        Some(Outcome::Safety) => safety(w, model, turn),
        Some(Outcome::Personal) => personal(w, model),
        Some(Outcome::Answered) => {
            let answers = turn.shown.iter().map(|piece| answered(w, model, piece)).collect_view();
            view! { {answers}{turn::helped(w, model, turn)} }.into_any()
        }
        Some(Outcome::Offered) => turn::offered(w, model, turn),
        Some(Outcome::OtherLanguage) => turn::other_language(w, model, turn),
        Some(Outcome::NoMatch) => no_match(w, model, turn),
        Some(Outcome::HandedOver) | None => page(w, model, turn, 0),
    }
}

/// That there is no approved answer, and the way to a person at the newest such turn.
fn no_match(w: Words, model: &Model, turn: &Turn) -> AnyView {
    let live = turn.shown.first().and_then(|piece| piece.live.as_ref());
    // words that name a time speak of a hand-over, and here nobody has the question yet
    let is_offer =
        live.is_some_and(|live| matches!(&live.body, Body::Page { text } if !text.contains("{due}")));
    let what = match is_offer {
        true => page(w, model, turn, 0),
        false => view! { <p>{w.t("assistant.no_answer")}</p> }.into_any(),
    };
    let is_newest = model.talk.turns.last().is_some_and(|last| last.id == turn.id);
    let person = is_newest.then(|| turn::person(w, model));
    view! { {what}{person} }.into_any()
}

/// The number to call, large; then what to do and that it was received.
fn emergency(w: Words, model: &Model, turn: &Turn) -> AnyView {
    let phone = model.program.settings.emergency_phone.clone();
    let title = w.with("assistant.emergency_title", &[("phone", &phone)]);
    let what = page(w, model, turn, 0);
    view! {
        <Emergency title phone>{what}</Emergency>
        {received(w, model, turn, 1)}
    }
    .into_any()
}

fn crisis(w: Words, model: &Model, turn: &Turn) -> AnyView {
    let phone = model.program.settings.crisis_phone.clone();
    let title = w.with("assistant.crisis_title", &[("phone", &phone)]);
    let what = page(w, model, turn, 0);
    let is_newest = model.talk.turns.last().is_some_and(|last| last.id == turn.id);
    view! {
        <Emergency title phone>{what}</Emergency>
        {is_newest.then(|| turn::person(w, model))}
    }
    .into_any()
}

fn safety(w: Words, model: &Model, turn: &Turn) -> AnyView {
    received(w, model, turn, 0)
}

/// That a report was received, and what we still have to know.
fn received(w: Words, model: &Model, turn: &Turn, place: usize) -> AnyView {
    let missing = (model.asks == Asks::Visitor).then(|| {
        let sign_in = paths::sign_in(w.locale).query("next", model.here(w).as_str());
        view! {
            <p class="turn-missing">
                {w.with("assistant.missing_patient", &[("medicine", &model.program.medicine)])}" "
                <Link to=sign_in>{w.t("assistant.sign_in")}</Link>
            </p>
        }
    });
    view! {
        <div class="received">
            <h3>{w.t("assistant.safety_title")}</h3>
            {page(w, model, turn, place)}
            {missing}
        </div>
    }
    .into_any()
}

/// Their own status, or the way to sign in.
fn personal(w: Words, model: &Model) -> AnyView {
    if model.asks == Asks::Visitor {
        let to = paths::sign_in(w.locale).query("next", model.here(w).as_str());
        return view! {
            <p>{w.t("assistant.personal_sign_in")}</p>
            <p><ButtonLink to=to look=Look::Quiet>{w.t("assistant.sign_in")}</ButtonLink></p>
        }
        .into_any();
    }
    let Some(card) = &model.card else {
        return view! { <p>{w.t("assistant.personal_no_case")}</p> }.into_any();
    };
    let to = paths::case(w.locale, card.case);
    let sentence = card.sentence.clone().map(|sentence| {
        let (lang, dir) = marked(w, sentence.locale);
        view! {
            <h3 lang=lang dir=dir>{sentence.short}</h3>
            <p lang=lang dir=dir>{sentence.now}</p>
            <p lang=lang dir=dir>{sentence.next}</p>
        }
    });
    let action = card.action.as_ref().map(|step| case::action(w, step));
    let by = card.expected_on.filter(|_| card.action.is_none()).map(
        |day| view! { <p class="quiet">{w.with("assistant.expected", &[("day", &w.weekday_day(day))])}</p> },
    );
    view! {
        <div class="own-status">
            <p class="small quiet">{w.t("assistant.personal_title")}" "<Id text=card.number.clone()/></p>
            {sentence}
            {action}
            {by}
            <p><ButtonLink to=to look=Look::Quiet>{w.t("assistant.see_case")}</ButtonLink></p>
        </div>
    }
    .into_any()
}

/// An approved answer, verbatim, with its title and stamp; or that it is not shown any more.
fn answered(w: Words, model: &Model, piece: &Piece) -> AnyView {
    let Some(live) = &piece.live else {
        return view! { <p>{w.t("assistant.gone")}</p> }.into_any();
    };
    let (lang, dir) = marked(w, live.locale);
    let updated = (live.edition != piece.pointer.edition)
        .then(|| view! { <p class="small quiet">{w.t("assistant.updated")}</p> });
    let body = match &live.body {
        Body::Faq { answer, .. } => prose(model, live, answer),
        Body::Module { summary, minutes, .. } => {
            let to = paths::module(w.locale, &live.slug);
            let read = w.with("assistant.read_module", &[("minutes", &w.count("common.minutes", *minutes))]);
            view! {
                <p lang=lang dir=dir>{summary.clone()}</p>
                <p><Link to=to>{read}</Link></p>
            }
            .into_any()
        }
        Body::Page { text } => prose(model, live, text),
        _ => ().into_any(),
    };
    view! {
        <h3 class="answer-title" lang=lang dir=dir>{live.title.clone()}</h3>
        {body}
        {updated}
        {stamp(w, live)}
    }
    .into_any()
}

/// Who approved it and when; more for those who want it.
pub(crate) fn stamp(w: Words, live: &Variant) -> AnyView {
    let mark = live.hash.get(..12).unwrap_or_default().to_owned();
    let (code, edition) = (live.code.clone(), w.number(live.edition));
    let (reviewed, due) = (w.day(live.reviewed_on), w.day(live.review_due_on));
    let line = w.with("assistant.stamp", &[("edition", &edition), ("day", &reviewed)]);
    view! {
        <div class="stamp">
            <p class="stamp-line">{line}</p>
            <Details summary=w.t("assistant.check")>
                <p>{w.t("assistant.check_text")}</p>
                <Facts>
                    <Fact label=w.t("assistant.item")><Id text=code/></Fact>
                    <Fact label=w.t("assistant.edition")>{edition}</Fact>
                    <Fact label=w.t("assistant.reviewed")>{reviewed}</Fact>
                    <Fact label=w.t("assistant.review_due")>{due}</Fact>
                    <Fact label=w.t("assistant.hash")><Id text=mark/></Fact>
                </Facts>
            </Details>
        </div>
    }
    .into_any()
}

/// An approved page among what a turn shows, with the time filled in by which a person answers.
fn page(w: Words, model: &Model, turn: &Turn, place: usize) -> AnyView {
    let Some(live) = turn.shown.get(place).and_then(|piece| piece.live.as_ref()) else {
        // nothing is approved: say only what stands in a queue
        return turn
            .due_at
            .map(|due| view! { <p>{w.with("assistant.waiting", &[("when", &w.instant(due, &model.program.zone))])}</p> })
            .into_any();
    };
    let Body::Page { text } = &live.body else { return ().into_any() };
    let due = turn.due_at.map(|due| Words::of(live.locale).instant(due, &model.program.zone));
    let text = text.replace("{due}", &due.unwrap_or_default());
    let fallback = (live.locale != turn.locale)
        .then(|| view! { <p class="fallback small quiet">{w.t("common.in_english")}</p> });
    view! { {fallback}{prose(model, live, &text)} }.into_any()
}

fn prose(model: &Model, live: &Variant, text: &str) -> AnyView {
    let html = markup::render(text, model.links(live.locale));
    // always marked: the reader may have changed the language since
    view! { <Prose html lang=live.locale/> }.into_any()
}

/// `lang` and `dir` where words are not in the page's language.
fn marked(w: Words, locale: Locale) -> (Option<&'static str>, Option<&'static str>) {
    if locale == w.locale { (None, None) } else { (Some(locale.tag()), Some(locale.direction().tag())) }
}
