//! Approved answers, found and never written.
