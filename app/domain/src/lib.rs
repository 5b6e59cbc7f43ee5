//! What the portal knows and does. No HTML and no HTTP; the only outside thing it touches is SQL.
//!
//! One folder a noun: `types` and `rules` are plain data and pure decisions (they compile for the browser too),
//! `service` holds the verbs (authorise, load, decide, save, record), `store` the SQL and nothing else.

// plain data, for the browser as well
pub mod actor; // who acts: anonymous, a person, staff, the system
pub mod error; // what can go wrong, in terms a page can explain
pub mod event; // every fact that can happen, and what the audit trail keeps of it
pub mod ids; // a type for every id
pub mod locale; // the languages, their direction, their tags
pub mod policy; // who may do what: the one permission table
pub mod time; // instants and days as plain numbers

// the native half

// the nouns
pub mod assistant; // approved answers, found and never written
pub mod safety; // the screen before every free text, and the desk behind it
