//! The verbs of messages.

use super::rules::{self, Next};
use super::store;
use super::types::{Cause, Claimed, Decision, Failure, Kind, NewMessage, Row, Written};
use crate::consents::{self, Channel, Purpose};
use crate::content::{Body, Kind as Content};
use crate::ctx::{Ctx, Tx};
use crate::error::{Error, Result};
use crate::event::Event;
use crate::ids::{MessageId, ProgramId};
use crate::locale::Locale;
use crate::people;
use crate::policy::Action;
use crate::tasks;
use crate::time::{HOUR, MINUTE};

/// How long a sender may hold a message before another takes it over.
const LEASE: i64 = 2 * MINUTE;
/// Messages a page shows.
const PAGE: i64 = 50;

/// Plans a message in the transaction of its cause. Told twice, it is planned once; and while a message of the same kind
/// about the same case still waits, a second would say nothing new.
pub async fn plan(tx: &mut Tx<'_>, new: &NewMessage) -> Result<()> {
    let (id, now) = (MessageId::new(), tx.ctx().now);
    let locale = people::locale(tx.conn(), new.person).await?;
    if new.case.is_some() && store::is_waiting(tx.conn(), new).await? {
        return Ok(());
    }
    if store::insert(tx.conn(), id, new, locale, now).await? {
        tx.record(Event::MessagePlanned { message: id, person: new.person, kind: new.kind.code().into() });
    }
    Ok(())
}

/// Takes messages that are due, for one sender; what a crashed sender left is taken again.
pub async fn claim(ctx: &Ctx, limit: i64) -> Result<Vec<Claimed>> {
    let mut tx = ctx.begin().await?;
    let claimed = store::claim(tx.conn(), ctx.now, ctx.now.plus(LEASE), limit).await?;
    tx.commit().await?;
    Ok(claimed)
}

/// Decides at the moment of sending: consent, address and approved words are read now, not when it was planned.
pub async fn decide(ctx: &Ctx, message: &Claimed, base_url: &str) -> Result<Decision> {
    let mut tx = ctx.begin().await?;
    let consent = match (message.kind.cause(), message.case) {
        (Cause::Notice, _) => None,
        (Cause::Services, None) => return suppress(tx, message, "no_case").await,
        (Cause::Services, Some(case)) => {
            let (purpose, channel) = (Purpose::ProgramServices, Channel::Email);
            match consents::may_contact(tx.conn(), message.person, case, purpose, channel, ctx.now).await? {
                Some(consent) => Some(consent),
                None => return suppress(tx, message, "no_consent").await,
            }
        }
    };
    let person = match people::get(tx.conn(), ctx.keys(), message.person).await {
        Ok(person) => person,
        Err(Error::NotFound) => return suppress(tx, message, "person_erased").await,
        Err(error) => return Err(error),
    };
    let Some(to) = person.email else { return suppress(tx, message, "no_address").await };
    let (program, number) = match message.case {
        Some(case) => {
            let (program, number) = store::case(tx.conn(), case).await?;
            (ctx.portal.programs.get(program)?, number)
        }
        None => (
            ctx.portal
                .programs
                .all()
                .first()
                .cloned()
                .ok_or_else(|| Error::internal("no program is loaded"))?,
            String::new(),
        ),
    };
    let shelf = ctx.library().shelf();
    let Some(shown) = shelf.find(program.id, Content::Message, message.kind.code(), message.locale) else {
        store::hold(tx.conn(), message.id, "no_approved_words").await?;
        tx.commit().await?;
        return Ok(Decision::Suppressed);
    };
    let Body::Message { subject, text, action } = &shown.variant.body else {
        return suppress(tx, message, "no_approved_words").await;
    };
    let link = format!("{}/{}/{}", base_url.trim_end_matches('/'), message.locale, message.link);
    let written = Written {
        to,
        subject: subject.clone(),
        text: rules::fill(text, &link, &program.phone, &number),
        action: action.clone(),
        link,
        locale: shown.variant.locale,
        consent,
        edition: shown.variant.edition,
    };
    tx.commit().await?;
    Ok(Decision::Send(written))
}

async fn suppress(mut tx: Tx<'_>, message: &Claimed, rule: &'static str) -> Result<Decision> {
    store::suppress(tx.conn(), message.id, rule).await?;
    tx.record(Event::MessageSuppressed { message: message.id, person: message.person, rule: rule.into() });
    tx.commit().await?;
    Ok(Decision::Suppressed)
}

/// Planned messages of a kind and language wait from now on, with the reason, until [`release`].
pub async fn hold(
    tx: &mut Tx<'_>,
    program: ProgramId,
    kind: &str,
    locale: Locale,
    why: &'static str,
) -> Result<u64> {
    store::hold_all(tx.conn(), program, kind, locale, why).await
}

/// Messages of a kind and language that wait for words go on.
pub async fn release(tx: &mut Tx<'_>, program: ProgramId, kind: &str, locale: Locale) -> Result<u64> {
    let now = tx.ctx().now;
    store::release(tx.conn(), program, kind, locale, now).await
}

/// The server took it.
pub async fn delivered(ctx: &Ctx, message: &Claimed, written: &Written) -> Result<()> {
    let mut tx = ctx.begin().await?;
    store::sent(tx.conn(), message.id, written, ctx.now).await?;
    tx.record(Event::MessageSent { message: message.id, person: message.person, channel: "email".into() });
    tx.commit().await
}

/// It could not be sent: again later, or given up with a task for staff.
pub async fn refused(ctx: &Ctx, message: &Claimed, failure: Failure) -> Result<()> {
    let mut tx = ctx.begin().await?;
    let (Failure::Later(code) | Failure::Never(code)) = failure;
    match rules::next(message.attempts, failure, ctx.now) {
        Next::TryAt(at) => store::retry(tx.conn(), message.id, at, code).await?,
        Next::GiveUp => {
            store::dead(tx.conn(), message.id, code).await?;
            let due = ctx.now.plus(4 * HOUR);
            let queue = match message.case {
                Some(case) => store::queue(tx.conn(), case).await?,
                None => "Support".into(),
            };
            tasks::open(
                &mut tx,
                tasks::NewTask::about(tasks::Kind::MessageDead, queue, message.id, message.case, due),
            )
            .await?;
            tx.record(Event::MessageDied { message: message.id, person: message.person });
        }
    }
    tx.commit().await
}

/// The latest messages, for staff: newest first, from before `before` on.
pub async fn recent(
    ctx: &Ctx,
    only: Option<super::State>,
    before: Option<(i64, String)>,
) -> Result<Vec<Row>> {
    ctx.require(Action::ReadMessages).await?;
    let mut conn = ctx.read().await?;
    store::recent(&mut conn, only, before, PAGE).await
}

impl Kind {
    /// A message about a case of a person, whose cause is an event.
    pub fn about(
        self,
        person: crate::ids::PersonId,
        case: crate::ids::CaseId,
        page: &'static str,
        event: i64,
    ) -> NewMessage {
        NewMessage { kind: self, person, case: Some(case), page, dedupe: format!("{event}:{self}") }
    }
}
