//! Content: everything a patient reads that is more than a label. An item has editions that never change, an edition has
//! a variant in each language, and only a variant whose hash three reviewers signed can be live.
//!
//! Pages, the assistant, messages and scripts read the same library of live variants, held in memory.

#[cfg(feature = "store")]
pub mod canonical;
#[cfg(feature = "store")]
mod learning;
pub mod leaves;
#[cfg(feature = "store")]
mod library;
mod media;
pub mod rules;
#[cfg(feature = "store")]
mod service;
#[cfg(feature = "store")]
pub(crate) mod store;
pub mod types;
pub mod videos;

#[cfg(feature = "store")]
pub use canonical::Canonical;
#[cfg(feature = "store")]
pub use learning::{Lessons, Module, ModuleView, Reading, finish, is_reader, modules_for, rate, read_module};
#[cfg(feature = "store")]
pub use library::{Library, Shelf, Shown};
pub use media::{MediaFile, VIDEO, media_in};
#[cfg(feature = "store")]
pub use service::install;
pub use types::{
    Audience, Body, Desk, FormQuestion, FormTask, Kind, Manuscript, Meta, ModulePage, Progress, QuizQuestion,
    Reference, Review, Signer, Variant,
};
