//! A whole file becomes a document, or is refused with its reason. One way in, whichever door it came through.

use super::{Refusal, checks, incoming};
use crate::state::App;
use domain::ctx::Ctx;
use domain::documents::{self, Received, Sending, Taken, Upload};
use domain::error::{Error, Result};
use domain::ids::{DocumentId, RequestId, UploadId};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// What somebody sent, its bytes waiting in blocks.
pub struct Sent {
    pub upload: UploadId,
    pub length: i64,
    /// As their device named it.
    pub name: String,
    pub note: Option<String>,
}

/// Takes a file for a request. Its blocks stay where they are: whether they may still be needed is for the caller to say,
/// by [`is_about_file`].
///
/// # Errors
/// `Invalid` with the reason the person reads; those of `documents::receive`.
pub async fn take(app: &App, ctx: &Ctx, request: RequestId, sent: &Sent) -> Result<Taken> {
    let sending = documents::may_send(ctx, request).await?;
    if sent.length == 0 {
        return Err(Refusal::Empty.into());
    }
    if sent.length > documents::rules::MAX_BYTES {
        return Err(Refusal::TooLarge.into());
    }
    documents::rules::note(sent.note.as_deref().unwrap_or_default())?;
    let original = Arc::new(incoming::whole(&app.files, &sending.key, sent.upload, sent.length).await?);
    let received = store(app, &sending, sent, original).await?;
    let files = [Some(received.store_key.clone()), received.original_key.clone()];
    match documents::receive(ctx, request, received).await {
        Ok(taken) if taken.is_new => {
            checks::soon(app, taken.document).await;
            Ok(taken)
        }
        Ok(taken) => {
            delete(app, files.into_iter().flatten()).await;
            Ok(taken)
        }
        Err(error) => {
            delete(app, files.into_iter().flatten()).await;
            Err(error)
        }
    }
}

/// Decodes, seals and stores.
async fn store(app: &App, sending: &Sending, sent: &Sent, original: Arc<Vec<u8>>) -> Result<Received> {
    let clean = app.decoder.clean(original.clone(), sent.name.clone()).await?;
    let id = DocumentId::new();
    let sealed = sending.key.seal_bytes(&documents::file_place(id), &clean.bytes)?;
    let digest = hex::encode(Sha256::digest(&sealed));
    let store_key = format!("documents/{id}");
    app.files.put(&store_key, sealed).await?;
    let original_key = if app.scanner.is_off() {
        None
    } else {
        // the check looks at what was sent, not only at what was made of it
        let key = format!("originals/{id}");
        let sealed = sending.key.seal_bytes(&documents::original_place(id), &original)?;
        app.files.put(&key, sealed).await?;
        Some(key)
    };
    Ok(Received {
        id,
        name: sent.name.clone(),
        note: sent.note.clone(),
        media_type: clean.media_type,
        bytes: i64::try_from(clean.bytes.len()).unwrap_or(i64::MAX),
        pages: clean.pages,
        digest,
        store_key,
        original_key,
        content: hex::encode(Sha256::digest(original.as_slice())),
    })
}

/// Makes a document of an upload whose last byte is here. Asked again, it answers the same document.
///
/// # Errors
/// As [`take`]. The upload is forgotten when its file can never be taken, and kept when the same may be tried again.
pub async fn finish(
    app: &App,
    ctx: &Ctx,
    upload: &Upload,
    name: String,
    note: Option<String>,
) -> Result<Taken> {
    if let Some(document) = upload.document {
        return Ok(Taken { document, is_new: false, safety: None });
    }
    if !upload.is_whole() {
        return Err(Error::invalid("file", "missing"));
    }
    let sent = Sent { upload: upload.id, length: upload.length, name, note };
    match take(app, ctx, upload.request, &sent).await {
        Ok(taken) => {
            documents::finish_upload(ctx, upload, taken.document).await?;
            incoming::discard(&app.files, upload.id).await;
            Ok(taken)
        }
        Err(error) => {
            if is_about_file(&error) {
                documents::cancel_upload(ctx, upload).await?;
                incoming::discard(&app.files, upload.id).await;
            }
            Err(error)
        }
    }
}

/// Whether the file itself was refused, so that its bytes are of no more use.
pub fn is_about_file(error: &Error) -> bool {
    match error {
        Error::Invalid(flaws) => flaws.iter().any(|flaw| flaw.field == "file"),
        Error::Conflict(_) | Error::NotFound => true,
        _ => false,
    }
}

pub(super) async fn delete(app: &App, keys: impl IntoIterator<Item = String>) {
    for key in keys {
        if let Err(error) = app.files.delete(&key).await {
            tracing::warn!(%error, "a file stays until it is swept away");
        }
    }
}
