//! What goes in and out of the verbs of signing in.

use crate::actor::{Actor, Role};
use crate::error::Error;
use crate::ids::{PasskeyId, PersonId, SessionId};
use crate::locale::Locale;
use crate::time::Timestamp;
use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

/// Whose account it is; staff sign in with two factors and land on the worklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountKind {
    Person,
    Staff,
}

impl AccountKind {
    /// As stored.
    pub const fn code(self) -> &'static str {
        match self {
            AccountKind::Person => "person",
            AccountKind::Staff => "staff",
        }
    }
}

impl FromStr for AccountKind {
    type Err = Error;
    fn from_str(code: &str) -> Result<Self, Error> {
        match code {
            "person" => Ok(AccountKind::Person),
            "staff" => Ok(AccountKind::Staff),
            _ => Err(Error::internal("unknown kind of account")),
        }
    }
}

/// What was shown to open a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Factors {
    Password,
    PasswordAndCode,
    Passkey,
}

impl Factors {
    /// As stored.
    pub const fn code(self) -> &'static str {
        match self {
            Factors::Password => "password",
            Factors::PasswordAndCode => "password+totp",
            Factors::Passkey => "passkey",
        }
    }
}

impl FromStr for Factors {
    type Err = Error;
    fn from_str(code: &str) -> Result<Self, Error> {
        match code {
            "password" => Ok(Factors::Password),
            "password+totp" => Ok(Factors::PasswordAndCode),
            "passkey" => Ok(Factors::Passkey),
            _ => Err(Error::internal("unknown factors")),
        }
    }
}

/// The door somebody stands at: what is known of the device and the way it came.
#[derive(Debug, Clone, Copy)]
pub struct Door<'a> {
    /// `Firefox · Android`, from [`super::rules::device_label`].
    pub device: &'a str,
    /// The device mark cookie, if the browser sent one.
    pub mark: Option<&'a str>,
    /// Where the request came from, behind trusted proxies only.
    pub network: IpAddr,
    /// The person said others use this device: the session ends sooner.
    pub shared: bool,
}

/// A session just opened. The token goes into the cookie and is kept nowhere else.
#[derive(Clone, PartialEq, Eq)]
pub struct Opened {
    pub token: String,
    /// The new value of the device mark cookie.
    pub mark: String,
    pub kind: AccountKind,
    /// The language the person reads.
    pub locale: Locale,
}

/// A session that goes on under a new token, because a factor was shown again.
#[derive(Clone, PartialEq, Eq)]
pub struct Renewed {
    pub token: String,
    /// The new value of the device mark cookie.
    pub mark: String,
}

/// How far a password got.
#[derive(Clone, PartialEq, Eq)]
pub enum SignedIn {
    Session(Opened),
    /// The password was right, a code must follow. The token goes into a cookie of its own for ten minutes.
    SecondFactor {
        token: String,
    },
}

/// Who a token belongs to: for the middleware.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    pub actor: Actor,
    pub kind: AccountKind,
    /// The language the person reads.
    pub locale: Locale,
    /// Their name: a staff member's public one.
    pub name: Option<String>,
}

/// One session in the list of its owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionView {
    pub id: SessionId,
    pub device: String,
    pub factors: Factors,
    pub shared: bool,
    pub created_at: Timestamp,
    pub seen_at: Timestamp,
    /// The one this request came with.
    pub current: bool,
}

/// A passkey in the list of its owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyView {
    pub id: PasskeyId,
    pub name: String,
    pub created_at: Timestamp,
    pub last_used_at: Option<Timestamp>,
}

/// How a person can sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Methods {
    pub kind: AccountKind,
    pub email: String,
    pub password_set_at: Option<Timestamp>,
    /// The password is long enough to stand alone (N-01).
    pub password_alone: bool,
    pub totp_since: Option<Timestamp>,
    pub passkeys: Vec<PasskeyView>,
    /// A factor was shown in the last ten minutes: methods may be changed.
    pub fresh: bool,
}

/// An authenticator app being set up.
#[derive(Clone, PartialEq, Eq)]
pub struct TotpSetup {
    /// For the cookie of the step.
    pub token: String,
    /// The secret as base 32, for typing.
    pub secret: String,
    /// The `otpauth:` address, for the picture.
    pub url: String,
}

/// A staff member to be given an account.
#[derive(Clone)]
pub struct NewStaff {
    /// A fixed id for demonstration data.
    pub id: Option<PersonId>,
    pub name: String,
    pub email: String,
    pub roles: Vec<Role>,
    pub locale: Locale,
}

/// What the new staff member must be told, once, over a safe way.
#[derive(Clone)]
pub struct StaffAdded {
    pub person: PersonId,
    /// Good for the first sign-in, which asks for a new one.
    pub password: String,
    /// The `otpauth:` address for their authenticator app.
    pub totp_url: String,
    /// The same secret as base 32, for typing.
    pub totp_secret: String,
}

// tokens, secrets and names must not slip into a log through a debug print
macro_rules! secretive {
    ($($name:ident),+) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    )+};
}
secretive!(Opened, Renewed, SignedIn, Identity, TotpSetup, NewStaff, StaffAdded);
