//! Reviewing one document: accept it, or send it back with a reason the patient reads.

use crate::pages::patient::documents::words;
use crate::pages::{Head, Posted, Reply, Visit};
use axum::extract::Path;
use domain::content::Body;
use domain::documents;
use domain::error::{Error, Result};
use domain::ids::DocumentId;
use ui::components::Filled;
use ui::document::Nav;
use ui::pages::staff::document as view;
use ui::paths;

pub async fn show(visit: Visit, Path((_, id)): Path<(String, String)>) -> Reply {
    page(&visit, document(&id)?, Filled::default(), false).await
}

pub async fn act(visit: Visit, Path((_, id)): Path<(String, String)>, posted: Posted) -> Reply {
    let id = document(&id)?;
    let version = posted.get("version").parse().unwrap_or(0);
    let done = match posted.act() {
        "accept" => documents::accept(&visit.ctx, id, version).await,
        "reject" => documents::reject(&visit.ctx, id, version, posted.get("reason")).await,
        _ => return Err(Error::NotFound.into()),
    };
    match done {
        Ok(()) => Ok(visit.go(&paths::staff_document(visit.locale(), id))),
        Err(Error::Invalid(flaws)) => page(&visit, id, Filled::refused(posted.values(), flaws), false).await,
        Err(Error::Conflict(_)) => page(&visit, id, Filled::default(), true).await,
        Err(error) => Err(error.into()),
    }
}

fn document(id: &str) -> Result<DocumentId> {
    id.parse().map_err(|_| Error::NotFound)
}

async fn page(visit: &Visit, id: DocumentId, filled: Filled, is_overtaken: bool) -> Reply {
    let review = documents::review(&visit.ctx, id).await?;
    let (name, _, _) = words(&review.asked, visit.locale());
    let reasons = review
        .reasons
        .iter()
        .filter_map(|(shown, _)| match &shown.variant.body {
            Body::Rejection { text } => {
                Some(view::Reason { code: shown.variant.slug.clone(), text: text.clone() })
            }
            _ => None,
        })
        .collect();
    let model = view::Model {
        request: review.asked.request.clone(),
        name,
        patient: review.patient,
        case_number: review.case_number,
        locale: review.locale,
        reasons,
        others: review.asked.documents.iter().filter(|other| other.id != id).cloned().collect(),
        document: review.document,
        next: review.next,
        zone: review.asked.program.zone.clone(),
        is_overtaken,
        filled,
    };
    let w = visit.words();
    let head = Head::new(w.t("documents.title")).nav(Nav::Worklist).program(&review.asked.program);
    let is_refused = model.filled.is_refused() || is_overtaken;
    Ok(visit.show_or_refuse(is_refused, head, move || view::page(w, model)))
}
