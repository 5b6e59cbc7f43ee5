//! What a person has answered so far.

use crate::consents::{Channel, Purpose, Wording, types::slug};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// The answers of a form under way. Stored sealed, as JSON.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    /// Question to answer, in its canonical form: a code, a text, a day.
    #[serde(default)]
    given: BTreeMap<String, String>,
    /// `purpose.channel` to answer.
    #[serde(default)]
    consents: BTreeMap<String, ConsentAnswer>,
    /// Optional questions that were passed by.
    #[serde(default)]
    passed: Vec<String>,
}

/// A yes or a no, with the words it was given to.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentAnswer {
    pub is_given: bool,
    pub wording: Wording,
    pub signature: Option<String>,
    pub at: Timestamp,
}

impl Answers {
    /// The answer to a question, if it was given.
    pub fn get(&self, question: &str) -> Option<&str> {
        self.given.get(question).map(String::as_str)
    }

    /// Keeps an answer; an empty one passes an optional question by. When somebody else turns out to fill it in, the
    /// consents answered so far are nobody's.
    pub fn set(&mut self, question: &str, answer: String) {
        if question == "filler" && self.get("filler") != Some(answer.as_str()) {
            self.consents.clear();
        }
        self.passed.retain(|passed| passed != question);
        if answer.is_empty() {
            self.given.remove(question);
            self.passed.push(question.to_owned());
        } else {
            self.given.insert(question.to_owned(), answer);
        }
    }

    /// Whether the person has been at this question, with an answer or without.
    pub fn was_asked(&self, question: &str) -> bool {
        self.given.contains_key(question) || self.passed.iter().any(|passed| passed == question)
    }

    pub fn consent(&self, purpose: Purpose, channel: Channel) -> Option<&ConsentAnswer> {
        self.consents.get(&slug(purpose, channel))
    }

    pub fn set_consent(&mut self, purpose: Purpose, channel: Channel, answer: ConsentAnswer) {
        self.consents.insert(slug(purpose, channel), answer);
    }

    /// Somebody else fills it in for the patient.
    pub fn is_by_other(&self) -> bool {
        self.get("filler") == Some("caregiver")
    }

    pub fn is_empty(&self) -> bool {
        self.given.is_empty() && self.consents.is_empty() && self.passed.is_empty()
    }
}

// their words must not slip into a log through a debug print
impl fmt::Debug for Answers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answers").field("given", &self.given.len()).finish_non_exhaustive()
    }
}

impl fmt::Debug for ConsentAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConsentAnswer").field("is_given", &self.is_given).finish_non_exhaustive()
    }
}
