//! What can go wrong, in terms a page can explain to a person.
//!
//! `Invalid`: something typed or sent cannot be taken; the form comes back with every value kept.
//! `Conflict`: the thing changed meanwhile, or the step is not allowed from where it stands.
//! `NotFound`: it is not there, or not for this actor; the two look the same.
//! `SignIn`: the page is private and nobody is signed in.
//! `Throttled`: too many tries; says when to come back.
//! `Unavailable`: something we depend on does not answer; nothing was stored unless a page says so.
//! `Internal`: a fault of ours. Its text is for the log, never for a person.

use std::fmt;

pub type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Debug)]
pub enum Error {
    Invalid(Vec<Flaw>),
    Conflict(&'static str),
    NotFound,
    SignIn,
    Throttled { retry_after_seconds: u32 },
    Unavailable(&'static str),
    Internal(String),
}

/// One thing wrong with one field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// The field's name in the form, or empty for the form as a whole.
    pub field: String,
    /// The last part of the key `errors.<code>` in `locales/errors.*`.
    pub code: &'static str,
    /// Fills `%{limit}` of the sentence, where it has one.
    pub limit: Option<i64>,
}

impl Flaw {
    pub fn new(field: impl Into<String>, code: &'static str) -> Flaw {
        Flaw { field: field.into(), code, limit: None }
    }

    pub fn with_limit(field: impl Into<String>, code: &'static str, limit: i64) -> Flaw {
        Flaw { field: field.into(), code, limit: Some(limit) }
    }
}

impl Error {
    /// One field is wrong.
    pub fn invalid(field: impl Into<String>, code: &'static str) -> Error {
        Error::Invalid(vec![Flaw::new(field, code)])
    }

    /// A fault of ours; the text goes to the log, so it must hold no personal data.
    pub fn internal(text: impl Into<String>) -> Error {
        Error::Internal(text.into())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Invalid(flaws) => {
                f.write_str("invalid:")?;
                flaws.iter().try_for_each(|flaw| write!(f, " {}={}", flaw.field, flaw.code))
            }
            Error::Conflict(what) => write!(f, "conflict: {what}"),
            Error::NotFound => f.write_str("not found"),
            Error::SignIn => f.write_str("sign-in needed"),
            Error::Throttled { retry_after_seconds } => write!(f, "throttled for {retry_after_seconds} s"),
            Error::Unavailable(what) => write!(f, "unavailable: {what}"),
            Error::Internal(text) => write!(f, "internal: {text}"),
        }
    }
}

impl std::error::Error for Error {}

#[cfg(feature = "store")]
impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Error {
        match error {
            sqlx::Error::RowNotFound => Error::NotFound,
            sqlx::Error::PoolTimedOut | sqlx::Error::Io(_) | sqlx::Error::PoolClosed => {
                Error::Unavailable("database")
            }
            // a database's message may quote a value: keep its kind and code, not its words
            sqlx::Error::Database(refusal) => Error::Internal(format!(
                "database refused: code {:?}, constraint {:?}, {:?}",
                refusal.code(),
                refusal.constraint(),
                refusal.kind()
            )),
            other => Error::Internal(format!("database: {other}")),
        }
    }
}
