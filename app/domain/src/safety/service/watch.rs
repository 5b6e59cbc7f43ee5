//! What happens when nobody looks: those who must are reminded, then the next ones, then somebody is called. And the watch
//! says that it lives, for whoever watches it.

use super::receive::keep_unread;
use crate::actor::Role;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::ids::SafetyId;
use crate::messaging::{self, NewMessage};
use crate::people;
use crate::safety::rules::{self, Reminder};
use crate::safety::store;
use crate::safety::types::{Reporter, Text};
use crate::tasks::{self, NewTask};
use crate::time::{DAY, Timestamp};

/// The name the watch lives under.
pub const HEARTBEAT: &str = "safety";
/// Records one round looks at.
const BATCH: i64 = 200;

/// One round: reminders of everything that is due, each once, then the heartbeat. Safe to repeat. Returns how many records
/// were over their time.
pub async fn watch(ctx: &Ctx) -> Result<usize> {
    let mut conn = ctx.read().await?;
    let near = ctx.now.plus(rules::REMIND_BEFORE);
    let mut due = store::unlooked(&mut conn, near, BATCH).await?;
    let reports = store::unsent(&mut conn, near, BATCH).await?;
    drop(conn);
    let mut late = 0;
    for (id, triage_due) in due.drain(..) {
        late += usize::from(triage_due < ctx.now);
        remind(ctx, id, "triage", triage_due).await?;
    }
    for (id, report_due) in reports {
        late += usize::from(report_due < ctx.now);
        remind(ctx, id, "report", report_due).await?;
    }
    late += unscreened(ctx).await?;
    let mut tx = ctx.begin().await?;
    store::beat(tx.conn(), HEARTBEAT, ctx.now).await?;
    tx.commit().await?;
    Ok(late)
}

/// A text that was stored and not read within a minute goes to a person, whatever went wrong. It cannot happen while every
/// writer calls `receive` in its own transaction; this finds out when one does not.
async fn unscreened(ctx: &Ctx) -> Result<usize> {
    let times = (ctx.now.plus(-DAY), ctx.now.plus(-rules::UNREAD));
    let found = store::unscreened(&mut *ctx.read().await?, times, BATCH).await?;
    for (source, id) in &found {
        tracing::error!(%source, id, "a text was stored without being screened; it goes to a person");
        let mut tx = ctx.begin().await?;
        let words = format!("[{source} {id}]");
        let text = Text {
            source: *source,
            source_id: id.clone(),
            text: &words,
            locale: ctx.locale,
            reporter: Reporter::Staff,
            person: None,
            case: None,
            program: None,
        };
        keep_unread(&mut tx, ctx, &text).await?;
        tx.commit().await?;
    }
    Ok(found.len())
}

/// Every reminder whose time has come, in order. What was sent before is not sent again: each has its own name.
async fn remind(ctx: &Ctx, record: SafetyId, clock: &str, due: Timestamp) -> Result<()> {
    let mut tx = ctx.begin().await?;
    for step in rules::reminders(due, ctx.now) {
        let roles: &[Role] = match step {
            Reminder::Officers => &[Role::SafetyOfficer],
            // they may not read it, but they can find somebody who may
            Reminder::Others => &[Role::ProgramAdministrator, Role::MedicalInformation],
            Reminder::Call => {
                let mut call = NewTask::about(tasks::Kind::SafetyFollowUp, "safety", record, None, due);
                call.dedupe = format!("safety_call:{clock}:{record}");
                call.priority = 2;
                tasks::open(&mut tx, call).await?;
                continue;
            }
        };
        for role in roles {
            for person in people::with_role(tx.conn(), *role).await? {
                let kind = messaging::Kind::SafetyAlertStaff;
                let page = if step == Reminder::Officers { "staff/safety" } else { "staff" };
                let dedupe = format!("{kind}:{clock}:{}:{record}:{person}", step.code());
                let message = NewMessage { kind, person, case: None, page, dedupe };
                messaging::plan(&mut tx, &message).await?;
            }
        }
    }
    tx.commit().await
}

/// When the watch last said that it lives.
pub async fn last_beat(ctx: &Ctx) -> Result<Option<Timestamp>> {
    store::last_beat(&mut *ctx.read().await?, HEARTBEAT).await
}
