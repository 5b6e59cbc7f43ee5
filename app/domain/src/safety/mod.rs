//! The safety screen before every free text, and the desk behind it.

pub mod screen; // reads every free text before anything else does
