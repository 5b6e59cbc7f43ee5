//! What some patients asked lately: an approved answer, a question for a person, and what the safety screen caught. All
//! of it goes through the assistant itself, at the hour it is said to have happened.

use super::{cases, staff};
use domain::actor::{Actor, Role};
use domain::assistant::{self, Asked, Door};
use domain::ctx::Ctx;
use domain::error::{Error, Result};
use domain::ids::{PersonId, SessionId};
use domain::locale::Locale;
use domain::safety::e2b::{Acknowledgement, BatchVerdict};
use domain::safety::{self, Destination, Outcome, Show};
use domain::time::{HOUR, MINUTE};

/// Who, in which language, how many minutes ago, and in which words.
const SAID: &[(&str, &str, Locale, i64, &str)] = &[
    (
        "jonas",
        "clearpath",
        Locale::En,
        29 * 60,
        "The evening after my last infusion I felt very dizzy and had chills",
    ),
    ("luis", "breathe", Locale::Es, 26 * 60, "¿Dónde guardo el inhalador?"),
    ("layla", "breathe", Locale::Ar, 22 * 60, "هل يمكنني تناوله مع الوارفارين؟"),
    ("dorothy", "breathe", Locale::En, 190, "Since I started it I have a rash on both arms and it itches"),
    ("mai", "clearpath", Locale::Vi, 75, "Truyền thuốc mất bao lâu?"),
];

/// Says it all, once.
pub(super) async fn hold(ctx: &Ctx) -> Result<()> {
    for (mail, program, locale, ago, words) in SAID {
        let program = ctx.portal.programs.by_code(program).ok_or(Error::NotFound)?;
        let person = cases::id(mail);
        let door = Door { token: None, network: "demonstration" };
        let at = Ctx { locale: *locale, now: ctx.now.plus(-ago * MINUTE), ..acting(ctx, person, None) };
        let heard = assistant::ask(&at, &program, &door, Asked::Words(words)).await?;
        if heard.outcome == Some(assistant::Outcome::NoMatch) {
            assistant::ask(&at, &program, &door, Asked::Person).await?;
        }
    }
    settle_first_record(ctx).await
}

/// The oldest record was read by Samuel and closed by him; the newer one still waits.
async fn settle_first_record(ctx: &Ctx) -> Result<()> {
    let officer = |ago: i64| {
        let actor = acting(ctx, staff::id("samuel"), Some(Role::SafetyOfficer));
        Ctx { now: ctx.now.plus(-ago), ..actor }
    };
    let page = safety::queue(&officer(25 * HOUR), Show::Open, None).await?;
    let Some(first) = page.records.iter().min_by_key(|record| record.aware_at) else { return Ok(()) };
    if page.records.len() < 2 {
        return Ok(());
    }
    let version = safety::record(&officer(25 * HOUR), first.id).await?.version;
    safety::acknowledge(&officer(25 * HOUR), first.id, version).await?;
    let triaging = officer(24 * HOUR);
    let version = safety::record(&triaging, first.id).await?.version;
    safety::triage(&triaging, first.id, version, Some(Outcome::AdverseEvent)).await?;
    let version = safety::record(&triaging, first.id).await?.version;
    safety::send(&triaging, first.id, version, &Destination::default()).await?;
    let at = |ago: i64| Ctx { now: ctx.now.plus(-ago), ..ctx.clone() };
    for report in safety::unwritten(&at(23 * HOUR)).await? {
        safety::written(&at(23 * HOUR), &report).await?;
        safety::answered(&at(22 * HOUR), &taken(&report.name)?).await?;
    }
    let closing = officer(21 * HOUR);
    let version = safety::record(&closing, first.id).await?.version;
    let reason = "Called the patient. Reported to pharmacovigilance, which has it.";
    safety::close(&closing, first.id, version, reason).await
}

/// What pharmacovigilance answers when it has taken a report.
fn taken(batch: &str) -> Result<Acknowledgement> {
    Ok(Acknowledgement {
        id: format!("ACK-{batch}"),
        time: "20261123".parse().map_err(|_| Error::internal("a day of the demonstration"))?,
        batch_id: batch.to_owned(),
        batch: BatchVerdict::Accepted,
        message_id: None,
        report_id: None,
        local_id: Some(format!("PV-{batch}")),
        accepted: true,
        errors: Vec::new(),
        remarks: Vec::new(),
    })
}

/// The same portal, seen by somebody else.
pub(super) fn acting(ctx: &Ctx, person: PersonId, role: Option<Role>) -> Ctx {
    let session = SessionId::fixed(1);
    let actor = match role {
        Some(role) => Actor::Staff { id: person, session, roles: vec![role] },
        None => Actor::Person { id: person, session },
    };
    Ctx { actor, ..ctx.clone() }
}
