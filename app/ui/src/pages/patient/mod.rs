//! Pages for patients and those who help them.

pub mod account; // how one signs in, and where one is signed in
pub mod case; // where a case stands
pub mod document; // what one is asked for: how to send it, what became of it
pub mod documents;
pub mod home; // each case in short, and the one thing to do
pub mod preferences;
pub mod safety_questions; // who may contact one about what // everything one was asked for
