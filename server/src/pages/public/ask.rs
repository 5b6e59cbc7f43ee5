//! `/{locale}/ask`: questions and their approved answers. A post is answered by the log, at the question just asked.

use crate::pages::{Head, Posted, Reply, Visit, cookies};
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use axum::response::Response;
use domain::assistant::{self, Asked, Door, Outcome};
use domain::cases::{self, views::CaseCard};
use domain::content::{Kind, Variant};
use domain::error::{Error, Flaw};
use domain::programs::Program;
use domain::sessions::rules::network_of;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::Deserialize;
use std::sync::Arc;
use ui::components::Filled;
use ui::document::Nav;
use ui::pages::public::ask::{self as view, Asks, Model};
use ui::paths;

/// Titles shown before the first question.
const SUGGESTIONS: usize = 4;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct About {
    /// A program's code.
    program: String,
}

type AboutQuery = Result<Query<About>, QueryRejection>;

pub async fn show(visit: Visit, headers: HeaderMap, about: AboutQuery) -> Reply {
    let token = cookies::talk(&visit.app.config, &headers);
    match program(&visit, about, token.as_deref()).await? {
        Some(program) => draw(&visit, &program, token.as_deref(), Filled::default()).await,
        None => Ok(choose(&visit)),
    }
}

pub async fn post(visit: Visit, headers: HeaderMap, about: AboutQuery, posted: Posted) -> Reply {
    let token = cookies::talk(&visit.app.config, &headers);
    let Some(program) = program(&visit, about, token.as_deref()).await? else { return Ok(choose(&visit)) };
    if posted.act() == "rate" {
        return rate(&visit, &program, token.as_deref(), &posted).await;
    }
    let asked = match posted.act() {
        "pick" => Asked::Picked(posted.get("item")),
        "none" => Asked::NoneOfThese,
        "person" => Asked::Person,
        _ => Asked::Words(posted.get("question")),
    };
    let network = network_of(visit.origin.address);
    let door = Door { token: token.as_deref(), network: &network };
    let here = paths::ask(visit.locale()).query("program", &program.code);
    match assistant::ask(&visit.ctx, &program, &door, asked).await {
        Ok(heard) => {
            let token = heard.token.or(token);
            let response = if visit.is_fragment {
                draw(&visit, &program, token.as_deref(), Filled::default()).await?
            } else {
                visit.go(&here.at(&format!("turn-{}", heard.turn)))
            };
            Ok(keep(&visit, response, token.as_deref()))
        }
        Err(Error::Invalid(flaws)) => {
            draw(&visit, &program, token.as_deref(), Filled::refused(posted.values(), flaws)).await
        }
        Err(Error::Throttled { retry_after_seconds }) => {
            too_many(&visit, &program, token.as_deref(), &posted, retry_after_seconds).await
        }
        // a title that was withdrawn meanwhile: the page shows what there is now
        Err(Error::NotFound) if posted.act() == "pick" => Ok(visit.go(&here)),
        Err(other) => Err(other.into()),
    }
}

/// Whether an answer helped. The page shows that it was said, and what safety has to say of the words.
async fn rate(visit: &Visit, program: &Arc<Program>, token: Option<&str>, posted: &Posted) -> Reply {
    let network = network_of(visit.origin.address);
    let door = Door { token, network: &network };
    let answer = posted.get("answer").parse().map_err(|_| Error::NotFound)?;
    let helpful = match posted.get("helpful") {
        "yes" => true,
        "no" => false,
        _ => return Err(Error::NotFound.into()),
    };
    match assistant::rate(&visit.ctx, program, &door, answer, helpful, posted.get("comment")).await {
        Ok(_) if visit.is_fragment => draw(visit, program, token, Filled::default()).await,
        Ok(said) => {
            let here = paths::ask(visit.locale()).query("program", &program.code);
            // what safety says stands at the end, and before it at the top
            Ok(visit.go(&if said.is_some() { here } else { here.at(&format!("turn-{answer}")) }))
        }
        Err(Error::Invalid(flaws)) => {
            draw(visit, program, token, Filled::refused(posted.values(), flaws)).await
        }
        Err(Error::Throttled { retry_after_seconds }) => {
            too_many(visit, program, token, posted, retry_after_seconds).await
        }
        Err(other) => Err(other.into()),
    }
}

/// The page again, with what was typed, and when one more is welcome.
async fn too_many(
    visit: &Visit,
    program: &Arc<Program>,
    token: Option<&str>,
    posted: &Posted,
    seconds: u32,
) -> Reply {
    let flaw = Flaw::with_limit("question", "too_many", i64::from(seconds.div_ceil(60)));
    let filled = Filled::refused(posted.values(), vec![flaw]);
    let mut response = draw(visit, program, token, filled).await?;
    *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    Ok(response)
}

/// A visitor's conversation stays theirs by a cookie.
fn keep(visit: &Visit, response: Response, token: Option<&str>) -> Response {
    match token {
        Some(token) if visit.ctx.actor.person().is_none() => {
            cookies::keep_talk(&visit.app.config, response, token)
        }
        _ => response,
    }
}

/// Which program: as the address says, or the one they have to do with, or the only one.
async fn program(
    visit: &Visit,
    about: AboutQuery,
    token: Option<&str>,
) -> Result<Option<Arc<Program>>, Error> {
    let programs = &visit.app.portal.programs;
    let code = about.map(|Query(about)| about.program).unwrap_or_default();
    if let Some(program) = programs.by_code(&code) {
        return Ok(Some(program));
    }
    let door = Door { token, network: "" };
    if let Some(id) = assistant::program_of(&visit.ctx, &door).await? {
        return programs.get(id).map(Some);
    }
    let all = programs.all();
    Ok((all.len() == 1).then(|| all.first().cloned()).flatten())
}

fn choose(visit: &Visit) -> Response {
    let w = visit.words();
    let programs = visit.app.portal.programs.all();
    let emergency =
        programs.first().map(|program| program.settings.emergency_phone.clone()).unwrap_or_default();
    visit.show(Head::new(w.t("assistant.title")).nav(Nav::Ask), move || view::choose(w, &programs, emergency))
}

async fn draw(visit: &Visit, program: &Arc<Program>, token: Option<&str>, filled: Filled) -> Reply {
    let w = visit.words();
    let talk = assistant::talk(&visit.ctx, program, &Door { token, network: "" }).await?;
    let is_person = visit.ctx.actor.person().is_some();
    let is_personal = talk.turns.iter().any(|turn| turn.outcome == Some(Outcome::Personal));
    let card = if is_person && is_personal { card(visit, program).await? } else { None };
    let suggestions = if talk.turns.is_empty() { suggestions(visit, program) } else { Vec::new() };
    let others =
        visit.app.portal.programs.all().iter().filter(|other| other.id != program.id).cloned().collect();
    let is_refused = filled.is_refused();
    let asks = if is_person { Asks::Person } else { Asks::Visitor };
    let today = program.day(visit.ctx.now).ok();
    let model = Model { program: program.clone(), others, today, talk, asks, card, filled, suggestions };
    let head = Head::new(w.t("assistant.title")).nav(Nav::Ask).program(program);
    if visit.is_fragment {
        return Ok(visit.show_or_refuse(is_refused, head, move || view::fragment(w, model)));
    }
    Ok(visit.show_or_refuse(is_refused, head, move || view::view(w, model)))
}

/// Their own case in this program.
async fn card(visit: &Visit, program: &Program) -> Result<Option<CaseCard>, Error> {
    let mine = cases::mine(&visit.ctx).await?;
    Ok(mine.cases.into_iter().find(|card| card.program == program.id))
}

/// One question of each stage first, so that they are about different things.
fn suggestions(visit: &Visit, program: &Program) -> Vec<Arc<Variant>> {
    let all = visit.ctx.library().shelf().list(program.id, Kind::Faq, visit.locale());
    let mut chosen: Vec<Arc<Variant>> = Vec::new();
    for variant in &all {
        if chosen.len() < SUGGESTIONS && chosen.iter().all(|known| known.meta.stage != variant.meta.stage) {
            chosen.push(variant.clone());
        }
    }
    for variant in &all {
        if chosen.len() < SUGGESTIONS && chosen.iter().all(|known| known.item != variant.item) {
            chosen.push(variant.clone());
        }
    }
    chosen
}
