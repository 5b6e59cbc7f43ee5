//! `/{locale}/staff/content/{variant}/preview`: as a patient reads it, and whether they would.

use super::super::{Asked, asked, said};
use super::{InPath, id, words};
use crate::pages::{Head, Reply, Visit, approved};
use domain::cases::Stage;
use domain::content::{Audience, rules};
use domain::editorial::{self, Sheet, State};
use domain::error::Result;
use domain::time::Day;
use std::collections::BTreeMap;
use ui::components::Filled;
use ui::document::Nav;
use ui::pages::staff::content::preview::{self as view, Model, WIDTHS};

pub async fn show(visit: Visit, path: InPath, query: Asked) -> Reply {
    let query = asked(query);
    let sheet = editorial::dossier(&visit.ctx, id(&path)?).await?.sheet;
    let program = visit.ctx.portal.programs.get(sheet.program)?;
    let width = said(&query, "width").filter(|width| WIDTHS.contains(width)).unwrap_or("390").to_owned();
    let role = said(&query, "role").unwrap_or("patient").to_owned();
    let stage = said(&query, "stage").and_then(|stage| stage.parse().ok());
    let stage = stage.or(sheet.meta.stage).unwrap_or(Stage::EnrollmentStarted);
    let today = program.day(visit.ctx.now)?;
    let day = day(&query).unwrap_or(today);
    let unseen = unseen(&program, &sheet, &role, stage, day)?;
    let filled = Filled::of([
        ("width", width.as_str()),
        ("role", role.as_str()),
        ("stage", stage.code()),
        ("on", day.to_string().as_str()),
    ]);
    let safety = sheet
        .meta
        .is_branded
        .then(|| approved::page_in(&visit, &program, "safety_short", sheet.locale))
        .flatten();
    let w = visit.words();
    let model = Model { words: words(&visit, &sheet), width, filled, unseen, safety, sheet };
    let head = Head::new(w.t("editorial.preview.title")).nav(Nav::Content);
    Ok(visit.show(head, move || view::view(w, model)))
}

/// A day typed in three fields, or none.
fn day(query: &BTreeMap<String, String>) -> Option<Day> {
    let part = |name: &str| said(query, name)?.parse::<u16>().ok();
    let (year, month, day) = (part("on-year")?, part("on-month")?, part("on-day")?);
    Day::new(i16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

/// Why this reader would not have it before them on that day, as the last part of a key.
fn unseen(
    program: &domain::programs::Program,
    sheet: &Sheet,
    role: &str,
    stage: Stage,
    day: Day,
) -> Result<Option<&'static str>> {
    let is_for = match role {
        "public" => sheet.meta.audience == Audience::Public && !sheet.meta.is_branded,
        "caregiver" => sheet.meta.audience != Audience::Staff,
        _ => !matches!(sheet.meta.audience, Audience::Staff | Audience::Caregiver),
    };
    if !is_for {
        return Ok(Some("audience"));
    }
    if !rules::is_reached(sheet.meta.stage, &[stage]) {
        return Ok(Some("stage"));
    }
    if sheet.review_due_on.is_some_and(|due| due < day) {
        return Ok(Some("expired"));
    }
    if let Some(until) = sheet.stale_until
        && program.day(until)? < day
    {
        return Ok(Some("stale"));
    }
    let begins = match sheet.state {
        State::Live | State::Stale => sheet.live_from,
        State::Scheduled => sheet.scheduled_for,
        _ => None,
    };
    Ok(match begins {
        Some(at) if program.day(at)? <= day => None,
        Some(_) => Some("later"),
        None => Some("not_live"),
    })
}
