//! The safety screen before every free text, and the desk behind it.
//!
//! What always holds: a free text is screened in the transaction that stores it; a flagged one has a safety record from
//! that moment on; the awareness time never changes and its clock never pauses; only a named person closes it (P2).

pub mod e2b; // reports as files of ICH E2B(R3), out and in, and what is answered
#[cfg(feature = "store")]
mod handover; // a record as pharmacovigilance takes it
pub mod rules;
pub mod screen; // reads every free text before anything else does
#[cfg(feature = "store")]
mod service;
#[cfg(feature = "store")]
mod store;
pub mod types;

pub use screen::{Kind, Verdict};
#[cfg(feature = "store")]
pub use service::{
    HEARTBEAT, acknowledge, answer, answered, ask, close, detail, flag, identify, last_beat, look, looked,
    of_case, open_questions, queue, receive, reconciliation, record, report, samples, send, triage,
    unwritten, watch, written,
};
pub use types::{
    Asked, Brief, Course, Criteria, Destination, Details, Looked, Outcome, Page, Question, Reconciled,
    Reconciliation, Record, Report, ReportKind, Reporter, Sample, Sending, Serious, Settled, Show, Source,
    State, Text, Trade, Unwritten,
};
