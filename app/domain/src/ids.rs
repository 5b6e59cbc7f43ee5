//! A type for every id, so that a case can never be looked up by a document's.
//! On the wire and in the database each is a UUIDv7 in its hyphenated text form.

use std::fmt;
use std::str::FromStr;

/// The text was not an id. Pages answer it as they answer an unknown one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAnId;

impl fmt::Display for NotAnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an id")
    }
}

impl std::error::Error for NotAnId {}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(uuid::Uuid);

        impl $name {
            /// A new id; ids made later sort later.
            #[cfg(feature = "store")]
            #[allow(clippy::new_without_default)]
            pub fn new() -> Self {
                Self(uuid::Uuid::now_v7())
            }
            /// An id derived from a name, always the same one: for demonstration data and dedupe keys.
            pub const fn fixed(value: u128) -> Self {
                Self(uuid::Uuid::from_u128(value))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                // only the form we print ourselves: one id has one address
                if text.len() != 36 { return Err(NotAnId); }
                uuid::Uuid::try_parse(text).map(Self).map_err(|_| NotAnId)
            }
        }
    )+};
}

ids! {
    /// A human being: patient, caregiver or staff.
    PersonId,
    /// One sign-in on one device.
    SessionId,
    /// A passkey of a person.
    PasskeyId,
    /// A step of signing in that waits for its second half.
    CeremonyId,
    /// One try to sign in.
    AttemptId,
    /// A patient support program.
    ProgramId,
    /// An enrollment that is not submitted yet.
    DraftId,
    /// One person's case in one program.
    CaseId,
    /// One row of a case's status history.
    StatusId,
    /// One row of the consent ledger.
    ConsentId,
    /// A request for a document.
    RequestId,
    /// One document a person sent.
    DocumentId,
    /// An upload under way (tus).
    UploadId,
    /// A one-time invitation to give consent and claim a case.
    InvitationId,
    /// A variant of a content edition in one language.
    VariantId,
    /// A picture or video of content.
    MediaId,
    /// A remark on a variant.
    CommentId,
    /// What a reader thought of an edition.
    RatingId,
    /// A conversation with the assistant or with a person.
    ThreadId,
    /// One turn in a conversation.
    TurnId,
    /// A safety record.
    SafetyId,
    /// A message planned or sent.
    MessageId,
    /// Something a staff member must do.
    TaskId,
    /// A note of staff on a case.
    NoteId,
    /// A fact that happened.
    EventId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_and_nothing_else_does() {
        let id = CaseId::fixed(7);
        assert_eq!(id.to_string().parse::<CaseId>(), Ok(id));
        for text in [
            "",
            "7",
            "urn:uuid:00000000-0000-0000-0000-000000000007",
            "{00000000-0000-0000-0000-000000000007}",
            "../../etc/passwd",
        ] {
            assert_eq!(text.parse::<CaseId>(), Err(NotAnId), "{text}");
        }
    }
}
