//! Pages for everyone.

pub mod enroll; // the form, its check, its confirmation
pub mod invitation; // one's own consents, by a one-time link
pub mod sign_in; // password or passkey, the code, the way out
