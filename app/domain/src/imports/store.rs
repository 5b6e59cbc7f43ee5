//! The SQL of imports: the rows of many cases in few statements.

use super::types::{Filled, Import};
use crate::db::{Columns, Conn, Rows};
use crate::error::{Error, Result};
use crate::ids::{ConsentId, DocumentId, MessageId, PersonId, ProgramId, StatusId, TaskId};
use crate::seal::DataKey;
use crate::time::Timestamp;
use std::collections::BTreeMap;

/// An import with everything sealed that is the person's own.
pub(super) struct Sealed<'i> {
    pub import: &'i Import,
    pub person: PersonId,
    answers: Vec<u8>,
    statuses: Vec<(StatusId, Option<Vec<u8>>)>,
    pub consents: Vec<SealedConsent>,
    documents: Vec<Vec<u8>>,
    notes: Vec<Vec<u8>>,
    pub messages: Vec<MessageId>,
}

pub(super) struct SealedConsent {
    pub id: ConsentId,
    signature: Option<Vec<u8>>,
}

impl<'i> Sealed<'i> {
    pub(super) fn of(import: &'i Import, person: PersonId, key: &DataKey) -> Result<Sealed<'i>> {
        let answers =
            serde_json::to_string(&import.answers).map_err(|_| Error::internal("answers as JSON"))?;
        let mut statuses = Vec::with_capacity(import.statuses.len());
        for status in &import.statuses {
            let id = StatusId::new();
            let reason = status.staff_reason.as_deref();
            let sealed = reason.map(|text| key.seal(&format!("case_statuses.staff_reason:{id}"), text));
            statuses.push((id, sealed.transpose()?));
        }
        let mut consents = Vec::with_capacity(import.consents.len());
        for consent in &import.consents {
            let id = ConsentId::new();
            let signature = consent.signature.as_deref();
            let sealed = signature.map(|name| key.seal(&format!("consents.signature:{id}"), name));
            consents.push(SealedConsent { id, signature: sealed.transpose()? });
        }
        let mut documents = Vec::new();
        for document in import.requests.iter().flat_map(|request| &request.documents) {
            documents.push(key.seal(&format!("documents.name:{}", document.id), &document.name)?);
        }
        let mut notes = Vec::with_capacity(import.notes.len());
        for note in &import.notes {
            notes.push(key.seal(&format!("case_notes.text:{}", note.id), &note.text)?);
        }
        Ok(Sealed {
            import,
            person,
            answers: key.seal(&format!("cases.answers:{}", import.case), &answers)?,
            statuses,
            consents,
            documents,
            notes,
            messages: import.messages.iter().map(|_| MessageId::new()).collect(),
        })
    }
}

pub(super) async fn cases(conn: &mut Conn, sealed: &[Sealed<'_>]) -> Result<()> {
    let mut rows = Rows::new(
        "insert into cases (id, number, program_id, person_id, filler, stage, sub_status, waiting_on, since, expected_on, queue,
           rule, priority, owner_id, locale, payer_type, answers_sealed, opened_at, first_response_due, first_response_at, closed_at, version)",
        "",
        22,
    );
    for row in sealed {
        let import = row.import;
        let (Some(opened), Some(now)) = (import.statuses.first(), import.statuses.last()) else { continue };
        rows.text(import.case)
            .text(&import.number)
            .text(import.program)
            .text(row.person)
            .text(import.filler)
            .text(now.stage)
            .text(now.sub_status)
            .text(now.waiting_on)
            .at(now.at)
            .text_or_null(now.expected_on)
            .text(&import.queue)
            .text(&import.rule)
            .int(import.priority)
            .text_or_null(import.owner)
            .text(import.locale)
            .text(&import.payer_type)
            .blob(row.answers.clone())
            .at(opened.at)
            .at(import.first_response_due)
            .at_or_null(import.first_response_at)
            .at_or_null((now.stage == crate::cases::Stage::Closed).then_some(now.at))
            .int(i64::try_from(import.statuses.len()).unwrap_or(1));
    }
    rows.write(conn).await
}

pub(super) async fn statuses(conn: &mut Conn, sealed: &[Sealed<'_>]) -> Result<()> {
    let mut rows = Rows::new(
        "insert into case_statuses (id, case_id, stage, sub_status, waiting_on, at, expected_on, actor, is_backward, reason,
           staff_reason_sealed, sentence_id, sentence_edition)",
        "",
        13,
    );
    for row in sealed {
        for (status, (id, reason)) in row.import.statuses.iter().zip(&row.statuses) {
            rows.text(id)
                .text(row.import.case)
                .text(status.stage)
                .text(status.sub_status)
                .text(status.waiting_on)
                .at(status.at)
                .text_or_null(status.expected_on)
                .text(&status.actor)
                .int(i64::from(status.backward.is_some()))
                .text_or_null(status.backward.as_ref())
                .blob_or_null(reason.clone())
                .text(&status.sentence.0)
                .int(status.sentence.1);
        }
    }
    rows.write(conn).await
}

pub(super) async fn checklists(conn: &mut Conn, sealed: &[Sealed<'_>]) -> Result<()> {
    let mut rows =
        Rows::new("insert into case_checklist (case_id, item, position, ticked_at, ticked_by)", "", 5);
    for row in sealed {
        for (position, (item, ticked)) in (0_i64..).zip(&row.import.checklist) {
            rows.text(row.import.case)
                .text(item)
                .int(position)
                .at_or_null(ticked.as_ref().map(|(at, _)| *at))
                .text_or_null(ticked.as_ref().map(|(_, by)| by));
        }
    }
    rows.write(conn).await
}

pub(super) async fn consents(conn: &mut Conn, sealed: &[Sealed<'_>]) -> Result<()> {
    let mut rows = Rows::new(
        "insert into consents (id, seq, case_id, person_id, purpose, channel, is_given, wording_id, wording_edition, locale,
           actor, how, signature_sealed, at, expires_at)",
        "",
        15,
    );
    for row in sealed {
        let mut seqs: BTreeMap<_, i64> = BTreeMap::new();
        for (consent, own) in row.import.consents.iter().zip(&row.consents) {
            let seq = seqs.entry((consent.purpose, consent.channel)).or_default();
            *seq += 1;
            rows.text(own.id)
                .int(*seq)
                .text(row.import.case)
                .text(row.person)
                .text(consent.purpose)
                .text(consent.channel)
                .int(i64::from(consent.is_given))
                .text(&consent.wording.0)
                .int(consent.wording.1)
                .text(row.import.locale)
                .text(format!("person:{}", row.person))
                .text(consent.how)
                .blob_or_null(own.signature.clone())
                .at(consent.at)
                .at_or_null(consent.expires_at);
        }
    }
    rows.write(conn).await
}

pub(super) async fn requests(conn: &mut Conn, sealed: &[Sealed<'_>]) -> Result<()> {
    let mut rows = Rows::new(
        "insert into document_requests (id, case_id, person_id, kind, due_on, requested_by, requested_at, settled_at)",
        "",
        8,
    );
    for row in sealed {
        for request in &row.import.requests {
            rows.text(request.id)
                .text(row.import.case)
                .text(row.person)
                .text(&request.kind)
                .text(request.due_on)
                .text(&request.requested_by)
                .at(request.requested_at)
                .at_or_null(request.settled_at);
        }
    }
    rows.write(conn).await
}

pub(super) async fn documents(conn: &mut Conn, sealed: &[Sealed<'_>]) -> Result<()> {
    let mut rows = Rows::new(
        "insert into documents (id, request_id, case_id, person_id, state, name_sealed, media_type, bytes, digest, store_key,
           received_at, checked_at, decided_at, decided_by, reason)",
        "",
        15,
    );
    for row in sealed {
        let all = row
            .import
            .requests
            .iter()
            .flat_map(|request| request.documents.iter().map(move |d| (request, d)));
        for ((request, document), name) in all.zip(&row.documents) {
            rows.text(document.id)
                .text(request.id)
                .text(row.import.case)
                .text(row.person)
                .text(document.state)
                .blob(name.clone())
                .text(&document.media_type)
                .int(document.bytes)
                .text(&document.digest)
                .text(&document.store_key)
                .at(document.received_at)
                .at(document.received_at.plus(20_000))
                .at_or_null(document.decided.map(|(at, _)| at))
                .text_or_null(document.decided.map(|(_, by)| by))
                .text_or_null(document.reason.as_ref());
        }
    }
    rows.write(conn).await
}

pub(super) async fn notes(conn: &mut Conn, sealed: &[Sealed<'_>]) -> Result<()> {
    let mut rows = Rows::new("insert into case_notes (id, case_id, author_id, kind, text_sealed, at)", "", 6);
    for row in sealed {
        for (note, text) in row.import.notes.iter().zip(&row.notes) {
            rows.text(note.id)
                .text(row.import.case)
                .text(note.author)
                .text(if note.is_call { "call" } else { "note" })
                .blob(text.clone())
                .at(note.at);
        }
    }
    rows.write(conn).await
}

pub(super) async fn messages(conn: &mut Conn, sealed: &[Sealed<'_>]) -> Result<()> {
    let mut rows = Rows::new(
        "insert into messages (id, dedupe, person_id, case_id, kind, channel, purpose, state, wire_id, link, item_id, edition, locale,
           rule, planned_at, next_try_at, attempts, sent_at)",
        "",
        18,
    );
    for row in sealed {
        for (message, id) in row.import.messages.iter().zip(&row.messages) {
            rows.text(id)
                .text(format!("import:{id}"))
                .text(row.person)
                .text(row.import.case)
                .text(&message.kind)
                .text("email")
                .text("program_services")
                .text(if message.sent_at.is_some() { "sent" } else { "suppressed" })
                .text(format!("{id}@import.invalid"))
                .text(&message.link)
                .text(&message.item.0)
                .int(message.item.1)
                .text(row.import.locale)
                .text(&message.rule)
                .at(message.planned_at)
                .at(message.planned_at)
                .int(i64::from(message.sent_at.is_some()))
                .at_or_null(message.sent_at);
        }
    }
    rows.write(conn).await
}

pub(super) async fn tasks(conn: &mut Conn, sealed: &[Sealed<'_>]) -> Result<()> {
    let mut rows = Rows::new(
        "insert into tasks (id, dedupe, kind, queue, case_id, subject_id, priority, opened_at, due_at)",
        "",
        9,
    );
    for row in sealed {
        for task in &row.import.tasks {
            let about = task.subject.clone().unwrap_or_else(|| row.import.case.to_string());
            rows.text(TaskId::new())
                .text(format!("{}:{about}", task.kind))
                .text(task.kind)
                .text(&row.import.queue)
                .text(row.import.case)
                .text(about)
                .int(task.priority)
                .at(task.opened_at)
                .at(task.due_at);
        }
    }
    rows.write(conn).await
}

pub(super) async fn modules(conn: &mut Conn, sealed: &[Sealed<'_>]) -> Result<()> {
    let mut rows = Rows::new(
        "insert into module_progress (person_id, item_id, edition, page, updated_at, finished_at)",
        "",
        6,
    );
    for row in sealed {
        for module in &row.import.modules {
            rows.text(row.person)
                .text(&module.item)
                .int(module.edition)
                .int(module.pages)
                .at(module.finished_at)
                .at(module.finished_at);
        }
    }
    rows.write(conn).await
}

/// Moves each program's counter past the numbers that were brought in.
pub(super) async fn count(conn: &mut Conn, imports: &[Import]) -> Result<()> {
    let mut last: BTreeMap<(ProgramId, i16), i64> = BTreeMap::new();
    for import in imports {
        let highest = last.entry((import.program, import.counted.0)).or_default();
        *highest = (*highest).max(import.counted.1);
    }
    for ((program, year), number) in last {
        sqlx::query(
            "insert into case_numbers (program_id, year, last) values ($1, $2, $3)
             on conflict (program_id, year) do update set last =
               case when excluded.last > case_numbers.last then excluded.last else case_numbers.last end",
        )
        .bind(program.to_string())
        .bind(i64::from(year))
        .bind(number)
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

pub(super) async fn without_file(conn: &mut Conn) -> Result<Vec<(DocumentId, PersonId, String, String)>> {
    let rows = sqlx::query(
        "select d.id, d.person_id, r.kind, d.store_key from documents d join document_requests r on r.id = d.request_id
         where d.digest = '' and d.state <> 'failed' order by d.id",
    )
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            Ok((row.parsed("id")?, row.parsed("person_id")?, row.text("kind")?, row.text("store_key")?))
        })
        .collect()
}

pub(super) async fn fill(conn: &mut Conn, file: &Filled) -> Result<()> {
    sqlx::query("update documents set bytes = $1, digest = $2 where id = $3 and digest = ''")
        .bind(file.bytes)
        .bind(&file.digest)
        .bind(file.id.to_string())
        .execute(conn)
        .await?;
    Ok(())
}

/// Marks every waiting event as handled.
pub(super) async fn settle_events(conn: &mut Conn, now: Timestamp) -> Result<()> {
    sqlx::query("update events set handled_at = $1 where handled_at is null")
        .bind(now.0)
        .execute(conn)
        .await?;
    Ok(())
}
