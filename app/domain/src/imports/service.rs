//! Bringing people and cases in, and closing what was brought in.

use super::store::{self, Sealed};
use super::types::{Empty, Filled, Import};
use crate::actor::Actor;
use crate::ctx::{Ctx, Tx};
use crate::error::{Error, Result};
use crate::event::Event;
use crate::people;

/// Keeps people with their cases and everything that happened before, all or none. Only for the portal itself.
pub async fn receive(ctx: &Ctx, imports: &[Import]) -> Result<()> {
    only_the_portal(ctx)?;
    let mut tx = ctx.begin().await?;
    let mut sealed = Vec::with_capacity(imports.len());
    for import in imports {
        let opened =
            import.statuses.first().ok_or_else(|| Error::internal("an imported case without a status"))?;
        let person = people::insert(tx.conn(), ctx.keys(), &import.patient, opened.at).await?;
        let key = people::key(tx.conn(), ctx.keys(), person).await?;
        sealed.push(Sealed::of(import, person, &key)?);
    }
    store::cases(tx.conn(), &sealed).await?;
    store::statuses(tx.conn(), &sealed).await?;
    store::checklists(tx.conn(), &sealed).await?;
    store::consents(tx.conn(), &sealed).await?;
    store::requests(tx.conn(), &sealed).await?;
    store::documents(tx.conn(), &sealed).await?;
    store::notes(tx.conn(), &sealed).await?;
    store::messages(tx.conn(), &sealed).await?;
    store::tasks(tx.conn(), &sealed).await?;
    store::modules(tx.conn(), &sealed).await?;
    store::count(tx.conn(), imports).await?;
    for row in &sealed {
        recall(&mut tx, row);
        tx.record_settled(Event::CaseImported { case: row.import.case, person: row.person });
    }
    tx.commit().await
}

/// Closes what was loaded before: nothing is to follow from it. Only for the portal itself.
pub async fn settle(ctx: &Ctx) -> Result<()> {
    only_the_portal(ctx)?;
    let mut tx = ctx.begin().await?;
    store::settle_events(tx.conn(), ctx.now).await?;
    tx.commit().await
}

/// The documents that were brought in without their file. Only for the portal itself.
pub async fn without_file(ctx: &Ctx) -> Result<Vec<Empty>> {
    only_the_portal(ctx)?;
    let mut conn = ctx.read().await?;
    let mut empty = Vec::new();
    for (id, person, kind, store_key) in store::without_file(&mut conn).await? {
        let key = people::key(&mut conn, ctx.keys(), person).await?;
        empty.push(Empty { id, kind, store_key, key });
    }
    Ok(empty)
}

/// Says that those files are stored now. Only for the portal itself.
pub async fn fill(ctx: &Ctx, filled: &[Filled]) -> Result<()> {
    only_the_portal(ctx)?;
    let mut tx = ctx.begin().await?;
    for file in filled {
        store::fill(tx.conn(), file).await?;
    }
    tx.commit().await
}

fn only_the_portal(ctx: &Ctx) -> Result<()> {
    if matches!(ctx.actor, Actor::System(_)) { Ok(()) } else { Err(Error::NotFound) }
}

/// The events of the past, each in its own time.
fn recall(tx: &mut Tx<'_>, row: &Sealed<'_>) {
    let (import, person, case) = (row.import, row.person, row.import.case);
    let patient = format!("person:{person}");
    let mut before = None;
    for status in &import.statuses {
        let event = match before.replace(status.sub_status) {
            None => Event::CaseOpened {
                case,
                person,
                program: import.program,
                rule: import.rule.clone(),
                queue: import.queue.clone(),
            },
            Some(from) => Event::CaseAdvanced {
                case,
                person,
                from: from.code().to_owned(),
                to: status.sub_status.code().to_owned(),
                backward: status.backward.is_some(),
            },
        };
        tx.recall(status.at, status.actor.clone(), event);
    }
    for (consent, id) in import.consents.iter().zip(&row.consents) {
        let (purpose, channel) = (consent.purpose.code().to_owned(), consent.channel.code().to_owned());
        let event = if consent.is_given {
            Event::ConsentGiven { person, case, consent: id.id, purpose, channel }
        } else {
            Event::ConsentWithdrawn { person, case, consent: id.id, purpose, channel }
        };
        tx.recall(consent.at, patient.clone(), event);
    }
    for request in &import.requests {
        let kind = request.kind.clone();
        let event = Event::DocumentRequested { case, person, request: request.id, kind: kind.clone() };
        tx.recall(request.requested_at, request.requested_by.clone(), event);
        for document in &request.documents {
            let id = document.id;
            tx.recall(
                document.received_at,
                patient.clone(),
                Event::DocumentReceived { case, person, document: id },
            );
            let Some((at, by)) = document.decided else { continue };
            let event = if document.state == "accepted" {
                Event::DocumentAccepted { case, person, document: id, kind: kind.clone() }
            } else {
                let why = document.reason.clone().unwrap_or_default();
                Event::DocumentRejected { case, person, document: id, why }
            };
            tx.recall(at, format!("staff:{by}"), event);
        }
    }
    for note in &import.notes {
        tx.recall(note.at, format!("staff:{}", note.author), Event::NoteWritten { case, note: note.id });
    }
    for (message, id) in import.messages.iter().zip(&row.messages) {
        let event = match message.sent_at {
            Some(_) => Event::MessageSent { message: *id, person, channel: "email".into() },
            None => Event::MessageSuppressed { message: *id, person, rule: message.rule.clone() },
        };
        tx.recall(message.sent_at.unwrap_or(message.planned_at), "system:messages".into(), event);
    }
    for module in &import.modules {
        let event = Event::ModuleFinished { person, item: module.item.clone(), edition: module.edition };
        tx.recall(module.finished_at, patient.clone(), event);
    }
}
