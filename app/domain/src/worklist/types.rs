//! What a worklist is asked for and what it shows.

use crate::cases::types::states;
use crate::cases::views::Phrase;
use crate::cases::{Stage, SubStatus, WaitingOn};
use crate::error::Error;
use crate::ids::{CaseId, ProgramId};
use crate::locale::Locale;
use crate::time::{Day, Timestamp};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

states! {
    /// Ways of looking at the open cases.
    View {
        Mine = "mine",
        /// Nobody has taken them.
        Unassigned = "unassigned",
        All = "all",
        /// The patient must act.
        Waiting = "waiting",
        /// The expected day is over; the latest first.
        Overdue = "overdue",
        /// No person has answered yet; soonest due first.
        Unanswered = "unanswered",
    }
}

/// Which cases are shown. All of it stands in the address, so that a list can be kept and passed on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    pub view: View,
    pub queue: Option<String>,
    pub stage: Option<Stage>,
    pub locale: Option<Locale>,
    pub program: Option<ProgramId>,
}

impl Filter {
    pub const fn of(view: View) -> Filter {
        Filter { view, queue: None, stage: None, locale: None, program: None }
    }
}

/// One case of the list.
#[derive(Clone, PartialEq, Eq)]
pub struct Row {
    pub case: CaseId,
    pub number: String,
    /// The patient's name, opened.
    pub name: String,
    pub program: ProgramId,
    pub stage: Stage,
    pub sub_status: SubStatus,
    /// The label of the sub-status, approved.
    pub short: Phrase,
    pub waiting_on: WaitingOn,
    pub since: Timestamp,
    pub expected_on: Option<Day>,
    pub is_late: bool,
    pub queue: String,
    pub locale: Locale,
    pub priority: i64,
    /// The name they sign with.
    pub owner: Option<String>,
    pub first_response_due: Timestamp,
    pub first_response_at: Option<Timestamp>,
}

// a name must not slip into a log through a debug print
impl std::fmt::Debug for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Row").field("case", &self.case).finish_non_exhaustive()
    }
}

/// A page of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    pub rows: Vec<Row>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
}
