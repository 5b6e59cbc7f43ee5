//! The answers looked over, and the submit.

use super::{FORM_SECONDS, Place, channeled};
use crate::pages::{Head, Posted, Reply, Visit, cookies};
use axum::extract::Path;
use domain::enrollments::{self, Answers, Draft, Step, rules};
use domain::error::Error;
use domain::programs::QuestionKind;
use http::HeaderMap;
use ui::pages::public::enroll as view;

pub async fn show(visit: Visit, Path((_, code)): Path<(String, String)>, headers: HeaderMap) -> Reply {
    let place = Place::of(&visit, &code, &headers)?;
    match draft(&visit, &place).await? {
        None => Ok(visit.go(&place.gone(&visit))),
        Some(draft) if draft.case.is_some() => Ok(visit.go(&place.done(&visit))),
        Some(draft) => draw(&visit, place, &draft, false, false),
    }
}

pub async fn post(
    visit: Visit,
    Path((_, code)): Path<(String, String)>,
    headers: HeaderMap,
    posted: Posted,
) -> Reply {
    let place = Place::of(&visit, &code, &headers)?;
    let Some(token) = place.token.clone() else { return Ok(visit.go(&place.gone(&visit))) };
    let version = posted.get("version").parse().unwrap_or(-1);
    let sent = match posted.act() {
        "submit" => enrollments::submit(&visit.ctx, &place.program, &token, version).await,
        _ => Err(Error::NotFound),
    };
    match sent {
        Ok(_) => {
            let done = enrollments::done(&visit.ctx, &place.program, &token).await?;
            // whoever helps comes back to the link; a patient's own browser forgets when it closes
            let seconds = done.filter(|done| done.is_by_other).map(|_| FORM_SECONDS / 2);
            let to = visit.go(&place.done(&visit));
            Ok(cookies::keep_form(&visit.app.config, to, &place.program.code, &token, seconds))
        }
        Err(Error::Invalid(_)) => again(&visit, place, false).await,
        Err(Error::Conflict("draft_changed")) => again(&visit, place, true).await,
        Err(Error::NotFound) => Ok(visit.go(&place.gone(&visit))),
        Err(other) => Err(other.into()),
    }
}

async fn again(visit: &Visit, place: Place, is_changed: bool) -> Reply {
    match draft(visit, &place).await? {
        Some(draft) => draw(visit, place, &draft, true, is_changed),
        None => Ok(visit.go(&place.gone(visit))),
    }
}

async fn draft(visit: &Visit, place: &Place) -> Result<Option<Draft>, Error> {
    match &place.token {
        Some(token) => enrollments::draft(&visit.ctx, &place.program, token).await,
        None => Ok(None),
    }
}

fn draw(visit: &Visit, place: Place, draft: &Draft, is_refused: bool, is_changed: bool) -> Reply {
    let w = visit.words();
    let today = place.program.day(visit.ctx.now)?;
    let mut tasks: Vec<(String, Vec<view::Line>)> = Vec::new();
    for step in rules::steps(&place.program, &draft.answers) {
        let lines = lines(visit, &place, &draft.answers, &step)?;
        match tasks.iter_mut().find(|(task, _)| task == step.task()) {
            Some((_, all)) => all.extend(lines),
            None => tasks.push((step.task().to_owned(), lines)),
        }
    }
    let missing = rules::missing(&place.program, &draft.answers, today);
    let head = Head::new(w.t("enrollments.check")).program(&place.program);
    let model = view::Check {
        tasks,
        open: missing.first().map(|step| place.step(visit, step)),
        is_by_other: draft.answers.is_by_other(),
        version: draft.version,
        is_changed,
        form: place.words,
    };
    Ok(visit.show_or_refuse(is_refused, head, move || view::check(w, model)))
}

fn lines(visit: &Visit, place: &Place, answers: &Answers, step: &Step<'_>) -> Result<Vec<view::Line>, Error> {
    let w = visit.words();
    let change = place.step(visit, step).query("from", "check");
    match step {
        Step::Question(question) => {
            let words = place.words.question(&question.id);
            let given = answers.get(&question.id).unwrap_or_default();
            let value = match question.kind {
                QuestionKind::Choice => {
                    words.and_then(|words| words.options.get(given)).cloned().unwrap_or_default()
                }
                QuestionKind::BirthDate => given.parse().map(|day| w.day(day)).unwrap_or_default(),
                _ => given.to_owned(),
            };
            let label = words.map_or_else(|| question.id.clone(), |words| words.short.clone());
            Ok(vec![view::Line { label, value, change }])
        }
        Step::Consents(purpose, channels) => {
            let words = channeled(visit, &place.program, *purpose, channels)?;
            Ok(words
                .into_iter()
                .map(|each| {
                    let value = consent_value(visit, answers, *purpose, each.channel);
                    let label = if answers.is_by_other() {
                        w.t("enrollments.helper_title")
                    } else {
                        each.words.variant.title.clone()
                    };
                    view::Line { label, value, change: change.clone() }
                })
                .collect())
        }
    }
}

/// A consent among the answers: yes, no, or signed with a name.
pub(in crate::pages::public) fn consent_value(
    visit: &Visit,
    answers: &Answers,
    purpose: domain::consents::Purpose,
    channel: domain::consents::Channel,
) -> String {
    let w = visit.words();
    match answers.consent(purpose, channel) {
        None => String::new(),
        Some(answer) if !answer.is_given => w.t("common.no"),
        Some(answer) => match &answer.signature {
            Some(name) => w.with("enrollments.signed_by", &[("name", name)]),
            None => w.t("common.yes"),
        },
    }
}
