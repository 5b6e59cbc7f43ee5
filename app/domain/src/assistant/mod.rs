//! Approved answers, found and never written.

pub mod search; // retrieval: the entry a question is about, and how sure that is
