//! Who may contact one about what: one row a purpose and channel, what it means, since when, under which words. A yes and
//! a no take the same steps, and act at once (EN-19).

use crate::components::{
    Button, Details, ErrorSummary, Field, Filled, Form, Id, Look, Notice, OnDay, Prose, Region, Tag, Tone,
    When,
};
use crate::i18n::Words;
use crate::markup::{self, Links};
use crate::paths;
use domain::consents::{Answered, CasePreferences, Preference, Purpose};
use domain::content::Body;
use domain::ids::CaseId;
use leptos::prelude::*;

pub struct Preferences {
    pub cases: Vec<CasePreferences>,
    pub filled: Filled,
    /// The row whose form was refused.
    pub refused: Option<(CaseId, String)>,
    pub told: Option<Told>,
}

/// What the page says about what was just done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    Saved {
        is_given: bool,
        /// Whether the program cannot go on without it.
        is_needed: bool,
        title: String,
    },
    /// It had changed in another window.
    Stale,
    /// The words have a newer edition.
    Reworded,
}

/// The id of a row, where a form leads back to.
pub fn row_id(case: CaseId, slug: &str) -> String {
    format!("{case}-{}", slug.replace('.', "-"))
}

pub fn preferences(w: Words, model: Preferences) -> impl IntoView {
    let Preferences { cases, filled, refused, told } = model;
    let is_one = cases.len() == 1;
    let none = cases.is_empty().then(|| view! { <p>{w.t("consents.none")}</p> });
    let summary = filled.clone();
    let sections =
        cases.into_iter().map(|case| section(w, case, is_one, &filled, refused.as_ref())).collect_view();
    view! {
        <Region id="preferences">
            <ErrorSummary w filled=summary/>
            {told.map(|told| notice(w, told))}
            <h1>{w.t("consents.title")}</h1>
            <p class="lead">{w.t("consents.lead")}</p>
            {none}
            {sections}
        </Region>
    }
}

fn notice(w: Words, told: Told) -> AnyView {
    match told {
        Told::Saved { is_given, is_needed, title } => {
            let key = match (is_given, is_needed) {
                (true, _) => "consents.saved_yes",
                (false, true) => "consents.saved_no_needed",
                (false, false) => "consents.saved_no",
            };
            view! {
                <Notice tone=Tone::Success title=w.t("consents.saved")><p>{w.with(key, &[("title", &title)])}</p></Notice>
            }
            .into_any()
        }
        Told::Stale => view! {
            <Notice tone=Tone::Info title=w.t("consents.stale_title")><p>{w.t("consents.stale_text")}</p></Notice>
        }
        .into_any(),
        Told::Reworded => view! {
            <Notice tone=Tone::Act title=w.t("consents.reworded_title")><p>{w.t("consents.reworded_text")}</p></Notice>
        }
        .into_any(),
    }
}

fn section(
    w: Words,
    case: CasePreferences,
    is_one: bool,
    filled: &Filled,
    refused: Option<&(CaseId, String)>,
) -> impl IntoView + use<> {
    let mut purposes: Vec<(Purpose, Vec<Preference>)> = Vec::new();
    for choice in case.choices {
        match purposes.iter_mut().find(|(purpose, _)| *purpose == choice.purpose) {
            Some((_, choices)) => choices.push(choice),
            None => purposes.push((choice.purpose, vec![choice])),
        }
    }
    let (program, zone) = (case.program.code.clone(), case.program.zone.clone());
    let groups = purposes
        .into_iter()
        .map(|(purpose, choices)| {
            let rows = choices
                .into_iter()
                .map(|choice| {
                    let is_refused =
                        refused.is_some_and(|(id, slug)| *id == case.case && *slug == choice.live.slug);
                    let filled = if is_refused { filled.clone() } else { Filled::default() };
                    row(w, case.case, &program, &zone, choice, filled)
                })
                .collect_view();
            view! {
                <section class="purpose">
                    <h2>{w.t(&format!("consents.purpose_{purpose}"))}</h2>
                    <ul class="preferences" role="list">{rows}</ul>
                </section>
            }
        })
        .collect_view();
    let heading = (!is_one).then(|| {
        view! { <p class="quiet">{case.program.name.clone()}" "<Id text=case.number.clone()/></p> }
    });
    view! { {heading}{groups} }
}

fn row(
    w: Words,
    case: CaseId,
    program: &str,
    zone: &str,
    choice: Preference,
    filled: Filled,
) -> impl IntoView + use<> {
    let Preference { purpose, channel, live, is_fallback, is_given, history } = choice;
    let links = Links { locale: w.locale, program: Some(program) };
    let (meaning, wording, money) = match &live.body {
        Body::Consent { meaning, wording, remuneration } => {
            (meaning.clone(), wording.clone(), remuneration.clone())
        }
        _ => (String::new(), String::new(), None),
    };
    let latest = history.first().cloned();
    let (tone, state) = match &latest {
        _ if is_given => (Tone::Success, "consents.given"),
        None => (Tone::Info, "consents.not_asked"),
        Some(held) if held.consent.is_given => (Tone::Act, "consents.expired"),
        Some(_) => (Tone::Info, "consents.not_given"),
    };
    let since = latest.as_ref().map(|held| {
        let (before, after) = around(&w.t("consents.since"), "%{when}");
        view! { <p class="quiet">{before}<When w at=held.consent.at zone=zone.to_owned()/>{after}</p> }
    });
    let until = latest.as_ref().filter(|_| is_given).and_then(|held| held.consent.expires_at).map(|at| {
        let (before, after) = around(&w.t("consents.until"), "%{day}");
        let day = w.day_of(at, zone);
        view! { <p class="quiet">{before}{day.map(|day| view! { <OnDay w day full=true/> })}{after}</p> }
    });
    // under which words: those that were agreed to, or those a yes would be given to
    let agreed = latest.as_ref().filter(|_| is_given);
    let (summary, words, lang) = match agreed {
        Some(held) => (
            w.with(
                "consents.wording_of",
                &[
                    ("item", code(&held.consent.wording.item)),
                    ("edition", &w.number(held.consent.wording.edition)),
                ],
            ),
            held.wording.clone().unwrap_or_else(|| wording.clone()),
            Some(held.consent.wording.locale).filter(|locale| *locale != w.locale),
        ),
        None => (
            w.with("consents.wording_now", &[("item", &live.code), ("edition", &w.number(live.edition))]),
            wording,
            is_fallback.then_some(live.locale),
        ),
    };
    let action = paths::preferences(w.locale);
    let id = row_id(case, &live.slug);
    let (title, of) = (live.title.clone(), live.title.clone());
    let words = markup::render(&words, links);
    let hidden = view! {
        <input type="hidden" name="case" value=case.to_string()/>
        <input type="hidden" name="purpose" value=purpose.code()/>
        <input type="hidden" name="channel" value=channel.code()/>
        <input type="hidden" name="edition" value=live.edition.to_string()/>
    };
    let form = if is_given {
        view! {
            <Form w action act="withdraw" enhance=true>
                {hidden}
                <Button look=Look::Quiet hidden=of>{w.t("consents.say_no")}</Button>
            </Form>
        }
        .into_any()
    } else {
        let signature = purpose.is_signed().then(|| {
            view! {
                <Field
                    w
                    field=filled.field("signature")
                    label=w.t("consents.signature")
                    hint=w.t("consents.signature_hint")
                    autocomplete="name"
                />
            }
        });
        let say = if purpose.is_signed() { "consents.sign" } else { "consents.say_yes" };
        view! {
            <Form w action act="give" enhance=true>
                {hidden}
                {signature}
                <Button look=Look::Quiet hidden=of>{w.t(say)}</Button>
            </Form>
        }
        .into_any()
    };
    let past = (!history.is_empty()).then(|| {
        let rows = history.into_iter().map(|held| past_row(w, zone, held)).collect_view();
        view! { <Details summary=w.t("consents.history")><ul class="consent-history">{rows}</ul></Details> }
    });
    view! {
        <li class="preference" id=id>
            <div class="preference-head"><h3>{title}</h3><Tag tone text=w.t(state)/></div>
            <p>{meaning}</p>
            {money.map(|text| view! { <p><strong>{w.t("consents.money")}": "</strong>{text}</p> })}
            {since}{until}
            <Details summary=summary>
                <Prose html=words lang=lang/>
            </Details>
            {form}
            {past}
        </li>
    }
}

fn past_row(w: Words, zone: &str, held: Answered) -> impl IntoView + use<> {
    let answer = if held.consent.is_given { "consents.history_yes" } else { "consents.history_no" };
    let how = w.t(&format!("consents.how_{}", held.consent.how));
    let wording = &held.consent.wording;
    let words = w.with(
        "consents.version",
        &[
            ("item", code(&wording.item)),
            ("edition", &w.number(wording.edition)),
            ("language", wording.locale.name()),
        ],
    );
    view! {
        <li>
            <strong>{w.t(answer)}</strong>" · "<When w at=held.consent.at zone=zone.to_owned()/>" · "{how}" · "
            <span class="quiet">{words}</span>
        </li>
    }
}

/// `CON-03` of `BR/CON-03`.
fn code(item: &str) -> &str {
    item.rsplit('/').next().unwrap_or(item)
}

/// A sentence before and after the place where a part of it is filled in.
fn around(sentence: &str, place: &str) -> (String, String) {
    let (before, after) = sentence.split_once(place).unwrap_or((sentence, ""));
    (before.to_owned(), after.to_owned())
}
