//! The verbs of consents: record, give, withdraw, and the one question every message asks at the moment it is sent.

use super::types::{Channel, Consent, How, NewConsent, Purpose, Wording, slug, slug_parts};
use super::{rules, store};
use crate::cases;
use crate::content::{Body, Kind, Variant};
use crate::ctx::{Ctx, Tx};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::event::Event;
use crate::ids::{CaseId, ConsentId, PersonId};
use crate::people;
use crate::policy::Action;
use crate::programs::Program;
use crate::seal::DataKey;
use crate::time::Timestamp;
use std::sync::Arc;

/// Writes one answer into the ledger, in the transaction of what it belongs to.
pub async fn record(tx: &mut Tx<'_>, ctx: &Ctx, key: &DataKey, new: &NewConsent) -> Result<ConsentId> {
    let id = ConsentId::new();
    let sealed = new
        .signature
        .as_deref()
        .map(|name| key.seal(&format!("consents.signature:{id}"), name))
        .transpose()?;
    let actor = new.by.map_or_else(|| ctx.actor.to_string(), |person| format!("person:{person}"));
    store::insert(tx.conn(), id, new, &actor, sealed, ctx.now).await?;
    let (person, case) = (new.person, new.case);
    let (purpose, channel) = (new.purpose.code().to_owned(), new.channel.code().to_owned());
    let is_first_no = !new.is_given && matches!(new.how, How::Enrollment | How::Invitation);
    if new.is_given {
        tx.record(Event::ConsentGiven { person, case, consent: id, purpose, channel });
    } else if !is_first_no {
        // a no to a first question takes nothing back
        tx.record(Event::ConsentWithdrawn { person, case, consent: id, purpose, channel });
    }
    Ok(id)
}

/// A patient says yes. `edition` is that of the wording they had before them; `signature` their typed name where it is signed.
/// Saying yes twice changes nothing.
///
/// # Errors
/// `NotFound` for another person's case; `Conflict` when the wording has a newer edition; `Invalid` without a signature.
pub async fn give(
    ctx: &Ctx,
    case: CaseId,
    purpose: Purpose,
    channel: Channel,
    edition: i64,
    signature: Option<&str>,
) -> Result<()> {
    answer(ctx, case, purpose, channel, Some((edition, signature))).await
}

/// A patient says no. It acts from the commit on; doing it twice changes nothing.
pub async fn withdraw(ctx: &Ctx, case: CaseId, purpose: Purpose, channel: Channel) -> Result<()> {
    answer(ctx, case, purpose, channel, None).await
}

async fn answer(
    ctx: &Ctx,
    case: CaseId,
    purpose: Purpose,
    channel: Channel,
    yes: Option<(i64, Option<&str>)>,
) -> Result<()> {
    ctx.require(Action::SetPreferences).await?;
    let person = ctx.person()?;
    let mut tx = ctx.begin().await?;
    let line = cases::store::line(tx.conn(), case).await?.filter(|line| line.person == person);
    let Some(line) = line else {
        drop(tx);
        return ctx.refuse(Action::SetPreferences.code(), Some(case), None).await;
    };
    // answers on one case come one after another, so that the same one sent twice at once is one
    store::hold(tx.conn(), case).await?;
    let held = store::latest(tx.conn(), case, person, purpose, channel).await?;
    if held.as_ref().is_some_and(|row| rules::holds(row, ctx.now)) == yes.is_some() && held.is_some() {
        return Ok(());
    }
    let program = ctx.portal.programs.get(line.program)?;
    // a no is taken whatever became of the words since
    let live = wording(ctx, &program, purpose, channel)
        .or_else(|| held.filter(|_| yes.is_none()).map(|row| row.wording))
        .ok_or(Error::NotFound)?;
    if yes.is_some_and(|(edition, _)| edition != live.edition) {
        return Err(Error::Conflict("wording_changed"));
    }
    let signature = match yes {
        Some((_, name)) if purpose.is_signed() => Some(signed(name.unwrap_or_default())?),
        _ => None,
    };
    let key = people::key(tx.conn(), ctx.keys(), person).await?;
    let new = NewConsent {
        case,
        person,
        purpose,
        channel,
        is_given: yes.is_some(),
        wording: live,
        how: How::Preferences,
        signature,
        by: None,
        expires_at: yes.map_or(Ok(None), |_| expiry(&program, purpose, ctx.now))?,
    };
    record(&mut tx, ctx, &key, &new).await?;
    if new.is_given && purpose.is_needed() {
        settle(&mut tx, ctx, case, person).await?;
    }
    tx.commit().await
}

/// Tells the case when the patient has agreed to all the program needs. Returns whether they have.
pub(crate) async fn settle(tx: &mut Tx<'_>, ctx: &Ctx, case: CaseId, person: PersonId) -> Result<bool> {
    let rows = store::of_case(tx.conn(), case, person).await?;
    let complete = rules::is_complete(&rows, ctx.now);
    if complete {
        cases::consents_settled(tx, ctx, case).await?;
    }
    Ok(complete)
}

/// The typed name, as it is kept.
///
/// # Errors
/// `Invalid` at `signature` when it is no name.
pub(crate) fn signed(name: &str) -> Result<String> {
    let flaws = rules::signature_flaws(name);
    if flaws.is_empty() { Ok(people::rules::clean_name(name)) } else { Err(Error::Invalid(flaws)) }
}

/// When a yes given now ends by itself: the signed authorization after so many months, at the end of that day.
pub(crate) fn expiry(program: &Program, purpose: Purpose, now: Timestamp) -> Result<Option<Timestamp>> {
    if !purpose.is_signed() {
        return Ok(None);
    }
    let day = rules::months_later(program.day(now)?, program.settings.authorization_months)
        .ok_or_else(|| Error::internal("an authorization would end on no day"))?;
    program.start_of(day).map(Some)
}

/// The live wording of a purpose and channel in the reader's language, as the ledger keeps it.
pub(crate) fn wording(ctx: &Ctx, program: &Program, purpose: Purpose, channel: Channel) -> Option<Wording> {
    let shown =
        ctx.library().shelf().find(program.id, Kind::Consent, &slug(purpose, channel), ctx.locale)?.variant;
    Some(Wording { item: shown.item.clone(), edition: shown.edition, locale: shown.locale })
}

/// The consent that allows this contact now, if there is one. Asked when a message is sent, not when it is planned.
pub async fn may_contact(
    conn: &mut Conn,
    person: PersonId,
    case: CaseId,
    purpose: Purpose,
    channel: Channel,
    now: Timestamp,
) -> Result<Option<ConsentId>> {
    let Some(row) = store::latest(conn, case, person, purpose, channel).await? else { return Ok(None) };
    // who left the program is not written to about it, whatever they once said about the channel
    let base = store::latest(conn, case, person, Purpose::ProgramServices, Channel::Portal).await?;
    let has_left = base.is_some_and(|base| !rules::holds(&base, now));
    Ok((rules::holds(&row, now) && !has_left).then_some(row.id))
}

/// What holds for a person now: the latest row of each case, purpose and channel.
pub async fn current(conn: &mut Conn, person: PersonId) -> Result<Vec<Consent>> {
    let rows = store::of_person(conn, person).await?;
    Ok(rules::current(&rows).into_iter().cloned().collect())
}

/// Every answer of a person on a case, oldest first.
pub async fn history(conn: &mut Conn, case: CaseId, person: PersonId) -> Result<Vec<Consent>> {
    store::of_case(conn, case, person).await
}

/// One purpose and channel, as its owner sees it.
#[derive(Debug, Clone)]
pub struct Preference {
    pub purpose: Purpose,
    pub channel: Channel,
    /// What a yes would be given to.
    pub live: Arc<Variant>,
    pub is_fallback: bool,
    /// Whether a yes holds now.
    pub is_given: bool,
    /// All answers, latest first.
    pub history: Vec<Answered>,
}

/// An answer with the words it was given to.
#[derive(Debug, Clone)]
pub struct Answered {
    pub consent: Consent,
    /// The text that was shown then, if it is still kept.
    pub wording: Option<String>,
}

/// A case and all that its owner may say yes or no to.
#[derive(Debug, Clone)]
pub struct CasePreferences {
    pub case: CaseId,
    pub number: String,
    pub program: Arc<Program>,
    pub choices: Vec<Preference>,
}

/// Everything the signed-in person may say yes or no to, case by case (EN-19).
pub async fn preferences(ctx: &Ctx) -> Result<Vec<CasePreferences>> {
    ctx.require(Action::SetPreferences).await?;
    let person = ctx.person()?;
    let mut conn = ctx.read().await?;
    let rows = store::of_person(&mut conn, person).await?;
    let lines = cases::store::lines_of(&mut conn, person).await?;
    let current = rules::current(&rows);
    let shelf = ctx.library().shelf();
    let mut all = Vec::with_capacity(lines.len());
    for line in lines {
        let program = ctx.portal.programs.get(line.program)?;
        let mut choices = Vec::new();
        for shown in shelf.list_or_fallback(program.id, Kind::Consent, ctx.locale) {
            let Some((purpose, channel)) = slug_parts(&shown.variant.slug) else { continue };
            let is_same =
                |row: &Consent| row.case == line.id && row.purpose == purpose && row.channel == channel;
            let mut history = Vec::new();
            for row in rows.iter().rev().filter(|row| is_same(row)) {
                let wording = words(ctx, &mut conn, &shown.variant, &row.wording).await?;
                history.push(Answered { consent: row.clone(), wording });
            }
            choices.push(Preference {
                purpose,
                channel,
                is_given: current.iter().any(|row| is_same(row) && rules::holds(row, ctx.now)),
                live: shown.variant,
                is_fallback: shown.is_fallback,
                history,
            });
        }
        all.push(CasePreferences { case: line.id, number: line.number, program, choices });
    }
    drop(conn);
    ctx.note_read("consents.preferences", Some(person), None, None).await?;
    Ok(all)
}

/// The very words of a wording: from the shelf if they are live, else from the editions that are kept.
async fn words(ctx: &Ctx, conn: &mut Conn, live: &Variant, wording: &Wording) -> Result<Option<String>> {
    let text = |body: &Body| match body {
        Body::Consent { wording, .. } => Some(wording.clone()),
        _ => None,
    };
    if (&live.item, live.edition, live.locale) == (&wording.item, wording.edition, wording.locale) {
        return Ok(text(&live.body));
    }
    let shelf = ctx.library().shelf();
    let other = shelf.exact(live.program, Kind::Consent, &live.slug, wording.locale);
    if let Some(other) = other.filter(|other| other.edition == wording.edition) {
        return Ok(text(&other.body));
    }
    let kept = crate::content::store::body_of(conn, &wording.item, wording.edition, wording.locale).await?;
    Ok(kept.as_ref().and_then(text))
}
