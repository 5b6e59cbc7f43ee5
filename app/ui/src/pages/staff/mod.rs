//! Pages for staff.

pub mod messages;
