//! The start, the list of tasks, and one question a page.

use super::{FORM_SECONDS, Place, channeled, consent_page};
use crate::pages::{Head, Posted, Reply, Visit, cookies};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query};
use axum::response::Response;
use domain::content;
use domain::enrollments::rules::{self, Next, TaskState};
use domain::enrollments::{self, Answers, Draft, Step};
use domain::error::Error;
use domain::programs::{Program, QuestionKind};
use domain::safety::Kind;
use domain::time::MINUTE;
use http::HeaderMap;
use serde::Deserialize;
use ui::components::Filled;
use ui::pages::public::enroll as view;

/// Whoever comes back later is told that their answers are still here.
const A_WHILE: i64 = 10 * MINUTE;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// `check`: the answers are looked over, and that is where it goes on.
    from: String,
    deleted: String,
    gone: String,
    /// What the safety screen read in the answer before: `emergency`, `crisis` or `received`.
    safety: String,
}

/// The start, or the list of tasks.
pub async fn show(
    visit: Visit,
    Path((_, code)): Path<(String, String)>,
    asked: Result<Query<Asked>, QueryRejection>,
    headers: HeaderMap,
) -> Reply {
    let place = Place::of(&visit, &code, &headers)?;
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    let w = visit.words();
    let head = Head::new(w.t("enrollments.page")).program(&place.program);
    let Some(draft) = draft(&visit, &place).await? else {
        let why = match (asked.deleted.as_str(), asked.gone.as_str()) {
            ("1", _) => view::Why::Deleted,
            (_, "1") => view::Why::Gone,
            _ => view::Why::Asked,
        };
        return Ok(visit.show(head, move || view::start(w, view::Start { form: place.words, why })));
    };
    if draft.case.is_some() {
        return Ok(visit.show(head, move || view::sent(w, view::Sent { program: place.words.program })));
    }
    let program = place.program.clone();
    let today = program.day(visit.ctx.now)?;
    let tasks = rules::tasks(&program, &draft.answers, today)
        .into_iter()
        .map(|(id, state)| {
            let to = match state {
                TaskState::CannotStart => None,
                TaskState::Done => rules::steps(&program, &draft.answers)
                    .iter()
                    .find(|step| step.task() == id)
                    .map(|step| place.step(&visit, step)),
                _ => match rules::next_in(&program, &draft.answers, &id, today) {
                    Next::Step(step) => Some(place.step(&visit, &step)),
                    Next::Tasks => None,
                },
            };
            view::Task { id, state, to }
        })
        .collect();
    let model = view::Tasks {
        tasks,
        next: rules::next(&program, &draft.answers, today).map(|step| place.step(&visit, &step)),
        saved_until: Some(program.day(draft.expires_at)?),
        is_return: visit.ctx.now.since(draft.expires_at.plus(-rules::DRAFT_LIFE)) > A_WHILE,
        safety: safety_words(&visit, &place.program, &asked.safety),
        form: place.words,
    };
    Ok(visit.show(head, move || view::tasks(w, model)))
}

/// Begins a form, or takes one away.
pub async fn post(
    visit: Visit,
    Path((_, code)): Path<(String, String)>,
    headers: HeaderMap,
    posted: Posted,
) -> Reply {
    let place = Place::of(&visit, &code, &headers)?;
    let config = &visit.app.config;
    match posted.act() {
        "start" => {
            if draft(&visit, &place).await?.is_some_and(|draft| draft.case.is_none()) {
                return Ok(visit.go(&place.tasks(&visit)));
            }
            let token = enrollments::start(&visit.ctx, &place.program).await?;
            let first = rules::steps(&place.program, &Answers::default());
            let to = first.first().map_or_else(|| place.tasks(&visit), |step| place.step(&visit, step));
            Ok(cookies::keep_form(config, visit.go(&to), &place.program.code, &token, Some(FORM_SECONDS)))
        }
        "discard" => {
            if let Some(token) = &place.token {
                enrollments::discard(&visit.ctx, &place.program, token).await?;
            }
            let to = place.tasks(&visit).query("deleted", "1");
            Ok(cookies::keep_form(config, visit.go(&to), &place.program.code, "", Some(0)))
        }
        _ => Err(Error::NotFound.into()),
    }
}

/// One question, or one page of consents.
pub async fn ask(
    visit: Visit,
    Path((_, code, task, id)): Path<(String, String, String, String)>,
    asked: Result<Query<Asked>, QueryRejection>,
    headers: HeaderMap,
) -> Reply {
    let place = Place::of(&visit, &code, &headers)?;
    let from_check = asked.is_ok_and(|Query(asked)| asked.from == "check");
    let draft = match open(&visit, &place, &task, &id).await? {
        Ok(draft) => draft,
        Err(elsewhere) => return Ok(elsewhere),
    };
    draw(&visit, &place, &draft.answers, (&task, &id), from_check, None, false)
}

/// Keeps an answer and goes on.
pub async fn post_answer(
    visit: Visit,
    Path((_, code, task, id)): Path<(String, String, String, String)>,
    asked: Result<Query<Asked>, QueryRejection>,
    headers: HeaderMap,
    posted: Posted,
) -> Reply {
    let place = Place::of(&visit, &code, &headers)?;
    let from_check = asked.is_ok_and(|Query(asked)| asked.from == "check");
    let draft = match open(&visit, &place, &task, &id).await? {
        Ok(draft) => draft,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let token = place.token.as_deref().unwrap_or_default();
    let mut told = None;
    let saved = match rules::step(&place.program, &draft.answers, &task, &id) {
        Some(Step::Question(question)) => {
            let raw = match question.kind {
                QuestionKind::BirthDate => posted.date(&question.id),
                _ => posted.get(&question.id).to_owned(),
            };
            enrollments::answer(&visit.ctx, &place.program, token, &task, &id, &raw).await.map(|answered| {
                told = answered.safety.and_then(safety_code);
                answered.draft
            })
        }
        _ => {
            let page = consent_page(&posted);
            enrollments::answer_consents(&visit.ctx, &place.program, token, &id, &page).await
        }
    };
    let draft = match saved {
        Ok(draft) => draft,
        Err(Error::Invalid(flaws)) => {
            let filled = Filled::refused(posted.values(), flaws);
            return draw(&visit, &place, &draft.answers, (&task, &id), from_check, Some(filled), false);
        }
        Err(Error::Conflict("wording_changed")) => {
            return draw(&visit, &place, &draft.answers, (&task, &id), from_check, None, true);
        }
        Err(Error::Conflict("submitted")) => return Ok(visit.go(&place.done(&visit))),
        Err(other) => return Err(other.into()),
    };
    let today = place.program.day(visit.ctx.now)?;
    let to = match rules::next_in(&place.program, &draft.answers, &task, today) {
        _ if told.is_some() => place.tasks(&visit).query("safety", told.unwrap_or_default()),
        Next::Step(step) if from_check => place.step(&visit, &step).query("from", "check"),
        Next::Step(step) => place.step(&visit, &step),
        Next::Tasks if from_check => place.check(&visit),
        Next::Tasks => place.tasks(&visit),
    };
    Ok(cookies::keep_form(&visit.app.config, visit.go(&to), &place.program.code, token, Some(FORM_SECONDS)))
}

/// What is said to somebody whose words were flagged; nothing when they could only not be read.
pub(crate) const fn safety_code(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Emergency => Some("emergency"),
        Kind::Crisis => Some("crisis"),
        Kind::AdverseEvent | Kind::ProductComplaint | Kind::SpecialSituation(_) => Some("received"),
        Kind::Unreadable | Kind::None => None,
    }
}

/// The approved words about it.
pub(crate) fn safety_words(visit: &Visit, program: &Program, code: &str) -> Option<view::SafetyWords> {
    let settings = &program.settings;
    let (slug, is_urgent, phone) = match code {
        "emergency" => ("emergency", true, &settings.emergency_phone),
        "crisis" => ("crisis", true, &settings.crisis_phone),
        "received" => ("safety_received", false, &program.phone),
        _ => return None,
    };
    let shown = visit.ctx.library().shelf().find(program.id, content::Kind::Page, slug, visit.locale())?;
    Some(view::SafetyWords { shown, code: slug, is_urgent, phone: phone.clone() })
}

async fn draft(visit: &Visit, place: &Place) -> Result<Option<Draft>, Error> {
    match &place.token {
        Some(token) => enrollments::draft(&visit.ctx, &place.program, token).await,
        None => Ok(None),
    }
}

/// The form with this page in it, or where to go instead.
async fn open(visit: &Visit, place: &Place, task: &str, id: &str) -> Result<Result<Draft, Response>, Error> {
    if !place.knows(task, id) {
        return Err(Error::NotFound);
    }
    let Some(draft) = draft(visit, place).await? else { return Ok(Err(visit.go(&place.gone(visit)))) };
    if draft.case.is_some() {
        return Ok(Err(visit.go(&place.done(visit))));
    }
    if rules::step(&place.program, &draft.answers, task, id).is_none() {
        return Ok(Err(visit.go(&place.tasks(visit)))); // not asked with the answers given since
    }
    Ok(Ok(draft))
}

fn draw(
    visit: &Visit,
    place: &Place,
    answers: &Answers,
    (task, id): (&str, &str),
    from_check: bool,
    filled: Option<Filled>,
    is_reworded: bool,
) -> Reply {
    let w = visit.words();
    let is_refused = filled.is_some() || is_reworded;
    let named = w.with("enrollments.page_of", &[("task", &place.words.task(w, task))]);
    let head = Head::new(named).program(&place.program);
    let back = if from_check { place.check(visit) } else { previous(visit, place, answers, task, id) };
    let here = visit.here.clone();
    match rules::step(&place.program, answers, task, id) {
        Some(Step::Question(question)) => {
            let given = answers.get(&question.id).unwrap_or_default();
            let model = view::Question {
                filled: filled.unwrap_or_else(|| Filled::of([(question.id.as_str(), given)])),
                question: question.clone(),
                is_by_other: answers.is_by_other(),
                form: place.words.clone(),
                here,
                back,
            };
            Ok(visit.show_or_refuse(is_refused, head, move || view::question(w, model)))
        }
        Some(Step::Consents(purpose, channels)) => {
            let whose = if answers.is_by_other() { view::Whose::Helper } else { view::Whose::Patient };
            let model = view::ConsentPage {
                program: place.program.code.clone(),
                purpose,
                channels: channeled(visit, &place.program, purpose, &channels)?,
                whose,
                filled: filled.unwrap_or_else(|| given(answers, purpose, &channels)),
                is_reworded,
                here,
                back,
            };
            Ok(visit.show_or_refuse(is_refused, head, move || view::consents(w, model)))
        }
        None => Err(Error::NotFound.into()),
    }
}

/// What was answered before on a page of consents.
pub(in crate::pages::public) fn given(
    answers: &Answers,
    purpose: domain::consents::Purpose,
    channels: &[domain::consents::Channel],
) -> Filled {
    let mut filled = Filled::default();
    for channel in channels {
        let Some(answer) = answers.consent(purpose, *channel) else { continue };
        let yes = if answer.is_given { "yes" } else { "no" };
        if *channel == domain::consents::Channel::Portal {
            filled.values.insert("agree".into(), yes.into());
        } else if answer.is_given {
            filled.values.insert(format!("channel-{channel}"), "yes".into());
        }
        if let Some(name) = &answer.signature {
            filled.values.insert("signature".into(), name.clone());
        }
    }
    filled
}

/// The page before this one in its task, or the list of tasks.
fn previous(visit: &Visit, place: &Place, answers: &Answers, task: &str, id: &str) -> ui::paths::Path {
    let steps = rules::steps(&place.program, answers);
    let mine: Vec<_> = steps.iter().filter(|step| step.task() == task).collect();
    match mine.iter().position(|step| step.id() == id) {
        Some(at) if at > 0 => place.step(visit, mine[at - 1]),
        _ => place.tasks(visit),
    }
}
