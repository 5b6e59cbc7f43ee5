//! A person and their case, as they are brought in. Rows of the past stand in the order in which they happened.

use crate::cases::{Filler, Stage, SubStatus, WaitingOn};
use crate::consents::{Channel, How, Purpose};
use crate::ids::{CaseId, DocumentId, NoteId, PersonId, ProgramId, RequestId};
use crate::locale::Locale;
use crate::people::NewPerson;
use crate::seal::DataKey;
use crate::time::{Day, Timestamp};
use std::collections::BTreeMap;

/// One person with one case. The first status opened it; the last one is where it stands.
#[derive(Clone)]
pub struct Import {
    /// With its id.
    pub patient: NewPerson,
    pub case: CaseId,
    pub number: String,
    /// The year and the place its number was made from: the program's counter is moved past it.
    pub counted: (i16, i64),
    pub program: ProgramId,
    pub filler: Filler,
    pub queue: String,
    pub rule: String,
    pub priority: i64,
    pub owner: Option<PersonId>,
    pub locale: Locale,
    pub payer_type: String,
    /// The enrollment's answers.
    pub answers: BTreeMap<String, String>,
    pub first_response_due: Timestamp,
    pub first_response_at: Option<Timestamp>,
    pub statuses: Vec<PastStatus>,
    /// Item, and when and by whom it was ticked.
    pub checklist: Vec<(String, Option<(Timestamp, String)>)>,
    pub consents: Vec<PastConsent>,
    pub requests: Vec<PastRequest>,
    pub notes: Vec<PastNote>,
    pub messages: Vec<PastMessage>,
    pub tasks: Vec<PastTask>,
    pub modules: Vec<PastModule>,
}

#[derive(Clone)]
pub struct PastStatus {
    pub stage: Stage,
    pub sub_status: SubStatus,
    pub waiting_on: WaitingOn,
    pub at: Timestamp,
    pub expected_on: Option<Day>,
    pub actor: String,
    /// The code of the approved reason, for a step back.
    pub backward: Option<String>,
    /// What staff wrote.
    pub staff_reason: Option<String>,
    /// The approved item shown, with its edition.
    pub sentence: (String, i64),
}

#[derive(Clone)]
pub struct PastConsent {
    pub purpose: Purpose,
    pub channel: Channel,
    pub is_given: bool,
    pub wording: (String, i64),
    pub how: How,
    pub signature: Option<String>,
    pub at: Timestamp,
    pub expires_at: Option<Timestamp>,
}

#[derive(Clone)]
pub struct PastRequest {
    pub id: RequestId,
    pub kind: String,
    pub due_on: Day,
    pub requested_by: String,
    pub requested_at: Timestamp,
    pub settled_at: Option<Timestamp>,
    pub documents: Vec<PastDocument>,
}

#[derive(Clone)]
pub struct PastDocument {
    pub id: DocumentId,
    /// `in_review`, `accepted`, `rejected` or `failed`.
    pub state: &'static str,
    pub name: String,
    pub media_type: String,
    pub bytes: i64,
    pub digest: String,
    pub store_key: String,
    pub received_at: Timestamp,
    pub decided: Option<(Timestamp, PersonId)>,
    pub reason: Option<String>,
}

#[derive(Clone)]
pub struct PastNote {
    pub id: NoteId,
    pub author: PersonId,
    /// A call was made; otherwise a note was written.
    pub is_call: bool,
    pub text: String,
    pub at: Timestamp,
}

/// A message by e-mail: sent, or not sent because of a rule.
#[derive(Clone)]
pub struct PastMessage {
    pub kind: String,
    pub link: String,
    pub item: (String, i64),
    pub planned_at: Timestamp,
    /// None when it was suppressed.
    pub sent_at: Option<Timestamp>,
    pub rule: String,
}

/// An open task.
#[derive(Clone)]
pub struct PastTask {
    pub kind: crate::tasks::Kind,
    pub subject: Option<String>,
    pub priority: i64,
    pub opened_at: Timestamp,
    pub due_at: Timestamp,
}

#[derive(Clone)]
pub struct PastModule {
    pub item: String,
    pub edition: i64,
    pub pages: i64,
    pub finished_at: Timestamp,
}

/// An imported document that has no file yet.
pub struct Empty {
    pub id: DocumentId,
    pub kind: String,
    pub store_key: String,
    /// The person's: the file is sealed with it.
    pub key: DataKey,
}

/// What was stored for it.
pub struct Filled {
    pub id: DocumentId,
    pub bytes: i64,
    /// SHA-256 of the sealed file.
    pub digest: String,
}
