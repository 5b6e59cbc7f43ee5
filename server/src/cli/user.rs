//! `handrail user add`: an account for a staff member, with a password for one sign-in and an authenticator app.

use super::{DataDir, Outcome, demo, print, run};
use crate::config::Config;
use clap::Args;
use domain::actor::Role;
use domain::ctx::Portal;
use domain::db::Db;
use domain::error::{Error, Result};
use domain::locale::Locale;
use domain::sessions::{self, NewStaff, StaffAdded};
use std::sync::Arc;

#[derive(Debug, Args)]
pub(super) struct AddArgs {
    #[command(flatten)]
    at: DataDir,
    #[arg(long)]
    email: String,
    /// The name they sign their work with
    #[arg(long)]
    name: String,
    /// What they are trusted with; may be given several times
    #[arg(long = "role", required = true, value_parser = role)]
    roles: Vec<Role>,
    /// The language they read: en, es, vi or ar
    #[arg(long, default_value = "en", value_parser = locale)]
    locale: Locale,
}

fn role(code: &str) -> std::result::Result<Role, String> {
    code.parse().map_err(|_| {
        let known: Vec<_> = Role::ALL.into_iter().map(Role::code).collect();
        format!("there is no such role; there are {}", known.join(", "))
    })
}

fn locale(tag: &str) -> std::result::Result<Locale, String> {
    tag.parse().map_err(|_| "there is no such language; there are en, es, vi, ar".to_owned())
}

pub(super) async fn add(
    config: impl FnOnce() -> std::result::Result<Config, crate::config::Unusable>,
    args: AddArgs,
) -> Outcome {
    let config = match &args.at.data {
        Some(dir) => demo::settings(dir, None, None)?,
        None => config()?,
    };
    let db = Db::open(config.database.url.reveal(), 2).await?;
    if db.pending().await? > 0 {
        return Err("the database is older than this program: run `handrail migrate` first".into());
    }
    let portal = run::open(&config, db).await?;
    let AddArgs { email, name, roles, locale, .. } = args;
    let staff = NewStaff { id: None, name, email, roles, locale };
    let added = add_staff(&portal, &staff).await.map_err(explain)?;
    print(&told(&staff, &added));
    Ok(())
}

/// The verb, for this command and for others.
pub async fn add_staff(portal: &Arc<Portal>, staff: &NewStaff) -> Result<StaffAdded> {
    sessions::add_staff(&portal.system("user add"), "Handrail", staff).await
}

fn told(staff: &NewStaff, added: &StaffAdded) -> String {
    format!(
        "{} can sign in now, with {}.\n\n\
         Tell them over a safe way, once:\n\
         \x20 password           {}\n\
         \x20 authenticator key  {}\n\
         \x20 or as an address   {}\n\n\
         The password is good for one sign-in within seven days; that sign-in asks for one of their own.",
        staff.name, staff.email, added.password, added.totp_secret, added.totp_url
    )
}

fn explain(error: Error) -> Box<dyn std::error::Error + Send + Sync> {
    match error {
        Error::Conflict(_) => "there is an account with this e-mail address already".into(),
        Error::Invalid(flaws) => {
            let fields: Vec<_> =
                flaws.iter().map(|flaw| format!("--{}", flaw.field.trim_end_matches('s'))).collect();
            format!("cannot use {}", fields.join(", ")).into()
        }
        other => other.into(),
    }
}
