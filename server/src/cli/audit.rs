//! `handrail audit verify`: walks the chain and names the first row that does not hold.

use super::{DataDir, Outcome, print, run};
use crate::config::Config;
use clap::Args;
use domain::db::Db;

#[derive(Debug, Args)]
pub struct VerifyArgs {
    #[command(flatten)]
    pub at: DataDir,
    /// Machine-readable answer
    #[arg(long)]
    json: bool,
}

pub async fn verify(config: Config, args: VerifyArgs) -> Outcome {
    let db = Db::open(config.database.url.reveal(), 2).await?;
    let portal = run::open(&config, db).await?;
    let found = domain::audit::verify(&portal.db, &portal.keys).await?;
    if args.json {
        print(&serde_json::to_string(&found)?);
    } else {
        match &found.broken {
            None => print(&format!("The chain holds: {} rows.", found.rows)),
            Some(broken) => print(&format!(
                "Row {} does not hold: {}. {} rows before it do.",
                broken.seq, broken.why, found.rows
            )),
        }
    }
    if found.broken.is_some() { Err("the audit trail was changed".into()) } else { Ok(()) }
}
