//! What content is made of.

use crate::cases::Stage;
use crate::consents::Channel;
use crate::error::Error;
use crate::ids::{PersonId, ProgramId, VariantId};
use crate::locale::Locale;
use crate::time::{Day, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::str::FromStr;

/// The kinds of content, as stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Education, read page by page.
    Module,
    /// A question with its approved answer and phrasings.
    Faq,
    /// What a patient reads about a sub-status; its slug is the sub-status.
    Sentence,
    /// Why a case went back; its slug is the reason.
    Backward,
    /// A type of document we may ask for.
    Document,
    /// Why a document could not be taken.
    Rejection,
    /// An item of the intake checklist.
    Checklist,
    /// The wording of a consent; its slug is `purpose.channel`.
    Consent,
    /// A message that goes out; its slug is its kind.
    Message,
    /// The words of the enrollment form.
    Form,
    /// What staff say on the telephone.
    Script,
    /// An approved sentence with its evidence; other words stand on it by its code and edition.
    Claim,
    /// A text of a page or a fixed sentence: `about`, `safety`, `emergency`, `no_answer`, `services.nurse`, `step.1`, …
    Page,
}

impl Kind {
    pub const ALL: [Kind; 13] = [
        Kind::Module,
        Kind::Faq,
        Kind::Sentence,
        Kind::Backward,
        Kind::Document,
        Kind::Rejection,
        Kind::Checklist,
        Kind::Consent,
        Kind::Message,
        Kind::Form,
        Kind::Script,
        Kind::Claim,
        Kind::Page,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Kind::Module => "module",
            Kind::Faq => "faq",
            Kind::Sentence => "sentence",
            Kind::Backward => "backward",
            Kind::Document => "document",
            Kind::Rejection => "rejection",
            Kind::Checklist => "checklist",
            Kind::Consent => "consent",
            Kind::Message => "message",
            Kind::Form => "form",
            Kind::Script => "script",
            Kind::Claim => "claim",
            Kind::Page => "page",
        }
    }
}

impl FromStr for Kind {
    type Err = Error;
    fn from_str(code: &str) -> Result<Kind, Error> {
        Kind::ALL
            .into_iter()
            .find(|kind| kind.code() == code)
            .ok_or_else(|| Error::internal("unknown kind of content"))
    }
}

/// One edition of an item in one language, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    pub id: VariantId,
    /// `BR/FAQ-012`: unique in the installation.
    pub item: String,
    /// `FAQ-012`: what people are shown.
    pub code: String,
    pub program: ProgramId,
    pub kind: Kind,
    pub slug: String,
    pub meta: Meta,
    pub position: i64,
    pub edition: i64,
    pub locale: Locale,
    pub title: String,
    /// With the words of the claims it stands on put in their places.
    pub body: Body,
    /// SHA-256, hex, of the canonical form the reviewers signed.
    pub hash: String,
    pub reviewed_on: Day,
    pub review_due_on: Day,
}

/// An edition in one language as its author hands it over, with the days of its review: not yet signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manuscript {
    pub item: String,
    pub code: String,
    pub program: ProgramId,
    pub kind: Kind,
    pub slug: String,
    pub meta: Meta,
    pub position: i64,
    /// The edition it wants to be; it becomes a later one when that number already stands for other words.
    pub edition: i64,
    pub locale: Locale,
    pub title: String,
    pub body: Body,
    pub reviewed_on: Day,
    pub review_due_on: Day,
    /// When the three desks signed.
    pub signed_at: Timestamp,
}

/// Who a text is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    #[default]
    Patient,
    Caregiver,
    Public,
    Staff,
}

impl Audience {
    pub const ALL: [Audience; 4] =
        [Audience::Patient, Audience::Caregiver, Audience::Public, Audience::Staff];

    /// As a form posts it, and as the last part of its label's key.
    pub const fn code(self) -> &'static str {
        match self {
            Audience::Patient => "patient",
            Audience::Caregiver => "caregiver",
            Audience::Public => "public",
            Audience::Staff => "staff",
        }
    }
}

/// What a text stands on: a document, where in it, and until when it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    pub document: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub page: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_on: Option<Day>,
}

/// What an edition carries beside its words. All of it is signed with them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meta {
    pub audience: Audience,
    pub stage: Option<Stage>,
    pub is_branded: bool,
    #[serde(default)]
    pub indication: String,
    /// The edition of the medicine's label it agrees with.
    #[serde(default)]
    pub label_edition: String,
    /// Where it may go out.
    pub channels: Vec<Channel>,
    #[serde(default)]
    pub references: Vec<Reference>,
}

impl Default for Meta {
    fn default() -> Meta {
        Meta {
            audience: Audience::Patient,
            stage: None,
            is_branded: false,
            indication: String::new(),
            label_edition: String::new(),
            channels: vec![Channel::Portal],
            references: Vec::new(),
        }
    }
}

/// Whose signature a variant needs before anybody may read it (EN-18). As stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Desk {
    Medical,
    Legal,
    Regulatory,
}

impl FromStr for Desk {
    type Err = Error;
    fn from_str(code: &str) -> Result<Desk, Error> {
        Desk::ALL.into_iter().find(|desk| desk.code() == code).ok_or_else(|| Error::internal("unknown desk"))
    }
}

impl Desk {
    pub const ALL: [Desk; 3] = [Desk::Medical, Desk::Legal, Desk::Regulatory];

    pub const fn code(self) -> &'static str {
        match self {
            Desk::Medical => "medical",
            Desk::Legal => "legal",
            Desk::Regulatory => "regulatory",
        }
    }
}

/// A named person at one of the desks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    pub desk: Desk,
    pub person: PersonId,
    pub name: String,
}

/// Who wrote a set of manuscripts, who signs them, and who publishes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    pub author: PersonId,
    pub signers: Vec<Signer>,
    pub publisher: (PersonId, String),
}

/// How far a reader is with a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// The edition that was read.
    pub edition: i64,
    /// The furthest page, from 1.
    pub page: i64,
    pub finished_at: Option<Timestamp>,
}

/// The words of a variant. Its JSON, fields in this order, is the canonical form. Texts are Markdown where they say so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Body {
    /// `pages[].body` is Markdown.
    Module {
        summary: String,
        minutes: i64,
        pages: Vec<ModulePage>,
        /// Questions that help to remember; nobody is judged by them.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        quiz: Vec<QuizQuestion>,
    },
    /// `answer` is Markdown.
    Faq {
        question: String,
        phrasings: Vec<String>,
        answer: String,
    },
    Sentence {
        now: String,
        next: String,
        you: String,
        short: String,
        script: String,
    },
    Backward {
        text: String,
    },
    Document {
        name: String,
        why: String,
        how: String,
    },
    Rejection {
        text: String,
    },
    Checklist {
        name: String,
    },
    Consent {
        meaning: String,
        wording: String,
        remuneration: Option<String>,
    },
    /// `text` holds `{link}`, `{phone}` and, in one kind, `{number}`.
    Message {
        subject: String,
        text: String,
        action: String,
    },
    Form {
        intro: String,
        tasks: Vec<FormTask>,
        questions: Vec<FormQuestion>,
    },
    /// Markdown.
    Page {
        text: String,
    },
    /// Markdown.
    Script {
        text: String,
    },
    /// One sentence.
    Claim {
        text: String,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModulePage {
    pub title: String,
    pub body: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct QuizQuestion {
    pub question: String,
    pub options: Vec<String>,
    /// The number of the right option, from 1.
    pub right: i64,
    /// Why it is right.
    pub because: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormTask {
    pub id: String,
    pub title: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormQuestion {
    pub id: String,
    /// Asked of the patient.
    pub label: String,
    /// Asked of someone who fills it in for the patient.
    pub label_other: String,
    pub hint: Option<String>,
    /// Its name among the answers.
    pub short: String,
    /// Code of an option to its label.
    #[serde(default)]
    pub options: BTreeMap<String, String>,
}
