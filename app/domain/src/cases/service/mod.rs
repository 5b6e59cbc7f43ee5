//! The verbs of cases.

mod advance;
mod open;
mod record;
mod status;
mod work;

pub use advance::{
    Advance, advance, answered, document_accepted, document_requested, documents_settled, first_response_due,
};
pub use open::{NewCase, Opened, consents_settled, open};
pub use record::read;
pub use status::{mine, status};
pub use work::{note, release, take, tick};
