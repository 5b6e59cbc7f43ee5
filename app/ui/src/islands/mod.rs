//! Everything the browser may run. Each island makes better what already works without it, and gets its words as
//! props. Nothing here names the domain.
//!
//! The islands are leaves: an empty mark inside the form they serve. They act on the page the server drew; the
//! server stays the only one who draws.

#[cfg(feature = "hydrate")]
mod browser; // window, live region, regions of a page
mod enhance; // any form: posted without leaving the page
mod passkey; // sign in or register with a passkey
mod upload; // one large file, in parts that survive a lost connection

pub use enhance::Enhance;
pub use passkey::Passkey;
pub use upload::{Resume, ResumeWords};
