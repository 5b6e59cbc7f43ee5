//! Pictures of content: taken in like every upload, shown from our own address.

use super::{InPath, id};
use crate::adapters::scanner::Verdict;
use crate::pages::{Reply, Visit};
use axum::body::Body;
use axum::extract::{Multipart, Path};
use axum::response::Response;
use domain::documents::rules::MAX_MEGABYTES;
use domain::editorial::{self, Picture};
use domain::error::{Error, Result};
use domain::ids::{MediaId, VariantId};
use domain::policy::Action;
use http::header;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use ui::paths;

/// Pictures may stand in our pages; nothing in them may run.
const POLICY: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

pub async fn add(visit: Visit, path: InPath, form: Multipart) -> Reply {
    let id = id(&path)?;
    visit.ctx.require(Action::WriteContent).await?;
    match take(&visit, id, form).await {
        Ok(()) => {
            Ok(visit.go(&paths::content_edit(visit.locale(), id).query("done", "picture").at("pictures")))
        }
        Err(Error::Invalid(flaws)) => super::edit::refused(&visit, id, flaws).await,
        Err(Error::Conflict(_)) => Ok(visit.go(&paths::content_variant(visit.locale(), id))),
        Err(error) => Err(error.into()),
    }
}

async fn take(visit: &Visit, id: VariantId, mut form: Multipart) -> Result<()> {
    let app = &visit.app;
    let (name, bytes) = file(&mut form).await?;
    if bytes.len() as i64 > MAX_MEGABYTES * 1_000_000 {
        return Err(crate::documents::Refusal::TooLarge.into());
    }
    let bytes = Arc::new(bytes);
    if !app.scanner.is_off() {
        match app.scanner.scan(&bytes).await {
            Verdict::Clean => {}
            Verdict::Infected => return Err(Error::invalid("file", "virus")),
            Verdict::Unknown => return Err(Error::invalid("file", "not_checked")),
        }
    }
    let clean = app.decoder.clean(bytes, name).await?;
    if !clean.media_type.starts_with("image/") {
        return Err(Error::invalid("file", "type"));
    }
    let picture = Picture {
        id: MediaId::new(),
        media_type: clean.media_type.to_owned(),
        bytes: clean.bytes.len() as i64,
        digest: hex::encode(Sha256::digest(&clean.bytes)),
    };
    app.files.put(&key(picture.id), clean.bytes).await?;
    let kept = editorial::add_picture(&visit.ctx, id, &picture).await;
    if kept.is_err() {
        app.files.delete(&key(picture.id)).await?;
    }
    kept
}

/// The form's file.
async fn file(form: &mut Multipart) -> Result<(String, Vec<u8>)> {
    let broken = |_| Error::invalid("file", "length");
    while let Some(field) = form.next_field().await.map_err(broken)? {
        if field.name() != Some("file") {
            continue;
        }
        let name = field.file_name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await.map_err(broken)?.to_vec();
        return if bytes.is_empty() { Err(Error::invalid("file", "missing")) } else { Ok((name, bytes)) };
    }
    Err(Error::invalid("file", "missing"))
}

fn key(id: MediaId) -> String {
    format!("content/{id}")
}

pub async fn show(visit: Visit, Path((_, id)): Path<(String, String)>) -> Reply {
    let id: MediaId = id.parse().map_err(|_| Error::NotFound)?;
    let picture = editorial::picture(&visit.ctx, id).await?;
    let bytes = visit.app.files.get(&key(id)).await?;
    if hex::encode(Sha256::digest(&bytes)) != picture.digest {
        return Err(Error::internal("a picture's file is not the one that was stored").into());
    }
    let answer = Response::builder()
        .header(header::CONTENT_TYPE, picture.media_type.as_str())
        .header(header::CONTENT_LENGTH, bytes.len())
        .header(header::CONTENT_SECURITY_POLICY, POLICY)
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(header::CACHE_CONTROL, "private, max-age=300")
        .header("x-page", "1")
        .body(Body::from(bytes));
    Ok(answer.map_err(|_| Error::internal("a picture's headers could not be written"))?)
}
