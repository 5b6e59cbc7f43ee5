//! Uploads that may be interrupted (tus 1.0: core, creation, expiration, termination). The bytes are for a request for a
//! document; whoever is not the person asked sees nothing. A form that follows names the upload and makes it a document;
//! an upload that names its file (metadata `filename`) becomes one by itself with its last byte.

use crate::documents::{Incoming, discard, finish};
use crate::http::middleware::visit;
use crate::state::App;
use axum::body::Body;
use axum::extract::{FromRequestParts, Path, State};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::ctx::Ctx;
use domain::documents::{self, NewUpload, Upload, rules};
use domain::error::Error;
use domain::ids::UploadId;
use domain::locale::Locale;
use futures_util::StreamExt;
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::timeout;
use ui::i18n::Words;

const VERSION: &str = "1.0.0";
const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const LENGTH: HeaderName = HeaderName::from_static("upload-length");
const EXPIRES: HeaderName = HeaderName::from_static("upload-expires");
/// A sender that is silent for so long has lost its connection.
const SILENCE: Duration = Duration::from_secs(30);

/// Whoever sends, by their session.
pub struct Sender(Ctx);

impl FromRequestParts<App> for Sender {
    type Rejection = Refused;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Sender, Refused> {
        let preferred = parts.headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let locale = Locale::negotiate(preferred.unwrap_or_default());
        let visit = visit::open(app, parts, locale).await.map_err(|error| Refused(error, locale))?;
        if parts.headers.get(RESUMABLE).is_none_or(|version| version != VERSION) {
            return Err(Refused(Error::invalid("", "tus_version"), locale));
        }
        Ok(Sender(visit.ctx))
    }
}

/// An error as a program reads it: a status, and a sentence for whoever looks.
pub struct Refused(Error, Locale);

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let Refused(error, locale) = self;
        let w = Words::of(locale);
        let (status, text) = match &error {
            Error::Invalid(flaws) => match flaws.first() {
                Some(flaw) if flaw.code == "tus_version" => (StatusCode::PRECONDITION_FAILED, String::new()),
                Some(flaw) if flaw.code == "too_large" => (StatusCode::PAYLOAD_TOO_LARGE, w.flaw(flaw)),
                Some(flaw) => (StatusCode::UNPROCESSABLE_ENTITY, w.flaw(flaw)),
                None => (StatusCode::UNPROCESSABLE_ENTITY, w.t("errors.invalid")),
            },
            Error::Conflict(_) => (StatusCode::CONFLICT, String::new()),
            Error::NotFound => (StatusCode::NOT_FOUND, String::new()),
            Error::SignIn => (StatusCode::UNAUTHORIZED, String::new()),
            Error::Throttled { .. } => (StatusCode::TOO_MANY_REQUESTS, String::new()),
            Error::Unavailable(_) => (StatusCode::SERVICE_UNAVAILABLE, String::new()),
            Error::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, String::new()),
        };
        if status.is_server_error() {
            tracing::error!(%error, "an upload could not go on");
        }
        let mut response = (status, text).into_response();
        response.headers_mut().insert(RESUMABLE, HeaderValue::from_static(VERSION));
        if let Error::Throttled { retry_after_seconds } = error {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(retry_after_seconds));
        }
        response
    }
}

/// `OPTIONS /files`: what this server can do.
pub async fn able() -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    for (name, value) in [
        ("tus-resumable", VERSION),
        ("tus-version", VERSION),
        ("tus-extension", "creation,expiration,termination"),
    ] {
        response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
        .headers_mut()
        .insert(HeaderName::from_static("tus-max-size"), HeaderValue::from(rules::MAX_BYTES));
    response
}

/// `POST /files`: begins an upload. Metadata: `purpose`, the request's id; `filename` if it is complete in itself.
pub async fn create(Sender(ctx): Sender, headers: HeaderMap) -> Result<Response, Refused> {
    let refused = |error| Refused(error, ctx.locale);
    let length = number(&headers, &LENGTH).ok_or_else(|| refused(Error::invalid("file", "length")))?;
    let metadata = metadata(&headers).ok_or_else(|| refused(Error::invalid("file", "metadata")))?;
    let value = |name: &str| metadata.iter().find(|(found, _)| found == name).map(|(_, value)| value.clone());
    let request =
        value("purpose").and_then(|purpose| purpose.parse().ok()).ok_or_else(|| refused(Error::NotFound))?;
    let new = NewUpload {
        id: UploadId::new(),
        request,
        length,
        received: 0,
        name: value("filename").unwrap_or_default(),
    };
    let upload = documents::begin_upload(&ctx, new).await.map_err(refused)?;
    let mut response = answer(StatusCode::CREATED, &upload);
    let place = HeaderValue::from_str(&format!("/files/{}", upload.id));
    response.headers_mut().insert(header::LOCATION, place.unwrap_or(HeaderValue::from_static("/files")));
    Ok(response)
}

/// `HEAD /files/{id}`: how far it is.
pub async fn look(
    State(app): State<App>,
    Sender(ctx): Sender,
    Path(id): Path<String>,
) -> Result<Response, Refused> {
    let upload = find(&ctx, &id).await?;
    // the answer to the last byte may have been lost on its way: what it should have done is done now
    complete(&app, &ctx, &upload).await?;
    Ok(answer(StatusCode::OK, &upload))
}

/// `PATCH /files/{id}`: takes more bytes.
pub async fn append(
    State(app): State<App>,
    Sender(ctx): Sender,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refused> {
    let refused = |error| Refused(error, ctx.locale);
    if headers.get(header::CONTENT_TYPE).is_none_or(|kind| kind != "application/offset+octet-stream") {
        return Ok(plain(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    let Some(offset) = number(&headers, &OFFSET) else { return Ok(plain(StatusCode::BAD_REQUEST)) };
    let upload = find(&ctx, &id).await?;
    let Some(turn) = app.uploading.turn(upload.id) else { return Ok(plain(StatusCode::LOCKED)) };
    // only now: whoever had the turn may have moved it on
    let upload = find(&ctx, &id).await?;
    if offset != upload.received || upload.document.is_some() {
        return Ok(plain(StatusCode::CONFLICT));
    }
    // a task of its own: what has arrived is kept even when the connection takes this answer away
    let taken = tokio::spawn({
        let (app, ctx) = (app.clone(), ctx.clone());
        async move {
            let upload = receive(&app, &ctx, upload, body).await;
            drop(turn);
            upload
        }
    });
    let upload = taken.await.map_err(|_| refused(Error::internal("an upload fell")))?.map_err(refused)?;
    complete(&app, &ctx, &upload).await?;
    Ok(answer(StatusCode::NO_CONTENT, &upload))
}

/// `DELETE /files/{id}`: the sender changed their mind.
pub async fn forget(
    State(app): State<App>,
    Sender(ctx): Sender,
    Path(id): Path<String>,
) -> Result<Response, Refused> {
    let upload = find(&ctx, &id).await?;
    documents::cancel_upload(&ctx, &upload).await.map_err(|error| Refused(error, ctx.locale))?;
    discard(&app.files, upload.id).await;
    Ok(plain(StatusCode::NO_CONTENT))
}

async fn receive(app: &App, ctx: &Ctx, mut upload: Upload, body: Body) -> Result<Upload, Error> {
    let mut incoming = Incoming::new(&app.files, &upload.key, upload.id, upload.received);
    let mut stream = body.into_data_stream();
    while let Ok(Some(Ok(bytes))) = timeout(SILENCE, stream.next()).await {
        if incoming.length().saturating_add(i64::try_from(bytes.len()).unwrap_or(i64::MAX)) > upload.length {
            return Err(Error::Invalid(vec![crate::documents::Refusal::TooLarge.flaw()]));
        }
        if incoming.write(&bytes).await? {
            upload = grown(ctx, upload, &mut incoming).await?;
        }
    }
    grown(ctx, upload, &mut incoming).await
}

/// Stores what waits, and notes how far the upload is.
async fn grown(ctx: &Ctx, mut upload: Upload, incoming: &mut Incoming) -> Result<Upload, Error> {
    let stored = incoming.flush().await?;
    if stored > upload.received {
        if !documents::grow_upload(ctx, &upload, stored).await? {
            return Err(Error::Conflict("upload"));
        }
        upload.received = stored;
    }
    Ok(upload)
}

/// An upload that names its file becomes a document with its last byte.
async fn complete(app: &App, ctx: &Ctx, upload: &Upload) -> Result<(), Refused> {
    if upload.is_whole() && upload.document.is_none() && !upload.name.is_empty() {
        finish(app, ctx, upload, upload.name.clone(), None)
            .await
            .map_err(|error| Refused(error, ctx.locale))?;
    }
    Ok(())
}

async fn find(ctx: &Ctx, id: &str) -> Result<Upload, Refused> {
    let refused = |error| Refused(error, ctx.locale);
    let id = id.parse().map_err(|_| refused(Error::NotFound))?;
    documents::upload(ctx, id).await.map_err(refused)
}

fn answer(status: StatusCode, upload: &Upload) -> Response {
    let mut response = plain(status);
    let headers = response.headers_mut();
    headers.insert(OFFSET, HeaderValue::from(upload.received));
    headers.insert(LENGTH, HeaderValue::from(upload.length));
    let expires = jiff::Timestamp::from_millisecond(upload.expires_at.0).unwrap_or_default();
    let expires = expires.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    if let Ok(expires) = HeaderValue::from_str(&expires) {
        headers.insert(EXPIRES, expires);
    }
    response
}

fn plain(status: StatusCode) -> Response {
    let mut response = status.into_response();
    response.headers_mut().insert(RESUMABLE, HeaderValue::from_static(VERSION));
    response
}

fn number(headers: &HeaderMap, name: &HeaderName) -> Option<i64> {
    let text = headers.get(name)?.to_str().ok()?;
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// `key base64,key base64`; `None` when it cannot be read.
fn metadata(headers: &HeaderMap) -> Option<Vec<(String, String)>> {
    let Some(text) = headers.get("upload-metadata") else { return Some(Vec::new()) };
    let text = text.to_str().ok().filter(|text| text.len() <= 32 * 1024)?;
    text.split(',')
        .map(str::trim)
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once(' ').unwrap_or((pair, ""));
            let value = String::from_utf8(STANDARD.decode(value.trim()).ok()?).ok()?;
            Some((name.to_owned(), value))
        })
        .collect()
}

/// Which uploads take bytes right now: one sender each.
#[derive(Debug, Clone, Default)]
pub struct Uploading(Arc<Mutex<HashSet<UploadId>>>);

/// The turn to send for one upload; given back when dropped.
#[derive(Debug)]
struct Turn(Uploading, UploadId);

impl Uploading {
    fn turn(&self, id: UploadId) -> Option<Turn> {
        let is_free = self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(id);
        is_free.then(|| Turn(self.clone(), id))
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_is_read_or_refused_whole() {
        let read = |text: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert("upload-metadata", HeaderValue::from_static(text));
            metadata(&headers)
        };
        assert_eq!(
            read("purpose YWJj, filename Zm90by5qcGc=,type"),
            Some(vec![
                ("purpose".into(), "abc".into()),
                ("filename".into(), "foto.jpg".into()),
                ("type".into(), String::new())
            ])
        );
        assert_eq!(read("purpose ***"), None);
        assert_eq!(read("purpose /w=="), None, "not text");
        assert_eq!(read(""), Some(Vec::new()));
    }

    #[test]
    fn one_sender_has_the_turn() {
        let uploading = Uploading::default();
        let turn = uploading.turn(UploadId::fixed(1));
        assert!(turn.is_some() && uploading.turn(UploadId::fixed(1)).is_none());
        assert!(uploading.turn(UploadId::fixed(2)).is_some());
        drop(turn);
        assert!(uploading.turn(UploadId::fixed(1)).is_some());
    }
}
