//! Pages for everyone.

pub mod enroll;
pub mod invitation;
pub mod sign_in;
pub mod help;
pub mod languages;
pub mod learn;
pub mod portal;
pub mod program;
pub mod statements;
