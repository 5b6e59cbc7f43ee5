//! A person sends a document they were asked for.

use crate::ctx::Ctx;
use crate::documents::views::{Received, Sending};
use crate::documents::{rules, store};
use crate::error::{Error, Result};
use crate::event::Event;
use crate::ids::{DocumentId, RequestId};
use crate::people;
use crate::policy::Action;
use crate::safety::{self, Reporter, Source, Text};

/// The place a document's file is sealed for.
pub fn file_place(id: DocumentId) -> String {
    format!("documents.file:{id}")
}

/// The place of what was sent, until it is checked.
pub fn original_place(id: DocumentId) -> String {
    format!("documents.original:{id}")
}

/// What became of a file that was received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    pub document: DocumentId,
    /// False when it is a document already, because its form was submitted twice: the files just stored are not needed.
    pub is_new: bool,
    /// The most urgent kind in the note beside it, where a person must look at it.
    pub safety: Option<safety::Kind>,
}

/// Whether a document may be sent for a request now, and the key to seal it with.
///
/// # Errors
/// `NotFound` when the request is another person's, `Conflict` when it is settled, `Invalid` when too much waits already.
pub async fn may_send(ctx: &Ctx, id: RequestId) -> Result<Sending> {
    ctx.require(Action::SendDocument).await?;
    let person = ctx.person()?;
    let mut conn = ctx.read().await?;
    let request = match store::request_of(&mut conn, id, person).await {
        Err(Error::NotFound) => {
            drop(conn);
            return ctx.refuse("documents.send", None, Some(id.to_string())).await;
        }
        other => other?,
    };
    let key = people::key(&mut conn, ctx.keys(), person).await?;
    let documents = store::list(&mut conn, &key, store::Of::Request(id)).await?;
    rules::may_send(&request, &documents)?;
    Ok(Sending { request, key })
}

/// Receives a document whose sealed file is stored already. It goes to `checking`, or straight to staff where no scanner
/// is set up. The same bytes sent twice are one document.
///
/// # Errors
/// As [`may_send`]; `Invalid` (`file`, `same`) when these very bytes were sent back before.
pub async fn receive(ctx: &Ctx, id: RequestId, mut new: Received) -> Result<Taken> {
    let Sending { request, key } = may_send(ctx, id).await?;
    new.name = rules::clean_name(&new.name);
    new.note = rules::note(new.note.as_deref().unwrap_or_default())?;
    let fingerprint = ctx.keys().lookup("documents.content", &new.content);
    let check_until = new.original_key.is_some().then(|| rules::check_until(ctx.now));
    let mut tx = ctx.begin().await?;
    if !store::lock_request(tx.conn(), id).await?.is_open() {
        return Err(Error::Conflict("request"));
    }
    match store::same(tx.conn(), id, &fingerprint).await?.map(|(same, state)| (same, rules::again(state))) {
        Some((same, rules::Again::Same)) => {
            return Ok(Taken { document: same, is_new: false, safety: None });
        }
        Some((_, rules::Again::SentBack)) => return Err(Error::invalid("file", "same")),
        Some((_, rules::Again::New)) | None => {}
    }
    if !store::insert(tx.conn(), &request, &new, &fingerprint, &key, ctx.now, check_until).await? {
        return Err(Error::Conflict("document"));
    }
    let (case, person, document) = (request.case, request.person, new.id);
    let mut flagged = None;
    if let Some(note) = &new.note {
        let told = Text {
            source: Source::UploadNote,
            source_id: document.to_string(),
            text: note,
            locale: ctx.locale,
            reporter: Reporter::Patient,
            person: Some(person),
            case: Some(case),
            program: Some(request.program),
        };
        let verdict = safety::receive(&mut tx, ctx, told).await?;
        flagged = verdict.flag.then_some(verdict.kind);
    }
    tx.record(Event::DocumentReceived { case, person, document });
    if check_until.is_none() {
        // nothing checks it, so staff may look at once; their page says that it was not checked
        tx.record(Event::DocumentChecked { case, person, document });
    }
    tx.commit().await?;
    Ok(Taken { document, is_new: true, safety: flagged })
}
