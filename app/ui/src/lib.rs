//! What people see: models in, HTML out. Pure: no database, no HTTP.
//!
//! `paths` names every address, `document` draws the whole page, `i18n` finds the words, `components` are the parts
//! (its first page is the cheat sheet), `pages` put them together, and `islands` is the only code sent to browsers.

#![recursion_limit = "256"]

// for browsers too
#[allow(unreachable_pub)] // the island macro writes public items
pub mod islands; // what makes a working page better, where scripts run

// native only
#[cfg(feature = "ssr")]
pub mod components; // field, form, rail, notice, table, …
#[cfg(feature = "ssr")]
pub mod document; // the whole page around a view
#[cfg(feature = "ssr")]
pub mod i18n; // words, plurals, days and hours in the reader's language
#[cfg(feature = "ssr")]
pub mod markup; // approved Markdown to safe HTML
#[cfg(feature = "ssr")]
pub mod pages; // one file a page
#[cfg(feature = "ssr")]
pub mod paths; // every address, typed
#[cfg(feature = "ssr")]
pub mod problem; // an error as a person reads it

#[cfg(feature = "ssr")]
rust_i18n::i18n!("../../locales", fallback = "en");
