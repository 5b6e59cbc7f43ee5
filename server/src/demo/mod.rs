//! The demonstration: two programs, their content, staff, patients and cases, made by `handrail demo`.

pub mod accounts; // who can sign in, and how
mod cases; // about two hundred, and the people with a name
mod content; // signed, in four languages
mod conversations; // what some of them asked lately
mod dice; // chance that repeats
mod drafts; // what the content team has on its desks
mod files; // inside the binary
pub mod generate; // as many cases as are wanted
mod history; // what happened to one case
mod journeys; // the steps cases take
mod people; // patients
mod pictures; // for their documents
mod programs; // what is the same in every language
mod records; // what a case gathered on its way
mod staff; // every role

use crate::adapters::files::Files;
use domain::ctx::{Ctx, Portal};
use domain::db::Db;
use domain::error::{Error, Result};
use domain::imports;
use domain::time::Timestamp;
use std::sync::Arc;

/// Loads everything. Run twice it changes nothing. The same clock gives the same demonstration.
pub async fn load(portal: &Arc<Portal>, now: Timestamp) -> Result<()> {
    library(portal, now).await?;
    let ctx = context(portal, now);
    if !cases::install(&ctx).await? {
        return Ok(());
    }
    imports::settle(&ctx).await?;
    // what is asked lately has its consequences, as if it were asked now
    conversations::hold(&ctx).await?;
    drafts::begin(&ctx).await
}

/// Gives the documents and lessons of the demonstration their files. Run twice it changes nothing.
pub async fn pictures(portal: &Arc<Portal>, files: &Files) -> Result<()> {
    pictures::keep_film(files).await?;
    pictures::hang(&portal.system("demo"), files).await
}

/// The programs, the staff and the content, but no cases: what a test begins with.
pub async fn library(portal: &Arc<Portal>, now: Timestamp) -> Result<()> {
    let ctx = context(portal, now);
    programs::install(&ctx).await?;
    staff::install(&ctx).await?;
    content::install(&ctx).await?;
    pictures::name_film(&ctx).await
}

/// Whether this database holds the demonstration. An empty one does not.
///
/// # Errors
/// `Internal` when it holds something else, which nobody wants to lose.
pub async fn is_one(db: &Db) -> Result<bool> {
    if db.is_empty().await? {
        return Ok(false);
    }
    let mut conn = db.read().await?;
    match domain::people::staff_name(&mut conn, staff::id("rosa")).await {
        Ok(Some(_)) => Ok(true),
        _ => Err(Error::internal(
            "this database holds something else than the demonstration: empty it by hand",
        )),
    }
}

fn context(portal: &Arc<Portal>, now: Timestamp) -> Ctx {
    Ctx { now, ..portal.system("demo") }
}

/// What the person who started it reads: the address, the accounts, what to try.
pub fn welcome(base_url: &str) -> String {
    let patients: String = people::NAMED
        .iter()
        .map(|named| format!("  {:<28} {}\n", people::address(named.mail), named.name))
        .collect();
    let staff: String = staff::STAFF
        .iter()
        .map(|(name, mail, roles)| {
            let roles: Vec<_> = roles.iter().map(|role| role.code().replace('_', " ")).collect();
            format!("  {:<28} {name}, {}\n", staff::address(mail), roles.join(", "))
        })
        .collect();
    format!(
        "The demonstration is at {base_url}\n\n\
         Everybody's password:  {}\n\
         Staff also need a code from an authenticator app. Its secret is the same for all of them:\n  {}\n\n\
         Patients\n{patients}\nStaff\n{staff}\n\
         What to try\n  \
         - Enroll someone, in any language: {base_url}/\n  \
         - Sign in as Luis, read where his case stands, and send the photo he is asked for\n  \
         - Ask where to keep the inhaler, then tell of a rash: the second one reaches Samuel's safety queue\n  \
         - Sign in as Rosa and look at the worklist",
        accounts::PASSWORD,
        accounts::TOTP,
    )
}
