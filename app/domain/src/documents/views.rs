//! What the verbs take and what pages are shown. Native only: some carry keys.

use super::types::{Document, Request, State};
use crate::content::Shown;
use crate::ids::{CaseId, DocumentId, PersonId, RequestId, UploadId};
use crate::locale::Locale;
use crate::programs::Program;
use crate::seal::DataKey;
use crate::time::Timestamp;
use std::sync::Arc;

/// A request with its words and all that was sent for it, newest first.
#[derive(Debug, Clone)]
pub struct Asked {
    pub request: Request,
    pub program: Arc<Program>,
    /// Name, why and how; none when the library no longer holds this kind.
    pub words: Option<Shown>,
    pub documents: Vec<Document>,
}

impl Asked {
    /// The document the reader should hear about: the newest.
    pub fn latest(&self) -> Option<&Document> {
        self.documents.first()
    }

    /// Whether the person must act: it is open, and nothing sent for it is on its way.
    pub fn is_waiting_for_person(&self) -> bool {
        self.request.is_open()
            && !self
                .documents
                .iter()
                .any(|document| matches!(document.state, State::Received | State::Checking | State::InReview))
    }
}

/// Leave to send a document, with the key to seal it.
pub struct Sending {
    pub request: Request,
    pub key: DataKey,
}

/// A file that passed the door: decoded, made anew, sealed and stored.
pub struct Received {
    pub id: DocumentId,
    /// As the device named it; cleaned on the way in.
    pub name: String,
    pub note: Option<String>,
    pub media_type: &'static str,
    /// Of the file as it is shown.
    pub bytes: i64,
    pub pages: i64,
    /// SHA-256 of the sealed file, hex.
    pub digest: String,
    pub store_key: String,
    /// What was sent, sealed, where it must still be checked; none where no scanner is set up.
    pub original_key: Option<String>,
    /// SHA-256 of what was sent, hex: kept only as a keyed hash.
    pub content: String,
}

/// A document whose file waits for its check.
pub struct Checking {
    pub id: DocumentId,
    pub key: DataKey,
    pub store_key: String,
    pub original_key: Option<String>,
    pub digest: String,
}

/// What a decision leaves behind: keys of files that must now be deleted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settled {
    pub delete: Vec<String>,
}

/// Where a document's sealed file is, and how to open it.
pub struct StoredFile {
    pub document: Document,
    pub store_key: String,
    pub digest: String,
    pub key: DataKey,
}

/// A document on the desk of a reviewer.
#[derive(Clone)]
pub struct Review {
    pub document: Document,
    pub asked: Asked,
    pub case_number: String,
    pub patient: String,
    /// The language the patient reads, in which they will read a reason.
    pub locale: Locale,
    /// Reasons one may give, in the reviewer's language, each with the text the patient will read in theirs.
    pub reasons: Vec<(Shown, Option<Shown>)>,
    /// The next document that waits on this case or else in the queue.
    pub next: Option<DocumentId>,
}

/// An upload to begin, or to keep.
pub struct NewUpload {
    pub id: UploadId,
    pub request: RequestId,
    pub length: i64,
    /// Bytes that are stored already.
    pub received: i64,
    /// As the device named it; may be empty.
    pub name: String,
}

/// An upload under way.
pub struct Upload {
    pub id: UploadId,
    pub person: PersonId,
    pub request: RequestId,
    pub case: CaseId,
    pub length: i64,
    pub received: i64,
    pub name: String,
    /// Set when it became a document.
    pub document: Option<DocumentId>,
    pub expires_at: Timestamp,
    pub key: DataKey,
}

impl Upload {
    /// Every byte has arrived.
    pub const fn is_whole(&self) -> bool {
        self.received == self.length
    }
}
