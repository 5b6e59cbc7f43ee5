//! What staff make of a question nobody could answer: another way to ask something approved, a new answer, or nothing.
//! Words only ever enter a draft; what readers get has three signatures, and the index follows by itself.

use crate::assistant::gaps::Link;
use crate::assistant::rules;
use crate::assistant::store::gaps as store;
use crate::content::{Kind, Meta};
use crate::ctx::{Ctx, Tx};
use crate::editorial::{self, Dossier, MetaWriting, NewItem, OnChange, Sibling, State, Writing};
use crate::error::{Error, Result};
use crate::event::Event;
use crate::ids::{TurnId, VariantId};
use crate::locale::Locale;
use crate::policy::Action;
use std::collections::BTreeMap;

/// Days readers keep the translations of an edition whose answer did not change.
const KEPT: i64 = 14;

/// Where a way to ask is to be written.
struct Target {
    variant: VariantId,
    /// Not yet: this is the source, and the translation can only begin once it is approved.
    waits: bool,
}

/// Adds a way to ask to a draft of an approved answer: the one under way, else the next edition. In a language the answer
/// is translated into, the source comes first: pressed again once it is approved, the way to ask enters the translation.
///
/// # Errors
/// `Invalid` on `phrasing`; `Conflict("under_way")` while the desks read that answer; `NotFound` when the answer or the
/// questions are not there.
pub async fn link(ctx: &Ctx, turns: &[TurnId], item: &str, phrasing: &str, note: &str) -> Result<VariantId> {
    ctx.require(Action::WriteContent).await?;
    ctx.require(Action::ReadGaps).await?;
    let phrasing = rules::phrasing(phrasing)?;
    let locale = locale_of(ctx, turns).await?;
    let shelf = ctx.library().shelf();
    let live = shelf
        .variants()
        .iter()
        .find(|variant| variant.item == item && variant.locale == locale && variant.kind == Kind::Faq)
        .ok_or(Error::NotFound)?;
    let target = target(ctx, &editorial::dossier(ctx, live.id).await?, locale, note).await?;
    let dossier = editorial::dossier(ctx, target.variant).await?;
    if !target.waits {
        add_phrasing(ctx, &dossier, &phrasing).await?;
    }
    let link = Link {
        item: item.to_owned(),
        edition: dossier.sheet.edition,
        variant: Some(target.variant),
        phrasing: Some(phrasing),
        is_written: !target.waits,
        at: ctx.now,
    };
    keep(ctx, turns, &link, locale).await?;
    Ok(target.variant)
}

/// Begins a new answer, with the question filled in.
///
/// # Errors
/// `Invalid` on `phrasing`, or as [`editorial::create`].
pub async fn draft(ctx: &Ctx, turns: &[TurnId], code: &str, question: &str) -> Result<VariantId> {
    ctx.require(Action::WriteContent).await?;
    ctx.require(Action::ReadGaps).await?;
    let question = rules::phrasing(question)?;
    let locale = locale_of(ctx, turns).await?;
    let first = turns.first().ok_or(Error::NotFound)?;
    let program =
        store::find(&mut *ctx.read().await?, *first).await?.map(|row| row.program).ok_or(Error::NotFound)?;
    let new = NewItem {
        program,
        kind: Kind::Faq,
        code: code.to_owned(),
        slug: String::new(),
        title: question.clone(),
    };
    let variant = editorial::create(ctx, &new, locale).await?;
    let sheet = editorial::dossier(ctx, variant).await?.sheet;
    let leaves = BTreeMap::from([("question".to_owned(), question)]);
    let writing = Writing { title: sheet.title.clone(), leaves, meta: None };
    editorial::save(ctx, variant, sheet.version, &writing, true).await?;
    let link = Link {
        item: sheet.item.clone(),
        edition: sheet.edition,
        variant: Some(variant),
        phrasing: None,
        is_written: true,
        at: ctx.now,
    };
    keep(ctx, turns, &link, locale).await?;
    Ok(variant)
}

/// Takes questions off the list that need no answer.
///
/// # Errors
/// `NotFound` when none of them is there.
pub async fn set_aside(ctx: &Ctx, turns: &[TurnId]) -> Result<()> {
    ctx.require(Action::WriteContent).await?;
    ctx.require(Action::ReadGaps).await?;
    let mut tx = ctx.begin().await?;
    let mut settled = 0;
    for turn in turns {
        if store::settle(tx.conn(), *turn, ctx.now).await? {
            settled += 1;
            tx.record(Event::GapSetAside { turn: *turn });
        }
    }
    if settled == 0 {
        return Err(Error::NotFound);
    }
    tx.commit().await
}

/// An edition is live: the questions that waited for it are answered.
pub async fn learned(tx: &mut Tx<'_>, item: &str, edition: i64, locale: &str) -> Result<()> {
    let now = tx.ctx().now;
    store::settle_linked(tx.conn(), item, edition, locale, now).await?;
    Ok(())
}

/// The language of the questions, which is the same for all.
async fn locale_of(ctx: &Ctx, turns: &[TurnId]) -> Result<Locale> {
    let mut conn = ctx.read().await?;
    let mut known: Option<(Locale, crate::ids::ProgramId)> = None;
    for turn in turns {
        let Some(row) = store::find(&mut conn, *turn).await? else { continue };
        if known.is_some_and(|known| known != (row.locale, row.program)) {
            return Err(Error::NotFound);
        }
        known = Some((row.locale, row.program));
    }
    known.map(|(locale, _)| locale).ok_or(Error::NotFound)
}

/// The draft a way to ask belongs in, begun if there is none.
async fn target(ctx: &Ctx, dossier: &Dossier, locale: Locale, note: &str) -> Result<Target> {
    let source = dossier.sheet.source_locale;
    let newest = |locale: Locale| newest(&dossier.siblings, locale);
    if let Some(open) = newest(locale).filter(|one| one.state.is_open()) {
        return match open.state {
            State::Draft => Ok(Target { variant: open.id, waits: false }),
            _ => Err(Error::Conflict("under_way")),
        };
    }
    if locale == source {
        return Ok(Target { variant: next_edition(ctx, dossier, note).await?, waits: false });
    }
    let Some(ahead) = newest(source) else { return Err(Error::NotFound) };
    let has_this = newest(locale).is_some_and(|one| one.edition == ahead.edition && one.state == State::Live);
    match ahead.state {
        State::Approved | State::Scheduled | State::Live if !has_this => {
            let variant = editorial::begin_translation(ctx, ahead.id, locale).await?;
            Ok(Target { variant, waits: false })
        }
        State::Draft | State::InReview => Ok(Target { variant: ahead.id, waits: true }),
        _ => Ok(Target { variant: next_edition(ctx, dossier, note).await?, waits: true }),
    }
}

/// The newest edition in a language that was not given up.
fn newest(siblings: &[Sibling], locale: Locale) -> Option<&Sibling> {
    siblings
        .iter()
        .filter(|one| one.locale == locale && one.state != State::Changes)
        .max_by_key(|one| (one.edition, one.attempt))
}

/// The next edition: its answer stays as it is, so readers keep the translations of the one before for a while.
async fn next_edition(ctx: &Ctx, dossier: &Dossier, note: &str) -> Result<VariantId> {
    let variant = editorial::begin_edition(ctx, dossier.sheet.id).await?;
    let sheet = editorial::dossier(ctx, variant).await?.sheet;
    let meta: Meta = sheet.meta.clone();
    let meta =
        MetaWriting { meta, on_change: OnChange::Previous, on_change_days: KEPT, note: note.to_owned() };
    let writing = Writing { title: sheet.title.clone(), leaves: BTreeMap::new(), meta: Some(meta) };
    editorial::save(ctx, variant, sheet.version, &writing, true).await?;
    Ok(variant)
}

/// One more line among the ways to ask; one that stands there is not added again.
async fn add_phrasing(ctx: &Ctx, dossier: &Dossier, phrasing: &str) -> Result<()> {
    let sheet = &dossier.sheet;
    let leaves = crate::content::leaves::of(&sheet.body);
    let known = leaves.iter().find(|leaf| leaf.path == "phrasings").map(|leaf| leaf.text.as_str());
    let known = known.ok_or(Error::NotFound)?;
    if known.lines().any(|line| line == phrasing) {
        return Ok(());
    }
    let lines = if known.is_empty() { phrasing.to_owned() } else { format!("{known}\n{phrasing}") };
    let leaves = BTreeMap::from([("phrasings".to_owned(), lines)]);
    let writing = Writing { title: sheet.title.clone(), leaves, meta: None };
    editorial::save(ctx, sheet.id, sheet.version, &writing, true).await?;
    Ok(())
}

async fn keep(ctx: &Ctx, turns: &[TurnId], link: &Link, locale: Locale) -> Result<()> {
    let mut tx = ctx.begin().await?;
    let mut linked = 0;
    for turn in turns {
        linked += i64::from(store::set_link(tx.conn(), *turn, link, ctx.actor.person()).await?);
    }
    if linked == 0 {
        return Err(Error::NotFound);
    }
    tx.record(Event::GapLinked {
        item: link.item.clone(),
        edition: link.edition,
        locale: locale.tag().to_owned(),
    });
    tx.commit().await
}
