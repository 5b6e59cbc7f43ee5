//! Uploads that may be interrupted and taken up again. Their bytes are the server's; here is how far they are.

use super::{may_send, only_the_portal};
use crate::ctx::Ctx;
use crate::documents::views::{NewUpload, Upload};
use crate::documents::{rules, store};
use crate::error::{Error, Flaw, Result};
use crate::ids::{DocumentId, UploadId};
use crate::policy::Action;

/// Uploads taken up in one round of cleaning.
const BATCH: i64 = 100;

/// Begins an upload for a request of the signed-in person.
///
/// # Errors
/// As [`may_send`]; `Invalid` when the announced length is none or too much; `Throttled` with too many under way.
pub async fn begin_upload(ctx: &Ctx, new: NewUpload) -> Result<Upload> {
    let sending = may_send(ctx, new.request).await?;
    if new.length <= 0 {
        return Err(Error::invalid("file", "empty"));
    }
    if new.length > rules::MAX_BYTES {
        return Err(Error::Invalid(vec![Flaw::with_limit("file", "too_large", rules::MAX_MEGABYTES)]));
    }
    let name = rules::clean_name(&new.name);
    let (id, person) = (new.id, sending.request.person);
    let mut tx = ctx.begin().await?;
    if store::count_uploads(tx.conn(), person, ctx.now).await? >= rules::MAX_UPLOADS {
        return Err(Error::Throttled { retry_after_seconds: 600 });
    }
    let row = store::NewUploadRow {
        id,
        person,
        request: new.request,
        length: new.length,
        received: new.received,
        name: &name,
        now: ctx.now,
        expires_at: ctx.now.plus(rules::UPLOAD_LIVES),
    };
    store::insert_upload(tx.conn(), &sending.key, &row).await?;
    tx.commit().await?;
    upload(ctx, id).await
}

/// An upload of the signed-in person that has not expired.
pub async fn upload(ctx: &Ctx, id: UploadId) -> Result<Upload> {
    ctx.require(Action::SendDocument).await?;
    let person = ctx.person()?;
    let mut conn = ctx.read().await?;
    let found = store::upload(&mut conn, ctx.keys(), id, person).await;
    drop(conn);
    match found {
        Ok(upload) if upload.expires_at > ctx.now => Ok(upload),
        Ok(_) => Err(Error::NotFound),
        Err(Error::NotFound) => ctx.refuse("documents.upload", None, Some(id.to_string())).await,
        Err(error) => Err(error),
    }
}

/// Notes that more bytes are safely stored. False when the upload is no longer where it was.
pub async fn grow_upload(ctx: &Ctx, upload: &Upload, to: i64) -> Result<bool> {
    let mut conn = ctx.read().await?;
    store::grow(&mut conn, upload.id, upload.received, to).await
}

/// The upload became a document.
pub async fn finish_upload(ctx: &Ctx, upload: &Upload, document: DocumentId) -> Result<()> {
    store::finish_upload(&mut *ctx.read().await?, upload.id, document).await
}

/// The person gave an upload up, or its file was refused.
pub async fn cancel_upload(ctx: &Ctx, upload: &Upload) -> Result<()> {
    let mut conn = ctx.read().await?;
    store::delete_upload(&mut conn, upload.id).await
}

/// Uploads nobody took up again in a day.
pub async fn expired_uploads(ctx: &Ctx) -> Result<Vec<UploadId>> {
    only_the_portal(ctx, "documents.sweep").await?;
    store::expired_uploads(&mut *ctx.read().await?, ctx.now, BATCH).await
}

/// Forgets an expired upload, once its bytes are gone.
pub async fn clean_up(ctx: &Ctx, id: UploadId) -> Result<()> {
    only_the_portal(ctx, "documents.sweep").await?;
    store::delete_upload(&mut *ctx.read().await?, id).await
}
