//! Tasks: what a staff member must do, in a queue, with an owner and a clock. Each has one cause, named by its dedupe
//! key, so that a cause told twice opens one task; it stays open until a person settles it or its subject is settled.

#[cfg(feature = "store")]
mod service;
#[cfg(feature = "store")]
mod store;
pub mod types;

#[cfg(feature = "store")]
pub use service::{about_content, count_open, list, open, settle, settle_subject, take};
pub use types::{CONTENT_QUEUE, Filter, How, Kind, NewTask, Page, Task, Whose};
