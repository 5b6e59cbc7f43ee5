//! Pages for everyone.

pub mod enroll;
pub mod invitation;
pub mod sign_in;
