//! A case as staff read it: the same record, and exactly what the patient sees of it.

use super::status;
use crate::cases::approved::Approved;
use crate::cases::rules::steps::{self, Way};
use crate::cases::store::{self, FactRow, NoteRow, StatusRow};
use crate::cases::views::{By, CaseView, CheckItem, ConsentLine, Entry, EntryKind, Phrase, StepOffer};
use crate::consents::{self, Consent};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::event::Event;
use crate::ids::{CaseId, PersonId};
use crate::locale::Locale;
use crate::policy::Action;
use crate::seal::DataKey;
use std::collections::HashMap;

/// A case, for staff. The read is on the trail before anything is shown.
///
/// # Errors
/// `NotFound` when it is not there.
pub async fn read(ctx: &Ctx, case: CaseId) -> Result<CaseView> {
    ctx.require(Action::ReadCase).await?;
    let mut conn = ctx.read().await?;
    let whole = store::whole(&mut conn, ctx.keys(), case).await?.ok_or(Error::NotFound)?;
    let history = store::statuses(&mut conn, case).await?;
    let requests = store::requests(&mut conn, case).await?;
    let items = store::checklist(&mut conn, case).await?;
    let notes = store::notes(&mut conn, case).await?;
    let facts = store::facts(&mut conn, case).await?;
    let answers = consents::current(&mut conn, whole.stand.person).await?;
    let actors = history
        .iter()
        .map(|row| row.actor.as_str())
        .chain(items.iter().filter_map(|row| row.ticked_by.as_deref()))
        .chain(facts.iter().map(|row| row.actor.as_str()));
    let mut ids: Vec<String> = actors
        .filter_map(|actor| actor.strip_prefix("staff:"))
        .map(str::to_owned)
        .chain(notes.iter().map(|row| row.author.to_string()))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let names = store::staff_names(&mut conn, &ids).await?.into_iter().collect();
    drop(conn);
    ctx.note_read("cases.read", Some(whole.stand.person), Some(case), None).await?;

    let stand = &whole.stand;
    let program = ctx.portal.programs.get(stand.program)?;
    let patients = Approved::new(ctx.library(), stand.program, stand.locale);
    let readers = Approved::new(ctx.library(), stand.program, ctx.locale);
    let who = Who { names, patient: stand.person };
    let changed = history.first().map(|row| (who.name(&row.actor), row.at));
    Ok(CaseView {
        seen: status::view(ctx, &program, &patients, stand, &history, &requests)?,
        sentence: readers.sentence(stand.sub_status),
        steps: steps::next(stand.sub_status)
            .into_iter()
            .map(|(to, way)| StepOffer { to, is_backward: way == Way::Backward, short: readers.short(to) })
            .collect(),
        reasons: readers.backward_reasons(),
        checklist: items
            .iter()
            .map(|row| CheckItem {
                code: row.code.clone(),
                name: readers.check_item(&row.code),
                ticked: row.ticked_at.map(|at| (at, who.by(row.ticked_by.as_deref().unwrap_or_default()))),
            })
            .collect(),
        consents: consents_of(ctx, &readers, case, &answers),
        record: entries(&who, &whole.key, &readers, &history, notes, facts)?,
        answers: readers.answers(&whole.answers, &program.settings.form),
        changed,
        locale: stand.locale,
        version: stand.version,
        patient: whole.patient,
        filler: whole.filler,
        payer_type: whole.payer_type,
        queue: whole.queue,
        rule: whole.rule,
        priority: whole.priority,
        owner: whole.owner,
        opened_at: whole.opened_at,
        first_response_due: whole.first_response_due,
        first_response_at: whole.first_response_at,
    })
}

fn consents_of(ctx: &Ctx, approved: &Approved, case: CaseId, answers: &[Consent]) -> Vec<ConsentLine> {
    answers
        .iter()
        .filter(|answer| answer.case == case)
        .map(|answer| {
            let slug = format!("{}.{}", answer.purpose, answer.channel);
            let name = approved.consent(&slug);
            ConsentLine {
                name: name.unwrap_or_else(|| Phrase { text: slug.clone(), locale: Locale::En }),
                slug,
                is_given: answer.is_given,
                at: answer.at,
                expires_at: answer.expires_at,
                is_over: answer.is_given && answer.expires_at.is_some_and(|end| end <= ctx.now),
            }
        })
        .collect()
}

/// Whose hand it was.
struct Who {
    names: HashMap<String, String>,
    patient: PersonId,
}

impl Who {
    fn by(&self, actor: &str) -> By {
        match actor.split_once(':') {
            Some(("staff", id)) => By::Staff(self.names.get(id).cloned().unwrap_or_default()),
            Some(("person", id)) if id == self.patient.to_string() => By::Patient,
            Some(("person", _)) => By::Somebody,
            _ => By::Portal,
        }
    }

    /// A staff member's name, or nothing.
    fn name(&self, actor: &str) -> String {
        match self.by(actor) {
            By::Staff(name) => name,
            By::Patient | By::Somebody | By::Portal => String::new(),
        }
    }
}

/// Everything that happened, newest first.
fn entries(
    who: &Who,
    key: &DataKey,
    approved: &Approved,
    history: &[StatusRow],
    notes: Vec<NoteRow>,
    facts: Vec<FactRow>,
) -> Result<Vec<Entry>> {
    let mut entries = Vec::with_capacity(history.len() + notes.len() + facts.len());
    for fact in facts {
        let event = serde_json::from_str::<Event>(&fact.body).ok();
        let subject = match &event {
            Some(Event::ChecklistTicked { item, .. }) => Some(approved.check_item(item)),
            Some(
                Event::ConsentGiven { purpose, channel, .. }
                | Event::ConsentWithdrawn { purpose, channel, .. },
            ) => approved.consent(&format!("{purpose}.{channel}")),
            Some(Event::DocumentRequested { kind, .. } | Event::DocumentAccepted { kind, .. }) => {
                Some(approved.document(kind))
            }
            _ => None,
        };
        entries.push(Entry {
            at: fact.at,
            by: who.by(&fact.actor),
            kind: EntryKind::Fact { code: fact.code, subject },
        });
    }
    for row in history {
        let open = |column: &str, sealed: Option<&[u8]>| {
            key.open_optional(&format!("case_statuses.{column}:{}", row.id), sealed)
        };
        entries.push(Entry {
            at: row.at,
            by: who.by(&row.actor),
            kind: EntryKind::Status {
                sub_status: row.sub_status,
                short: approved.short(row.sub_status),
                is_backward: row.is_backward,
                told: row.reason.as_deref().and_then(|reason| approved.backward(reason)),
                reason: open("staff_reason", row.staff_reason_sealed.as_deref())?,
                exception: open("exception", row.exception_sealed.as_deref())?,
                sentence: format!("{} · {}", row.sentence_id, row.sentence_edition),
            },
        });
    }
    for row in notes {
        entries.push(Entry {
            at: row.at,
            by: who.by(&format!("staff:{}", row.author)),
            kind: EntryKind::Note {
                id: row.id,
                kind: row.kind,
                text: key.open(&format!("case_notes.text:{}", row.id), &row.text_sealed)?,
            },
        });
    }
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.at));
    Ok(entries)
}
