//! The verbs of the assistant: a question asked, a conversation read, and what staff do in it.

mod ask;
mod read;
mod staff;

pub use ask::{ask, forget_counts};
pub use read::{program_of, talk, thread};
pub use staff::{close, reply, take};
