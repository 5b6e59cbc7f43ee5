//! Pages for everyone.

pub mod sign_in; // password or passkey, the code, the way out
