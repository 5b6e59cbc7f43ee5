//! Sending one document. The file comes with the form, or came before it in parts and the form names it.

use super::documents::wanted;
use crate::documents::{self as intake, Incoming, Refusal, Sent};
use crate::pages::public::enroll::{safety_code, safety_words};
use crate::pages::{Head, Problem, Reply, Visit};
use axum::extract::multipart::{Field, Multipart, MultipartRejection};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use domain::documents::{self, NewUpload, Sending, Taken, rules};
use domain::error::{Error, Flaw, Result};
use domain::ids::{DocumentId, RequestId, UploadId};
use domain::seal::DataKey;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::time::timeout;
use ui::components::Filled;
use ui::document::Nav;
use ui::pages::patient::document as view;
use ui::paths;

/// Bytes a whole form may have: a file too large is read to its end, so that its sender hears why it was refused.
pub const LIMIT: usize = 80 * 1024 * 1024;
/// Bytes of a field that is not the file: a note may hold 2,000 letters of any script.
const TEXT: usize = 16 * 1024;
const PARTS: usize = 20;
/// A sender that is silent for so long has lost its connection.
const SILENCE: Duration = Duration::from_secs(30);

/// What the page may be asked to say.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// What the safety screen read in the note just sent: `emergency`, `crisis` or `received`.
    safety: String,
}

pub async fn show(
    visit: Visit,
    Path((_, id)): Path<(String, String)>,
    asked: std::result::Result<Query<Asked>, QueryRejection>,
) -> Reply {
    let Query(asked) = asked.unwrap_or_default();
    page(&visit, request(&id)?, Filled::default(), None, &asked.safety).await
}

pub async fn act(
    visit: Visit,
    Path((_, id)): Path<(String, String)>,
    form: std::result::Result<Multipart, MultipartRejection>,
) -> Reply {
    let id = request(&id)?;
    let mut form = match form {
        Ok(form) => form,
        Err(rejection) => return Ok(rejection.into_response()),
    };
    let sending = match documents::may_send(&visit.ctx, id).await {
        Ok(sending) => sending,
        Err(error) => {
            drain(&mut form).await; // a browser shows the answer only when it could send everything
            return match error {
                Error::Invalid(flaws) => {
                    page(&visit, id, Filled::refused(BTreeMap::new(), flaws), None, "").await
                }
                Error::Conflict(_) => Ok(visit.go(&paths::document_request(visit.locale(), id))),
                error => Err(error.into()),
            };
        }
    };
    let read = match read(&visit, &sending.key, &mut form).await {
        Ok(read) => read,
        Err(Unread::Refused(response)) => return Ok(*response),
        Err(Unread::Broken(error)) => return Err(Problem::from(error)),
    };
    let outcome = take(&visit, &sending, &read).await;
    let arrived = match &outcome {
        Ok(taken) => {
            let here = paths::document_request(visit.locale(), id);
            // what was written beside it must be answered before anything else
            let to =
                taken.safety.and_then(safety_code).map_or(here.clone(), |code| here.query("safety", code));
            return Ok(visit.go(&to));
        }
        Err(error) if intake::is_about_file(error) => None,
        // the rest of the form is wrong: the file is here and need not be sent again
        Err(_) => keep(&visit, id, &read).await,
    };
    if arrived.is_none() {
        intake::discard(&visit.app.files, read.id).await;
    }
    match outcome {
        Err(Error::Invalid(flaws)) => {
            page(&visit, id, Filled::refused(read.values, flaws), arrived, "").await
        }
        Err(Error::Conflict(_)) => Ok(visit.go(&paths::document_request(visit.locale(), id))),
        Err(error) => Err(error.into()),
        Ok(_) => Ok(visit.go(&paths::document_request(visit.locale(), id))),
    }
}

/// The file of a document, opened, for whoever may see it.
pub async fn file(visit: Visit, Path((_, id)): Path<(String, String)>) -> Reply {
    let id: DocumentId = id.parse().map_err(|_| Error::NotFound)?;
    let stored = documents::file(&visit.ctx, id).await?;
    Ok(intake::served(&visit.app, stored).await?)
}

fn request(id: &str) -> Result<RequestId> {
    id.parse().map_err(|_| Error::NotFound)
}

/// What a form held.
struct Read {
    values: BTreeMap<String, String>,
    id: UploadId,
    /// Bytes of the file.
    length: i64,
    name: String,
    flaw: Option<Flaw>,
}

enum Unread {
    /// It was no form.
    Refused(Box<Response>),
    Broken(Error),
}

impl From<Error> for Unread {
    fn from(error: Error) -> Unread {
        Unread::Broken(error)
    }
}

/// Reads the parts; the file goes into sealed blocks as it comes.
async fn read(visit: &Visit, key: &DataKey, form: &mut Multipart) -> std::result::Result<Read, Unread> {
    let mut read =
        Read { values: BTreeMap::new(), id: UploadId::new(), length: 0, name: String::new(), flaw: None };
    let (mut parts, mut files) = (0, 0);
    while let Some(mut field) = next(form).await? {
        parts += 1;
        if parts > PARTS {
            return Err(Unread::Refused(Box::new(http::StatusCode::PAYLOAD_TOO_LARGE.into_response())));
        }
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" {
            let named = field.file_name().unwrap_or_default().to_owned();
            let incoming = Incoming::new(&visit.app.files, key, read.id, read.length);
            let arrived = receive(incoming, &mut field, files > 0).await?;
            if arrived > 0 || !named.is_empty() {
                files += 1;
                read.flaw = if files > 1 { Some(Flaw::new("file", "parts")) } else { None };
                (read.length, read.name) = (read.length + arrived, named);
            }
        } else if let Some(text) = text(&mut field).await? {
            read.values.entry(name).or_insert(text);
        } else {
            let limit = rules::MAX_NOTE;
            read.flaw.get_or_insert(Flaw::with_limit(name, "too_long", limit));
        }
    }
    if files == 0 && !read.values.contains_key("upload") {
        read.flaw.get_or_insert(Flaw::new("file", "missing"));
    }
    Ok(read)
}

async fn next(form: &mut Multipart) -> std::result::Result<Option<Field<'_>>, Unread> {
    match timeout(SILENCE, form.next_field()).await {
        Ok(Ok(field)) => Ok(field),
        Ok(Err(error)) => Err(Unread::Refused(Box::new(error.into_response()))),
        Err(_) => Err(Unread::Refused(Box::new(http::StatusCode::REQUEST_TIMEOUT.into_response()))),
    }
}

async fn chunk(field: &mut Field<'_>) -> std::result::Result<Option<axum::body::Bytes>, Unread> {
    match timeout(SILENCE, field.chunk()).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(error)) => Err(Unread::Refused(Box::new(error.into_response()))),
        Err(_) => Err(Unread::Refused(Box::new(http::StatusCode::REQUEST_TIMEOUT.into_response()))),
    }
}

/// Stores the file, and counts on without storing once it is too large or one too many.
async fn receive(
    mut incoming: Incoming,
    field: &mut Field<'_>,
    is_extra: bool,
) -> std::result::Result<i64, Unread> {
    let before = incoming.length();
    let mut length = 0_i64;
    while let Some(bytes) = chunk(field).await? {
        length = length.saturating_add(i64::try_from(bytes.len()).unwrap_or(i64::MAX));
        if !is_extra && before + length <= rules::MAX_BYTES {
            incoming.write(&bytes).await?;
        }
    }
    incoming.flush().await?;
    Ok(length)
}

/// A field of text; `None` when it is longer than anything we ask for.
async fn text(field: &mut Field<'_>) -> std::result::Result<Option<String>, Unread> {
    let (mut bytes, mut is_long) = (Vec::new(), false);
    while let Some(more) = chunk(field).await? {
        is_long |= bytes.len() + more.len() > TEXT;
        if !is_long {
            bytes.extend_from_slice(&more);
        }
    }
    if is_long {
        return Ok(None);
    }
    String::from_utf8(bytes)
        .map(|text| Some(text.replace("\r\n", "\n").replace('\0', "")))
        .map_err(|_| Unread::Refused(Box::new(http::StatusCode::BAD_REQUEST.into_response())))
}

/// Reads a form to its end without looking.
async fn drain(form: &mut Multipart) {
    while let Ok(Some(mut field)) = next(form).await {
        while let Ok(Some(_)) = chunk(&mut field).await {}
    }
}

async fn take(visit: &Visit, sending: &Sending, read: &Read) -> Result<Taken> {
    let (app, ctx, request) = (&visit.app, &visit.ctx, sending.request.id);
    if let Some(flaw) = &read.flaw {
        return Err(Error::Invalid(vec![flaw.clone()]));
    }
    let note = rules::note(read.values.get("note").map_or("", String::as_str))?;
    // an upload that came before, unless a file came with the form after all
    if let Some(upload) = read.values.get("upload").filter(|_| read.name.is_empty() && read.length == 0) {
        let id = upload.rsplit('/').next().unwrap_or_default().parse().map_err(|_| gone())?;
        let upload = match documents::upload(ctx, id).await {
            Err(Error::NotFound) => return Err(gone()),
            other => other?,
        };
        if upload.request != request {
            return Err(gone());
        }
        let name = read.values.get("upload_name").cloned().unwrap_or_else(|| upload.name.clone());
        return intake::finish(app, ctx, &upload, name, note).await;
    }
    if read.length > rules::MAX_BYTES {
        return Err(Refusal::TooLarge.into());
    }
    let sent = Sent { upload: read.id, length: read.length, name: read.name.clone(), note };
    let taken = intake::take(app, ctx, request, &sent).await?;
    intake::discard(&app.files, read.id).await;
    Ok(taken)
}

/// An upload that is not there any longer: choose the file again.
fn gone() -> Error {
    Error::invalid("file", "missing")
}

/// Keeps a file whose form has to be mended.
async fn keep(visit: &Visit, request: RequestId, read: &Read) -> Option<view::Arrived> {
    let arrived = |id: &str, name: &str, bytes: i64| view::Arrived {
        address: format!("/files/{id}"),
        name: rules::clean_name(name),
        bytes: u64::try_from(bytes).unwrap_or(0),
    };
    if let Some(upload) = read.values.get("upload").filter(|_| read.length == 0) {
        let id: UploadId = upload.rsplit('/').next()?.parse().ok()?;
        let upload = documents::upload(&visit.ctx, id).await.ok()?;
        let name = read.values.get("upload_name").unwrap_or(&upload.name);
        return Some(arrived(&id.to_string(), name, upload.length));
    }
    if read.length == 0 || read.length > rules::MAX_BYTES {
        return None;
    }
    let new = NewUpload {
        id: read.id,
        request,
        length: read.length,
        received: read.length,
        name: String::new(), // the form names it again
    };
    let upload = documents::begin_upload(&visit.ctx, new).await.ok()?;
    Some(arrived(&upload.id.to_string(), &read.name, read.length))
}

async fn page(
    visit: &Visit,
    id: RequestId,
    filled: Filled,
    arrived: Option<view::Arrived>,
    safety: &str,
) -> Reply {
    let asked = documents::request_for_person(&visit.ctx, id).await?;
    let wanted = wanted(visit, &asked)?;
    let w = visit.words();
    // the title says no document's name: it stands in the browser's history
    let head = Head::new(w.t("documents.title")).nav(Nav::Documents).program(&asked.program);
    let safety = safety_words(visit, &asked.program, safety).map(|words| (words, asked.program.code.clone()));
    let model = view::Model { wanted, filled, arrived, safety };
    Ok(visit.show_or_refuse(model.filled.is_refused(), head, move || view::page(w, model)))
}
