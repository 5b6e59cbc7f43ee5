//! The confirmation, and the sign-in that can be made on it.

use super::Place;
use crate::pages::patient::account::drawing;
use crate::pages::{Head, Posted, Reply, Visit};
use axum::extract::Path;
use domain::cases::SubStatus;
use domain::enrollments::{self, Link};
use domain::error::{Error, Flaw, Result};
use domain::programs::Program;
use http::HeaderMap;
use ui::components::Filled;
use ui::pages::public::enroll as view;
use ui::paths;

pub async fn show(visit: Visit, Path((_, code)): Path<(String, String)>, headers: HeaderMap) -> Reply {
    let place = Place::of(&visit, &code, &headers)?;
    draw(&visit, &place, None).await
}

pub async fn post(
    visit: Visit,
    Path((_, code)): Path<(String, String)>,
    headers: HeaderMap,
    posted: Posted,
) -> Reply {
    let place = Place::of(&visit, &code, &headers)?;
    let Some(token) = &place.token else { return Ok(visit.go(&place.tasks(&visit))) };
    if posted.act() != "account" {
        return Err(Error::NotFound.into());
    }
    let (email, password) = (posted.get("email"), posted.raw("password"));
    match enrollments::claim_account(&visit.ctx, &place.program, token, email, password).await {
        Ok(()) | Err(Error::NotFound) => Ok(visit.go(&place.done(&visit))),
        Err(Error::Invalid(flaws)) => draw(&visit, &place, Some((email.to_owned(), flaws))).await,
        Err(other) => Err(other.into()),
    }
}

async fn draw(visit: &Visit, place: &Place, refused: Option<(String, Vec<Flaw>)>) -> Reply {
    let done = match &place.token {
        Some(token) => enrollments::done(&visit.ctx, &place.program, token).await?,
        None => None,
    };
    let Some(done) = done else { return Ok(visit.go(&place.tasks(visit))) };
    let w = visit.words();
    let is_refused = refused.is_some();
    let invitation = done.invitation.map(|link| picture(visit, &place.program, &link)).transpose()?;
    let account = if done.may_create_account {
        let email = done.email.unwrap_or_default();
        let filled = match refused {
            Some((email, flaws)) => Filled::refused([("email".to_owned(), email)].into(), flaws),
            None => Filled::of([("email", email.as_str())]),
        };
        view::Account::Form(filled, place.done(visit))
    } else if done.has_account && !done.is_by_other && visit.ctx.actor.person().is_none() {
        view::Account::Made
    } else {
        view::Account::No
    };
    let model = view::Done {
        program: place.program.code.clone(),
        number: done.number,
        phone: place.program.phone.clone(),
        zone: place.program.zone.clone(),
        is_received: done.sub_status != SubStatus::ConsentPending,
        is_by_other: done.is_by_other,
        first_response_due: done.first_response_due,
        invitation,
        account,
    };
    let head = Head::new(w.t("enrollments.page")).program(&place.program);
    Ok(visit.show_or_refuse(is_refused, head, move || view::done(w, model)))
}

/// A patient's link, whole and as a square to point a phone at.
pub fn picture(visit: &Visit, program: &Program, link: &Link) -> Result<view::Invitation> {
    let path = paths::invitation(link.locale, &link.token);
    let url = format!("{}{path}", visit.app.config.server.base_url.trim_end_matches('/'));
    let (path, size) = drawing(&url)?;
    let until = Some(program.day(link.expires_at)?);
    Ok(view::Invitation { url, picture: view::Picture { path, size }, until, is_used: link.is_used })
}
