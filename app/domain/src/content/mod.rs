//! Content: everything a patient reads that is more than a label. An item has editions that never change, an edition has
//! a variant in each language, and only a variant whose hash three reviewers signed can be live.
//!
//! Pages, the assistant, messages and scripts read the same library of live variants, held in memory.

#[cfg(feature = "store")]
mod learning;
#[cfg(feature = "store")]
mod library;
pub mod rules;
#[cfg(feature = "store")]
mod service;
#[cfg(feature = "store")]
pub(crate) mod store;
pub mod types;

#[cfg(feature = "store")]
pub use learning::{Module, ModuleView, finish, is_reader, modules_for, read_module};
#[cfg(feature = "store")]
pub use library::{Library, Shelf, Shown};
#[cfg(feature = "store")]
pub use service::install;
pub use types::{
    Body, Desk, FormQuestion, FormTask, Kind, Manuscript, ModulePage, Progress, Review, Signer, Variant,
};
