//! What every request passes through, from the outside in: headers, request id and log, a net under panics, CSRF, then
//! the visit (language and session).

pub mod csrf;
pub mod headers;
pub mod log;
pub mod visit;
