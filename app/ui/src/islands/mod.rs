//! Everything the browser may run. Each island makes better what already works without it, and gets its words as
//! props. Nothing here names the domain.

mod enhance;

pub use enhance::Enhance;
