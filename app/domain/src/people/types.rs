//! A person as a form or a file gives them, and as a page shows them.

use crate::error::Error;
use crate::ids::PersonId;
use crate::locale::Locale;
use crate::time::{Day, Timestamp};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// When a person likes to be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum BestTime {
    Morning,
    Afternoon,
    Evening,
    #[default]
    Any,
}

impl BestTime {
    pub const ALL: [BestTime; 4] = [BestTime::Morning, BestTime::Afternoon, BestTime::Evening, BestTime::Any];

    /// As stored, and as the last part of its label's key.
    pub const fn code(self) -> &'static str {
        match self {
            BestTime::Morning => "morning",
            BestTime::Afternoon => "afternoon",
            BestTime::Evening => "evening",
            BestTime::Any => "any",
        }
    }
}

impl fmt::Display for BestTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for BestTime {
    type Err = Error;
    fn from_str(code: &str) -> Result<Self, Error> {
        BestTime::ALL
            .into_iter()
            .find(|time| time.code() == code)
            .ok_or_else(|| Error::internal("unknown time of day"))
    }
}

/// A person to be kept. Everything but the name and the language may be unknown.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct NewPerson {
    /// A fixed id for demonstration data; otherwise a new one is made.
    pub id: Option<PersonId>,
    pub name: String,
    pub birth: Option<Day>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub address: Option<String>,
    /// The language they read.
    pub written: Locale,
    /// The languages they speak, as they said it.
    pub spoken: Option<String>,
    pub interpreter: bool,
    pub best_time: BestTime,
    /// Staff sign their work with a name everybody may read.
    pub staff_name: Option<String>,
}

/// A person, opened with their key.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    pub id: PersonId,
    pub name: String,
    pub birth: Option<Day>,
    pub email: Option<String>,
    /// In canonical form: `+15550142000`.
    pub phone: Option<String>,
    pub address: Option<String>,
    pub written: Locale,
    pub spoken: Option<String>,
    pub interpreter: bool,
    pub best_time: BestTime,
    pub staff_name: Option<String>,
    pub created_at: Timestamp,
    pub version: i64,
}

// their words must not slip into a log through a debug print
impl fmt::Debug for NewPerson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewPerson").field("id", &self.id).finish_non_exhaustive()
    }
}

impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Person").field("id", &self.id).finish_non_exhaustive()
    }
}
