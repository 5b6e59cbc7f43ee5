//! Why a file is no report we can read, or a report none we can write. Never holds a word of the file itself.

use std::fmt;

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Where an element is named, it is by its E2B(R3) data-element number, such as `C.1.4`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Error {
    /// More bytes than are read at all.
    TooLarge { limit: usize },
    /// More elements, attributes or levels than a report has use for.
    TooMuch { limit: usize },
    /// Not UTF-8, or it says of itself that it is something else.
    NotUtf8,
    /// It declares a document type, which no report does and which is how entities are smuggled in.
    DocumentType,
    /// It refers to an entity beyond the five of XML.
    Entity,
    /// Not well-formed XML 1.0; `at` counts bytes from the beginning.
    Malformed { at: u64 },
    /// Well-formed, but its root is not that of such a file, in HL7's namespace.
    AnotherRoot,
    /// A batch of this many reports, where one is expected.
    ManyReports(usize),
    /// An element that must be there is not.
    Missing(&'static str),
    /// An element holds what it cannot.
    BadValue(&'static str),
    /// The XML could not be put together.
    Print,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::TooLarge { limit } => write!(f, "larger than {limit} bytes"),
            Error::TooMuch { limit } => write!(f, "more than {limit} elements, attributes or levels"),
            Error::NotUtf8 => f.write_str("not UTF-8"),
            Error::DocumentType => f.write_str("declares a document type"),
            Error::Entity => f.write_str("refers to an entity"),
            Error::Malformed { at } => write!(f, "not well-formed XML at byte {at}"),
            Error::AnotherRoot => f.write_str("another kind of file"),
            Error::ManyReports(count) => write!(f, "{count} reports in one batch"),
            Error::Missing(element) => write!(f, "{element} is missing"),
            Error::BadValue(element) => write!(f, "{element} holds what it cannot"),
            Error::Print => f.write_str("the XML could not be put together"),
        }
    }
}

impl std::error::Error for Error {}
