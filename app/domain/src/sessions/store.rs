//! The SQL of accounts, sessions, passkeys, steps of signing in, and tries.

mod accounts;
mod attempts;
mod passkeys;
mod sessions;

pub(super) use accounts::*;
pub(super) use attempts::*;
pub(super) use passkeys::*;
pub(super) use sessions::*;

use crate::error::Error;

/// The stored text of something as JSON could not be read or written.
pub(super) fn unreadable(what: &str) -> Error {
    Error::internal(format!("{what} cannot be read or written"))
}
