//! Cases: one person's way through one program. Staff and patient read the same record; every change of stage is a row
//! with who, when and why, and the sentence a patient reads is always an approved item.

pub mod rules;
#[cfg(feature = "store")]
mod service;
#[cfg(feature = "store")]
pub(crate) mod store;
pub mod types;

#[cfg(feature = "store")]
pub use service::{NewCase, Opened, consents_settled, open};
pub use types::{Filler, Stage, SubStatus, WaitingOn};
