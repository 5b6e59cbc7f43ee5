//! The doors of an invitation. Looking at it changes nothing.

use super::enroll::{channeled, consent_page, consent_value, given};
use crate::pages::{Head, Posted, Reply, Visit, cookies};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query};
use axum::response::Response;
use domain::enrollments::{self, Answers, Invited, Step, rules};
use domain::error::Error;
use domain::programs::Program;
use http::{HeaderMap, StatusCode};
use serde::Deserialize;
use std::sync::Arc;
use ui::components::Filled;
use ui::pages::public::enroll::{Account, ConsentPage, Whose};
use ui::pages::public::invitation as view;
use ui::paths;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// A purpose, or `check`.
    step: String,
}

/// What was wrong with what was posted, and what was typed.
struct Refused {
    filled: Filled,
    is_reworded: bool,
}

pub async fn show(
    visit: Visit,
    Path((_, token)): Path<(String, String)>,
    asked: Result<Query<Asked>, QueryRejection>,
    headers: HeaderMap,
) -> Reply {
    let step = asked.map(|Query(asked)| asked.step).unwrap_or_default();
    draw(&visit, &token, &step, &headers, None).await
}

pub async fn post(
    visit: Visit,
    Path((_, token)): Path<(String, String)>,
    asked: Result<Query<Asked>, QueryRejection>,
    headers: HeaderMap,
    posted: Posted,
) -> Reply {
    let step = asked.map(|Query(asked)| asked.step).unwrap_or_default();
    let here = paths::invitation(visit.locale(), &token);
    let proof = cookies::proof(&visit.app.config, &headers).unwrap_or_default();
    let ctx = &visit.ctx;
    let outcome = match posted.act() {
        "birth_date" => match enrollments::prove(ctx, &token, &posted.date("birth_date")).await {
            Ok(proof) => return Ok(cookies::keep_proof(&visit.app.config, visit.go(&here), &proof)),
            Err(error) => Err(error),
        },
        "consents" => {
            let page = consent_page(&posted);
            enrollments::answer_invitation(ctx, &token, &proof, posted.get("purpose"), &page).await
        }
        "finish" => enrollments::finish_invitation(ctx, &token, &proof).await,
        "account" => {
            let (email, password) = (posted.get("email"), posted.raw("password"));
            enrollments::claim_invited(ctx, &token, &proof, email, password).await
        }
        _ => Err(Error::NotFound),
    };
    match outcome {
        // what cannot be done is shown as it stands now: used, closed, or asking for the date again
        Ok(()) | Err(Error::NotFound) => Ok(visit.go(&here)),
        Err(Error::Invalid(flaws)) => {
            let mut values = posted.values();
            values.remove("password");
            let refused = Refused { filled: Filled::refused(values, flaws), is_reworded: false };
            draw(&visit, &token, &step, &headers, Some(refused)).await
        }
        Err(Error::Conflict("wording_changed")) => {
            let refused = Refused { filled: Filled::default(), is_reworded: true };
            draw(&visit, &token, posted.get("purpose"), &headers, Some(refused)).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn draw(
    visit: &Visit,
    token: &str,
    step: &str,
    headers: &HeaderMap,
    refused: Option<Refused>,
) -> Reply {
    let w = visit.words();
    let here = paths::invitation(visit.locale(), token);
    let head = |program: &Arc<Program>| Head::new(w.t("enrollments.invitation.page")).program(program);
    let is_refused = refused.is_some();
    let proof = cookies::proof(&visit.app.config, headers);
    match enrollments::invitation(&visit.ctx, token, proof.as_deref()).await? {
        Invited::Closed => Ok(closed(visit)),
        Invited::Asking { program } => {
            let model = view::Asking {
                program: program.name.clone(),
                phone: program.phone.clone(),
                filled: refused.map(|refused| refused.filled).unwrap_or_default(),
                here,
            };
            Ok(visit.show_or_refuse(is_refused, head(&program), move || view::asking(w, model)))
        }
        Invited::Answering { program, answers } => {
            answering(visit, token, step, head(&program), &program, &answers, refused)
        }
        Invited::Finished { program, number, is_received, first_response_due, may_create_account, email } => {
            let account = match (may_create_account, refused) {
                (true, Some(refused)) => Account::Form(refused.filled, here),
                (true, None) => {
                    Account::Form(Filled::of([("email", email.as_deref().unwrap_or_default())]), here)
                }
                (false, _) => Account::Made,
            };
            let model = view::Finished {
                number,
                phone: program.phone.clone(),
                zone: program.zone.clone(),
                is_received,
                first_response_due,
                account,
            };
            Ok(visit.show_or_refuse(is_refused, head(&program), move || view::finished(w, model)))
        }
    }
}

/// The page of consents that was asked for, the first that is open, or all of them looked over.
fn answering(
    visit: &Visit,
    token: &str,
    step: &str,
    head: Head,
    program: &Arc<Program>,
    answers: &Answers,
    refused: Option<Refused>,
) -> Reply {
    let w = visit.words();
    let here = paths::invitation(visit.locale(), token);
    let steps = rules::consent_steps(program);
    let open = steps.iter().position(|step| !step.is_answered(answers));
    let wanted =
        steps.iter().position(|known| known.id() == step).filter(|at| open.is_none_or(|open| *at <= open));
    let Some(at) = wanted.or(open) else {
        let model = view::Check { lines: lines(visit, program, answers, &steps, &here)?, here };
        return Ok(visit.show_or_refuse(refused.is_some(), head, move || view::check(w, model)));
    };
    let Some(Step::Consents(purpose, channels)) = steps.get(at) else { return Err(Error::NotFound.into()) };
    let back = match at.checked_sub(1).and_then(|before| steps.get(before)) {
        Some(before) => here.clone().query("step", before.id()),
        None => here.clone(),
    };
    let is_refused = refused.is_some();
    let (filled, is_reworded) = match refused {
        Some(refused) if !refused.is_reworded => (refused.filled, false),
        Some(_) => (given(answers, *purpose, channels), true),
        None => (given(answers, *purpose, channels), false),
    };
    let model = ConsentPage {
        program: program.code.clone(),
        purpose: *purpose,
        channels: channeled(visit, program, *purpose, channels)?,
        whose: Whose::Patient,
        filled,
        is_reworded,
        here: here.query("step", purpose.code()),
        back,
    };
    Ok(visit.show_or_refuse(is_refused, head, move || view::answering(w, model)))
}

fn lines(
    visit: &Visit,
    program: &Arc<Program>,
    answers: &Answers,
    steps: &[Step<'_>],
    here: &paths::Path,
) -> Result<Vec<view::Line>, Error> {
    let mut lines = Vec::new();
    for step in steps {
        let Step::Consents(purpose, channels) = step else { continue };
        for each in channeled(visit, program, *purpose, channels)? {
            lines.push(view::Line {
                label: each.words.variant.title.clone(),
                value: consent_value(visit, answers, *purpose, each.channel),
                change: here.clone().query("step", purpose.code()),
            });
        }
    }
    Ok(lines)
}

fn closed(visit: &Visit) -> Response {
    let w = visit.words();
    let program = visit.ctx.portal.programs.all().first().cloned();
    let phone = program.as_ref().map(|program| program.phone.clone());
    let mut response =
        visit.show(Head::new(w.t("enrollments.invitation.page")), move || view::closed(w, phone));
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}
