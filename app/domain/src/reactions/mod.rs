//! The only room that knows every feature: where a fact meets its consequences.
//!
//! Events are claimed in order. A reaction only writes rows, each under a dedupe key, so running twice does no harm.

mod consents;
mod documents;
mod store;

use crate::actor::Role;
use crate::assistant;
use crate::cases::{self, SubStatus};
use crate::ctx::{Ctx, Portal, Tx};
use crate::error::Result;
use crate::event::Event;
use crate::ids::{PersonId, SafetyId};
use crate::messaging::{self, NewMessage};
use crate::people;
use crate::safety;
use crate::tasks::{self, NewTask};
use std::sync::Arc;

/// Events handled in one round.
const BATCH: i64 = 100;
/// After so many tries an event is set aside, so that one that always fails cannot hold up the others.
const TRIES: i64 = 5;

/// Handles waiting events, oldest first. Returns how many it handled.
pub async fn dispatch(portal: &Arc<Portal>) -> Result<usize> {
    let ctx = portal.system("reactions");
    let mut conn = ctx.read().await?;
    let waiting = store::waiting(&mut conn, TRIES, BATCH).await?;
    drop(conn);
    let mut handled = 0;
    for (seq, body) in waiting {
        let Ok(event) = serde_json::from_str::<Event>(&body) else {
            tracing::error!(seq, "an event cannot be read and is set aside");
            store::set_aside(&mut *ctx.read().await?, seq, TRIES).await?;
            continue;
        };
        let mut tx = ctx.begin().await?;
        if !store::claim(tx.conn(), seq, ctx.now).await? {
            continue; // another node was faster
        }
        match react(&ctx, &mut tx, seq, &event).await {
            Ok(()) => {
                tx.commit().await?;
                handled += 1;
            }
            Err(error) => {
                drop(tx);
                tracing::error!(seq, code = event.code(), %error, "a reaction failed and will be tried again");
                store::tried(&mut *ctx.read().await?, seq).await?;
            }
        }
    }
    Ok(handled)
}

/// What follows from what happened; alphabetical by event.
async fn react(ctx: &Ctx, tx: &mut Tx<'_>, seq: i64, event: &Event) -> Result<()> {
    use messaging::Kind as Message;
    match event {
        Event::AccountCreated { person } => welcome(tx, *person).await,
        Event::CaseAdvanced { case, from, .. } if from == SubStatus::ConsentPending.code() => {
            // the patient has just agreed, on a page that says what is next
            cases::first_response_due(tx, *case).await
        }
        Event::CaseAdvanced { case, person, .. } => {
            cases::first_response_due(tx, *case).await?;
            messaging::plan(tx, &Message::StatusChanged.about(*person, *case, "home", seq)).await
        }
        Event::CaseClaimed { case, person } => {
            messaging::plan(tx, &Message::EnrollmentReceived.about(*person, *case, "home", seq)).await
        }
        Event::CaseOpened { case, person, .. } => {
            cases::first_response_due(tx, *case).await?;
            messaging::plan(tx, &Message::EnrollmentReceived.about(*person, *case, "home", seq)).await
        }
        Event::ConsentGiven { case, person, .. } => {
            let patient = cases::store::line(tx.conn(), *case).await?.map(|line| line.person);
            if patient == Some(*person) {
                return Ok(());
            }
            // whoever filled it in for the patient wants to hear that it came
            messaging::plan(tx, &Message::EnrollmentReceived.about(*person, *case, "help", seq)).await
        }
        Event::ConsentWithdrawn { case, person, consent, purpose, channel } => {
            consents::withdrawn(tx, *case, *person, *consent, purpose, channel).await
        }
        Event::ContentPublished { item, edition, locale } => {
            ctx.portal.library.refresh(&ctx.portal.db).await?;
            assistant::learned(tx, item, *edition, locale).await
        }
        Event::ContentWithdrawn { .. } => {
            ctx.portal.library.refresh(&ctx.portal.db).await?;
            Ok(())
        }
        Event::DocumentAccepted { document, .. } => documents::decided(tx, *document).await,
        Event::DocumentChecked { case, document, .. } => documents::to_review(tx, *case, *document).await,
        Event::DocumentFailed { case, person, document, .. } => {
            documents::failed(tx, *case, *document).await?;
            messaging::plan(tx, &Message::DocumentFailed.about(*person, *case, "documents", seq)).await
        }
        Event::DocumentRejected { case, person, document, .. } => {
            documents::decided(tx, *document).await?;
            messaging::plan(tx, &Message::DocumentRejected.about(*person, *case, "documents", seq)).await
        }
        Event::DocumentRequested { case, person, .. } => {
            messaging::plan(tx, &Message::DocumentRequested.about(*person, *case, "documents", seq)).await
        }
        Event::SafetyFlagged { record, kind } => {
            if matches!(kind.as_str(), "emergency" | "crisis") {
                call(tx, *record).await?;
            }
            alert_safety_officers(tx, *record).await
        }
        Event::ThreadAnswered { case: Some(case), person: Some(person), .. } => {
            messaging::plan(tx, &Message::QuestionAnswered.about(*person, *case, "ask", seq)).await
        }
        _ => Ok(()),
    }
}

/// Where life may be in danger somebody is called, not only read (SC-4).
async fn call(tx: &mut Tx<'_>, record: SafetyId) -> Result<()> {
    let due = tx.ctx().now.plus(safety::rules::CALL);
    let mut call = NewTask::about(tasks::Kind::SafetyFollowUp, "safety", record, None, due);
    call.priority = 1;
    tasks::open(tx, call).await?;
    Ok(())
}

/// Tells a person that they can now sign in. Staff hear it from whoever added them.
async fn welcome(tx: &mut Tx<'_>, person: PersonId) -> Result<()> {
    if people::staff_name(tx.conn(), person).await?.is_some() {
        return Ok(());
    }
    let kind = messaging::Kind::WelcomeAccount;
    let message = NewMessage { kind, person, case: None, page: "home", dedupe: format!("{kind}:{person}") };
    messaging::plan(tx, &message).await
}

/// Writes to every safety officer; the record waits in their queue all the same.
async fn alert_safety_officers(tx: &mut Tx<'_>, record: SafetyId) -> Result<()> {
    for officer in people::with_role(tx.conn(), Role::SafetyOfficer).await? {
        let kind = messaging::Kind::SafetyAlertStaff;
        let message = NewMessage {
            kind,
            person: officer,
            case: None,
            page: "staff/safety",
            dedupe: format!("{kind}:{record}:{officer}"),
        };
        messaging::plan(tx, &message).await?;
    }
    Ok(())
}
