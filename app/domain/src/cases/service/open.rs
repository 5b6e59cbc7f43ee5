//! A case begins: it gets its number, its checklist, its queue and the rule that chose it, and the day by which a person
//! must have answered (ON-2, ON-13, ON-14).

use crate::cases::{Filler, Stage, SubStatus, WaitingOn, rules, store};
use crate::content::Kind;
use crate::ctx::{Ctx, Tx};
use crate::error::{Error, Result};
use crate::event::Event;
use crate::ids::{CaseId, PersonId, StatusId};
use crate::locale::Locale;
use crate::programs::{self, Program};
use crate::seal::DataKey;
use crate::time::Timestamp;

/// What is known about a case when it is opened.
pub struct NewCase<'a> {
    pub program: &'a Program,
    pub person: PersonId,
    /// The person's key: the answers are sealed with it.
    pub key: &'a DataKey,
    pub filler: Filler,
    /// `Received`, or `ConsentPending` until the patient has agreed.
    pub sub_status: SubStatus,
    /// The language the patient reads.
    pub locale: Locale,
    pub payer_type: &'a str,
    /// The enrollment's answers as JSON.
    pub answers: &'a str,
    /// Items of the checklist that are settled already.
    pub ticked: &'a [&'static str],
}

/// A case that was just opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    pub id: CaseId,
    pub number: String,
    pub first_response_due: Timestamp,
}

/// Opens a case in the transaction that stores what it came from.
///
/// # Errors
/// `Internal` when the program has no rule that fits or no approved sentence for the first status.
pub async fn open(tx: &mut Tx<'_>, ctx: &Ctx, new: NewCase<'_>) -> Result<Opened> {
    let program = new.program;
    let rule = programs::rules::route(program, new.locale, new.payer_type)
        .ok_or_else(|| Error::internal("no routing rule fits: a program's last rule must fit everything"))?;
    let id = CaseId::new();
    let year = program.day(ctx.now)?.year;
    let number = rules::number(&program.prefix, year, store::next_number(tx.conn(), program.id, year).await?);
    let waiting_on = first_waiting(new.sub_status);
    let first_response_due =
        program.after_business_minutes(ctx.now, program.settings.first_response_hours * 60)?;
    let row = store::NewRow {
        id,
        number: &number,
        program: program.id,
        person: new.person,
        filler: new.filler,
        stage: Stage::EnrollmentStarted,
        sub_status: new.sub_status,
        waiting_on,
        expected_on: program.expected_on(new.sub_status, ctx.now)?,
        queue: &rule.queue,
        rule: &rule.name(),
        priority: rule.priority,
        locale: new.locale,
        payer_type: new.payer_type,
        answers_sealed: new.key.seal(&format!("cases.answers:{id}"), new.answers)?,
        now: ctx.now,
        first_response_due,
    };
    store::insert(tx.conn(), &row).await?;
    let actor = ctx.actor.to_string();
    store::insert_status(tx.conn(), &first_status(ctx, program, &row, &actor)?).await?;
    for (position, item) in (0_i64..).zip(&program.settings.checklist) {
        let ticked = new.ticked.contains(&item.as_str());
        store::insert_checklist_item(
            tx.conn(),
            id,
            item,
            position,
            ticked.then_some((ctx.now, "system:enrollment")),
        )
        .await?;
    }
    tx.record(Event::CaseOpened {
        case: id,
        person: new.person,
        program: program.id,
        rule: rule.name(),
        queue: rule.queue.clone(),
    });
    Ok(Opened { id, number, first_response_due })
}

/// The patient has now agreed to everything the program needs: a case that waited for it is received, its clock for the
/// first answer starts, and the checklist says so. Anything else stays as it is. Returns whether the case moved.
pub async fn consents_settled(tx: &mut Tx<'_>, ctx: &Ctx, case: CaseId) -> Result<bool> {
    let Some(standing) = store::standing(tx.conn(), case).await? else { return Err(Error::NotFound) };
    for item in ["consent_services", "consent_authorization"] {
        if store::tick(tx.conn(), case, item, ctx.now, "system:enrollment").await? {
            tx.record(Event::ChecklistTicked { case, item: item.to_owned() });
        }
    }
    if standing.sub_status != SubStatus::ConsentPending {
        return Ok(false);
    }
    let program = ctx.portal.programs.get(standing.program)?;
    let due = program.after_business_minutes(ctx.now, program.settings.first_response_hours * 60)?;
    let (waiting_on, expected_on) =
        (first_waiting(SubStatus::Received), program.expected_on(SubStatus::Received, ctx.now)?);
    store::receive(tx.conn(), case, standing.version, waiting_on, expected_on, due, ctx.now).await?;
    let (sentence, edition) = sentence(ctx, &program, SubStatus::Received, standing.locale)?;
    let actor = ctx.actor.to_string();
    let status = store::NewStatus {
        id: StatusId::new(),
        case,
        stage: standing.stage,
        sub_status: SubStatus::Received,
        waiting_on,
        at: ctx.now,
        expected_on,
        actor: &actor,
        sentence,
        edition,
    };
    store::insert_status(tx.conn(), &status).await?;
    tx.record(Event::CaseAdvanced {
        case,
        person: standing.person,
        from: SubStatus::ConsentPending.code().to_owned(),
        to: SubStatus::Received.code().to_owned(),
        backward: false,
    });
    Ok(true)
}

/// Who must act first.
fn first_waiting(sub_status: SubStatus) -> WaitingOn {
    if sub_status == SubStatus::ConsentPending { WaitingOn::You } else { WaitingOn::Program }
}

fn first_status<'a>(
    ctx: &Ctx,
    program: &Program,
    row: &store::NewRow<'_>,
    actor: &'a str,
) -> Result<store::NewStatus<'a>> {
    let (sentence, edition) = sentence(ctx, program, row.sub_status, row.locale)?;
    Ok(store::NewStatus {
        id: StatusId::new(),
        case: row.id,
        stage: row.stage,
        sub_status: row.sub_status,
        waiting_on: row.waiting_on,
        at: row.now,
        expected_on: row.expected_on,
        actor,
        sentence,
        edition,
    })
}

/// The approved sentence of a status: its item and edition.
fn sentence(ctx: &Ctx, program: &Program, sub_status: SubStatus, locale: Locale) -> Result<(String, i64)> {
    ctx.library()
        .shelf()
        .find(program.id, Kind::Sentence, sub_status.code(), locale)
        .map(|shown| (shown.variant.item.clone(), shown.variant.edition))
        .ok_or_else(|| Error::internal("a status has no approved sentence"))
}
