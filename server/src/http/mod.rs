//! Doors that are not pages, and what every request passes through.

pub mod assets; // styles, scripts and fonts, from memory
pub mod files;
pub mod health; // is it alive, is it ready
pub mod middleware; // locale and session, headers, CSRF, limits, log, problems
