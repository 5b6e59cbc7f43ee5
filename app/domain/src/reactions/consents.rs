//! What follows when somebody takes a consent back.

use super::store;
use crate::consents::{Channel, Purpose};
use crate::ctx::Tx;
use crate::error::Result;
use crate::ids::{CaseId, ConsentId, PersonId};
use crate::tasks::{self, Kind, NewTask};

/// What the program cannot work without is gone: a person looks at the case within the time the program answers in.
pub(super) async fn withdrawn(
    tx: &mut Tx<'_>,
    case: CaseId,
    person: PersonId,
    consent: ConsentId,
    purpose: &str,
    channel: &str,
) -> Result<()> {
    let is_needed = purpose.parse::<Purpose>().is_ok_and(Purpose::is_needed);
    let is_own = crate::cases::store::line(tx.conn(), case).await?.is_some_and(|line| line.person == person);
    if !is_needed || channel != Channel::Portal.code() || !is_own {
        return Ok(());
    }
    let ctx = tx.ctx();
    let (program, queue) = store::desk(tx.conn(), case).await?;
    let program = ctx.portal.programs.get(program)?;
    let due = program.after_business_minutes(ctx.now, program.settings.answer_hours * 60)?;
    tasks::open(tx, NewTask::about(Kind::ConsentWithdrawn, queue, consent, Some(case), due)).await.map(drop)
}
