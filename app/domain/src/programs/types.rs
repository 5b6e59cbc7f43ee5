//! What a program is made of. The nested parts are stored as JSON.

use crate::cases::SubStatus;
use crate::ids::ProgramId;
use crate::locale::Locale;
use crate::time::Day;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq)]
pub struct Program {
    pub id: ProgramId,
    /// In addresses: `breathe`.
    pub code: String,
    /// `BREATHE`.
    pub name: String,
    /// The medicine's name; never in mail, SMS, titles or logs.
    pub medicine: String,
    /// In case numbers: `BR`.
    pub prefix: String,
    /// IANA zone of its business hours: `America/Chicago`.
    pub zone: String,
    pub phone: String,
    pub tty: String,
    pub hours: Hours,
    pub holidays: Vec<Day>,
    pub locales: Vec<Locale>,
    /// Routing rules; the first that fits decides.
    pub rules: Vec<Rule>,
    pub settings: Settings,
    pub is_demo: bool,
}

/// Business hours: for each weekday, Monday first, opening and closing as minutes after midnight, or closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Hours(pub [Option<(u16, u16)>; 7]);

/// A routing rule (ON-13): where a new case goes, and why; its id and version are kept on the case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// `R-14`.
    pub id: String,
    pub version: u32,
    /// Only for these languages; empty means any.
    #[serde(default)]
    pub locales: Vec<Locale>,
    /// Only for these kinds of insurance; empty means any.
    #[serde(default)]
    pub payer_types: Vec<String>,
    pub queue: String,
    #[serde(default)]
    pub priority: i64,
}

impl Rule {
    /// As the case keeps it: `R-14 v3`.
    pub fn name(&self) -> String {
        format!("{} v{}", self.id, self.version)
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// Codes of services on offer, in order.
    pub services: Vec<String>,
    /// Required items of the intake checklist, in order (ON-14).
    pub checklist: Vec<String>,
    /// Business hours until a person must have answered a new case.
    pub first_response_hours: i64,
    /// Business hours until a person must have answered a handed-over question.
    pub answer_hours: i64,
    /// Days a patient has to send a document.
    pub document_days: i64,
    /// Business days each sub-status usually takes: the expected day.
    pub expected_days: BTreeMap<SubStatus, i64>,
    /// The enrollment form, in order (words are content of kind `form`).
    pub form: Vec<Question>,
    /// Purposes and channels asked about in the enrollment, as `purpose.channel`, in order. The preferences show every
    /// purpose and channel that has a live wording.
    pub consents: Vec<String>,
    /// Months a health authorization lasts.
    pub authorization_months: i64,
    /// Telephone number for emergencies and for a crisis, for the program's country.
    pub emergency_phone: String,
    pub crisis_phone: String,
    /// Business days a desk has to review content.
    #[serde(default = "five")]
    pub review_days: i64,
    /// Months content may be read before it must be reviewed again.
    #[serde(default = "twelve")]
    pub review_months: i64,
    /// Whether the desks read one after another: medical, legal, regulatory.
    #[serde(default)]
    pub reviews_in_order: bool,
    /// Whether a lesson that is not there in the reader's language is left out, with a notice, instead of shown in English.
    #[serde(default)]
    pub needs_all_languages: bool,
}

const fn five() -> i64 {
    5
}

const fn twelve() -> i64 {
    12
}

/// One question of the enrollment form: one page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    pub id: String,
    pub task: String,
    pub kind: QuestionKind,
    #[serde(default)]
    pub optional: bool,
    /// Asked only if the answer to another question is one of these: `["filler", ["caregiver"]]`.
    #[serde(default)]
    pub only_if: Option<(String, Vec<String>)>,
    /// Codes of the options, in order, for `choice`.
    #[serde(default)]
    pub options: Vec<String>,
    /// The HTML `autocomplete` token.
    #[serde(default)]
    pub autocomplete: Option<String>,
}

impl Question {
    /// Whether it is asked at all, given the answers so far.
    pub fn is_asked<'a>(&self, answer: impl Fn(&str) -> Option<&'a str>) -> bool {
        match &self.only_if {
            None => true,
            Some((question, values)) => {
                answer(question).is_some_and(|given| values.iter().any(|value| value == given))
            }
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    Text,
    LongText,
    Email,
    Phone,
    BirthDate,
    Choice,
}
