//! The audit trail's reading end: search, and proof that nothing was changed.

#[cfg(feature = "store")]
mod search;
#[cfg(feature = "store")]
mod service;
#[cfg(feature = "store")]
mod store;

#[cfg(feature = "store")]
pub use search::{Line, Lines, Search, search};
#[cfg(feature = "store")]
pub use service::{Broken, Found, verify};
