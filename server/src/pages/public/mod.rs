//! Pages for everyone.

pub mod sign_in;
