//! Approved answers, found and never written (EN-23). A question is screened for safety first; then a personal one gets
//! the person's own status, and any other the approved answer, or up to three titles, or a human being.
//!
//! What always holds: the portal's own turns point at approved content and hold no words; a hand-over is a row in a queue
//! before anything is shown; while a person has the conversation the assistant is silent, except where safety speaks.

pub mod alike; // questions about the same, put together
#[cfg(feature = "store")]
mod desk;
pub mod gaps; // what could not be answered, and what becomes of it
pub mod phrases;
pub mod rules;
pub mod search; // retrieval: the entry a question is about, and how sure that is
#[cfg(feature = "store")]
mod service;
#[cfg(feature = "store")]
mod store;
pub mod tongue; // the language a question is in
pub mod types;

#[cfg(feature = "store")]
pub use desk::Desk;
#[cfg(feature = "store")]
pub use service::{
    ask, close, draft, figures, forget_counts, gap, gaps, learned, link, program_of, rate, reply, set_aside,
    take, talk, thread,
};
pub use types::{Act, Author, Outcome, Piece, Queue, State, Talk, Thread, Turn};
#[cfg(feature = "store")]
pub use types::{Asked, Door, Heard};
