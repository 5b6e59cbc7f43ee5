//! Pages for everyone.
