//! The demonstration: two programs, their content, staff, patients and cases, made by `handrail demo`.

pub mod accounts; // who can sign in, and how
mod content;
mod dice;
mod files;
mod programs;
mod staff;

use domain::ctx::Portal;
use domain::error::Result;
use domain::time::Timestamp;
use std::sync::Arc;

/// Loads everything. Run twice it changes nothing.
pub async fn load(portal: &Arc<Portal>, now: Timestamp) -> Result<()> {
    library(portal, now).await
}

/// The programs, the staff and the content, but no cases: what a test begins with.
pub async fn library(portal: &Arc<Portal>, now: Timestamp) -> Result<()> {
    let ctx = domain::ctx::Ctx { now, ..portal.system("demo") };
    programs::install(&ctx).await?;
    staff::install(&ctx).await?;
    content::install(&ctx).await
}

/// What the person who started it reads: the address, the accounts, what to try.
pub fn welcome(base_url: &str) -> String {
    format!("The demonstration is at {base_url}")
}
