//! A safety report in the portal's words. Numbers such as C.1.4 are the data elements of ICH E2B(R3).

use super::codes::{
    Action, AgeGroup, Ethnicity, FirstSender, Highlight, Kind, Null, Outcome, Qualification, Race, Role,
    SenderKind, Sex, UsKind,
};
use super::when::When;

/// What was told, or why it was not. `Option<Value<_>>` is `None` where the report does not mention it at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value<T> {
    Given(T),
    Null(Null),
}

impl<T> Value<T> {
    pub const fn given(&self) -> Option<&T> {
        match self {
            Value::Given(value) => Some(value),
            Value::Null(_) => None,
        }
    }
}

/// Words that may be kept back, be unknown, or not be mentioned.
pub type Words = Option<Value<String>>;

/// One report of one case, alone in its batch.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub struct Report {
    /// N.1.2 to N.1.5.
    pub batch: Envelope,
    /// N.2.r.1 to N.2.r.4.
    pub message: Envelope,
    /// The sender's own number for the case, the same in every version of it (C.1.1).
    pub number: String,
    /// The number it has all over the world, given by whoever sent it first (C.1.8.1).
    pub worldwide: String,
    /// When this version was put together (C.1.2), to the second.
    pub created: When,
    /// C.1.3.
    pub kind: Kind,
    /// When somebody of ours first knew: the awareness that never changes (C.1.4).
    pub received: When,
    /// When the newest of its information came (C.1.5).
    pub updated: When,
    /// Whether the sender holds more documents (C.1.6.1).
    pub has_documents: bool,
    /// Their titles (C.1.6.1.r.1). Files inside a report are not read, and none are written.
    pub documents: Vec<String>,
    /// Whether it must go quickly where it goes (C.1.7); the one null allowed is `NoInformation`.
    pub expedited: Value<bool>,
    /// C.1.8.2.
    pub first_sender: FirstSender,
    /// What others called the case (C.1.9.1.r).
    pub other_ids: Vec<OtherId>,
    /// Worldwide numbers of reports that belong to it (C.1.10.r).
    pub linked: Vec<String>,
    /// What the US region asks beyond.
    pub us: Us,
    /// Who told it (C.2.r). Exactly one is primary.
    pub reporters: Vec<Reporter>,
    /// Who sends it (C.3).
    pub sender: Sender,
    pub patient: Patient,
    /// At least one (E.i).
    pub reactions: Vec<Reaction>,
    /// At least one (G.k).
    pub drugs: Vec<Drug>,
    /// What happened, in the patient's exact words (H.1).
    pub narrative: String,
    /// H.2.
    pub reporters_comment: Option<String>,
    /// H.4.
    pub senders_comment: Option<String>,
    /// The case in the reporter's own language (H.5.r.1).
    pub summaries: Vec<Verbatim>,
}

/// Of a batch or of a message: its own id, from whom, to whom, and when, to the second.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    pub id: String,
    pub sender: String,
    pub receiver: String,
    pub created: When,
}

/// C.1.9.1.r.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherId {
    /// Whose number it is.
    pub source: String,
    pub id: String,
}

/// The US agency refuses a report without either; elsewhere both are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Us {
    /// FDA.C.1.7.1.
    pub kind: Option<UsKind>,
    /// Whether a device is part of the product (FDA.C.1.12).
    pub is_combination: Option<bool>,
}

/// A person who told it (C.2.r).
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub struct Reporter {
    pub party: Party,
    /// C.2.r.4; the one null allowed is `Unknown`. The primary reporter has one or the other.
    pub qualification: Option<Value<Qualification>>,
    /// The one whose country counts (C.2.r.5).
    pub is_primary: bool,
}

/// Who sends it (C.3).
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub struct Sender {
    /// C.3.1.
    pub kind: SenderKind,
    /// With an organisation (C.3.2).
    pub party: Party,
}

/// A person in an organisation. Reporters' names and addresses may be kept back (`Masked`); a sender's may not.
#[derive(Clone, PartialEq, Eq, Default)]
#[cfg_attr(test, derive(Debug))]
pub struct Party {
    /// C.2.r.1.1, C.3.3.2.
    pub title: Words,
    /// C.2.r.1.2, C.3.3.3.
    pub given: Words,
    /// C.2.r.1.3, C.3.3.4; after a given name only.
    pub middle: Words,
    /// C.2.r.1.4, C.3.3.5.
    pub family: Words,
    /// C.2.r.2.1, C.3.2.
    pub organisation: Words,
    /// C.2.r.2.2, C.3.3.1.
    pub department: Words,
    /// One line each (C.2.r.2.3, C.3.4.1).
    pub street: Vec<Value<String>>,
    /// C.2.r.2.4, C.3.4.2.
    pub city: Words,
    /// C.2.r.2.5, C.3.4.3.
    pub state: Words,
    /// C.2.r.2.6, C.3.4.4.
    pub postcode: Words,
    /// C.2.r.2.7, C.3.4.6.
    pub phone: Option<String>,
    /// C.3.4.7.
    pub fax: Option<String>,
    /// FDA.C.2.r.2.8, C.3.4.8.
    pub email: Option<String>,
    /// Two letters (C.2.r.3, C.3.4.5).
    pub country: Words,
}

/// D.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub struct Patient {
    /// A name or initials (D.1).
    pub name: Value<String>,
    /// D.2.1.
    pub born: Option<Value<When>>,
    /// When the reaction began (D.2.2).
    pub age: Option<Quantity>,
    /// D.2.3.
    pub age_group: Option<Value<AgeGroup>>,
    /// D.5.
    pub sex: Option<Value<Sex>>,
    /// The first day of the last menstrual period (D.6).
    pub last_period: Option<Value<When>>,
    /// How old a pregnancy was when the reaction was seen in the child (D.2.2.1).
    pub gestation: Option<Quantity>,
    /// D.9.1.
    pub died: Option<Value<When>>,
    /// Earlier and other illnesses (D.7.2).
    pub history: Words,
    /// FDA.D.11.r.
    pub races: Vec<Value<Race>>,
    /// FDA.D.12.
    pub ethnicity: Option<Value<Ethnicity>>,
}

/// A number and its unit, such as `48` and `a` for years (UCUM: `a`, `mo`, `wk`, `d`, `h`, `10.a` for decades).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// Digits, with a point where needed; as it was told.
    pub value: String,
    pub unit: String,
}

/// Words in a language of three letters (ISO 639-2); empty where a file read does not say which.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub struct Verbatim {
    pub text: String,
    pub language: String,
}

/// A term of MedDRA. The portal has no licence of it and never makes one up: whoever codes the case adds it. Regulators
/// refuse a reaction without (E.i.2.1 is required and knows no null flavour), a sponsor's safety desk does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Of the lowest level (LLT).
    pub code: String,
    /// Such as `25.0`.
    pub version: String,
}

/// E.i.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub struct Reaction {
    /// A UUID that means something in this report only.
    pub id: String,
    /// The reporter's words in the reporter's language (E.i.1.1).
    pub verbatim: Option<Verbatim>,
    /// The same in English (E.i.1.2).
    pub translation: Option<String>,
    /// E.i.2.1.
    pub term: Option<Term>,
    /// E.i.3.1.
    pub highlighted: Option<Highlight>,
    pub seriousness: Seriousness,
    /// E.i.4.
    pub began: Option<Value<When>>,
    /// E.i.5.
    pub ended: Option<Value<When>>,
    /// E.i.7.
    pub outcome: Outcome,
    /// Whether a health professional confirmed it (E.i.8).
    pub is_confirmed: Option<bool>,
    /// Where it happened, two letters (E.i.9).
    pub country: Option<String>,
}

/// What makes a reaction serious (E.i.3.2). `false` is written as no information, for nobody can know that it is not so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Seriousness {
    pub death: bool,
    pub life_threatening: bool,
    /// Brought the patient into hospital, or kept them there.
    pub hospital: bool,
    pub disabling: bool,
    pub congenital: bool,
    /// Important in another way.
    pub important: bool,
    /// Needed intervention to prevent damage: the US region's question (FDA.E.i.3.2h), not put elsewhere.
    pub intervention: Option<bool>,
}

/// G.k.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub struct Drug {
    /// A UUID that means something in this report only.
    pub id: String,
    /// G.k.1.
    pub role: Role,
    /// As the reporter called it (G.k.2.2).
    pub name: String,
    /// G.k.4.r.
    pub doses: Vec<Dose>,
    /// How old a pregnancy was when it was taken (G.k.6).
    pub gestation: Option<Quantity>,
    /// What it was taken for (G.k.7.r).
    pub indications: Vec<Indication>,
    /// G.k.8.
    pub action: Option<Action>,
}

/// G.k.4.r.
#[derive(Clone, PartialEq, Eq, Default)]
#[cfg_attr(test, derive(Debug))]
pub struct Dose {
    /// How it was taken, in words (G.k.4.r.8).
    pub text: Option<String>,
    /// The first time (G.k.4.r.4).
    pub began: Option<Value<When>>,
    /// The last time (G.k.4.r.5).
    pub ended: Option<Value<When>>,
    /// In words (G.k.4.r.10.1).
    pub route: Words,
    /// The batch or lot on the pack (G.k.4.r.7).
    pub lot: Words,
}

/// G.k.7.r.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub struct Indication {
    /// As the reporter called it (G.k.7.r.1).
    pub words: Words,
    /// G.k.7.r.2.
    pub term: Option<Term>,
}

/// Health data must not slip into a log through a debug print; tests print everything.
macro_rules! quiet {
    ($($name:ident),+) => {
        $(#[cfg(not(test))]
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        })+
    };
}

quiet!(Report, Reporter, Sender, Party, Patient, Verbatim, Reaction, Drug, Dose, Indication);
