//! What a person and what staff are shown.

use super::only_the_portal;
use crate::actor::Actor;
use crate::content::Kind;
use crate::ctx::Ctx;
use crate::db::Conn;
use crate::documents::store::{self, Of};
use crate::documents::types::{Document, Request};
use crate::documents::views::{Asked, Review, StoredFile};
use crate::error::{Error, Result};
use crate::ids::{CaseId, DocumentId, PersonId, RequestId};
use crate::locale::Locale;
use crate::people;
use crate::policy::Action;

/// Everything the signed-in person was asked for: what is open first, soonest due first.
pub async fn for_person(ctx: &Ctx) -> Result<Vec<Asked>> {
    ctx.require(Action::ReadOwnCase).await?;
    let person = ctx.person()?;
    let mut conn = ctx.read().await?;
    let asked = all(ctx, &mut conn, person, Of::Person(person)).await?;
    drop(conn);
    ctx.note_read("documents.list", Some(person), None, None).await?;
    Ok(asked)
}

/// What the signed-in person must send now.
pub async fn waiting_for_person(ctx: &Ctx) -> Result<Vec<Asked>> {
    let mut asked = for_person(ctx).await?;
    asked.retain(Asked::is_waiting_for_person);
    Ok(asked)
}

/// One request of the signed-in person.
pub async fn request_for_person(ctx: &Ctx, id: RequestId) -> Result<Asked> {
    ctx.require(Action::ReadOwnCase).await?;
    let person = ctx.person()?;
    let mut conn = ctx.read().await?;
    let request = match store::request_of(&mut conn, id, person).await {
        Err(Error::NotFound) => {
            drop(conn);
            return ctx.refuse("documents.read", None, Some(id.to_string())).await;
        }
        other => other?,
    };
    let key = people::key(&mut conn, ctx.keys(), person).await?;
    let documents = store::list(&mut conn, &key, Of::Request(id)).await?;
    drop(conn);
    ctx.note_read("documents.request", Some(person), Some(request.case), Some(id.to_string())).await?;
    asked(ctx, request, documents, ctx.locale)
}

/// Everything asked for and sent on a case, for staff.
pub async fn for_case(ctx: &Ctx, case: CaseId) -> Result<Vec<Asked>> {
    ctx.require(Action::ReadCase).await?;
    let mut conn = ctx.read().await?;
    let person = store::case(&mut conn, case).await?.person;
    let asked = all(ctx, &mut conn, person, Of::Case(case)).await?;
    drop(conn);
    ctx.note_read("documents.case", Some(person), Some(case), None).await?;
    Ok(asked)
}

/// A document on a reviewer's desk.
pub async fn review(ctx: &Ctx, id: DocumentId) -> Result<Review> {
    ctx.require(Action::ReviewDocument).await?;
    let mut conn = ctx.read().await?;
    let row = store::get(&mut conn, id).await?;
    let case = store::case(&mut conn, row.case).await?;
    let request = store::request(&mut conn, row.request).await?;
    let key = people::key(&mut conn, ctx.keys(), row.person).await?;
    let patient = people::name(&mut conn, ctx.keys(), row.person).await?;
    let documents = store::list(&mut conn, &key, Of::Request(row.request)).await?;
    let next = store::next_in_review(&mut conn, row.case, id).await?;
    drop(conn);
    ctx.note_read("documents.review", Some(row.person), Some(row.case), Some(id.to_string())).await?;
    let shelf = ctx.library().shelf();
    let reasons = shelf
        .list_or_fallback(request.program, Kind::Rejection, ctx.locale)
        .into_iter()
        .map(|shown| {
            let theirs = shelf.find(request.program, Kind::Rejection, &shown.variant.slug, case.locale);
            (shown, theirs)
        })
        .collect();
    Ok(Review {
        document: row.open(&key)?,
        asked: asked(ctx, request, documents, ctx.locale)?,
        case_number: case.number,
        patient,
        locale: case.locale,
        reasons,
        next,
    })
}

/// The file of a document: for staff who review, and for the person who sent it.
///
/// # Errors
/// `NotFound` when it is another person's, when it is not checked yet, or when it failed.
pub async fn file(ctx: &Ctx, id: DocumentId) -> Result<StoredFile> {
    match ctx.actor {
        Actor::Person { .. } => ctx.require(Action::ReadOwnCase).await?,
        _ => ctx.require(Action::ReviewDocument).await?,
    }
    let mut conn = ctx.read().await?;
    let row = store::get(&mut conn, id).await?;
    let is_theirs = ctx.actor.is_staff() || ctx.actor.person() == Some(row.person);
    if !is_theirs {
        drop(conn);
        return ctx.refuse("documents.file", Some(row.case), Some(id.to_string())).await;
    }
    let key = people::key(&mut conn, ctx.keys(), row.person).await?;
    drop(conn);
    let document = row.open(&key)?;
    if !document.has_file() {
        return Err(Error::NotFound);
    }
    ctx.note_read("documents.file", Some(row.person), Some(row.case), Some(id.to_string())).await?;
    Ok(StoredFile { document, store_key: row.store_key, digest: row.digest, key })
}

/// Whether a row still needs a file: for the job that sweeps away what a crash left behind.
pub async fn is_kept(ctx: &Ctx, store_key: &str) -> Result<bool> {
    only_the_portal(ctx, "documents.sweep").await?;
    store::is_named(&mut *ctx.read().await?, store_key).await
}

async fn all(ctx: &Ctx, conn: &mut Conn, person: PersonId, of: Of) -> Result<Vec<Asked>> {
    let requests = store::requests(conn, of).await?;
    if requests.is_empty() {
        return Ok(Vec::new());
    }
    let key = people::key(conn, ctx.keys(), person).await?;
    let mut documents = store::list(conn, &key, of).await?;
    requests
        .into_iter()
        .map(|request| {
            let (theirs, rest) =
                documents.drain(..).partition(|document: &Document| document.request == request.id);
            documents = rest;
            asked(ctx, request, theirs, ctx.locale)
        })
        .collect()
}

fn asked(ctx: &Ctx, request: Request, documents: Vec<Document>, locale: Locale) -> Result<Asked> {
    let program = ctx.portal.programs.get(request.program)?;
    let words = ctx.library().shelf().find(program.id, Kind::Document, &request.kind, locale);
    Ok(Asked { request, program, words, documents })
}
