//! Lays safety reports where pharmacovigilance takes them from, and reads what it answers. The database is the truth: a file
//! is written whole or not at all, and may be written again; an answer that cannot be read is set aside, never lost.

use crate::adapters::pharmacovigilance::{self, Folder};
use crate::state::App;
use domain::error::Result;
use domain::safety::{self, e2b};

pub(super) async fn run(app: App) -> Result<()> {
    let folder = Folder::at(&app.config.safety.dir);
    let ctx = app.portal.system("safety reports");
    for report in safety::unwritten(&ctx).await? {
        let pdf = pharmacovigilance::readable(&report)?;
        folder.lay_out(&report.name, &report.xml, &pdf)?;
        safety::written(&app.portal.system("safety reports"), &report).await?;
    }
    for answer in folder.answers()? {
        let is_ours = match e2b::acknowledgements(&answer.bytes) {
            Ok(found) => {
                let mut is_ours = true;
                for one in &found {
                    is_ours &= safety::answered(&app.portal.system("safety reports"), one).await?;
                }
                is_ours
            }
            Err(error) => {
                tracing::error!(%error, "an answer of pharmacovigilance cannot be read and is set aside");
                false
            }
        };
        folder.put_away(&answer, is_ours)?;
    }
    Ok(())
}
