//! Pictures and videos of content: taken in like every upload, shown from our own address.

use super::{InPath, id};
use crate::content_media::{self, Checks};
use crate::pages::{Reply, Visit};
use axum::body::Body;
use axum::extract::{Multipart, Path};
use axum::response::Response;
use bytes::Bytes;
use domain::editorial;
use domain::error::{Error, Result};
use domain::ids::{MediaId, VariantId};
use domain::policy::Action;
use http::response::Builder;
use http::{HeaderMap, StatusCode, header};
use sha2::{Digest, Sha256};
use std::ops::Range;
use ui::paths;

/// Bytes of a piece at most: whoever wants more asks again.
const LARGEST_PIECE: u64 = 2_000_000;
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
    let checks = Checks { scanner: &app.scanner, decoder: &app.decoder };
    let kept = checks.clean(&name, bytes).await?;
    content_media::put(&app.files, &kept).await?;
    editorial::add_media(&visit.ctx, id, &kept.file).await
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

pub async fn show(visit: Visit, Path((_, id)): Path<(String, String)>, headers: HeaderMap) -> Reply {
    let id: MediaId = id.parse().map_err(|_| Error::NotFound)?;
    let file = editorial::media_file(&visit.ctx, id).await?;
    let key = content_media::key(id);
    // players ask for a video in pieces
    let length = u64::try_from(file.bytes).unwrap_or_default();
    if let Some(piece) = piece(&headers, length) {
        let bytes = visit.app.files.get_range(&key, piece.clone()).await?;
        let range = format!("bytes {}-{}/{length}", piece.start, piece.end.saturating_sub(1));
        let answer = answer(&file.media_type).status(StatusCode::PARTIAL_CONTENT);
        return sent(answer.header(header::CONTENT_RANGE, range), bytes);
    }
    let bytes = visit.app.files.get(&key).await?;
    if hex::encode(Sha256::digest(&bytes)) != file.digest {
        return Err(Error::internal("a picture's file is not the one that was stored").into());
    }
    sent(answer(&file.media_type), bytes)
}

/// The captions of a video.
pub async fn captions(visit: Visit, Path((_, id, name)): Path<(String, String, String)>) -> Reply {
    let id: MediaId = id.parse().map_err(|_| Error::NotFound)?;
    let captions = editorial::captions(&visit.ctx, id, &name).await?;
    sent(answer("text/vtt; charset=utf-8"), captions.into())
}

/// The one piece that is asked for; none when all of it is, or the question is not understood.
fn piece(headers: &HeaderMap, length: u64) -> Option<Range<u64>> {
    let asked = headers.get(header::RANGE)?.to_str().ok()?;
    let ranges = http_range_header::parse_range_header(asked).ok()?.validate(length).ok()?;
    let [range] = ranges.as_slice() else { return None };
    let end = (range.end() + 1).min(range.start() + LARGEST_PIECE);
    Some(*range.start()..end)
}

fn answer(media_type: &str) -> Builder {
    Response::builder()
        .header(header::CONTENT_TYPE, media_type)
        .header(header::CONTENT_SECURITY_POLICY, POLICY)
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(header::ACCEPT_RANGES, "bytes")
        .header(header::CACHE_CONTROL, "private, max-age=300")
        .header("x-page", "1")
}

fn sent(answer: Builder, bytes: Bytes) -> Reply {
    let answer = answer.header(header::CONTENT_LENGTH, bytes.len()).body(Body::from(bytes));
    Ok(answer.map_err(|_| Error::internal("a picture's headers could not be written"))?)
}
