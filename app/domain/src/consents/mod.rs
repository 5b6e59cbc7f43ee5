//! Consents: a ledger of every yes and every no, by purpose and channel, with the wording that was shown. Rows are added
//! and never changed; what holds now is the latest row of each purpose and channel. Nobody is contacted without one (P3).

pub mod rules;
#[cfg(feature = "store")]
mod service;
#[cfg(feature = "store")]
pub(crate) mod store;
pub mod types;

#[cfg(feature = "store")]
pub use service::{
    Answered, CasePreferences, Preference, current, give, history, may_contact, preferences, record, withdraw,
};
#[cfg(feature = "store")]
pub(crate) use service::{expiry, settle, wording};
pub use types::{Channel, Consent, How, NewConsent, Purpose, Wording};
