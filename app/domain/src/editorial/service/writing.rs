//! Writing: a new item, a new edition, a translation; saved as often as one likes, then handed in and frozen.

use super::{claims_in, hash, hold};
use crate::content::{Desk, Kind, MediaFile, Meta, leaves, media_in, videos};
use crate::ctx::{Ctx, Tx};
use crate::editorial::rules;
use crate::editorial::store::{self, DraftRow, EditionRow};
use crate::editorial::types::{ClarityAnswers, NewItem, ReviewState, Sheet, State, Writing};
use crate::error::{Error, Flaw, Result};
use crate::event::Event;
use crate::ids::{MediaId, VariantId};
use crate::locale::Locale;
use crate::policy::Action;
use crate::time::Timestamp;

/// Opens a new item with its first edition, a draft in the language it is written in.
///
/// # Errors
/// `Invalid` at `code`, `slug` or `title`.
pub async fn create(ctx: &Ctx, new: &NewItem, source: Locale) -> Result<VariantId> {
    ctx.require(Action::WriteContent).await?;
    let (author, program) = (ctx.person()?, ctx.portal.programs.get(new.program)?);
    let mut flaws = title_flaws(&new.title);
    if !rules::is_code(&new.code) {
        flaws.push(Flaw::new("code", "code_shape"));
    }
    if !flaws.is_empty() {
        return Err(Error::Invalid(flaws));
    }
    let item = format!("{}/{}", program.prefix, new.code);
    let new = NewItem { slug: slug(new), ..new.clone() };
    let mut tx = ctx.begin().await?;
    if store::item_exists(tx.conn(), new.program, new.kind, &new.slug).await? {
        return Err(Error::invalid("slug", "slug_taken"));
    }
    if !store::insert_item(tx.conn(), &item, &new, author, ctx.now).await? {
        return Err(Error::invalid("code", "code_taken"));
    }
    let meta = Meta::default();
    let edition = EditionRow { item: &item, edition: 1, author, source, meta: &meta, note: "" };
    store::insert_edition(tx.conn(), &edition, ctx.now).await?;
    let body = leaves::empty(new.kind);
    let id = VariantId::new();
    let draft = DraftRow {
        id,
        item: &item,
        edition: 1,
        attempt: 1,
        locale: source,
        author,
        made_from: None,
        title: new.title.trim(),
        body: &body,
    };
    start(&mut tx, &draft, &new.code).await?;
    tx.commit().await?;
    Ok(id)
}

/// What the item is for: as it was said, else its code in small letters.
fn slug(new: &NewItem) -> String {
    let slug = new.slug.trim().to_lowercase();
    if slug.is_empty() { new.code.to_lowercase() } else { slug }
}

/// Begins the next edition in its source language, with the words of the latest one.
///
/// # Errors
/// `Conflict("under_way")` while another edition of it is being written or read.
pub async fn begin_edition(ctx: &Ctx, from: VariantId) -> Result<VariantId> {
    ctx.require(Action::WriteContent).await?;
    let author = ctx.person()?;
    let mut tx = ctx.begin().await?;
    let old = store::find(tx.conn(), from).await?.ok_or(Error::NotFound)?;
    let all = store::of_item(tx.conn(), &old.item).await?;
    if all.iter().any(|other| other.is_source() && !rules::may_begin_beside(other.state)) {
        return Err(Error::Conflict("under_way"));
    }
    let source = all.iter().find(|other| other.is_source()).unwrap_or(&old);
    let edition = all.iter().map(|other| other.edition).max().unwrap_or(0) + 1;
    let row = EditionRow {
        item: &source.item,
        edition,
        author,
        source: source.locale,
        meta: &source.meta,
        note: "",
    };
    store::insert_edition(tx.conn(), &row, ctx.now).await?;
    let id = VariantId::new();
    let draft = DraftRow {
        id,
        item: &source.item,
        edition,
        attempt: 1,
        locale: source.locale,
        author,
        made_from: None,
        title: &source.title,
        body: &source.body,
    };
    start(&mut tx, &draft, &source.code).await?;
    tx.commit().await?;
    Ok(id)
}

/// Begins a translation of a source that is approved. It starts from the words of the translation before, if there is
/// one, else from the source's own.
///
/// # Errors
/// `Conflict("under_way")` when this language is being worked on; `Conflict("source_open")` while the source may still change.
pub async fn begin_translation(ctx: &Ctx, source: VariantId, locale: Locale) -> Result<VariantId> {
    ctx.require(Action::WriteContent).await?;
    let author = ctx.person()?;
    let mut tx = ctx.begin().await?;
    let source = store::find(tx.conn(), source).await?.ok_or(Error::NotFound)?;
    if !source.is_source() || source.locale == locale {
        return Err(Error::NotFound);
    }
    if !matches!(source.state, State::Approved | State::Scheduled | State::Live) {
        return Err(Error::Conflict("source_open"));
    }
    let all = store::of_item(tx.conn(), &source.item).await?;
    let tries = all.iter().filter(|other| other.edition == source.edition && other.locale == locale);
    if tries.clone().any(|other| !rules::may_begin_beside(other.state) || other.state == State::Live) {
        return Err(Error::Conflict("under_way"));
    }
    let before = all.iter().find(|other| other.locale == locale && other.state != State::Withdrawn);
    let (title, body) = before.map_or((&source.title, &source.body), |before| (&before.title, &before.body));
    let id = VariantId::new();
    let draft = DraftRow {
        id,
        item: &source.item,
        edition: source.edition,
        attempt: tries.map(|other| other.attempt).max().unwrap_or(0) + 1,
        locale,
        author,
        made_from: Some(source.id),
        title,
        body,
    };
    start(&mut tx, &draft, &source.code).await?;
    tx.commit().await?;
    Ok(id)
}

async fn start(tx: &mut Tx<'_>, draft: &DraftRow<'_>, code: &str) -> Result<()> {
    let now = tx.ctx().now;
    if !store::insert_draft(tx.conn(), draft, now).await? {
        return Err(Error::Conflict("under_way"));
    }
    store::set_search(tx.conn(), draft.id, &leaves::searchable(code, draft.title, draft.body)).await?;
    tx.record(Event::DraftBegun {
        item: draft.item.to_owned(),
        edition: draft.edition,
        locale: draft.locale.tag().to_owned(),
    });
    Ok(())
}

/// Saves a draft. `keep` makes a version one can come back to; the script that saves by itself does not.
///
/// # Errors
/// `Conflict("changed")` when somebody else saved since `version` was read; `Conflict("frozen")` when it is no draft any
/// more; `Invalid` at `title` or a leaf's path.
pub async fn save(ctx: &Ctx, id: VariantId, version: i64, writing: &Writing, keep: bool) -> Result<i64> {
    ctx.require(Action::WriteContent).await?;
    let person = ctx.person()?;
    let mut flaws = title_flaws(&writing.title);
    for (path, text) in &writing.leaves {
        if text.chars().count() > rules::LEAF {
            flaws.push(Flaw::with_limit(path.clone(), "too_long", rules::LEAF as i64));
        }
    }
    if !flaws.is_empty() {
        return Err(Error::Invalid(flaws));
    }
    let mut tx = ctx.begin().await?;
    let sheet = store::find(tx.conn(), id).await?.ok_or(Error::NotFound)?;
    if sheet.state != State::Draft {
        return Err(Error::Conflict("frozen"));
    }
    let body = leaves::trimmed(leaves::with(&sheet.body, &writing.leaves));
    let title = writing.title.split_whitespace().collect::<Vec<_>>().join(" ");
    if !store::save(tx.conn(), id, version, &title, &body, ctx.now).await? {
        return Err(Error::Conflict("changed"));
    }
    if let Some(meta) = writing.meta.as_ref().filter(|_| sheet.is_source()) {
        store::update_edition(tx.conn(), &sheet.item, sheet.edition, meta).await?;
    }
    store::set_search(tx.conn(), id, &leaves::searchable(&sheet.code, &title, &body)).await?;
    // whoever wrote a word is on the list of writers, even if nobody asked for a version to be kept
    let is_new_writer = !store::writers(tx.conn(), id).await?.contains(&person);
    if keep || is_new_writer {
        store::keep_save(tx.conn(), id, version + 1, person, &title, &body, ctx.now).await?;
        tx.record(Event::DraftSaved {
            item: sheet.item.clone(),
            edition: sheet.edition,
            locale: sheet.locale.tag().to_owned(),
        });
    }
    tx.commit().await?;
    Ok(version + 1)
}

/// Keeps the answers to the clarity index.
pub async fn set_clarity(ctx: &Ctx, id: VariantId, version: i64, answers: &ClarityAnswers) -> Result<()> {
    let (mut tx, sheet) = hold(ctx, Action::WriteContent, id, version).await?;
    if sheet.state != State::Draft {
        return Err(Error::Conflict("frozen"));
    }
    let known = crate::editorial::clarity::INDEX;
    let met = answers.met.iter().filter(|code| known.contains(&code.as_str())).cloned().collect();
    let reason = answers.override_reason.trim().chars().take(rules::REMARK).collect();
    store::set_clarity(tx.conn(), id, &ClarityAnswers { met, override_reason: reason }).await?;
    tx.commit().await
}

/// Hands a draft in: from here on its words are what the hash says, and the desks read them.
///
/// # Errors
/// `Invalid` at the paths where words are missing, or name a page or a claim that is not there.
pub async fn hand_in(ctx: &Ctx, id: VariantId, version: i64) -> Result<()> {
    let (mut tx, sheet) = hold(ctx, Action::WriteContent, id, version).await?;
    if sheet.state != State::Draft {
        return Err(Error::Conflict("frozen"));
    }
    let claims = claims_in(&sheet);
    let flaws = flaws_of(&mut tx, &sheet, &claims).await?;
    if !flaws.is_empty() {
        return Err(Error::Invalid(flaws));
    }
    store::set_uses(tx.conn(), id, &claims).await?;
    if !store::freeze(tx.conn(), id, version + 1, &hash(&sheet)?, ctx.now).await? {
        return Err(Error::Conflict("changed"));
    }
    let program = ctx.portal.programs.get(sheet.program)?;
    let due = due_at(ctx, &program)?;
    for desk in Desk::ALL {
        let state = rules::opens_at_once(desk, program.settings.reviews_in_order);
        let opened = (state == ReviewState::Open).then_some((ctx.now, due));
        store::open_review(tx.conn(), id, desk, state, opened).await?;
    }
    tx.record(Event::DraftHandedIn {
        item: sheet.item.clone(),
        edition: sheet.edition,
        locale: sheet.locale.tag().to_owned(),
    });
    tx.commit().await
}

/// The end of the last business day a desk has.
pub(super) fn due_at(ctx: &Ctx, program: &crate::programs::Program) -> Result<Timestamp> {
    let day = program.after_business_days(ctx.now, program.settings.review_days)?;
    Ok(program.start_of(day)?.plus(crate::time::DAY - crate::time::MINUTE))
}

/// Takes a draft nobody wants any more off the desk.
pub async fn take_back(ctx: &Ctx, id: VariantId, version: i64) -> Result<()> {
    let (mut tx, sheet) = hold(ctx, Action::WriteContent, id, version).await?;
    let from = match sheet.state {
        State::Draft | State::InReview => sheet.state,
        _ => return Err(Error::Conflict("frozen")),
    };
    store::cancel(tx.conn(), id).await?;
    if !store::step(tx.conn(), id, version + 1, from, State::Changes).await? {
        return Err(Error::Conflict("changed"));
    }
    tx.record(Event::DraftTakenBack {
        item: sheet.item.clone(),
        edition: sheet.edition,
        locale: sheet.locale.tag().to_owned(),
    });
    tx.commit().await
}

fn title_flaws(title: &str) -> Vec<Flaw> {
    match title.trim().chars().count() {
        0 => vec![Flaw::new("title", "missing")],
        n if n > rules::TITLE => vec![Flaw::with_limit("title", "too_long", rules::TITLE as i64)],
        _ => Vec::new(),
    }
}

/// What keeps a draft from being handed in.
async fn flaws_of(tx: &mut Tx<'_>, sheet: &Sheet, claims: &[(String, i64)]) -> Result<Vec<Flaw>> {
    let mut flaws = title_flaws(&sheet.title);
    let media = store::media_of(tx.conn(), &sheet.item).await?;
    for leaf in leaves::of(&sheet.body) {
        let may_be_empty = leaf.path.ends_with("remuneration")
            || leaf.path.ends_with("hint")
            || leaf.path == "phrasings"
            || (sheet.kind == Kind::Sentence && leaf.path == "script");
        if leaf.text.is_empty() && !may_be_empty {
            flaws.push(Flaw::new(leaf.path.clone(), "missing"));
        }
        for target in crate::content::rules::links(&leaf.text) {
            if !crate::content::rules::is_known_page(&target) {
                flaws.push(Flaw::new(leaf.path.clone(), "link_unknown"));
            }
        }
        if let Some(code) = media_flaw(&leaf.text, &media) {
            flaws.push(Flaw::new(leaf.path.clone(), code));
        }
    }
    for (claim, edition) in claims {
        let live = store::of_item(tx.conn(), claim).await?;
        let is_there = live.iter().any(|other| {
            other.kind == Kind::Claim
                && other.edition == *edition
                && other.locale == sheet.locale
                && other.state.is_out()
        });
        if !is_there {
            flaws.push(Flaw::new("claims", "claim_not_live"));
            break;
        }
    }
    Ok(flaws)
}

/// What is wrong with the pictures and videos of a text. A video is for everybody only with its words beside it, and
/// these are words of this text: a claim in them would be shown by its code.
fn media_flaw(text: &str, media: &[MediaFile]) -> Option<&'static str> {
    let is_there =
        |id: MediaId, as_video: bool| media.iter().any(|file| file.id == id && file.is_video() == as_video);
    let videos: Vec<_> = videos::of(text).collect();
    for id in media_in(text) {
        if !is_there(id, videos.iter().any(|video| video.id == id)) {
            return Some("media_unknown");
        }
    }
    for video in &videos {
        if video.title.trim().is_empty() || video.cues().is_none() || video.captions.contains("{claim:") {
            return Some("captions");
        }
    }
    None
}
