//! One file a page: its model, its view, its regions. Models in, HTML out.

pub mod approved;
pub mod patient;
pub mod public;
pub mod staff;
