//! The append end of the audit chain. Each row's hash covers the row before it, so nothing can be changed, taken out
//! or put in between without `audit verify` naming the first row that does not hold.
//!
//! Writes append inside their own transaction. Reads and refusals have no transaction of their own: they wait for one
//! another and are written together, so a hundred readers share one flush to disk.

use crate::db::{Columns, Conn, Db, Rows};
use crate::error::{Error, Result};
use crate::event::Event;
use crate::ids::EventId;
use crate::time::Timestamp;
use sha2::{Digest, Sha256};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::oneshot;

/// What kind of act a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    Read,
    Write,
    Refused,
    Sent,
}

impl Act {
    pub const fn code(self) -> &'static str {
        match self {
            Act::Read => "read",
            Act::Write => "write",
            Act::Refused => "refused",
            Act::Sent => "sent",
        }
    }
}

/// One row of the trail. Ids and codes only: no name, no health data, no words anybody typed.
#[derive(Debug, Clone)]
pub struct Entry {
    pub at: Timestamp,
    pub actor: String,
    pub session: Option<String>,
    pub act: Act,
    /// An action's code or an event's code.
    pub what: String,
    pub case: Option<String>,
    pub person: Option<String>,
    pub subject: Option<String>,
    /// The request's id, to find the log lines.
    pub request: String,
}

/// A fact to be kept, beside its audit row.
#[derive(Debug, Clone)]
pub struct Fact {
    pub id: EventId,
    pub at: Timestamp,
    pub actor: String,
    pub event: Event,
    /// None for a fact of the past that is brought in: the import has its own row.
    pub entry: Option<Entry>,
    /// Set when nothing is to follow from it.
    pub settled_at: Option<Timestamp>,
}

type Waiting = Vec<(Entry, oneshot::Sender<bool>)>;

/// Where the chain ends: the number and the hash of its last row.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Head {
    seq: i64,
    hash: String,
}

/// Writes reads and refusals, many at a time.
#[derive(Debug, Clone, Default)]
pub struct Trail {
    waiting: Arc<Mutex<Waiting>>,
    /// Whose turn it is to write, and the head as they left it: if nobody wrote meanwhile it need not be read again.
    turn: Arc<tokio::sync::Mutex<Option<Head>>>,
}

impl Trail {
    /// Appends one row and returns when it is on disk.
    pub async fn note(&self, db: &Db, entry: Entry) -> Result<()> {
        let (done, written) = oneshot::channel();
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).push((entry, done));
        // a task of its own: a reader who hangs up must not take the others' rows away
        let (trail, db) = (self.clone(), db.clone());
        tokio::spawn(async move {
            let mut head = trail.turn.lock().await;
            let batch = std::mem::take(&mut *trail.waiting.lock().unwrap_or_else(PoisonError::into_inner));
            if batch.is_empty() {
                return; // whoever had the turn before wrote ours too
            }
            let (entries, waiters): (Vec<_>, Vec<_>) = batch.into_iter().unzip();
            let outcome = write(&db, &entries, head.take()).await.map(|end| *head = Some(end));
            if let Err(error) = &outcome {
                tracing::error!(%error, rows = entries.len(), "the audit trail could not be written");
            }
            for waiter in waiters {
                let _ = waiter.send(outcome.is_ok());
            }
        });
        match written.await {
            Ok(true) => Ok(()),
            _ => Err(Error::Unavailable("audit trail")),
        }
    }
}

/// Writes rows of their own. The head is taken over from `known` where it still stands there.
async fn write(db: &Db, entries: &[Entry], known: Option<Head>) -> Result<Head> {
    let mut tx = db.begin().await?;
    if let Some(known) = known {
        let (rows, end) = linked(known.clone(), entries.iter());
        let moved =
            sqlx::query("update audit_head set seq = $1, hash = $2 where id = 1 and seq = $3 and hash = $4")
                .bind(end.seq)
                .bind(&end.hash)
                .bind(known.seq)
                .bind(&known.hash)
                .execute(&mut *tx)
                .await?;
        if moved.rows_affected() == 1 {
            rows.write(&mut tx).await?;
            tx.commit().await?;
            return Ok(end);
        }
    }
    let end = extend(&mut tx, entries, &[]).await?;
    tx.commit().await?;
    Ok(end)
}

/// Appends rows and facts at the head of the chain, inside the caller's transaction. Call it last: it holds the head
/// until the commit.
pub async fn append(conn: &mut Conn, entries: &[Entry], facts: &[Fact]) -> Result<()> {
    extend(conn, entries, facts).await.map(drop)
}

/// The rows that follow a head, and where the chain ends with them.
fn linked<'e>(head: Head, entries: impl Iterator<Item = &'e Entry>) -> (Rows, Head) {
    let Head { mut seq, mut hash } = head;
    let mut rows = Rows::new(
        "insert into audit (seq, at, actor, session_id, act, what, case_id, person_id, subject, request, previous, hash)",
        "",
        12,
    );
    for entry in entries {
        seq += 1;
        let next = link(&hash, seq, entry);
        rows.int(seq)
            .at(entry.at)
            .text(&entry.actor)
            .text_or_null(entry.session.as_ref())
            .text(entry.act.code())
            .text(&entry.what)
            .text_or_null(entry.case.as_ref())
            .text_or_null(entry.person.as_ref())
            .text_or_null(entry.subject.as_ref())
            .text(&entry.request)
            .text(&hash)
            .text(&next);
        hash = next;
    }
    (rows, Head { seq, hash })
}

async fn extend(conn: &mut Conn, entries: &[Entry], facts: &[Fact]) -> Result<Head> {
    let head =
        sqlx::query("update audit_head set turns = turns + 1 where id = 1 returning seq, hash, event_seq")
            .fetch_one(&mut *conn)
            .await?;
    let mut event_seq = head.int("event_seq")?;
    let head = Head { seq: head.int("seq")?, hash: head.text("hash")? };
    let told = entries.iter().chain(facts.iter().filter_map(|fact| fact.entry.as_ref()));
    let (rows, end) = linked(head, told);
    rows.write(conn).await?;
    let mut rows = Rows::new(
        "insert into events (seq, id, at, actor, code, case_id, person_id, body, handled_at)",
        "",
        9,
    );
    for fact in facts {
        event_seq += 1;
        rows.int(event_seq)
            .text(fact.id)
            .at(fact.at)
            .text(&fact.actor)
            .text(fact.event.code())
            .text_or_null(fact.event.id("case"))
            .text_or_null(fact.event.id("person"))
            .text(fact.event.body())
            .at_or_null(fact.settled_at);
    }
    rows.write(conn).await?;
    sqlx::query("update audit_head set seq = $1, hash = $2, event_seq = $3 where id = 1")
        .bind(end.seq)
        .bind(&end.hash)
        .bind(event_seq)
        .execute(&mut *conn)
        .await?;
    Ok(end)
}

/// The hash of a row: SHA-256 over the hash before it and each field with its length, so no two rows read alike.
pub fn link(previous: &str, seq: i64, entry: &Entry) -> String {
    let mut digest = Sha256::new();
    let mut field = |bytes: &[u8]| {
        digest.update((bytes.len() as u64).to_be_bytes());
        digest.update(bytes);
    };
    field(previous.as_bytes());
    field(&seq.to_be_bytes());
    field(&entry.at.0.to_be_bytes());
    field(entry.actor.as_bytes());
    field(entry.act.code().as_bytes());
    field(entry.what.as_bytes());
    for optional in [&entry.session, &entry.case, &entry.person, &entry.subject] {
        match optional {
            Some(text) => field(format!("+{text}").as_bytes()),
            None => field(b"-"),
        }
    }
    field(entry.request.as_bytes());
    hex::encode(digest.finalize())
}
