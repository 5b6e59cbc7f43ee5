//! Second looks: some of what the screen lets pass is drawn by chance, and a person reads it. That is how anybody knows what
//! the screen misses.

use super::receive::{key_of, open, with_report};
use crate::ctx::{Ctx, Tx};
use crate::error::{Error, Result};
use crate::event::Event;
use crate::ids::SafetyId;
use crate::people;
use crate::policy::Action;
use crate::safety::store::{self, SampleRow};
use crate::safety::types::{Looked, ReportKind, Sample, Source, Text};
use crate::safety::{rules, screen};
use crate::seal::DataKey;
use crate::time::DAY;

/// Texts a page shows.
const PAGE: i64 = 50;
/// How far back the share of misses is counted.
const SEEN: i64 = 90 * DAY;

/// Keeps a text for a second look when its turn has come.
pub(super) async fn draw(tx: &mut Tx<'_>, ctx: &Ctx, screening: &str, text: &Text<'_>) -> Result<()> {
    if rules::is_blank(text.text) || !rules::is_drawn(&ctx.keys().lookup("safety.sample", text.text)) {
        return Ok(());
    }
    let id = uuid::Uuid::now_v7().to_string();
    let (person, key) = key_of(tx, ctx, text.person).await?;
    let sealed = key.seal(&place(&id), text.text)?;
    store::insert_sample(tx.conn(), (&id, screening), text, person, sealed, ctx.now).await
}

/// What waits for a second look, the oldest first.
pub async fn samples(ctx: &Ctx) -> Result<Vec<Sample>> {
    ctx.require(Action::HandleSafety).await?;
    let mut conn = ctx.read().await?;
    let rows = store::samples(&mut conn, PAGE).await?;
    let mut samples = Vec::with_capacity(rows.len());
    for row in rows {
        let key = match row.person {
            Some(person) => match people::key(&mut conn, ctx.keys(), person).await {
                Err(Error::NotFound) => continue, // erased, and the text with them
                key => key?,
            },
            None => ctx.keys().common(),
        };
        samples.push(opened(&row, &key)?);
    }
    drop(conn);
    ctx.note_read("safety.samples", None, None, None).await?;
    Ok(samples)
}

fn opened(row: &SampleRow, key: &DataKey) -> Result<Sample> {
    Ok(Sample {
        id: row.id.clone(),
        locale: row.locale,
        text: key.open(&place(&row.id), &row.text_sealed)?,
        drawn_at: row.drawn_at,
    })
}

/// A person has looked: nothing to report, or a miss of the screen, which becomes a record from this moment on.
///
/// # Errors
/// `NotFound`; `Conflict` when somebody was faster.
pub async fn look(ctx: &Ctx, id: &str, miss: Option<ReportKind>) -> Result<Option<SafetyId>> {
    ctx.require(Action::HandleSafety).await?;
    let by = ctx.person()?;
    let mut tx = ctx.begin().await?;
    let row = store::find_sample(tx.conn(), id).await?.ok_or(Error::NotFound)?;
    if !row.is_open {
        return Err(Error::Conflict("safety_record"));
    }
    let record = match miss {
        Some(kind) => Some(miss_of(&mut tx, ctx, &row, kind).await?),
        None => None,
    };
    if !store::look(tx.conn(), id, (by, ctx.now), record).await? {
        return Err(Error::Conflict("safety_record"));
    }
    tx.record(Event::SampleLookedAt { miss: record.is_some() });
    tx.commit().await?;
    Ok(record)
}

async fn miss_of(tx: &mut Tx<'_>, ctx: &Ctx, row: &SampleRow, kind: ReportKind) -> Result<SafetyId> {
    let (person, key) = key_of(tx, ctx, row.person).await?;
    let words = opened(row, &key)?.text;
    let id = SafetyId::new();
    let text = Text {
        source: Source::Report,
        source_id: row.id.clone(),
        text: &words,
        locale: row.locale,
        reporter: row.reporter,
        person,
        case: row.case,
        program: row.program,
    };
    let verdict = with_report(&screen::screen(&words, row.locale.tag()), kind);
    open(tx, ctx, id, row.screening.clone(), &text, &verdict, true).await?;
    Ok(id)
}

/// What second looks of the last ninety days have shown.
pub async fn looked(ctx: &Ctx) -> Result<Looked> {
    ctx.require(Action::HandleSafety).await?;
    store::looked(&mut *ctx.read().await?, ctx.now.plus(-SEEN)).await
}

fn place(id: &str) -> String {
    format!("safety_samples.text:{id}")
}
