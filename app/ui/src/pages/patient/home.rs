//! The first page of a signed-in person: each case in short, the one thing to do, and where the rest is.

use super::case::action;
use crate::components::{ButtonLink, Id, Isolate, Look, Notice, Tone};
use crate::i18n::Words;
use crate::paths::{self, Path};
use domain::cases::Stage;
use domain::cases::views::{CaseCard, Mine};
use leptos::prelude::*;

/// The page. `names` are the programs' names, case by case; `has_questions` when the safety team waits for an answer.
pub fn view(w: Words, mine: Mine, names: Vec<String>, has_questions: bool) -> impl IntoView {
    let first = mine.name.split_whitespace().next().unwrap_or_default().to_owned();
    let [before, after] = around(&w.t("cases.home.hello"));
    let is_empty = mine.cases.is_empty();
    let cards =
        mine.cases.into_iter().zip(names).map(|(card, program)| self::card(w, card, program)).collect_view();
    let none = is_empty.then(|| {
        view! {
            <p class="lead">{w.t("cases.home.no_case")}</p>
            <ButtonLink to=paths::portal(w.locale)>{w.t("cases.home.see_programs")}</ButtonLink>
        }
    });
    let asked = has_questions.then(|| {
        let to = paths::safety_questions(w.locale);
        view! { <Notice tone=Tone::Act title=w.t("safety.ask.waiting")><p><a href=to>{w.t("safety.ask.open")}</a></p></Notice> }
    });
    view! {
        <h1>{before}<Isolate text=first/>{after}</h1>
        {asked}
        {none}
        {cards}
        {ways(w)}
    }
}

/// The words before and after the name.
fn around(sentence: &str) -> [String; 2] {
    let (before, after) = sentence.split_once("%{name}").unwrap_or((sentence, ""));
    [before.to_owned(), after.to_owned()]
}

fn card(w: Words, card: CaseCard, program: String) -> AnyView {
    let step = match card.stage.place() {
        Some(place) => w.with("cases.step_of", &[("n", &w.number(place as i64))]),
        None => w.t("cases.stage.closed"),
    };
    let lang = card
        .sentence
        .as_ref()
        .filter(|s| s.locale != w.locale)
        .map(|s| (s.locale.tag(), s.locale.direction().tag()));
    let (lang, dir) = (lang.map(|(tag, _)| tag), lang.map(|(_, dir)| dir));
    let (short, now) = card.sentence.map_or_else(
        || (w.t(&format!("cases.stage.{}", card.stage)), w.t("cases.no_sentence")),
        |sentence| (sentence.short, sentence.now),
    );
    let by = card.expected_on.filter(|_| card.stage != Stage::Closed && card.action.is_none()).map(|day| {
        view! { <p class="quiet">{w.t("cases.by")}": "{w.weekday_day(day)}</p> }
    });
    let more = (card.more_actions > 0).then(|| {
        view! { <p class="small"><a href=paths::documents(w.locale)>{w.count("cases.more_actions", card.more_actions as i64)}</a></p> }
    });
    let look = if card.action.is_some() { Look::Quiet } else { Look::Primary };
    view! {
        <section class="case-card" data-closed=(card.stage == Stage::Closed).then_some("")>
            <p class="stands-step"><span translate="no">{program}</span>" · "<span>{step}</span></p>
            <h2 lang=lang dir=dir>{short}</h2>
            <p lang=lang dir=dir>{now}</p>
            {card.action.as_ref().map(|step| action(w, step))}
            {more}
            {by}
            <p class="row">
                <ButtonLink to=paths::case(w.locale, card.case) look>{w.t("cases.home.see_case")}</ButtonLink>
                <span class="quiet small"><Id text=card.number/></span>
            </p>
        </section>
    }
    .into_any()
}

/// Where the rest is.
fn ways(w: Words) -> AnyView {
    let way = |to: Path, key: &str| {
        view! {
            <li>
                <a href=to>{w.t(&format!("cases.home.{key}"))}</a>
                <span class="quiet small">{w.t(&format!("cases.home.{key}_note"))}</span>
            </li>
        }
    };
    view! {
        <nav class="home-ways" aria-labelledby="ways">
            <h2 id="ways">{w.t("cases.home.ways")}</h2>
            <ul role="list">
                {way(paths::ask(w.locale), "ask")}
                {way(paths::learn(w.locale), "learn")}
                {way(paths::documents(w.locale), "documents")}
                {way(paths::preferences(w.locale), "preferences")}
            </ul>
        </nav>
    }
    .into_any()
}
