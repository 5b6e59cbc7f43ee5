//! The SQL of the editorial room.

mod library;
mod media;
mod reviews;
mod sheets;

pub(super) use library::*;
pub(super) use media::*;
pub(super) use reviews::*;
pub(super) use sheets::*;
