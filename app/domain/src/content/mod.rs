//! Content: everything a patient reads that is more than a label. An item has editions that never change, an edition has
//! a variant in each language, and only a variant whose hash three reviewers signed can be live.
//!
//! Pages, the assistant, messages and scripts read the same library of live variants, held in memory.

#[cfg(feature = "store")]
mod library;
#[cfg(feature = "store")]
pub(crate) mod store;
pub mod types;

#[cfg(feature = "store")]
pub use library::{Library, Shelf, Shown};
pub use types::{Body, FormQuestion, FormTask, Kind, ModulePage, Variant};
