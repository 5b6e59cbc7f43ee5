//! Pages for staff.

pub mod messages;
pub mod audit;
pub mod case;
pub mod tasks;
pub mod worklist;
pub mod case_documents; // what was asked for on a case
pub mod document; // one document on a reviewer's desk
