//! Pages for staff.

pub mod audit;
pub mod case;
pub mod case_documents;
pub mod content; // the editorial room
pub mod document;
pub mod invitation;
pub mod messages;
mod outcome;
pub mod questions; // what the assistant could not answer
pub mod safety; // the safety queue and its records
pub mod tasks;
pub mod thread; // a conversation handed over
pub mod worklist;

use crate::pages::{Reply, Visit};
use domain::error::Error;
use domain::policy::{Action, may};
use std::str::FromStr;
use ui::paths;

/// The staff's first page: the one their work begins on.
pub async fn first(visit: Visit) -> Reply {
    let (actor, l) = (&visit.ctx.actor, visit.locale());
    let to = if may(actor, Action::ReadWorklist) {
        paths::worklist(l)
    } else if may(actor, Action::ReadAudit) {
        paths::audit(l)
    } else if actor.is_staff() {
        paths::account(l)
    } else {
        visit.ctx.require(Action::ReadWorklist).await?;
        paths::portal(l)
    };
    Ok(visit.go(&to))
}

/// The language, and the id of what the page is about.
type InPath = axum::extract::Path<(String, String)>;

fn id<I: FromStr>(axum::extract::Path((_, id)): &InPath) -> std::result::Result<I, Error> {
    id.parse().map_err(|_| Error::NotFound)
}

/// A value of the address that is there and says something.
fn said<'a>(query: &'a std::collections::BTreeMap<String, String>, name: &str) -> Option<&'a str> {
    query.get(name).map(|value| value.trim()).filter(|value| !value.is_empty() && value.len() <= 200)
}

/// The values of an address. What cannot be read is not there.
type Asked = Result<
    axum::extract::Query<std::collections::BTreeMap<String, String>>,
    axum::extract::rejection::QueryRejection,
>;

fn asked(query: Asked) -> std::collections::BTreeMap<String, String> {
    query.map(|axum::extract::Query(values)| values).unwrap_or_default()
}
