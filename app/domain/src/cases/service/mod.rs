//! The verbs of cases.

mod open;

pub use open::{NewCase, Opened, consents_settled, open};
