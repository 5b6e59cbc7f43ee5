//! Bringing content in from plain files, and taking all of it out. What comes in is a draft: it is signed here, or nowhere.

use crate::content::{Kind, Meta, leaves};
use crate::ctx::Ctx;
use crate::editorial::store::{self, DraftRow, EditionRow};
use crate::editorial::types::{NewItem, Sheet, State};
use crate::error::{Error, Result};
use crate::event::Event;
use crate::ids::{ProgramId, VariantId};
use crate::locale::Locale;
use crate::policy::Action;

/// One variant as a file holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brought {
    pub program: ProgramId,
    pub kind: Kind,
    pub code: String,
    pub slug: String,
    pub locale: Locale,
    pub source_locale: Locale,
    pub meta: Meta,
    pub note: String,
    pub title: String,
    pub body: crate::content::Body,
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The same words are here already.
    Same,
    /// A draft was made of it.
    Draft(VariantId),
}

/// Takes one variant in: nothing when the same words are there, else a draft of the next edition (or of a translation).
///
/// # Errors
/// `Conflict("under_way")` when it is being worked on here; `Conflict("source_missing")` for a translation whose source
/// is not there.
pub async fn bring(ctx: &Ctx, brought: &Brought) -> Result<Outcome> {
    ctx.require(Action::WriteContent).await?;
    let author = ctx.person()?;
    let program = ctx.portal.programs.get(brought.program)?;
    let item = format!("{}/{}", program.prefix, brought.code);
    let mut tx = ctx.begin().await?;
    let all = store::of_item(tx.conn(), &item).await?;
    let newest = all.iter().filter(|other| other.state != State::Changes).max_by_key(|other| other.edition);
    let here = all.iter().find(|other| other.locale == brought.locale && other.state != State::Changes);
    if let Some(here) = here
        && here.title == brought.title
        && here.body == brought.body
        && (!here.is_source() || here.meta == brought.meta)
    {
        return Ok(Outcome::Same);
    }
    if here.is_some_and(|here| here.state.is_open()) {
        return Err(Error::Conflict("under_way"));
    }
    let is_source = brought.locale == brought.source_locale;
    if newest.is_none() {
        let new = NewItem {
            program: brought.program,
            kind: brought.kind,
            code: brought.code.clone(),
            slug: brought.slug.clone(),
            title: brought.title.clone(),
        };
        if !store::insert_item(tx.conn(), &item, &new, author, ctx.now).await? {
            return Err(Error::Conflict("slug_taken"));
        }
    }
    let (edition, made_from) = match (is_source, newest) {
        (true, newest) => {
            let edition = newest.map_or(0, |newest| newest.edition) + 1;
            let row = EditionRow {
                item: &item,
                edition,
                author,
                source: brought.source_locale,
                meta: &brought.meta,
                note: &brought.note,
            };
            store::insert_edition(tx.conn(), &row, ctx.now).await?;
            (edition, None)
        }
        (false, Some(newest)) => {
            let source = all.iter().find(|other| other.edition == newest.edition && other.is_source());
            let source = source.ok_or(Error::Conflict("source_missing"))?;
            (newest.edition, Some(source.id))
        }
        (false, None) => return Err(Error::Conflict("source_missing")),
    };
    let attempt = all
        .iter()
        .filter(|other| other.edition == edition && other.locale == brought.locale)
        .map(|other| other.attempt)
        .max()
        .unwrap_or(0)
        + 1;
    let id = VariantId::new();
    let draft = DraftRow {
        id,
        item: &item,
        edition,
        attempt,
        locale: brought.locale,
        author,
        made_from,
        title: &brought.title,
        body: &brought.body,
    };
    if !store::insert_draft(tx.conn(), &draft, ctx.now).await? {
        return Err(Error::Conflict("under_way"));
    }
    store::set_search(tx.conn(), id, &leaves::searchable(&brought.code, &brought.title, &brought.body))
        .await?;
    tx.record(Event::DraftBegun { item, edition, locale: brought.locale.tag().to_owned() });
    tx.commit().await?;
    Ok(Outcome::Draft(id))
}

/// Everything that is out, and with `drafts` what is being worked on: each variant once.
pub async fn everything(ctx: &Ctx, drafts: bool) -> Result<Vec<Sheet>> {
    ctx.require(Action::ReadLibrary).await?;
    let mut conn = ctx.read().await?;
    let states = match drafts {
        true => "'live', 'stale', 'draft', 'in_review', 'approved', 'scheduled'",
        false => "'live', 'stale'",
    };
    store::in_states(&mut conn, states).await
}
