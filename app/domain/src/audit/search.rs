//! Searching the trail: who did what, newest first, to a person's data, on a case, or by one actor. That somebody
//! searched is itself on the trail.

use super::store;
use crate::cases;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::policy::Action;
use crate::time::Timestamp;
use std::collections::HashMap;

/// Rows a page holds.
const PAGE: usize = 100;

/// What is looked for; all that is given must fit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    /// A person's id.
    pub person: Option<String>,
    /// A case's id or its number.
    pub case: Option<String>,
    /// As the trail keeps it: `staff:<id>`, `person:<id>`, `system:<name>`.
    pub actor: Option<String>,
    /// `read`, `write`, `refused` or `sent`.
    pub act: Option<String>,
}

/// One row of the trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub seq: i64,
    pub at: Timestamp,
    pub actor: String,
    /// The name staff sign with; none for others, whose names an auditor does not need.
    pub name: Option<String>,
    pub act: &'static str,
    /// Code of the action or event.
    pub what: String,
    pub case: Option<String>,
    pub number: Option<String>,
    pub person: Option<String>,
    pub subject: Option<String>,
    pub request: String,
    /// The beginning of the row's hash: enough to compare by eye.
    pub hash: String,
}

/// A page of the trail.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lines {
    pub lines: Vec<Line>,
    /// The number before which the next page begins.
    pub next: Option<i64>,
}

/// Searches the trail, newest first.
///
/// # Errors
/// `Invalid` when a case is named that is not there, or an id is none.
pub async fn search(ctx: &Ctx, search: &Search, before: Option<i64>) -> Result<Lines> {
    ctx.require(Action::ReadAudit).await?;
    let mut conn = ctx.read().await?;
    let case = match &search.case {
        None => None,
        Some(text) => Some(
            cases::store::id_of(&mut conn, text)
                .await?
                .ok_or_else(|| Error::invalid("case", "unknown_case"))?,
        ),
    };
    let wanted = store::Wanted {
        person: search.person.as_deref(),
        case: case.map(|case| case.to_string()),
        actor: search.actor.as_deref(),
        act: search.act.as_deref(),
        before: before.unwrap_or(i64::MAX),
        limit: PAGE + 1,
    };
    let mut rows = store::newest(&mut conn, &wanted).await?;
    let next = (rows.len() > PAGE).then(|| {
        rows.truncate(PAGE);
        rows.last().map(|row| row.seq).unwrap_or_default()
    });
    let staff = ids(rows.iter().filter_map(|row| row.entry.actor.strip_prefix("staff:")));
    let names: HashMap<_, _> = cases::store::staff_names(&mut conn, &staff).await?.into_iter().collect();
    let named = ids(rows.iter().filter_map(|row| row.entry.case.as_deref()));
    let numbers: HashMap<_, _> = cases::store::numbers(&mut conn, &named).await?.into_iter().collect();
    drop(conn);
    let person = search.person.as_deref().and_then(|person| person.parse().ok());
    ctx.note_read("audit.search", person, case, search.actor.clone()).await?;
    let lines = rows
        .into_iter()
        .map(|row| Line {
            seq: row.seq,
            at: row.entry.at,
            name: row.entry.actor.strip_prefix("staff:").and_then(|id| names.get(id).cloned()),
            number: row.entry.case.as_ref().and_then(|case| numbers.get(case).cloned()),
            actor: row.entry.actor,
            act: row.entry.act.code(),
            what: row.entry.what,
            case: row.entry.case,
            person: row.entry.person,
            subject: row.entry.subject,
            request: row.entry.request,
            hash: row.hash.chars().take(12).collect(),
        })
        .collect();
    Ok(Lines { lines, next })
}

fn ids<'a>(ids: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut ids: Vec<String> = ids.map(str::to_owned).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
