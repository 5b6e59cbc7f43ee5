//! Pictures in content. The bytes lie with the files; here is whose they are, and who may see them.

use crate::ctx::Ctx;
use crate::editorial::store;
use crate::editorial::types::{Picture, State};
use crate::error::{Error, Result};
use crate::event::Event;
use crate::ids::{MediaId, VariantId};
use crate::policy::{self, Action};

/// Pictures one item may have.
const MOST: usize = 100;

/// Keeps a picture that was made anew and stored, for the item of a draft.
///
/// # Errors
/// `Conflict("frozen")` when it is no draft any more; `Invalid` at `file` when the item has too many.
pub async fn add_picture(ctx: &Ctx, id: VariantId, picture: &Picture) -> Result<()> {
    ctx.require(Action::WriteContent).await?;
    let mut tx = ctx.begin().await?;
    let sheet = store::find(tx.conn(), id).await?.ok_or(Error::NotFound)?;
    if sheet.state != State::Draft {
        return Err(Error::Conflict("frozen"));
    }
    if store::pictures(tx.conn(), &sheet.item).await?.len() >= MOST {
        return Err(Error::invalid("file", "many"));
    }
    store::insert_picture(tx.conn(), &sheet.item, picture, ctx.person()?, ctx.now).await?;
    tx.record(Event::DraftSaved {
        item: sheet.item.clone(),
        edition: sheet.edition,
        locale: sheet.locale.tag().to_owned(),
    });
    tx.commit().await
}

/// The pictures of an item, oldest first.
pub async fn pictures(ctx: &Ctx, id: VariantId) -> Result<Vec<Picture>> {
    ctx.require(Action::ReadLibrary).await?;
    let mut conn = ctx.read().await?;
    let sheet = store::find(&mut conn, id).await?.ok_or(Error::NotFound)?;
    store::pictures(&mut conn, &sheet.item).await
}

/// A picture for whoever may see it: staff who read the library, and everybody once live words show it.
pub async fn picture(ctx: &Ctx, id: MediaId) -> Result<Picture> {
    let mut conn = ctx.read().await?;
    let picture = store::picture(&mut conn, id).await?.ok_or(Error::NotFound)?;
    if policy::may(&ctx.actor, Action::ReadLibrary) || store::is_shown(&mut conn, id).await? {
        return Ok(picture);
    }
    Err(Error::NotFound)
}
