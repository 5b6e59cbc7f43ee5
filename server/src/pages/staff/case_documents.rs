//! The documents of a case, for the page of the case: what it shows, and what its two forms do.

use crate::pages::patient::documents::words;
use crate::pages::{Posted, Visit};
use domain::content::Body;
use domain::documents;
use domain::error::{Error, Result};
use domain::ids::{CaseId, ProgramId};
use domain::policy::{self, Action};
use ui::components::Filled;
use ui::pages::staff::case_documents as view;

/// The model of the section. `filled` is the refused form of [`act`], or empty.
pub async fn load(visit: &Visit, case: CaseId, program: ProgramId, filled: Filled) -> Result<view::Model> {
    let asked = documents::for_case(&visit.ctx, case).await?;
    let program = visit.app.portal.programs.get(program)?;
    let is_open =
        |kind: &str| asked.iter().any(|asked| asked.request.is_open() && asked.request.kind == kind);
    let kinds = documents::kinds(&visit.ctx, &program)
        .iter()
        .filter(|shown| !is_open(&shown.variant.slug))
        .filter_map(|shown| match &shown.variant.body {
            Body::Document { name, .. } => Some((shown.variant.slug.clone(), name.clone())),
            _ => None,
        })
        .collect();
    Ok(view::Model {
        case,
        lines: asked
            .iter()
            .map(|asked| view::Line {
                request: asked.request.clone(),
                name: words(asked, visit.locale()).0,
                documents: asked.documents.clone(),
            })
            .collect(),
        kinds,
        usual_due: program.after_business_days(visit.ctx.now, program.settings.document_days).ok(),
        may_request: policy::may(&visit.ctx.actor, Action::RequestDocument),
        zone: program.zone.clone(),
        filled,
    })
}

/// Does what the section's forms ask for, `ask_document` and `withdraw_request`; says what was done.
pub async fn act(visit: &Visit, case: CaseId, posted: &Posted) -> Result<&'static str> {
    match posted.act() {
        "ask_document" => ask(visit, case, posted).await.map(|()| "document_asked"),
        "withdraw_request" => withdraw(visit, posted).await.map(|()| "request_withdrawn"),
        _ => Err(Error::NotFound),
    }
}

async fn ask(visit: &Visit, case: CaseId, posted: &Posted) -> Result<()> {
    let due = posted.date("due");
    let due = match due.as_str() {
        "" => None,
        due => Some(due.parse().map_err(|_| Error::invalid("due", "date_invalid"))?),
    };
    documents::request(&visit.ctx, case, posted.get("kind"), due).await.map(drop)
}

async fn withdraw(visit: &Visit, posted: &Posted) -> Result<()> {
    let request = posted.get("request").parse().map_err(|_| Error::NotFound)?;
    documents::withdraw(&visit.ctx, request).await
}
