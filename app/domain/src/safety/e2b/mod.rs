//! Individual case safety reports as files: written and read in ICH E2B(R3), with the acknowledgements that come back.
//!
//! What always holds: nothing here asks a clock, a file or a database; what is not known is left out or carried as a null
//! flavour, never made up; the patient's words go in and come out letter for letter; a file from outside can be refused but
//! never do harm. A report holds one case: batches of several are refused.
//!
//! A sponsor's safety desk takes such a report as it is. A regulator asks for more, which the desk adds: MedDRA codes
//! (E.i.2.1), the study of a solicited report (C.5), an English narrative with ours as a summary in its own language (H.5.r),
//! and texts within the lengths of the standard.

mod ack;
mod check;
mod codes;
mod error;
mod parse;
mod print;
mod read;
#[cfg(test)]
mod tests;
mod tree;
mod types;
mod when;
mod write;

pub use ack::{Acknowledgement, BatchVerdict, acknowledgements};
pub use codes::{
    Action, AgeGroup, Ethnicity, FirstSender, Highlight, Kind, Null, Outcome, Qualification, Race, Role,
    SenderKind, Sex, UsKind, language,
};
pub use error::{Error, Result};
pub use parse::LARGEST;
pub use read::read;
pub use types::{
    Dose, Drug, Envelope, Indication, OtherId, Party, Patient, Quantity, Reaction, Report, Reporter, Sender,
    Seriousness, Term, Us, Value, Verbatim, Words,
};
pub use when::{NotATime, When};
pub use write::write;
