//! One page of the worklist.

use super::store;
use super::types::{Filter, Page, Row, View};
use crate::cases::WaitingOn;
use crate::cases::approved::Approved;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::keyset;
use crate::policy::Action;
use crate::time::Day;
use std::collections::HashMap;

/// Cases a page holds.
const PAGE: usize = 50;

/// A page of open cases, those that wait longest first. That it was read is on the trail, with the view's name.
pub async fn page(ctx: &Ctx, filter: &Filter, after: Option<&str>) -> Result<Page> {
    ctx.require(Action::ReadWorklist).await?;
    let Some(today) = today(ctx)? else { return Ok(Page::default()) };
    let asked = store::Asked {
        filter,
        me: ctx.person()?,
        today,
        after: match filter.view {
            View::Overdue => keyset::after::<Day>(after).map(|(day, id)| (store::Place::On(day), id)),
            _ => keyset::after::<i64>(after).map(|(at, id)| (store::Place::At(at), id)),
        },
        limit: PAGE + 1,
    };
    let mut conn = ctx.read().await?;
    let mut found = store::list(&mut conn, ctx.keys(), &asked).await?;
    drop(conn);
    let next = (found.len() > PAGE).then(|| {
        found.truncate(PAGE);
        found.last().map(|row| mark(filter.view, row)).unwrap_or_default()
    });
    ctx.note_read("worklist.page", None, None, Some(filter.view.code().into())).await?;
    let mut shelves = HashMap::new();
    let rows = found
        .into_iter()
        .map(|row| {
            let approved = shelves
                .entry(row.program)
                .or_insert_with(|| Approved::new(ctx.library(), row.program, ctx.locale));
            Row {
                short: approved.short(row.sub_status),
                is_late: row.expected_on.is_some_and(|day| day < today)
                    && !matches!(row.waiting_on, WaitingOn::Nobody),
                case: row.case,
                number: row.number,
                name: row.name,
                program: row.program,
                stage: row.stage,
                sub_status: row.sub_status,
                waiting_on: row.waiting_on,
                since: row.since,
                expected_on: row.expected_on,
                queue: row.queue,
                locale: row.locale,
                priority: row.priority,
                owner: row.owner,
                first_response_due: row.first_response_due,
                first_response_at: row.first_response_at,
            }
        })
        .collect();
    Ok(Page { rows, next })
}

fn mark(view: View, row: &store::Found) -> String {
    match (view, row.expected_on) {
        (View::Overdue, Some(day)) => keyset::mark(day, row.case),
        (View::Unanswered, _) => keyset::mark(row.first_response_due.0, row.case),
        _ => keyset::mark(row.since.0, row.case),
    }
}

/// The day it is for the programs. They may keep different clocks: a case is late by the first one's.
fn today(ctx: &Ctx) -> Result<Option<Day>> {
    ctx.portal.programs.all().first().map(|program| program.day(ctx.now)).transpose()
}
