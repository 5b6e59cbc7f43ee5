//! The verbs of safety: what every writer of free text calls, and what the safety officer does.

mod desk;
mod receive;

pub use desk::{acknowledge, close, of_case, queue, record};
pub use receive::{flag, identify, receive};
