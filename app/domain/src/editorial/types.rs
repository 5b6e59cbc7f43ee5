//! What the editorial room works with: variants on their way, reviews, comments, signatures, and how lists show them.

use crate::cases::Stage;
use crate::cases::types::states;
use crate::content::{Body, Desk, Kind, Meta};
use crate::error::Error;
use crate::ids::{CommentId, PersonId, ProgramId, VariantId};
use crate::locale::Locale;
use crate::time::{Day, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::str::FromStr;

states! {
    /// How far a variant is.
    State {
        /// Being written; its words may still change.
        Draft = "draft",
        /// Handed in: its words are frozen, the desks read it.
        InReview = "in_review",
        /// A desk asked for changes. The words stay as they were; what follows is written anew.
        Changes = "changes",
        /// Every desk signed.
        Approved = "approved",
        /// Signed and to go live at an instant.
        Scheduled = "scheduled",
        Live = "live",
        /// Made from an edition that is no longer the one that is live.
        Stale = "stale",
        /// A later edition took its place.
        Replaced = "replaced",
        /// Its review fell due and nobody renewed it.
        Expired = "expired",
        Withdrawn = "withdrawn",
    }
}

impl State {
    /// Whether somebody still works on it.
    pub const fn is_open(self) -> bool {
        matches!(self, State::Draft | State::InReview | State::Approved | State::Scheduled)
    }

    /// Whether readers may have it before them.
    pub const fn is_out(self) -> bool {
        matches!(self, State::Live | State::Stale)
    }
}

states! {
    /// How far one desk is with a variant.
    ReviewState {
        /// An earlier desk has not signed yet.
        Waiting = "waiting",
        Open = "open",
        Approved = "approved",
        Changes = "changes",
        /// Another desk asked for changes first.
        Cancelled = "cancelled",
    }
}

states! {
    /// What becomes of the translations of the edition before.
    OnChange {
        /// Nobody reads them from this second on: a safety section changed.
        Hide = "hide",
        /// They may be read for some days more.
        Previous = "previous",
        /// Readers get the new edition in its own language, marked.
        Notice = "notice",
    }
}

impl OnChange {
    /// As a form posts it; anything else hides at once, which is the safe way to be wrong.
    pub fn posted(code: &str) -> OnChange {
        code.parse().unwrap_or(OnChange::Hide)
    }
}

/// A new item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewItem {
    pub program: ProgramId,
    pub kind: Kind,
    /// `EDU-110`: unique in its program.
    pub code: String,
    /// What it is for, where that is not its code: a kind of message, a sub-status.
    pub slug: String,
    pub title: String,
}

/// What an author changes: words by the path of their place, and what the edition carries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Writing {
    pub title: String,
    /// Path of a leaf to its text, as [`crate::content::leaves::of`] names them.
    pub leaves: BTreeMap<String, String>,
    /// Only on the source: a translation carries what its source carries.
    pub meta: Option<MetaWriting>,
}

/// The edition's own part of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetaWriting {
    pub meta: Meta,
    pub on_change: OnChange,
    pub on_change_days: i64,
    /// Why there is a new edition.
    pub note: String,
}

/// The answers to the clarity index, and why it goes on in spite of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClarityAnswers {
    /// Codes of the points that are met.
    pub met: Vec<String>,
    /// Why it is handed in although findings stand.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub override_reason: String,
}

/// A variant with everything staff need to see of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    pub id: VariantId,
    pub item: String,
    pub code: String,
    pub program: ProgramId,
    pub kind: Kind,
    pub slug: String,
    pub edition: i64,
    pub attempt: i64,
    pub locale: Locale,
    pub source_locale: Locale,
    pub state: State,
    pub author: PersonId,
    pub author_name: String,
    pub made_from: Option<VariantId>,
    pub title: String,
    pub body: Body,
    pub meta: Meta,
    pub on_change: OnChange,
    pub on_change_days: i64,
    pub note: String,
    pub hash: String,
    pub reviewed_on: Option<Day>,
    pub review_due_on: Option<Day>,
    pub submitted_at: Option<Timestamp>,
    pub scheduled_for: Option<Timestamp>,
    pub live_from: Option<Timestamp>,
    pub stale_since: Option<Timestamp>,
    pub stale_until: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    pub ended_why: Option<String>,
    pub saved_at: Timestamp,
    pub clarity: ClarityAnswers,
    pub version: i64,
}

impl Sheet {
    /// Whether it is the edition's own language, not a translation.
    pub fn is_source(&self) -> bool {
        self.locale == self.source_locale
    }
}

/// One desk's review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    pub desk: Desk,
    pub state: ReviewState,
    pub opened_at: Option<Timestamp>,
    pub due_at: Option<Timestamp>,
    pub decided_at: Option<Timestamp>,
    pub reviewer: Option<(PersonId, String)>,
    /// Codes of the points the reviewer ticked.
    pub checklist: Vec<String>,
    /// Why changes are wanted.
    pub reason: Option<String>,
}

/// A signature as it is shown: name, time, meaning, and what it covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// `medical`, `legal`, `regulatory` or `publisher`.
    pub role: String,
    pub signer: PersonId,
    pub name: String,
    pub meaning: String,
    pub hash: String,
    pub signed_at: Timestamp,
}

/// A remark at one block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    pub id: CommentId,
    /// `answer#2`: a leaf's path and the number of its block, from 1.
    pub block: String,
    pub text: String,
    pub author: PersonId,
    pub author_name: String,
    pub at: Timestamp,
    pub resolved: Option<(Timestamp, String)>,
}

/// Another variant of the same item, for the list beside a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sibling {
    pub id: VariantId,
    pub edition: i64,
    pub attempt: i64,
    pub locale: Locale,
    pub state: State,
    pub saved_at: Timestamp,
}

/// A sheet with its reviews, signatures, comments and siblings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dossier {
    pub sheet: Sheet,
    pub reviews: Vec<Review>,
    pub signatures: Vec<Signature>,
    pub comments: Vec<Comment>,
    /// Newest edition first.
    pub siblings: Vec<Sibling>,
    /// Of a claim: what stands on it, and of others: the claims they stand on.
    pub uses: Vec<Use>,
    /// Everybody who wrote some of its words.
    pub writers: Vec<PersonId>,
}

/// One variant standing on one claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    pub variant: VariantId,
    pub item: String,
    pub title: String,
    pub edition: i64,
    pub locale: Locale,
    pub state: State,
    pub claim: String,
    pub claim_edition: i64,
}

/// One line of the library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub id: VariantId,
    pub item: String,
    pub code: String,
    pub program: ProgramId,
    pub kind: Kind,
    pub title: String,
    pub edition: i64,
    pub locale: Locale,
    pub state: State,
    pub stage: Option<Stage>,
    pub is_branded: bool,
    pub review_due_on: Option<Day>,
    pub saved_at: Timestamp,
}

/// What the library shows. Empty means any.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words in code or title, or in the text.
    pub text: String,
    pub program: Option<ProgramId>,
    pub kind: Option<Kind>,
    pub locale: Option<Locale>,
    pub state: Option<State>,
    pub stage: Option<Stage>,
    /// Only what falls due by this day.
    pub due_by: Option<Day>,
}

/// A page of the library.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    pub lines: Vec<Line>,
    pub next: Option<String>,
}

/// One desk's open work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub variant: VariantId,
    pub code: String,
    pub title: String,
    pub program: ProgramId,
    pub kind: Kind,
    pub edition: i64,
    pub locale: Locale,
    pub desk: Desk,
    pub opened_at: Timestamp,
    pub due_at: Timestamp,
}

/// How many live variants there are of a kind and stage in each language, and how many items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    pub program: ProgramId,
    pub kind: Kind,
    pub stage: Option<Stage>,
    /// Items with at least one live variant or a draft.
    pub items: i64,
    /// Live variants by language.
    pub live: BTreeMap<Locale, i64>,
}
