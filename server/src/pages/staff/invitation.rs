//! The door of a new one-time link. A link that was made is shown in the answer itself and nowhere again, so this is the
//! one form that is not followed by a redirect.

use crate::pages::public::enroll::picture;
use crate::pages::{Head, Posted, Reply, Visit};
use axum::extract::Path;
use domain::enrollments::{self, Link};
use domain::error::{Error, Result};
use domain::ids::CaseId;
use ui::document::Nav;
use ui::pages::staff::invitation as view;

pub async fn show(visit: Visit, Path((_, case)): Path<(String, String)>) -> Reply {
    draw(&visit, id(&case)?, None).await
}

pub async fn post(visit: Visit, Path((_, case)): Path<(String, String)>, posted: Posted) -> Reply {
    let case = id(&case)?;
    if posted.act() != "make" {
        return Err(Error::NotFound.into());
    }
    match enrollments::invite_again(&visit.ctx, case).await {
        Ok(link) => draw(&visit, case, Some(link)).await,
        Err(Error::Conflict("not_waiting")) => draw(&visit, case, None).await,
        Err(other) => Err(other.into()),
    }
}

fn id(case: &str) -> Result<CaseId> {
    case.parse().map_err(|_| Error::NotFound)
}

async fn draw(visit: &Visit, case: CaseId, made: Option<Link>) -> Reply {
    let w = visit.words();
    let awaiting = enrollments::awaits_consent(&visit.ctx, case).await?;
    let made = made.map(|link| picture(visit, &awaiting.program, &link)).transpose()?;
    let model = view::Model { case, number: awaiting.number, is_waiting: awaiting.is_waiting, made };
    let head = Head::new(w.t("enrollments.again.page")).nav(Nav::Worklist);
    Ok(visit.show(head, move || view::page(w, model)))
}
