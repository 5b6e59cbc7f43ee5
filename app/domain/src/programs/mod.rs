//! Programs: patient support programs as data. Adding or copying one changes no code.

#[cfg(feature = "store")]
mod catalogue;
#[cfg(feature = "store")]
pub mod hours;
pub mod rules;
#[cfg(feature = "store")]
mod service;
#[cfg(feature = "store")]
pub(crate) mod store;
pub mod types;

#[cfg(feature = "store")]
pub use catalogue::Catalogue;
#[cfg(feature = "store")]
pub use service::install;
pub use types::{Hours, Program, Question, QuestionKind, Rule, Settings};
