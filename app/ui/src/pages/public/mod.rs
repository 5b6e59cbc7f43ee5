//! Pages for everyone.

pub mod enroll; // the form, its check, its confirmation
pub mod invitation; // one's own consents, by a one-time link
pub mod sign_in; // password or passkey, the code, the way out
//! What anyone may read.

pub mod accessibility;
pub mod help;
pub mod languages;
pub mod learn;
pub mod module;
pub mod portal;
pub mod privacy;
pub mod program;
pub mod reading;
