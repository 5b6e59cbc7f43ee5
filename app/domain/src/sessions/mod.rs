//! Sessions: how a person shows who they are, and for how long it counts.
//!
//! What always holds: the database keeps hashes of passwords and tokens, never the things themselves; whether an account
//! exists shows neither in an answer nor in its time; tries are slowed, never locked; a staff session stands on a passkey
//! or on a password with a code; every session can be seen and ended by its owner, and ends for good.

pub mod rules;
pub mod types;

#[cfg(feature = "store")]
mod marks; // the cookie by which a device that signed in before is known
#[cfg(feature = "store")]
mod passkeys; // the keys of this site, and the verbs with passkeys
#[cfg(feature = "store")]
mod passwords; // argon2, two at a time
#[cfg(feature = "store")]
pub mod service; // the verbs, by what they are about
#[cfg(feature = "store")]
mod store;
#[cfg(feature = "store")]
mod throttle; // how tries are slowed
#[cfg(feature = "store")]
mod totp; // six digits from an authenticator app

#[cfg(feature = "store")]
pub use passkeys::{
    Begun, Site, begin_passkey, begin_passkey_sign_in, finish_passkey, finish_passkey_sign_in,
    prove_with_passkey, remove_passkey,
};
#[cfg(feature = "store")]
pub use passwords::{Secret, prepare};
#[cfg(feature = "store")]
pub use service::{
    account::{create_account, has_account, methods},
    authenticate::authenticate,
    list::{list, revoke, revoke_others, sign_out, sweep},
    password::{Proof, change_password, prove, show_again},
    second_factor::{must_choose_password, second_factor},
    sign_in::sign_in,
    staff::{add_staff, set_totp},
    totp_setup::{begin_totp, confirm_totp, pending_totp, remove_totp},
};
pub use types::{
    AccountKind, Door, Factors, Identity, Methods, NewStaff, Opened, PasskeyView, Renewed, SessionView,
    SignedIn, StaffAdded, TotpSetup,
};
