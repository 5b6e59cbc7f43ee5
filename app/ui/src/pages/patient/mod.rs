//! Pages for patients and those who help them.

pub mod account; // how one signs in, and where one is signed in
pub mod preferences; // who may contact one about what
