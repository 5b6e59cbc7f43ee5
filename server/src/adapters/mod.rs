//! One enum per outside thing, so that tests can put a memory in its place and production refuses the toy ones.

pub mod files; // sealed files: a folder, or a memory
pub mod mail; // SMTP, or a folder
pub mod pdf;
pub mod pharmacovigilance; // approved texts on paper, tagged
pub mod scanner; // clamd, none, or a memory
