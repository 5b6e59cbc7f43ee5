//! A document's file on its way out: opened, proved to be the one that was stored, and closed in by headers.

use crate::state::App;
use axum::body::Body;
use axum::response::Response;
use domain::documents::{self, StoredFile};
use domain::error::{Error, Result};
use http::header;
use sha2::{Digest, Sha256};

/// Pictures may stand in our pages; a PDF is only ever saved. Neither may run anything, whatever it holds.
const POLICY: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

pub async fn served(app: &App, stored: StoredFile) -> Result<Response> {
    let sealed = app.files.get(&stored.store_key).await?;
    if hex::encode(Sha256::digest(&sealed)) != stored.digest {
        return Err(Error::internal("a document's file is not the one that was stored"));
    }
    let document = &stored.document;
    let bytes = stored.key.open_bytes(&documents::file_place(document.id), &sealed)?;
    let (way, ending) = if document.is_picture() { ("inline", "jpg") } else { ("attachment", "pdf") };
    Response::builder()
        .header(header::CONTENT_TYPE, document.media_type.as_str())
        .header(header::CONTENT_LENGTH, bytes.len())
        .header(header::CONTENT_DISPOSITION, format!("{way}; filename=\"document-{}.{ending}\"", document.id))
        .header(header::CONTENT_SECURITY_POLICY, POLICY)
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(header::CACHE_CONTROL, "no-store")
        .header("x-page", "1")
        .body(Body::from(bytes))
        .map_err(|_| Error::internal("a document's headers could not be written"))
}
