//! Lays safety reports where pharmacovigilance takes them from, and reads what it answers. The database is the truth: a file
//! is written whole or not at all, and may be written again; an answer that cannot be read is set aside, never lost.

use crate::adapters::pharmacovigilance::{self, Folder};
use crate::state::App;
use domain::error::Result;
use domain::safety::{self, Unwritten, e2b};

pub(super) async fn run(app: App) -> Result<()> {
    let folder = Folder::at(&app.config.safety.dir);
    let mut failed = Ok(());
    for report in safety::unwritten(&app.portal.system("safety reports")).await? {
        // one that cannot go out holds up no other, and no answer
        if let Err(error) = lay_out(&app, &folder, &report).await {
            tracing::error!(report = report.name, %error, "a safety report could not be laid out; it will be tried again");
            failed = Err(error);
        }
    }
    for answer in folder.answers()? {
        let is_understood = read(&app, &answer.bytes).await?;
        folder.put_away(&answer, is_understood)?;
    }
    failed
}

async fn lay_out(app: &App, folder: &Folder, report: &Unwritten) -> Result<()> {
    let pdf = pharmacovigilance::readable(report)?;
    folder.lay_out(&report.name, &report.xml, &pdf)?;
    safety::written(&app.portal.system("safety reports"), report).await
}

/// Whether everything in an answer is about reports of ours.
async fn read(app: &App, bytes: &[u8]) -> Result<bool> {
    let found = match e2b::acknowledgements(bytes) {
        Ok(found) => found,
        Err(error) => {
            tracing::error!(%error, "an answer of pharmacovigilance cannot be read; it lies in the folder odd");
            return Ok(false);
        }
    };
    let mut is_ours = true;
    for one in &found {
        is_ours &= safety::answered(&app.portal.system("safety reports"), one).await?;
    }
    if !is_ours {
        tracing::error!("an answer of pharmacovigilance is to no report of ours; it lies in the folder odd");
    }
    Ok(is_ours)
}
