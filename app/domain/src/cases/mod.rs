//! Cases: one person's way through one program. Staff and patient read the same record; every change of stage is a row
//! with who, when and why, and the sentence a patient reads is always an approved item.

pub mod types;

pub use types::{Stage, SubStatus, WaitingOn};
