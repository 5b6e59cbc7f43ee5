//! Documents: what a person was asked for, what they sent, and what became of it (EN-24, ON-19).
//!
//! One request of a kind is open at a time on a case; it is settled when a document that answers it was accepted, or when
//! staff take it back. A document moves `received → checking → in_review → accepted | rejected | failed` and never waits
//! in `checking` longer than fifteen minutes. The bytes are sealed before they leave the portal; this room keeps the rows.

pub mod rules;
#[cfg(feature = "store")]
mod service;
#[cfg(feature = "store")]
mod store;
pub mod types;
#[cfg(feature = "store")]
mod views;

#[cfg(feature = "store")]
pub use service::*;
pub use types::{Document, Failure, Request, State};
#[cfg(feature = "store")]
pub use views::{Asked, Checking, NewUpload, Received, Review, Sending, Settled, StoredFile, Upload};
