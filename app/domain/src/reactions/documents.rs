//! What follows from what happens to a document: somebody looks at it, somebody helps when it failed.

use super::store;
use crate::ctx::Tx;
use crate::error::Result;
use crate::ids::{CaseId, DocumentId};
use crate::tasks::{self, Kind, NewTask};

/// Staff must look at it within the time the program answers in.
pub(super) async fn to_review(tx: &mut Tx<'_>, case: CaseId, document: DocumentId) -> Result<()> {
    open(tx, Kind::ReviewDocument, case, document).await
}

/// Staff must see that the person gets their document to us after all.
pub(super) async fn failed(tx: &mut Tx<'_>, case: CaseId, document: DocumentId) -> Result<()> {
    open(tx, Kind::DocumentFailed, case, document).await
}

/// Somebody decided: nobody needs to look any longer.
pub(super) async fn decided(tx: &mut Tx<'_>, document: DocumentId) -> Result<()> {
    tasks::settle_subject(tx, document, Some(Kind::ReviewDocument)).await.map(drop)
}

async fn open(tx: &mut Tx<'_>, kind: Kind, case: CaseId, document: DocumentId) -> Result<()> {
    let ctx = tx.ctx();
    let (program, queue) = store::desk(tx.conn(), case).await?;
    let program = ctx.portal.programs.get(program)?;
    let due = program.after_business_minutes(ctx.now, program.settings.answer_hours * 60)?;
    tasks::open(tx, NewTask::about(kind, queue, document, Some(case), due)).await.map(drop)
}
