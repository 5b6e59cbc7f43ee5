//! One enum per outside thing, so that tests can put a memory in its place and production refuses the toy ones.

pub mod mail; // SMTP, or a folder
