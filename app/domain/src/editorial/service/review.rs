//! Reviewing: three desks read frozen words, remark, sign or send back.

use super::writing::due_at;
use super::{hash, hold};
use crate::content::Desk;
use crate::ctx::Ctx;
use crate::editorial::rules;
use crate::editorial::store::{self, Decision, NewSignature};
use crate::editorial::types::{ReviewState, Sheet, State};
use crate::error::{Error, Flaw, Result};
use crate::event::Event;
use crate::ids::{CommentId, VariantId};
use crate::people;
use crate::policy::Action;
use crate::sessions::Proof;

/// What a signature says, as the record keeps it; shown through the page's own words.
pub const APPROVED: &str = "approved";

/// A desk signs. The reviewer has just shown both factors; the signature covers the hash the words give at this moment.
///
/// # Errors
/// `Conflict`: `not_open` when this desk is not to decide now, `signed_by_author`, `signed_twice`, `not_your_desk`,
/// `altered` when the words are not what was handed in, `changed`; `Invalid` at `checklist`.
pub async fn approve(
    ctx: &Ctx,
    id: VariantId,
    version: i64,
    desk: Desk,
    ticked: &[String],
    proof: Proof,
) -> Result<()> {
    let flaws = rules::unticked(desk, ticked);
    if !flaws.is_empty() {
        return Err(Error::Invalid(flaws));
    }
    let (mut tx, sheet) = hold(ctx, Action::ReviewContent, id, version).await?;
    let person = ctx.person()?;
    may_decide(&mut tx, &sheet, desk).await?;
    let signed = store::signatures(tx.conn(), id).await?;
    let signers: Vec<_> = signed.iter().map(|signature| signature.signer).collect();
    rules::may_sign(person, &store::writers(tx.conn(), id).await?, &signers)?;
    let hash = hash(&sheet)?;
    if hash != sheet.hash {
        tracing::error!(
            item = sheet.item,
            edition = sheet.edition,
            "content under review is not what was handed in"
        );
        return Err(Error::Conflict("altered"));
    }
    proof.use_up(&mut tx).await?;
    let name = people::staff_name(tx.conn(), person).await?.unwrap_or_default();
    let decision =
        Decision { desk, state: ReviewState::Approved, by: person, checklist: ticked, reason: None };
    if !store::decide(tx.conn(), id, &decision, ctx.now).await? {
        return Err(Error::Conflict("not_open"));
    }
    let signature = NewSignature {
        role: desk.code(),
        signer: person,
        author: sheet.author,
        name: &name,
        meaning: APPROVED,
        hash: &hash,
    };
    store::sign(tx.conn(), id, &signature, ctx.now).await?;
    let reviews: Vec<_> =
        store::reviews(tx.conn(), id).await?.iter().map(|review| (review.desk, review.state)).collect();
    if rules::is_signed_by_all(&reviews) {
        if !store::step(tx.conn(), id, version + 1, State::InReview, State::Approved).await? {
            return Err(Error::Conflict("changed"));
        }
    } else if let Some(next) = rules::next_desk(desk)
        && reviews.contains(&(next, ReviewState::Waiting))
    {
        let due = due_at(ctx, &*ctx.portal.programs.get(sheet.program)?)?;
        store::open_review(tx.conn(), id, next, ReviewState::Open, Some((ctx.now, due))).await?;
    }
    tx.record(Event::ContentSigned {
        item: sheet.item.clone(),
        edition: sheet.edition,
        locale: sheet.locale.tag().to_owned(),
        desk: desk.code().to_owned(),
    });
    tx.commit().await
}

/// A desk wants other words. What was signed stays signed on this edition and carries over to none.
///
/// # Errors
/// As [`approve`]; `Invalid` at `reason`.
pub async fn ask_for_changes(ctx: &Ctx, id: VariantId, version: i64, desk: Desk, reason: &str) -> Result<()> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::invalid("reason", "missing"));
    }
    if reason.chars().count() > rules::REMARK {
        return Err(Error::Invalid(vec![Flaw::with_limit("reason", "too_long", rules::REMARK as i64)]));
    }
    let (mut tx, sheet) = hold(ctx, Action::ReviewContent, id, version).await?;
    may_decide(&mut tx, &sheet, desk).await?;
    let decision = Decision {
        desk,
        state: ReviewState::Changes,
        by: ctx.person()?,
        checklist: &[],
        reason: Some(reason),
    };
    if !store::decide(tx.conn(), id, &decision, ctx.now).await? {
        return Err(Error::Conflict("not_open"));
    }
    store::cancel(tx.conn(), id).await?;
    if !store::step(tx.conn(), id, version + 1, State::InReview, State::Changes).await? {
        return Err(Error::Conflict("changed"));
    }
    tx.record(Event::ChangesAsked {
        item: sheet.item.clone(),
        edition: sheet.edition,
        locale: sheet.locale.tag().to_owned(),
        desk: desk.code().to_owned(),
    });
    tx.commit().await
}

/// The words are with the desks, and this person sits at this desk now, whatever their session was told.
async fn may_decide(tx: &mut crate::ctx::Tx<'_>, sheet: &Sheet, desk: Desk) -> Result<()> {
    if sheet.state != State::InReview {
        return Err(Error::Conflict("not_open"));
    }
    let person = tx.ctx().person()?;
    if store::holds_role(tx.conn(), person, rules::role(desk)).await? {
        Ok(())
    } else {
        Err(Error::Conflict("not_your_desk"))
    }
}

/// Pins a remark to a block.
///
/// # Errors
/// `Invalid` at `remark`; `NotFound` for a block that is not there.
pub async fn remark(ctx: &Ctx, id: VariantId, block: &str, text: &str) -> Result<()> {
    ctx.require(Action::ReadLibrary).await?;
    let text = rules::remark(text)?;
    let mut tx = ctx.begin().await?;
    let sheet = store::find(tx.conn(), id).await?.ok_or(Error::NotFound)?;
    let is_there = block == "title"
        || crate::content::leaves::of(&sheet.body)
            .iter()
            .any(|leaf| (1..=leaf.blocks().len()).any(|n| block == format!("{}#{n}", leaf.path)));
    if !is_there {
        return Err(Error::NotFound);
    }
    store::insert_comment(tx.conn(), CommentId::new(), id, block, text, ctx.person()?, ctx.now).await?;
    tx.record(Event::ContentRemarked {
        item: sheet.item.clone(),
        edition: sheet.edition,
        locale: sheet.locale.tag().to_owned(),
    });
    tx.commit().await
}

/// Settles a remark.
pub async fn resolve(ctx: &Ctx, id: VariantId, comment: CommentId) -> Result<()> {
    ctx.require(Action::ReadLibrary).await?;
    let mut tx = ctx.begin().await?;
    if !store::resolve(tx.conn(), comment, id, ctx.person()?, ctx.now).await? {
        return Err(Error::NotFound);
    }
    tx.commit().await
}
