//! The safety screen before every free text, and the desk behind it.
//!
//! What always holds: a free text is screened in the transaction that stores it; a flagged one has a safety record from
//! that moment on; the awareness time never changes and its clock never pauses; only a named person closes it (P2).

pub mod e2b; // reports as files of ICH E2B(R3), out and in, and what is answered
pub mod rules;
pub mod screen; // reads every free text before anything else does
#[cfg(feature = "store")]
mod service;
#[cfg(feature = "store")]
mod store;
pub mod types;

pub use screen::{Kind, Verdict};
#[cfg(feature = "store")]
pub use service::{acknowledge, close, flag, identify, of_case, queue, receive, record};
pub use types::{
    Brief, Criteria, Outcome, Page, Record, Report, ReportKind, Reporter, Settled, Show, Source, State, Text,
};
