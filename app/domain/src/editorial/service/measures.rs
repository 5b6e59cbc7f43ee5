//! How the room works: how long reviews take, how often they begin again, what is covered, what falls due.

use crate::ctx::Ctx;
use crate::editorial::store;
use crate::error::Result;
use crate::locale::Locale;
use crate::policy::Action;
use crate::time::{DAY, Timestamp};
use std::collections::BTreeMap;

/// Since how many days.
const WINDOW: i64 = 90;

/// The figures of the last ninety days.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Measures {
    /// Approved in the window.
    pub approved: i64,
    /// Median business days from handing in to the last desk's signature.
    pub median_days: Option<i64>,
    /// Handed in, and of those sent back.
    pub handed_in: i64,
    pub sent_back: i64,
    /// Live variants in each language.
    pub live: BTreeMap<Locale, i64>,
    pub due_in_60: i64,
    /// How often readers opened an edition and found it helpful, most used first.
    pub used: Vec<Used>,
}

/// How one edition is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Used {
    pub item: String,
    pub edition: i64,
    pub locale: Locale,
    pub opened: i64,
    pub helpful: i64,
    pub not_helpful: i64,
}

/// Reads them.
pub async fn measures(ctx: &Ctx) -> Result<Measures> {
    ctx.require(Action::ReadLibrary).await?;
    let mut conn = ctx.read().await?;
    let since = ctx.now.plus(-WINDOW * DAY);
    let cycles = store::cycles(&mut conn, since).await?;
    let (handed_in, sent_back) = store::sent_back(&mut conn, since).await?;
    let mut live = BTreeMap::new();
    for line in store::coverage(&mut conn).await? {
        for (locale, count) in line.live {
            *live.entry(locale).or_insert(0) += count;
        }
    }
    let Some(program) = ctx.portal.programs.all().first().cloned() else { return Ok(Measures::default()) };
    let (from, to) = (program.day(ctx.now)?, program.day(ctx.now.plus(60 * DAY))?);
    let due_in_60 = store::due_between(&mut conn, from, to).await?.len() as i64;
    let mut days: Vec<i64> = Vec::new();
    for (_, _, submitted, signed, _) in &cycles {
        days.push(business_days(&program, *submitted, *signed)?);
    }
    days.sort_unstable();
    Ok(Measures {
        approved: cycles.len() as i64,
        median_days: days.get(days.len() / 2).copied(),
        handed_in,
        sent_back,
        live,
        due_in_60,
        used: crate::content::store::used(&mut conn, program.day(since)?, 20)
            .await?
            .into_iter()
            .map(used)
            .collect(),
    })
}

fn used((item, edition, locale, opened, helpful, not_helpful): (String, i64, Locale, i64, i64, i64)) -> Used {
    Used { item, edition, locale, opened, helpful, not_helpful }
}

/// Whole business days between two instants, at most a year of them.
fn business_days(program: &crate::programs::Program, from: Timestamp, to: Timestamp) -> Result<i64> {
    let end = program.day(to)?;
    for days in 0..260 {
        if program.after_business_days(from, days)? >= end {
            return Ok(days);
        }
    }
    Ok(260)
}
