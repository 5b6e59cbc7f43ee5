//! Pages for everyone.

pub mod ask; // questions, a log of answers
pub mod enroll;
pub mod help; // whom to call
pub mod invitation;
pub mod languages; // `/`
pub mod learn; // modules, page by page
pub mod portal; // the front page
pub mod program; // and how to get the medicine, what it costs, safety
pub mod sign_in;
pub mod statements; // privacy, accessibility
