//! What a case gathered on its way: answers, ticks, consents, documents, notes, messages, lessons, open tasks.

use super::history::{History, Taken};
use super::staff;
use domain::cases::{Stage, SubStatus};
use domain::consents::{Channel, How, Purpose};
use domain::content::{Body, Kind};
use domain::documents::Failure;
use domain::error::Result;
use domain::ids::{DocumentId, NoteId, PersonId, RequestId};
use domain::imports::{
    Import, PastConsent, PastDocument, PastMessage, PastModule, PastNote, PastRequest, PastTask,
};
use domain::tasks;
use domain::time::{DAY, HOUR, MINUTE, SECOND, Timestamp};
use std::collections::BTreeMap;

const PLANS: [&str; 5] = [
    "Prairie Mutual Health",
    "Lakeshore Health Plan",
    "Northfield PPO",
    "Heartland Advantage",
    "Riverbend Care",
];
const CLINICS: [&str; 5] = [
    "Dr. Helen Marsh",
    "Dr. Omar Siddiqui",
    "Riverton Lung Clinic",
    "Dr. Ana Beltrán",
    "Lakeside Medical Group",
];

/// The enrollment's answers, as the form would have kept them.
pub(super) fn answers(history: &mut History<'_>, payer: &str) -> BTreeMap<String, String> {
    let patient = history.plan.patient.clone();
    let mut answers = BTreeMap::new();
    let mut say = |question: &str, answer: String| answers.insert(question.to_owned(), answer);
    say("filler", if history.plan.is_by_caregiver { "caregiver" } else { "self" }.to_owned());
    if history.plan.is_by_caregiver {
        say(
            "relationship",
            (*history.dice.pick(&["child", "child", "spouse", "parent", "friend"])).to_owned(),
        );
        let family = patient.name.split_whitespace().last().unwrap_or_default();
        say(
            "filler_name",
            if history.plan.is_named { "Ana Ruiz".to_owned() } else { format!("Alex {family}") },
        );
        say("filler_email", super::people::address(if history.plan.is_named { "ana" } else { "family" }));
    }
    say("written_language", patient.written.tag().to_owned());
    say("interpreter", if patient.interpreter { "yes" } else { "no" }.to_owned());
    say("best_time", patient.best_time.code().to_owned());
    say("name", patient.name);
    for (question, answer) in [
        ("birth_date", patient.birth.map(|day| day.to_string())),
        ("spoken_language", patient.spoken),
        ("email", patient.email),
        ("phone", patient.phone),
        ("address", patient.address),
    ] {
        if let Some(answer) = answer {
            say(question, answer);
        }
    }
    say("payer_type", payer.to_owned());
    if matches!(payer, "commercial" | "medicare" | "medicaid") {
        say("payer_name", (*history.dice.pick(&PLANS)).to_owned());
        say("member_id", format!("X{:09}", history.dice.below(1_000_000_000)));
    }
    say("prescriber_name", (*history.dice.pick(&CLINICS)).to_owned());
    say("prescribed", (*history.dice.pick(&["yes", "yes", "yes", "not_sure"])).to_owned());
    answers
}

/// The intake checklist: what the enrollment settled, what came with the documents, what staff confirmed.
pub(super) fn checklist(
    history: &History<'_>,
    taken: &[Taken],
    opened: Timestamp,
    received: Option<Timestamp>,
) -> Vec<(String, Option<(Timestamp, String)>)> {
    let left_intake = taken
        .iter()
        .find(|taken| {
            !matches!(
                taken.leg.to,
                SubStatus::Received | SubStatus::ConsentPending | SubStatus::DocumentsNeeded
            )
        })
        .map(|taken| taken.at);
    let by_portal = |at| (at, "system:enrollment".to_owned());
    history
        .plan
        .program
        .settings
        .checklist
        .iter()
        .map(|item| {
            let ticked = match item.as_str() {
                "consent_services" | "consent_authorization" => received.map(by_portal),
                "insurance_card" | "prescriber_confirmed" => {
                    left_intake.map(|at| (at.plus(-20 * MINUTE), format!("staff:{}", staff::id("marcus"))))
                }
                _ => Some(by_portal(opened)),
            };
            (item.clone(), ticked)
        })
        .collect()
}

/// What the patient said to each question of consent, and a few who changed their mind.
pub(super) fn consents(
    history: &mut History<'_>,
    opened: Timestamp,
    received: Option<Timestamp>,
) -> Result<Vec<PastConsent>> {
    let mut consents = Vec::new();
    let (at, how) = match (history.plan.is_by_caregiver, received) {
        (false, _) => (opened, How::Enrollment),
        (true, Some(received)) => (received, How::Invitation),
        (true, None) => return Ok(consents),
    };
    let is_pending = received.is_none();
    let asked = history.plan.program.settings.consents.clone();
    for slug in asked {
        let Some((purpose, channel)) = domain::consents::types::slug_parts(&slug) else { continue };
        let is_given = match (purpose, channel) {
            (Purpose::HealthAuthorization, _) => !is_pending,
            (Purpose::ProgramServices, Channel::Portal) => true,
            (Purpose::ProgramServices, Channel::Email) if history.plan.is_named => {
                !history.plan.is_by_caregiver
            }
            (Purpose::ProgramServices, Channel::Email) => history.dice.percent(82),
            (Purpose::ProgramServices, _) => history.plan.is_named || history.dice.percent(64),
            _ => !history.plan.is_named && history.dice.percent(14),
        };
        let signed = purpose == Purpose::HealthAuthorization && is_given;
        consents.push(PastConsent {
            purpose,
            channel,
            is_given,
            wording: history.item(Kind::Consent, &slug)?,
            how,
            signature: signed.then(|| history.plan.patient.name.clone()),
            at,
            expires_at: signed.then(|| at.plus(365 * DAY)),
        });
    }
    let may_change = !history.plan.is_named && !is_pending;
    if may_change
        && history.dice.percent(6)
        && let Some(before) =
            consents.iter().find(|consent| consent.channel == Channel::Email && consent.is_given)
    {
        let later = history.dice.soon_after(before.at, 60 * 40);
        if later < history.ctx.now {
            let changed = PastConsent { is_given: false, how: How::Preferences, at: later, ..before.clone() };
            consents.push(changed);
        }
    }
    Ok(consents)
}

/// The requests for documents, and what was sent in answer.
pub(super) fn documents(history: &mut History<'_>, import: &mut Import, taken: &[Taken]) -> Result<()> {
    for (place, step) in taken.iter().enumerate() {
        if step.leg.to != SubStatus::DocumentsNeeded {
            continue;
        }
        let kind = match import.payer_type.as_str() {
            "none" => "proof_of_income",
            _ => "insurance_card",
        };
        let program = history.plan.program.clone();
        let by = import.statuses.get(place).map(|status| status.actor.clone()).unwrap_or_default();
        // those one can sign in as have days left, so that the demonstration does not begin with a reproach
        let asked = if history.plan.is_named { history.ctx.now } else { step.at };
        let day = program.day(asked.plus(program.settings.document_days * DAY))?;
        let mut request = PastRequest {
            id: RequestId::fixed(history.dice.id(step.at)),
            kind: kind.to_owned(),
            due_on: day,
            requested_by: by,
            requested_at: step.at,
            settled_at: None,
            documents: Vec::new(),
        };
        let reviewer = import.owner.unwrap_or_else(|| staff::id("marcus"));
        match taken.get(place + 1).filter(|next| next.leg.to != SubStatus::ClosedNoContact) {
            Some(next) => answered(history, &mut request, next.at, reviewer),
            None if history.plan.is_named => {}
            None => open(history, &mut request, reviewer),
        }
        import.requests.push(request);
    }
    Ok(())
}

/// A request that was settled, now and then only at the second try.
fn answered(history: &mut History<'_>, request: &mut PastRequest, until: Timestamp, reviewer: PersonId) {
    let span = until.since(request.requested_at);
    if history.dice.percent(28) {
        let at = request.requested_at.plus(span / 4);
        let why = *history.dice.pick(&["cut_off", "blurry", "too_dark", "missing_page"]);
        let decided = Some((request.requested_at.plus(span / 2), reviewer));
        let document = document(history, "rejected", at, decided, Some(why));
        request.documents.push(document);
    }
    let decided = Some((until, reviewer));
    let document = document(history, "accepted", request.requested_at.plus(span * 4 / 5), decided, None);
    request.documents.push(document);
    request.settled_at = Some(until);
}

/// A request that is still open, in every state it can be in.
fn open(history: &mut History<'_>, request: &mut PastRequest, reviewer: PersonId) {
    let span = history.ctx.now.since(request.requested_at).max(HOUR);
    let at = request.requested_at.plus(span / 2);
    let document = match history.dice.below(10) {
        0..=3 => document(history, "in_review", at, None, None),
        4..=6 => {
            let why = *history.dice.pick(&["cut_off", "blurry", "wrong_document", "expired"]);
            document(
                history,
                "rejected",
                at,
                Some((request.requested_at.plus(span * 3 / 4), reviewer)),
                Some(why),
            )
        }
        7 => document(history, "failed", at, None, Some(Failure::NotChecked.code())),
        _ => return,
    };
    request.documents.push(document);
}

fn document(
    history: &mut History<'_>,
    state: &'static str,
    at: Timestamp,
    decided: Option<(Timestamp, PersonId)>,
    reason: Option<&str>,
) -> PastDocument {
    let id = DocumentId::fixed(history.dice.id(at));
    PastDocument {
        id,
        state,
        name: format!("IMG_{:04}.jpg", history.dice.between(1_000, 9_999)),
        media_type: "image/jpeg".to_owned(),
        bytes: 0,
        digest: String::new(),
        store_key: format!("documents/{id}"),
        received_at: at,
        decided,
        reason: reason.map(str::to_owned),
    }
}

const CALLS: [&str; 6] = [
    "Called the plan. They need two more business days.",
    "Spoke with the patient. Went through the next step, no open questions.",
    "Left a voicemail with first name and callback number only.",
    "Called the doctor's office. The form is with the nurse, back tomorrow.",
    "Spoke with the daughter. She sends the photo tonight.",
    "Pharmacy confirmed the address and a morning delivery.",
];
const NOTES: [&str; 6] = [
    "Group number on the card differs from the form. Asked the plan.",
    "Prefers calls after lunch. Interpreter booked for the next call.",
    "Copay estimate noted, patient informed.",
    "Doctor's office changed its fax number. Updated.",
    "Patient travels next week, delivery planned before.",
    "Checked for copay help. Qualifies.",
];

/// What staff wrote and whom they called.
pub(super) fn notes(
    history: &mut History<'_>,
    import: &mut Import,
    owner: PersonId,
    answered: Option<Timestamp>,
) {
    let Some(mut at) = answered else { return };
    let wanted = history.dice.below(4);
    for place in 0..=wanted {
        let is_call = place == 0 || history.dice.percent(50);
        let text = if is_call { history.dice.pick(&CALLS) } else { history.dice.pick(&NOTES) };
        let id = NoteId::fixed(history.dice.id(at));
        import.notes.push(PastNote { id, author: owner, is_call, text: (*text).to_owned(), at });
        let later = history.dice.between(300, 2_400);
        match history.plan.program.after_business_minutes(at, later) {
            Ok(next) if next < history.ctx.now => at = next,
            _ => return,
        }
    }
}

/// One message for each step, sent where the patient agreed to emails.
pub(super) fn messages(history: &mut History<'_>, import: &mut Import) -> Result<()> {
    let agreed = |at: Timestamp| {
        import
            .consents
            .iter()
            .rfind(|consent| {
                consent.purpose == Purpose::ProgramServices
                    && consent.channel == Channel::Email
                    && consent.at <= at
            })
            .is_some_and(|consent| consent.is_given)
    };
    let mut planned: Vec<(&str, &str, Timestamp)> = Vec::new();
    for (place, status) in import.statuses.iter().enumerate() {
        let kind = if place == 0 { "enrollment_received" } else { "status_changed" };
        planned.push((kind, "home", status.at));
    }
    for request in &import.requests {
        planned.push(("document_requested", "documents", request.requested_at));
    }
    planned.sort_by_key(|(_, _, at)| *at);
    for (kind, link, at) in planned {
        let is_sent = agreed(at);
        import.messages.push(PastMessage {
            kind: kind.to_owned(),
            link: link.to_owned(),
            item: history.item(Kind::Message, kind)?,
            planned_at: at,
            sent_at: is_sent.then(|| at.plus(history.dice.between(2, 40) * SECOND)),
            rule: if is_sent { "consent" } else { "no_consent" }.to_owned(),
        });
    }
    Ok(())
}

/// The lessons the patient finished: some of those their stages offered.
pub(super) fn lessons(history: &mut History<'_>, import: &mut Import) -> Result<()> {
    let visited: Vec<(Stage, Timestamp)> =
        import.statuses.iter().map(|status| (status.stage, status.at)).collect();
    let shelf = history.ctx.library().shelf();
    for module in shelf.list(history.plan.program.id, Kind::Module, history.plan.locale) {
        let Some(since) = visited
            .iter()
            .find(|(stage, _)| module.meta.stage.is_none_or(|own| own <= *stage && *stage != Stage::Closed))
        else {
            continue;
        };
        let Body::Module { pages, .. } = &module.body else { continue };
        let at = history.dice.soon_after(since.1, 60 * 30);
        if history.dice.percent(45) && at < history.ctx.now && !history.plan.is_named {
            import.modules.push(PastModule {
                item: module.item.clone(),
                edition: module.edition,
                pages: i64::try_from(pages.len()).unwrap_or(1),
                finished_at: at,
            });
        }
    }
    Ok(())
}

/// What staff have before them: a first answer that is due, a document to look at.
pub(super) fn tasks(history: &History<'_>, import: &mut Import) {
    let stands = import.statuses.last().map(|status| (status.sub_status, status.at));
    if let Some((SubStatus::Received, at)) = stands
        && import.first_response_at.is_none()
    {
        import.tasks.push(PastTask {
            kind: tasks::Kind::FirstResponse,
            subject: None,
            priority: import.priority,
            opened_at: at,
            due_at: import.first_response_due,
        });
    }
    for document in import.requests.iter().flat_map(|request| &request.documents) {
        let kind = match document.state {
            "in_review" => Some(tasks::Kind::ReviewDocument),
            "failed" => Some(tasks::Kind::DocumentFailed),
            _ => None,
        };
        if let Some(kind) = kind {
            let due = history.plan.program.after_business_minutes(document.received_at, 8 * 60);
            import.tasks.push(PastTask {
                kind,
                subject: Some(document.id.to_string()),
                priority: 0,
                opened_at: document.received_at.plus(20 * SECOND),
                due_at: due.unwrap_or(document.received_at.plus(DAY)),
            });
        }
    }
}

/// What staff write when they move a case.
pub(super) fn reason(to: SubStatus) -> &'static str {
    match to {
        SubStatus::Received => "Everything is here.",
        SubStatus::ConsentPending => "The authorization is not signed yet.",
        SubStatus::DocumentsNeeded => "We need one more document before we can ask the plan.",
        SubStatus::BvRunning => "Intake is complete. Benefits verification started.",
        SubStatus::BvDone => "The plan answered: covered.",
        SubStatus::PaSubmitted => "The doctor's office submitted the prior authorization.",
        SubStatus::PaInfoRequested => "The plan asked the doctor's office for more information.",
        SubStatus::PaDenied => "The plan denied it. Letter on file.",
        SubStatus::AppealOpen => "The doctor's office filed an appeal.",
        SubStatus::PaApproved => "The plan approved it for 12 months.",
        SubStatus::BridgeActive => "Qualifies for a bridge supply.",
        SubStatus::ShipmentScheduled => "Date agreed with the patient.",
        SubStatus::FirstDispense => "First dispense confirmed.",
        SubStatus::RefillDue => "The next refill is due.",
        SubStatus::RefillLate => "No refill after the planned day.",
        SubStatus::ClosedCompleted => "The support is finished.",
        SubStatus::ClosedWithdrawn => "The patient left the program.",
        SubStatus::ClosedNotEligible => "Does not qualify under the program's rules.",
        SubStatus::ClosedTherapyStopped => "The doctor ended the treatment.",
        SubStatus::ClosedNoContact => "Three tries on three days, no answer.",
        SubStatus::ClosedDuplicate => "The same person has another case.",
    }
}
