//! The SQL of safety: screenings and records, what went to pharmacovigilance, second looks.

mod questions;
mod records;
mod reports;
mod samples;

pub(super) use questions::*;
pub(super) use records::*;
pub(super) use reports::*;
pub(super) use samples::*;
