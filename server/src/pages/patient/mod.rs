//! Pages for patients and those who help them.

pub mod account;
pub mod preferences;
pub mod case;
pub mod home;
pub mod document;
pub mod documents;
