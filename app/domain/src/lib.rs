//! What the portal knows and does. No HTML and no HTTP; the only outside thing it touches is SQL.
//!
//! One folder a noun: `types` and `rules` are plain data and pure decisions (they compile for the browser too),
//! `service` holds the verbs (authorise, load, decide, save, record), `store` the SQL and nothing else.

// plain data, for the browser as well
pub mod actor; // who acts: anonymous, a person, staff, the system
pub mod error; // what can go wrong, in terms a page can explain
pub mod event; // every fact that can happen
pub mod function_words; // words that build a sentence without saying what it is about
pub mod hanzi; // traditional Chinese characters and the simplified ones they are read as
pub mod ids; // a type for every id
pub mod keyset; // where the next page of a list begins
pub mod letters; // what single characters are, in any script
pub mod locale; // the languages, their direction, their tags
pub mod policy; // who may do what: the one permission table
pub mod time; // instants and days as plain numbers

// the native half
#[cfg(feature = "store")]
pub mod ctx; // who, when, why and with which database: the first argument of every verb
#[cfg(feature = "store")]
pub mod db; // the pool, transactions, migrations; SQLite and PostgreSQL behind one text
#[cfg(feature = "store")]
pub mod seal; // keys and envelopes: health data at rest
#[cfg(feature = "store")]
pub mod trail; // the append end of the audit chain

#[cfg(feature = "store")]
pub mod reactions; // where a fact meets its consequences: the only room that knows every feature

// the nouns
pub mod assistant; // approved answers, found and never written
pub mod audit; // the reading end of the trail: search and proof
pub mod cases; // one person's way through one program
pub mod consents; // who may contact a person about what: a ledger
pub mod content; // what people read: editions, languages, signatures, the library
pub mod documents; // what was asked for, what was sent, what became of it
pub mod editorial; // how words come to readers: written, reviewed, signed, translated, published, withdrawn
pub mod enrollments; // the form, its drafts, its submit, and invitations
#[cfg(feature = "store")]
pub mod imports; // people and cases brought in whole, with what happened before
pub mod messaging; // messages out: planned, decided when sent, never lost
pub mod people; // patients, those who help them, staff: sealed, found by keyed hashes
pub mod programs; // programs as data: hours, rules, forms
pub mod safety; // the screen before every free text, and the desk behind it
pub mod sessions; // how a person shows who they are, and for how long it counts
pub mod tasks; // what a staff member must do, with an owner and a clock
pub mod worklist; // the cases staff work on, in the order they wait
