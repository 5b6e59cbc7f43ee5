//! Imports: people and their cases brought in whole, with what happened before. Used by the demonstration and the bench;
//! what an import writes is what the verbs of the other features would have written, in few statements.
//!
//! What happened before is kept as events in its own time, and nothing follows from it any more: no message goes out, no
//! task is opened. The import itself is on the audit trail.

mod service;
mod store;
pub mod types;

pub use service::{fill, receive, settle, without_file};
pub use types::{
    Empty, Filled, Import, PastConsent, PastDocument, PastMessage, PastModule, PastNote, PastRequest,
    PastStatus, PastTask,
};
