//! Pages for everyone.

pub mod accessibility;
pub mod ask; // a conversation with approved answers
pub mod enroll; // the form, its check, its confirmation
pub mod help; // whom to call, and when something does not work
pub mod invitation; // one's own consents, by a one-time link
pub mod languages; // choose one
pub mod learn; // the modules one may read
pub mod module; // one page of one
pub mod portal; // the front page
pub mod privacy;
pub mod program; // what a program does
pub mod reading; // one approved text
pub mod sign_in; // password or passkey, the code, the way out
