//! Everything the browser may run. Each island makes better what already works without it. Nothing here names the
//! domain, and no words are in here: they stand in `data-` attributes of what the server drew.
//!
//! An island is an empty mark inside the form it serves. When it wakes it takes over every form of its kind that
//! nobody has taken yet; so it needs no props, and the bundle neither a serializer nor a renderer.

mod autosave; // a form saved while somebody writes
#[cfg(feature = "hydrate")]
mod browser; // window, live region, regions of a page
mod enhance; // any form: posted without leaving the page
mod passkey; // sign in or register with a passkey
mod read_aloud; // a text read aloud where there is a voice
mod upload; // one large file, in parts that survive a lost connection

pub use autosave::Autosave;
pub use enhance::Enhance;
pub use passkey::Passkey;
pub use read_aloud::ReadAloud;
pub use upload::Resume;
