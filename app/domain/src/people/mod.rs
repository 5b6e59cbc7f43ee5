//! People: patients, those who help them, staff. What is known about a person is sealed with a key of their own;
//! erasing them destroys the key. An address or number is found again by a keyed hash, never by its text.
//!
//! Names are shown as they were written and never compared; e-mail addresses and phone numbers are compared in one
//! canonical form.

pub mod rules;
#[cfg(feature = "store")]
mod store;
pub mod types;

pub use rules::{canonical_email, canonical_phone, email_flaws, name_flaws, phone_flaws};
#[cfg(feature = "store")]
pub use store::{
    find_by_birth, find_by_email, find_by_phone, get, grant, insert, key, locale, name, roles, save,
    staff_name, with_role,
};
pub use types::{BestTime, NewPerson, Person};
