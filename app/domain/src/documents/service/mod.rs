//! The verbs of documents.

mod asking;
mod deciding;
mod looking;
mod sending;
mod uploading;

pub use asking::{kinds, request, withdraw};
pub use deciding::{accept, checked, expire_checks, fail, reject, to_check};
pub use looking::{file, for_case, for_person, is_kept, request_for_person, review, waiting_for_person};
pub use sending::{Taken, file_place, may_send, original_place, receive};
pub use uploading::{
    begin_upload, cancel_upload, clean_up, expired_uploads, finish_upload, grow_upload, upload,
};

use crate::actor::Actor;
use crate::ctx::Ctx;
use crate::error::Result;

/// For what only the portal itself does: jobs.
async fn only_the_portal(ctx: &Ctx, what: &str) -> Result<()> {
    match ctx.actor {
        Actor::System(_) => Ok(()),
        _ => ctx.refuse(what, None, None).await,
    }
}
