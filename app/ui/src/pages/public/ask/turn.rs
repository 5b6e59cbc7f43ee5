//! One turn of the log. Its heading says who speaks; the marks on the side only help.

use super::{Model, answer};
use crate::components::{Area, Button, Details, Form, Look};
use crate::i18n::{Words, machine};
use crate::paths;
use domain::actor::Role;
use domain::assistant::{Act, Author, Turn};
use leptos::prelude::*;

pub(super) fn view(w: Words, model: &Model, turn: &Turn) -> AnyView {
    let (by, who, body) = match turn.author {
        Author::Person => ("you", w.t("assistant.you"), said(w, turn)),
        Author::Staff => ("team", from(w, turn.role), words(turn)),
        Author::Portal => ("portal", w.t("assistant.answer"), answer::view(w, model, turn)),
    };
    let zone = &model.program.zone;
    let is_today = model.program.day(turn.at).ok() == model.today;
    let at = if is_today { w.hour(turn.at, zone) } else { w.instant(turn.at, zone) };
    let id = format!("turn-{}", turn.id);
    view! {
        <article class="turn" id=id data-by=by>
            <h2 class="turn-who">
                {who}
                <time class="turn-at" datetime=machine(turn.at)>{at}</time>
            </h2>
            {body}
        </article>
    }
    .into_any()
}

/// What a person wrote or pressed.
fn said(w: Words, turn: &Turn) -> AnyView {
    match turn.act {
        None => words(turn),
        Some(Act::Picked) => {
            let title =
                turn.shown.first().and_then(|piece| piece.live.as_ref()).map(|live| live.title.clone());
            view! { <p class="turn-words">{title.unwrap_or_else(|| w.t("assistant.picked"))}</p> }.into_any()
        }
        Some(Act::NoneOfThese) => {
            view! { <p class="turn-words">{w.t("assistant.none_of_these")}</p> }.into_any()
        }
        Some(Act::Person) => view! { <p class="turn-words">{w.t("assistant.said_person")}</p> }.into_any(),
    }
}

/// Words as somebody typed them, in whatever direction they run.
fn words(turn: &Turn) -> AnyView {
    view! { <p class="turn-words" dir="auto"><bdi>{turn.text.clone().unwrap_or_default()}</bdi></p> }
        .into_any()
}

/// Staff speak by what they do, not by name.
fn from(w: Words, role: Option<Role>) -> String {
    let role = match role {
        Some(Role::CaseManager) => "case_manager",
        Some(Role::Nurse) => "nurse",
        Some(Role::MedicalInformation) => "medical_information",
        Some(Role::AccessSpecialist) => "access_specialist",
        _ => "team",
    };
    w.t(&format!("assistant.from.{role}"))
}

/// The way to a person, where nobody has the conversation yet.
pub(super) fn person(w: Words, model: &Model) -> Option<AnyView> {
    model.talk.waits.is_none().then(|| {
        view! {
            <Form w action=model.here(w) act="person" enhance=true>
                <Button look=Look::Quiet>{w.t("assistant.person")}</Button>
            </Form>
        }
        .into_any()
    })
}

/// The question is in another language: said in both, and that language offered, the question kept. It goes in a form's
/// body: nobody's words stand in an address.
pub(super) fn other_language(w: Words, model: &Model, turn: &Turn) -> AnyView {
    let Some(tongue) = turn.tongue else { return ().into_any() };
    let there = Words::of(tongue);
    let name = tongue.name();
    let here = (w.locale != tongue)
        .then(|| view! { <p>{w.with("assistant.other_language_here", &[("language", name)])}</p> });
    // offered while it is what was said last, and only from another page than the one it leads to
    let is_newest = model.talk.turns.last().is_some_and(|last| last.id == turn.id);
    let is_open = is_newest && here.is_some() && model.talk.waits.is_none();
    let question = model.question_before(turn).filter(|_| is_open);
    let go = question.map(|question| {
        let to = paths::ask(tongue).query("program", &model.program.code);
        view! {
            <Form w action=to act="ask">
                <input type="hidden" name="question" value=question/>
                <Button look=Look::Quiet>
                    <span lang=tongue.tag() dir=tongue.direction().tag()>{there.with("assistant.ask_there", &[("language", name)])}</span>
                </Button>
            </Form>
        }
    });
    view! {
        <p lang=tongue.tag() dir=tongue.direction().tag()>
            {there.with("assistant.other_language", &[("language", name)])}
        </p>
        {here}
        {go}
    }
    .into_any()
}

/// Whether an answer helped: what was said, or the question for it at the newest answer.
pub(super) fn helped(w: Words, model: &Model, turn: &Turn) -> Option<AnyView> {
    if let Some(helped) = turn.helped {
        let key = if helped { "assistant.rated_yes" } else { "assistant.rated_no" };
        return Some(view! { <p class="small quiet">{w.t(key)}</p> }.into_any());
    }
    if model.newest_answer() != Some(turn.id) {
        return None;
    }
    let field = model.filled.field("comment");
    let is_open = field.flaw.is_some() || !field.value.is_empty();
    let (here, answer) = (model.here(w), turn.id.to_string());
    Some(
        view! {
            <Form w action=here act="rate" enhance=true>
                <input type="hidden" name="answer" value=answer/>
                <fieldset class="rate">
                    <legend class="label">{w.t("assistant.helpful")}</legend>
                    <Details summary=w.t("assistant.comment_add") open=is_open>
                        <Area w field label=w.t("assistant.comment") hint=w.t("assistant.comment_hint") rows=2 optional=true/>
                    </Details>
                    <div class="rate-answers">
                        <Button look=Look::Quiet name="helpful" value="yes">{w.t("assistant.helpful_yes")}</Button>
                        <Button look=Look::Quiet name="helpful" value="no">{w.t("assistant.helpful_no")}</Button>
                    </div>
                </fieldset>
            </Form>
        }
        .into_any(),
    )
}

/// One title to press.
pub(super) fn pick(code: &str, title: &str) -> AnyView {
    view! {
        <li><button class="pick" type="submit" name="item" value=code.to_owned()>{title.to_owned()}</button></li>
    }
    .into_any()
}

/// Up to three titles, and that it is none of them.
pub(super) fn offered(w: Words, model: &Model, turn: &Turn) -> AnyView {
    let live = turn.shown.iter().filter_map(|piece| piece.live.as_ref());
    if model.talk.waits.is_some() {
        let titles = live.map(|variant| view! { <li>{variant.title.clone()}</li> }).collect_view();
        return view! { <p>{w.t("assistant.offered")}</p><ul>{titles}</ul> }.into_any();
    }
    let titles = live.map(|variant| pick(&variant.code, &variant.title)).collect_view();
    view! {
        <p>{w.t("assistant.offered")}</p>
        <Form w action=model.here(w) act="pick" enhance=true>
            <ul class="picks" role="list">{titles}</ul>
        </Form>
        <Form w action=model.here(w) act="none" enhance=true>
            <Button look=Look::Quiet>{w.t("assistant.none_of_these")}</Button>
        </Form>
    }
    .into_any()
}
