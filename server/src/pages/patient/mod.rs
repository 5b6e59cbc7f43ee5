//! Pages for patients and those who help them.

pub mod account;
pub mod case;
pub mod document;
pub mod documents;
pub mod home;
pub mod preferences;
pub mod safety_questions;
