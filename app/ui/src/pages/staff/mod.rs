//! Pages for staff.

pub mod messages;
pub mod audit;
pub mod case;
pub mod tasks;
pub mod worklist;
