//! Publishing: somebody who neither wrote nor reviewed it makes signed words live, now or at an instant, and takes them back.

use super::{claims_in, hash, hold};
use crate::content::Kind;
use crate::ctx::{Ctx, Tx};
use crate::editorial::rules;
use crate::editorial::store::{self, NewSignature, Term};
use crate::editorial::types::{Sheet, State};
use crate::error::{Error, Flaw, Result};
use crate::event::Event;
use crate::ids::VariantId;
use crate::locale::Locale;
use crate::messaging;
use crate::people;
use crate::policy::Action;
use crate::sessions::Proof;
use crate::time::{Day, Timestamp};

/// The publisher's place among the signatures.
pub const PUBLISHER: &str = "publisher";
const PUBLISHED: &str = "published";

/// Makes an approved variant live: at once, or at `at`.
///
/// # Errors
/// `Conflict`: `not_approved`, `signed_by_author`, `signed_twice`, `altered`, `not_publisher`, `changed`; `Invalid` at `at`.
pub async fn publish(
    ctx: &Ctx,
    id: VariantId,
    version: i64,
    at: Option<Timestamp>,
    proof: Proof,
) -> Result<()> {
    if at.is_some_and(|at| at <= ctx.now) {
        return Err(Error::Invalid(vec![Flaw::new("at", "in_the_past")]));
    }
    let (mut tx, sheet) = hold(ctx, Action::PublishContent, id, version).await?;
    let person = ctx.person()?;
    if sheet.state != State::Approved {
        return Err(Error::Conflict("not_approved"));
    }
    if !store::holds_role(tx.conn(), person, crate::actor::Role::Publisher).await? {
        return Err(Error::Conflict("not_publisher"));
    }
    let signed = store::signatures(tx.conn(), id).await?;
    let signers: Vec<_> = signed.iter().map(|signature| signature.signer).collect();
    rules::may_sign(person, &store::writers(tx.conn(), id).await?, &signers)?;
    let hash = hash(&sheet)?;
    if hash != sheet.hash || signed.iter().any(|signature| signature.hash != hash) {
        return Err(Error::Conflict("altered"));
    }
    proof.use_up(&mut tx).await?;
    let name = people::staff_name(tx.conn(), person).await?.unwrap_or_default();
    let signature = NewSignature {
        role: PUBLISHER,
        signer: person,
        author: sheet.author,
        name: &name,
        meaning: PUBLISHED,
        hash: &hash,
    };
    store::sign(tx.conn(), id, &signature, ctx.now).await?;
    match at {
        Some(at) => {
            store::schedule(tx.conn(), id, at, &ctx.actor.to_string()).await?;
            tx.record(Event::ContentScheduled {
                item: sheet.item.clone(),
                edition: sheet.edition,
                locale: sheet.locale.tag().to_owned(),
            });
        }
        None => go_live(&mut tx, &sheet).await?,
    }
    tx.commit().await?;
    ctx.portal.library.refresh(&ctx.portal.db).await?;
    Ok(())
}

/// Puts signed words before readers, and draws the consequences in the same transaction: what was there is replaced,
/// translations of the edition before follow its policy, messages that waited for words go on.
pub(super) async fn go_live(tx: &mut Tx<'_>, sheet: &Sheet) -> Result<()> {
    let ctx = tx.ctx();
    let program = ctx.portal.programs.get(sheet.program)?;
    let today = program.day(ctx.now)?;
    let months = program.settings.review_months;
    let due_on = crate::consents::rules::months_later(today, months)
        .ok_or_else(|| Error::internal("a review would be due on no day"))?;
    store::replace(tx.conn(), &sheet.item, sheet.locale, ctx.now).await?;
    let term = Term { reviewed_on: today, due_on: earliest(due_on, sheet) };
    store::set_live(tx.conn(), sheet.id, &ctx.actor.to_string(), &term, ctx.now).await?;
    if sheet.is_source() {
        let until = rules::shown_until(sheet.on_change, sheet.on_change_days, ctx.now);
        let stale = store::make_stale(tx.conn(), &sheet.item, sheet.edition, until, ctx.now).await?;
        for locale in &stale {
            tx.record_settled(Event::ContentStale {
                item: sheet.item.clone(),
                edition: sheet.edition,
                locale: locale.tag().to_owned(),
            });
            if until.is_some_and(|until| until <= ctx.now) {
                hold_messages(tx, sheet, *locale, "stale").await?;
            }
        }
    }
    if sheet.kind == Kind::Message {
        messaging::release(tx, sheet.program, &sheet.slug, sheet.locale).await?;
    }
    crate::content::store::bump_release(tx.conn()).await?;
    tx.record(Event::ContentPublished {
        item: sheet.item.clone(),
        edition: sheet.edition,
        locale: sheet.locale.tag().to_owned(),
    });
    Ok(())
}

/// No later than the first reference it stands on.
fn earliest(due_on: Day, sheet: &Sheet) -> Day {
    sheet.meta.references.iter().filter_map(|reference| reference.expires_on).fold(due_on, Ord::min)
}

/// Planned messages of this kind and language wait, with the reason, until there are words again.
pub(super) async fn hold_messages(
    tx: &mut Tx<'_>,
    sheet: &Sheet,
    locale: Locale,
    why: &'static str,
) -> Result<()> {
    if sheet.kind == Kind::Message {
        messaging::hold(tx, sheet.program, &sheet.slug, locale, why).await?;
    }
    Ok(())
}

/// Takes a variant from its readers at once: page, assistant, planned messages and scripts lose it in one transaction.
/// `everywhere` takes every language of the item.
///
/// # Errors
/// `Invalid` at `reason`; `Conflict("not_out")` when nobody reads it.
pub async fn withdraw(
    ctx: &Ctx,
    id: VariantId,
    version: i64,
    reason: &str,
    everywhere: bool,
) -> Result<usize> {
    let reason = checked_reason(reason)?;
    let (mut tx, sheet) = hold(ctx, Action::WithdrawContent, id, version).await?;
    let mut leaving = vec![sheet.clone()];
    if everywhere {
        let others = store::of_item(tx.conn(), &sheet.item).await?;
        leaving.extend(others.into_iter().filter(|other| other.id != sheet.id));
    }
    leaving.retain(|other| rules::may_withdraw(other.state));
    if leaving.is_empty() {
        return Err(Error::Conflict("not_out"));
    }
    let mut gone = 0;
    for sheet in &leaving {
        gone += usize::from(end(&mut tx, sheet, State::Withdrawn, reason).await?);
        if sheet.kind == Kind::Claim {
            gone += pull(&mut tx, sheet, reason).await?;
        }
    }
    crate::content::store::bump_release(tx.conn()).await?;
    tx.commit().await?;
    ctx.portal.library.refresh(&ctx.portal.db).await?;
    Ok(gone)
}

/// Withdraws a claim in every language, and everything that stands on it.
pub async fn withdraw_claim(ctx: &Ctx, id: VariantId, version: i64, reason: &str) -> Result<usize> {
    withdraw(ctx, id, version, reason, true).await
}

fn checked_reason(reason: &str) -> Result<&str> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::invalid("reason", "missing"));
    }
    if reason.chars().count() > rules::REMARK {
        return Err(Error::Invalid(vec![Flaw::with_limit("reason", "too_long", rules::REMARK as i64)]));
    }
    Ok(reason)
}

/// Everything that stands on an edition of a claim leaves with it.
async fn pull(tx: &mut Tx<'_>, claim: &Sheet, reason: &str) -> Result<usize> {
    let mut gone = 0;
    for standing in store::uses(tx.conn(), Some(&claim.item), None).await? {
        if standing.claim_edition != claim.edition || !rules::may_withdraw(standing.state) {
            continue;
        }
        if let Some(sheet) = store::find(tx.conn(), standing.variant).await? {
            gone += usize::from(end(tx, &sheet, State::Withdrawn, reason).await?);
        }
    }
    Ok(gone)
}

/// Takes one variant from readers, for a reason that is kept.
pub(super) async fn end(tx: &mut Tx<'_>, sheet: &Sheet, state: State, why: &str) -> Result<bool> {
    let now = tx.ctx().now;
    if !store::end(tx.conn(), sheet.id, state, why, now).await? {
        return Ok(false);
    }
    hold_messages(tx, sheet, sheet.locale, if state == State::Expired { "expired" } else { "withdrawn" })
        .await?;
    let (item, edition, locale) = (sheet.item.clone(), sheet.edition, sheet.locale.tag().to_owned());
    tx.record_settled(match state {
        State::Expired => Event::ContentExpired { item, edition, locale },
        _ => Event::ContentWithdrawn { item, edition, locale },
    });
    Ok(true)
}

/// The claims of a sheet that are not live any more in its language.
pub(super) async fn lost_claims(tx: &mut Tx<'_>, sheet: &Sheet) -> Result<Vec<String>> {
    let mut lost = Vec::new();
    for (claim, edition) in claims_in(sheet) {
        let all = store::of_item(tx.conn(), &claim).await?;
        let is_there = all
            .iter()
            .any(|other| other.edition == edition && other.locale == sheet.locale && other.state.is_out());
        if !is_there {
            lost.push(claim);
        }
    }
    Ok(lost)
}
