//! How tries are slowed: each is counted before it is judged, so that many at once count as many. Subjects are keyed
//! hashes; an account that does not exist is slowed like one that does.

use super::rules;
use super::store::{self, Account};
use super::{marks, types::Door};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::ids::{AttemptId, PersonId};
use crate::seal::Keys;
use crate::time::{DAY, MINUTE, SECOND};

/// How a subject's tries are slowed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pace {
    Account,
    Network,
    /// Beginning a step with a passkey: nothing is guessed, only rows are kept short.
    Steps,
}

/// A try that was let through, and what it counts against.
pub(super) struct Admitted {
    subjects: Vec<(String, Pace, AttemptId)>,
}

/// Lets a password be tried, or says when to come back. A device known to the account counts by itself.
pub(super) async fn password(
    ctx: &Ctx,
    email_lookup: &str,
    account: Option<&Account>,
    door: &Door<'_>,
) -> Result<Admitted> {
    let keys = ctx.keys();
    let device = account.and_then(|account| marks::device(keys, door.mark, account));
    let subjects = match device {
        Some(device) => vec![(keys.lookup("try.device", &format!("{device}:{email_lookup}")), Pace::Account)],
        None => vec![
            (keys.lookup("try.account", email_lookup), Pace::Account),
            (network_subject(keys, door), Pace::Network),
        ],
    };
    admit(ctx, subjects).await
}

/// Lets a code be tried, or a password by somebody who is signed in.
pub(super) async fn person(ctx: &Ctx, what: &str, person: PersonId) -> Result<Admitted> {
    admit(ctx, vec![(ctx.keys().lookup(what, &person.to_string()), Pace::Account)]).await
}

/// Lets a passkey sign-in begin. Passkeys cannot be guessed; a network may begin very many.
pub(super) async fn steps(ctx: &Ctx, door: &Door<'_>) -> Result<Admitted> {
    let subject = ctx.keys().lookup("try.steps", &rules::network_of(door.network));
    admit(ctx, vec![(subject, Pace::Steps)]).await
}

fn network_subject(keys: &Keys, door: &Door<'_>) -> String {
    keys.lookup("try.network", &rules::network_of(door.network))
}

/// Counts first, then looks at what others counted: of tries made at the same moment no more pass than one after another.
async fn admit(ctx: &Ctx, subjects: Vec<(String, Pace)>) -> Result<Admitted> {
    let subjects: Vec<_> =
        subjects.into_iter().map(|(subject, pace)| (subject, pace, AttemptId::new())).collect();
    let mut tx = ctx.portal.db.begin().await?;
    for (subject, _, id) in &subjects {
        store::insert_attempt(&mut tx, *id, subject, ctx.now).await?;
    }
    tx.commit().await?;

    let mut conn = ctx.read().await?;
    let mut longest = 0;
    for (subject, pace, id) in &subjects {
        let (day, quarter) = (ctx.now.plus(-DAY), ctx.now.plus(-15 * MINUTE));
        let tries = store::tries(&mut conn, subject, *id, day, quarter).await?;
        longest = longest.max(match pace {
            Pace::Account => rules::account_wait(tries, ctx.now),
            Pace::Network => rules::network_wait(tries, ctx.now),
            Pace::Steps => rules::steps_wait(tries, ctx.now),
        });
    }
    if longest == 0 {
        return Ok(Admitted { subjects });
    }
    // a try that was not let through does not count
    let mut tx = ctx.portal.db.begin().await?;
    for (_, _, id) in &subjects {
        store::delete_attempt(&mut tx, *id).await?;
    }
    tx.commit().await?;
    let seconds = (longest + SECOND - 1) / SECOND;
    Err(Error::Throttled { retry_after_seconds: u32::try_from(seconds).unwrap_or(u32::MAX) })
}

impl Admitted {
    /// It was the right one: the account's count starts again, the network's loses this one.
    pub(super) async fn succeeded(&self, conn: &mut crate::db::Conn) -> Result<()> {
        for (subject, pace, id) in &self.subjects {
            match pace {
                Pace::Account => store::clear_attempts(conn, subject).await?,
                Pace::Network | Pace::Steps => store::delete_attempt(conn, *id).await?,
            }
        }
        Ok(())
    }
}
