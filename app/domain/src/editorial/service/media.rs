//! Pictures and videos in content. The bytes lie with the files; here is whose they are, and who may see them.

use crate::actor::Actor;
use crate::content::{MediaFile, leaves, videos};
use crate::ctx::Ctx;
use crate::editorial::store;
use crate::editorial::types::State;
use crate::error::{Error, Result};
use crate::event::Event;
use crate::ids::{MediaId, VariantId};
use crate::policy::{self, Action};

/// Pictures and videos one item may have.
const MOST: usize = 100;

/// Keeps a picture or video that was made clean and stored, for the item of a draft. The same bytes are kept once.
///
/// # Errors
/// `Conflict("frozen")` when it is no draft any more; `Invalid` at `file` when the item has too many.
pub async fn add_media(ctx: &Ctx, id: VariantId, file: &MediaFile) -> Result<()> {
    ctx.require(Action::WriteContent).await?;
    let mut tx = ctx.begin().await?;
    let sheet = store::find(tx.conn(), id).await?.ok_or(Error::NotFound)?;
    if sheet.state != State::Draft {
        return Err(Error::Conflict("frozen"));
    }
    if store::media_of(tx.conn(), &sheet.item).await?.len() >= MOST {
        return Err(Error::invalid("file", "many"));
    }
    store::insert_media(tx.conn(), &sheet.item, file, Some(ctx.person()?), ctx.now).await?;
    tx.record(Event::DraftSaved {
        item: sheet.item.clone(),
        edition: sheet.edition,
        locale: sheet.locale.tag().to_owned(),
    });
    tx.commit().await
}

/// Keeps a picture or video of content that was brought in signed. Only for the portal itself.
pub async fn attach_media(ctx: &Ctx, item: &str, file: &MediaFile) -> Result<()> {
    if !matches!(ctx.actor, Actor::System(_)) {
        return Err(Error::NotFound);
    }
    let mut tx = ctx.begin().await?;
    store::insert_media(tx.conn(), item, file, None, ctx.now).await?;
    tx.commit().await
}

/// The pictures and videos of an item, oldest first.
pub async fn media_of(ctx: &Ctx, item: &str) -> Result<Vec<MediaFile>> {
    ctx.require(Action::ReadLibrary).await?;
    store::media_of(&mut *ctx.read().await?, item).await
}

/// One for whoever may see it: staff who read the library, and everybody once live words show it.
pub async fn media_file(ctx: &Ctx, id: MediaId) -> Result<MediaFile> {
    let mut conn = ctx.read().await?;
    let file = store::media_file(&mut conn, id).await?.ok_or(Error::NotFound)?;
    if policy::may(&ctx.actor, Action::ReadLibrary) || store::is_shown(&mut conn, id).await? {
        return Ok(file);
    }
    Err(Error::NotFound)
}

/// The captions of a video as a browser takes them, found by the name their words give them.
pub async fn captions(ctx: &Ctx, id: MediaId, name: &str) -> Result<String> {
    let is_staff = policy::may(&ctx.actor, Action::ReadLibrary);
    let bodies = store::bodies_with(&mut *ctx.read().await?, id, !is_staff).await?;
    for leaf in bodies.iter().flat_map(leaves::of) {
        for video in videos::of(&leaf.text).filter(|video| video.id == id) {
            if video.captions_name().as_deref() == Some(name) {
                return video.file().ok_or(Error::NotFound);
            }
        }
    }
    Err(Error::NotFound)
}
