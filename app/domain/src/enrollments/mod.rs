//! Enrollments: the form a patient, or someone who helps one, fills in question by question. A draft is saved at every
//! answer and kept 30 days; its submit opens one case, however often it is pressed. Filled in by somebody else, the case
//! waits until the patient has answered their own consents through a one-time invitation (ON-2, ON-12).

pub mod rules;
#[cfg(feature = "store")]
mod service;
#[cfg(feature = "store")]
pub(crate) mod store;
pub mod types;

pub use rules::{ConsentForm, Next, Step, TaskState};
#[cfg(feature = "store")]
pub use service::{
    Answered, Awaiting, ConsentPage, Done, Draft, Invited, Link, Submitted, answer, answer_consents,
    answer_invitation, awaits_consent, claim_account, claim_invited, clear_expired, discard, done, draft,
    finish_invitation, invitation, invite_again, prove, start, submit,
};
pub use types::{Answers, ConsentAnswer};
