//! `/{locale}/staff/safety` and its records: read, acknowledged, closed.

use super::outcome::Outcome;
use super::{Asked, InPath, asked, id, said};
use crate::adapters::pharmacovigilance;
use crate::pages::{Head, Posted, Reply, Visit};
use axum::body::Body;
use axum::extract::Path;
use axum::response::Response;
use domain::error::Error;
use domain::ids::SafetyId;
use domain::safety::{self, Details, Question, Reconciliation, Serious, Show};
use domain::time::{Day, Timestamp};
use http::header;
use ui::document::Nav;
use ui::pages::staff::safety as view;
use ui::paths;

pub async fn queue(visit: Visit, query: Asked) -> Reply {
    let w = visit.words();
    let query = asked(query);
    let show = said(&query, "show").and_then(|show| show.parse().ok()).unwrap_or(Show::Open);
    let page = safety::queue(&visit.ctx, show, said(&query, "after")).await?;
    let programs = visit
        .app
        .portal
        .programs
        .all()
        .iter()
        .map(|program| view::Named { id: program.id, name: program.name.clone(), zone: program.zone.clone() })
        .collect();
    let model = view::Queue { page, show, programs, now: visit.ctx.now };
    let head = Head::new(w.t("safety.title")).nav(Nav::Safety);
    Ok(visit.show(head, move || view::queue(w, model)))
}

pub async fn show(visit: Visit, path: InPath, told: Asked) -> Reply {
    draw(&visit, id(&path)?, Outcome::told(told)).await
}

pub async fn post(visit: Visit, path: InPath, posted: Posted) -> Reply {
    let (id, ctx) = (id(&path)?, &visit.ctx);
    let version = posted.get("version").parse().unwrap_or(0);
    let (done, acted) = match posted.act() {
        "acknowledge" => ("acknowledged", safety::acknowledge(ctx, id, version).await),
        "detail" => match details(&posted) {
            Ok(details) => ("detailed", safety::detail(ctx, id, version, &details).await),
            Err(error) => ("detailed", Err(error)),
        },
        "ask" => {
            let is_ticked = |what: &Question| !posted.get(&format!("ask-{what}")).is_empty();
            let chosen: Vec<Question> = Question::ALL.iter().copied().filter(is_ticked).collect();
            ("asked", safety::ask(ctx, id, &chosen).await)
        }
        "triage" => ("triaged", safety::triage(ctx, id, version, posted.get("as").parse().ok()).await),
        "send" => {
            let destination = visit.app.config.safety.destination();
            ("sent", safety::send(ctx, id, version, &destination).await)
        }
        "close" => ("closed", safety::close(ctx, id, version, posted.get("reason")).await),
        _ => return Err(Error::NotFound.into()),
    };
    match acted {
        Ok(()) => Ok(visit.go(&paths::safety_record(visit.locale(), id).query("done", done))),
        Err(error) => draw(&visit, id, Outcome::refused(&posted, error)?).await,
    }
}

/// What the form says somebody found out.
fn details(posted: &Posted) -> Result<Details, Error> {
    let text = |name: &str| posted.get(name).to_owned();
    let began_on = match posted.date("began_on").as_str() {
        "" => None,
        day => Some(day.parse().map_err(|_| Error::invalid("began_on", "date_invalid"))?),
    };
    let is_ticked = |one: &Serious| !posted.get(&format!("serious-{one}")).is_empty();
    Ok(Details {
        reporter: text("reporter"),
        trade: posted.get("trade").parse().ok(),
        patient: text("patient"),
        product: text("product"),
        lot: text("lot"),
        dose: text("dose"),
        reaction: text("reaction"),
        began_on,
        course: posted.get("course").parse().ok(),
        serious: Serious::ALL.iter().copied().filter(is_ticked).collect(),
        is_solicited: !posted.get("is_solicited").is_empty(),
        comment: text("comment"),
    })
}

/// The newest report of a record, as it went out.
pub async fn report(visit: Visit, Path((_, id, kind)): Path<(String, String, String)>) -> Reply {
    let id: SafetyId = id.parse().map_err(|_| Error::NotFound)?;
    let report = safety::report(&visit.ctx, id).await?;
    let (media_type, bytes) = match kind.as_str() {
        "xml" => ("application/xml", report.xml.into_bytes()),
        "pdf" => ("application/pdf", pharmacovigilance::readable(&report)?),
        _ => return Err(Error::NotFound.into()),
    };
    file(media_type, &format!("{}.{kind}", report.name), bytes)
}

/// A file to be saved.
fn file(media_type: &str, name: &str, bytes: Vec<u8>) -> Reply {
    let answer = Response::builder()
        .header(header::CONTENT_TYPE, media_type)
        .header(header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\""))
        .header(header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox")
        .header(header::CACHE_CONTROL, "no-store")
        .header("x-page", "1")
        .body(Body::from(bytes));
    Ok(answer.map_err(|_| Error::internal("a file's headers could not be written"))?)
}

pub async fn second_looks(visit: Visit, told: Asked) -> Reply {
    draw_second_looks(&visit, Outcome::told(told)).await
}

pub async fn post_second_look(visit: Visit, posted: Posted) -> Reply {
    let miss = match posted.act() {
        "fine" => Ok(None),
        "miss" => {
            posted.get("safety_kind").parse().map(Some).map_err(|_| Error::invalid("safety_kind", "choose"))
        }
        _ => return Err(Error::NotFound.into()),
    };
    let looked = match miss {
        Ok(miss) => safety::look(&visit.ctx, posted.get("sample"), miss).await,
        Err(error) => Err(error),
    };
    match looked {
        Ok(record) => {
            let done = if record.is_some() { "missed" } else { "looked" };
            Ok(visit.go(&paths::safety_second_looks(visit.locale()).query("done", done)))
        }
        Err(error) => draw_second_looks(&visit, Outcome::refused(&posted, error)?).await,
    }
}

async fn draw_second_looks(visit: &Visit, outcome: Outcome) -> Reply {
    let w = visit.words();
    let (samples, looked) = (safety::samples(&visit.ctx).await?, safety::looked(&visit.ctx).await?);
    let is_refused = outcome.is_refused();
    let has_changed = outcome.conflict.is_some();
    let (filled, told) = (outcome.filled, outcome.told);
    let model = view::SecondLooks { samples, looked, zone: zone(visit), filled, told, has_changed };
    let head = Head::new(w.t("safety.looks.title")).nav(Nav::Safety);
    Ok(visit.show_or_refuse(is_refused, head, move || view::second_looks(w, model)))
}

/// The zone of whoever reads: the first program's.
fn zone(visit: &Visit) -> String {
    visit.app.portal.programs.all().first().map_or_else(|| "UTC".to_owned(), |program| program.zone.clone())
}

/// A month's reconciliation, as a page or a file: `?month=2026-12`, by the clock of the first program.
pub async fn month(visit: Visit, query: Asked) -> Reply {
    let (w, query, now) = (visit.words(), asked(query), visit.ctx.now);
    let programs = visit.app.portal.programs.all();
    let program = programs.first().ok_or(Error::NotFound)?;
    let today = program.day(now)?;
    let asked =
        said(&query, "month").and_then(|month| format!("{month}-01").parse::<Day>().ok()).unwrap_or(today);
    let first = |months| asked.first_of_month(months).ok_or(Error::NotFound);
    let (this, next, before) = (first(0)?, first(1)?, first(-1)?);
    let (from, until) = (program.start_of(this)?, program.start_of(next)?);
    let found = safety::reconciliation(&visit.ctx, from, until).await?;
    if said(&query, "as") == Some("csv") {
        return file(
            "text/csv; charset=utf-8",
            &format!("safety-{}.csv", named(this)),
            csv(&found, now).into_bytes(),
        );
    }
    let model = view::Month {
        month: named(this),
        before: named(before),
        after: (next <= today).then(|| named(next)),
        name: format!("{} – {}", w.day(this), w.day(this.last_of_month())),
        figures: safety::rules::figures(&found.lines, now),
        found,
        zone: program.zone.clone(),
        now,
    };
    let head = Head::new(w.t("safety.month.title")).nav(Nav::Safety);
    Ok(visit.show(head, move || view::month(w, model)))
}

/// `2026-12`.
fn named(month: Day) -> String {
    format!("{:04}-{:02}", month.year, month.month)
}

/// One record a line; times in UTC.
fn csv(found: &Reconciliation, now: Timestamp) -> String {
    let at = |at: Option<Timestamp>| at.map(ui::i18n::machine).unwrap_or_default();
    let mut text = String::from("record,aware,due,state,triaged_as,sent,answer,accepted,late\r\n");
    for line in &found.lines {
        // an answer's id comes from outside: it must not become a formula or a second cell
        let answer = line.answer.clone().unwrap_or_default().replace(['"', '\r', '\n'], " ");
        text.push_str(&format!(
            "{},{},{},{},{},{},\"'{answer}\",{},{}\r\n",
            line.number,
            at(Some(line.aware_at)),
            at(Some(line.report_due)),
            line.state,
            line.triaged_as.map(safety::Outcome::code).unwrap_or_default(),
            at(line.sent_at),
            line.is_accepted,
            line.is_late(now),
        ));
    }
    text
}

async fn draw(visit: &Visit, id: SafetyId, outcome: Outcome) -> Reply {
    let w = visit.words();
    let record = safety::record(&visit.ctx, id).await?;
    let programs = &visit.app.portal.programs;
    let program = record.brief.program.map(|id| programs.get(id)).transpose()?;
    let known = program.clone().or_else(|| programs.all().first().cloned());
    let is_refused = outcome.is_refused();
    let model = view::Record {
        record,
        program: program.map(|program| program.name.clone()),
        zone: known.map_or_else(|| "UTC".to_owned(), |program| program.zone.clone()),
        now: visit.ctx.now,
        me: visit.ctx.actor.person(),
        filled: outcome.filled,
        told: outcome.told,
        conflict: outcome.conflict,
    };
    // no number in the title: it stands in browser histories
    let head = Head::new(w.t("safety.record_title")).nav(Nav::Safety);
    Ok(visit.show_or_refuse(is_refused, head, move || view::record(w, model)))
}
