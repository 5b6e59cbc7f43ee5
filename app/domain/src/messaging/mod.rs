//! Messages out: planned as rows in the transaction of their cause, decided at the moment of sending, tried again until they
//! arrive or a person is told. They never name a medicine, a condition, a program or a document: "sign in to read it".

pub mod rules;
#[cfg(feature = "store")]
mod service;
#[cfg(feature = "store")]
mod store;
pub mod types;

#[cfg(feature = "store")]
pub use service::{claim, decide, delivered, hold, plan, recent, refused, release};
pub use types::{Cause, Claimed, Decision, Failure, Kind, NewMessage, Row, State, Written};
