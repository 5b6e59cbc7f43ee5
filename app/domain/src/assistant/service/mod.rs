//! The verbs of the assistant: a question asked, a conversation read, what staff do in it, and how it learns from them.

mod ask;
mod figures;
mod gaps;
mod learn;
mod rate;
mod read;
mod staff;

pub use ask::{ask, forget_counts};
pub use figures::figures;
pub use gaps::{gap, gaps};
pub use learn::{draft, learned, link, set_aside};
pub use rate::rate;
pub use read::{program_of, talk, thread};
pub use staff::{close, reply, take};
