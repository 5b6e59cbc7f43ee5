//! Cases: one person's way through one program. Staff and patient read the same record; every change of stage is a row
//! with who, when and why, and the sentence a patient reads is always an approved item.

#[cfg(feature = "store")]
pub(crate) mod approved;
pub mod rules;
#[cfg(feature = "store")]
mod service;
#[cfg(feature = "store")]
pub(crate) mod store;
pub mod types;
pub mod views;

#[cfg(feature = "store")]
pub use service::{
    Advance, NewCase, Opened, advance, answered, consents_settled, document_accepted, document_requested,
    documents_settled, first_response_due, mine, note, open, read, release, status, take, tick,
};
pub use types::{Filler, Stage, SubStatus, WaitingOn};
