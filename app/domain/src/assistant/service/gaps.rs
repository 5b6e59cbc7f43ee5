//! Reading what could not be answered: grouped by what it is about, and opened for those who may write an answer. Each
//! read of somebody's words is on the trail; the words of somebody who was erased are gone.

use super::read::{key, place};
use crate::assistant::alike::{self, Subject};
use crate::assistant::desk::Answer;
use crate::assistant::gaps::{Gap, Gaps, Opened, Why};
use crate::assistant::store::gaps::{self as store, GapRow};
use crate::content::Kind;
use crate::ctx::Ctx;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::{CaseId, PersonId, ProgramId, TurnId};
use crate::keyset;
use crate::locale::Locale;
use crate::policy::Action;
use crate::programs::Program;
use crate::seal::DataKey;
use crate::time::Timestamp;
use std::collections::{BTreeSet, HashMap};

/// Questions that are grouped at once.
const READ: i64 = 300;
/// Wordings a list shows of each group, and the page of one.
const SAMPLES: usize = 3;
const WORDINGS: usize = 20;

/// A question with its words.
struct Said {
    row: GapRow,
    words: String,
}

/// The gaps of a program in a language, from a place on.
pub async fn gaps(ctx: &Ctx, program: &Program, locale: Locale, after: Option<&str>) -> Result<Gaps> {
    ctx.require(Action::ReadGaps).await?;
    let mut conn = ctx.read().await?;
    let (said, next) = read(ctx, &mut conn, program.id, locale, after).await?;
    let counts = store::counts(&mut conn, program.id).await?;
    drop(conn);
    let (linked, open): (Vec<_>, Vec<_>) = said.into_iter().partition(|said| said.row.link.is_some());
    let mut shown = BTreeSet::new();
    let mut open = grouped(&open, locale, SAMPLES, &mut shown);
    open.sort_by_key(|gap| std::cmp::Reverse(gap.turns.len()));
    let linked = grouped(&linked, locale, SAMPLES, &mut shown);
    note(ctx, "assistant.gaps", shown).await?;
    Ok(Gaps { open, linked, counts, next })
}

/// The gap a question is in, with what it could be another way to ask.
///
/// # Errors
/// `NotFound` when it was settled meanwhile, or its words are gone.
pub async fn gap(ctx: &Ctx, lead: TurnId) -> Result<Opened> {
    ctx.require(Action::ReadGaps).await?;
    let mut conn = ctx.read().await?;
    let row = store::find(&mut conn, lead).await?.ok_or(Error::NotFound)?;
    let (program, locale) = (row.program, row.locale);
    let mark = keyset::mark(row.at.plus(1).0, lead);
    let words = opened(ctx, &mut conn, vec![row], &mut HashMap::new()).await?;
    let lead = words.into_iter().next().ok_or(Error::NotFound)?;
    // whatever is like it and not newer, as the list put it together
    let (rest, _) = read(ctx, &mut conn, program, locale, Some(&mark)).await?;
    drop(conn);
    let subject = Subject::of(&lead.words, locale);
    let is_linked = lead.row.link.is_some();
    let mut alike = vec![lead];
    let first = alike.first().map(|said| said.row.turn);
    alike.extend(rest.into_iter().filter(|said| {
        Some(said.row.turn) != first
            && said.row.link.is_some() == is_linked
            && subject.is_like(&Subject::of(&said.words, locale))
    }));
    let mut shown = BTreeSet::new();
    let places: Vec<usize> = (0..alike.len()).collect();
    let gap = put_together(&alike, &places, WORDINGS, &mut shown).ok_or(Error::NotFound)?;
    note(ctx, "assistant.gap", shown).await?;
    let shelf = ctx.library().shelf();
    let asked = alike.first().map(|said| said.words.as_str()).unwrap_or_default();
    let near = match ctx.portal.desk.look(&shelf, program, locale, asked).0 {
        Answer::Sure(variant) => vec![variant],
        Answer::Unsure(variants) => variants,
        Answer::Nothing => Vec::new(),
    };
    let near = near.into_iter().filter(|variant| variant.kind == Kind::Faq).collect();
    Ok(Opened { gap, program, locale, near, all: shelf.list(program, Kind::Faq, locale) })
}

/// Questions from a place on, opened, and the mark of what follows.
async fn read(
    ctx: &Ctx,
    conn: &mut Conn,
    program: ProgramId,
    locale: Locale,
    after: Option<&str>,
) -> Result<(Vec<Said>, Option<String>)> {
    let before = keyset::after::<i64>(after)
        .map_or((Timestamp(i64::MAX), String::new()), |(at, id)| (Timestamp(at), id));
    let mut rows = store::open(conn, program, locale, before, READ + 1).await?;
    let next = usize::try_from(READ).ok().filter(|read| rows.len() > *read).and_then(|read| {
        rows.truncate(read);
        rows.last().map(|row| keyset::mark(row.at.0, row.turn))
    });
    Ok((opened(ctx, conn, rows, &mut HashMap::new()).await?, next))
}

type Keys = HashMap<Option<PersonId>, Option<DataKey>>;

/// The words of questions. Whoever was erased has no key any more: their questions are left out.
async fn opened(ctx: &Ctx, conn: &mut Conn, rows: Vec<GapRow>, keys: &mut Keys) -> Result<Vec<Said>> {
    let mut said = Vec::with_capacity(rows.len());
    for row in rows {
        if let std::collections::hash_map::Entry::Vacant(unknown) = keys.entry(row.person) {
            unknown.insert(match key(ctx, conn, row.person).await {
                Ok(key) => Some(key),
                Err(Error::NotFound) => None,
                Err(error) => return Err(error),
            });
        }
        let Some(Some(key)) = keys.get(&row.person) else { continue };
        if let Some(words) = key.open_optional(&place(row.turn), row.text_sealed.as_deref())? {
            said.push(Said { row, words });
        }
    }
    Ok(said)
}

type Shown = BTreeSet<(Option<PersonId>, Option<CaseId>)>;

/// Groups of what is about the same, each with some of its words; whose words they are is added to `shown`.
fn grouped(said: &[Said], locale: Locale, samples: usize, shown: &mut Shown) -> Vec<Gap> {
    let subjects: Vec<Subject> = said.iter().map(|said| Subject::of(&said.words, locale)).collect();
    alike::group(&subjects).iter().filter_map(|places| put_together(said, places, samples, shown)).collect()
}

fn put_together(said: &[Said], places: &[usize], samples: usize, shown: &mut Shown) -> Option<Gap> {
    let members: Vec<&Said> = places.iter().filter_map(|place| said.get(*place)).collect();
    let first = members.first()?;
    let mut wordings: Vec<String> = Vec::new();
    let mut why: Vec<Why> = Vec::new();
    for member in &members {
        if !why.contains(&member.row.why) {
            why.push(member.row.why);
        }
        if wordings.len() < samples && !wordings.contains(&member.words) {
            wordings.push(member.words.clone());
            shown.insert((member.row.person, member.row.case));
        }
    }
    Some(Gap {
        lead: first.row.turn,
        turns: members.iter().map(|member| member.row.turn).collect(),
        last_at: first.row.at,
        why,
        wordings,
        link: first.row.link.clone(),
    })
}

/// Notes whose words are shown, before they are.
async fn note(ctx: &Ctx, what: &str, shown: Shown) -> Result<()> {
    let mut tx = ctx.begin().await?;
    for (person, case) in shown {
        tx.note_read(what, person, case);
    }
    tx.commit().await
}
