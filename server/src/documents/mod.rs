//! How a file comes in: bytes arrive in sealed blocks, are told apart by their content, decoded and made anew without
//! anything but the picture or the pages, sealed, stored, and checked. What cannot be taken is refused with its reason.

mod checks;
mod decode;
mod incoming;
mod intake;
mod jpeg;
mod kind;
mod pdf;
mod picture;
mod serving;

pub use checks::{check_all, expire_and_sweep, sweep};
pub use decode::Decoder;
pub use incoming::Incoming;
pub(crate) use incoming::discard;
pub use intake::{Sent, finish, is_about_file, take};
pub(crate) use jpeg::is_plain as is_plain_jpeg;
pub use serving::served;

use domain::error::{Error, Flaw};

/// A file as it may be kept: made anew from what was decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clean {
    pub media_type: &'static str,
    pub bytes: Vec<u8>,
    pub pages: i64,
}

/// Why a file cannot be taken. Each has its sentence, `errors.file_…`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    Empty,
    TooLarge,
    /// None of the kinds we take.
    Type,
    /// Its name promises a kind that its content is not.
    Mismatch,
    /// A PDF with a password.
    Locked,
    /// Damaged or cut short.
    Unreadable,
    /// More megapixels than we decode.
    Pixels,
    /// More pages than anybody would review.
    Pages,
}

impl Refusal {
    pub fn flaw(self) -> Flaw {
        use domain::documents::rules::MAX_MEGABYTES;
        match self {
            Refusal::Empty => Flaw::new("file", "empty"),
            Refusal::TooLarge => Flaw::with_limit("file", "too_large", MAX_MEGABYTES),
            Refusal::Type => Flaw::new("file", "type"),
            Refusal::Mismatch => Flaw::new("file", "mismatch"),
            Refusal::Locked => Flaw::new("file", "locked"),
            Refusal::Unreadable => Flaw::new("file", "unreadable"),
            Refusal::Pixels => Flaw::with_limit("file", "pixels", picture::MAX_MEGAPIXELS),
            Refusal::Pages => Flaw::with_limit("file", "pages", pdf::MAX_PAGES),
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Error {
        Error::Invalid(vec![refusal.flaw()])
    }
}
