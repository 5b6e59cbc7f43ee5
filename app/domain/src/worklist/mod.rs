//! The worklist: open cases in the order they wait, seen by whose they are, whom they wait for and how late they are.
//! Every view has an index that ends in its order, so a page costs the same at a hundred cases and at a hundred thousand.

#[cfg(feature = "store")]
mod service;
#[cfg(feature = "store")]
mod store;
pub mod types;

#[cfg(feature = "store")]
pub use service::page;
pub use types::{Filter, Page, Row, View};
