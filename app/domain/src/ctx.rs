//! The context is the first argument of every verb: who acts, when, in which request, in which language, and with what.

use crate::actor::Actor;
use crate::assistant::Desk;
use crate::content::Library;
use crate::db::{Conn, Db};
use crate::error::{Error, Result};
use crate::event::Event;
use crate::ids::{CaseId, EventId, PersonId};
use crate::locale::Locale;
use crate::policy::{self, Action};
use crate::programs::Catalogue;
use crate::seal::Keys;
use crate::time::Timestamp;
use crate::trail::{self, Act, Entry, Fact, Trail};
use sqlx::Any;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tokio::sync::Notify;

/// What every request shares.
pub struct Portal {
    pub db: Db,
    pub keys: Keys,
    pub trail: Trail,
    pub clock: Clock,
    pub programs: Catalogue,
    /// The live content, in memory.
    pub library: Library,
    /// The assistant's indexes over it.
    pub desk: Desk,
    /// Rings after each commit that recorded an event: the dispatcher listens.
    pub bell: Notify,
}

impl Portal {
    /// Opens the portal on a migrated database and reads its content.
    pub async fn open(db: Db, keys: Keys, clock: Clock) -> Result<Arc<Portal>> {
        let (programs, library) = (Catalogue::load(&db).await?, Library::load(&db).await?);
        Ok(Arc::new(Portal {
            db,
            keys,
            trail: Trail::default(),
            clock,
            programs,
            library,
            desk: Desk::default(),
            bell: Notify::new(),
        }))
    }

    /// A context for the portal itself, such as a job.
    pub fn system(self: &Arc<Self>, name: &'static str) -> Ctx {
        Ctx {
            portal: self.clone(),
            actor: Actor::System(name),
            now: self.clock.now(),
            locale: Locale::En,
            request: name.to_owned(),
        }
    }
}

/// Tells the time. Tests and the demonstration stop it or set it.
#[derive(Debug, Default)]
pub enum Clock {
    #[default]
    System,
    Stopped(AtomicI64),
}

impl Clock {
    pub fn stopped(at: Timestamp) -> Clock {
        Clock::Stopped(AtomicI64::new(at.0))
    }

    pub fn now(&self) -> Timestamp {
        match self {
            Clock::System => {
                #[allow(clippy::disallowed_methods)] // the one place that reads the wall clock
                let now =
                    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
                Timestamp(i64::try_from(now.as_millis()).unwrap_or(i64::MAX))
            }
            Clock::Stopped(at) => Timestamp(at.load(Ordering::Acquire)),
        }
    }

    /// Moves a stopped clock; a running one stays as it is.
    pub fn set(&self, to: Timestamp) {
        if let Clock::Stopped(at) = self {
            at.store(to.0, Ordering::Release);
        }
    }
}

/// Who, when, why.
#[derive(Clone)]
pub struct Ctx {
    pub portal: Arc<Portal>,
    pub actor: Actor,
    pub now: Timestamp,
    pub locale: Locale,
    /// The request's id, for log and audit.
    pub request: String,
}

impl Ctx {
    pub fn keys(&self) -> &Keys {
        &self.portal.keys
    }

    pub fn library(&self) -> &Library {
        &self.portal.library
    }

    /// Goes on only if the actor may do this. A missing right looks like a missing thing; nobody signed in is asked to.
    ///
    /// # Errors
    /// `SignIn` for visitors, `NotFound` for others; the refusal is on the audit trail either way.
    pub async fn require(&self, action: Action) -> Result<()> {
        if policy::may(&self.actor, action) {
            return Ok(());
        }
        if self.actor == Actor::Anonymous {
            return Err(Error::SignIn); // nothing is known about a visitor that a row could keep
        }
        self.refuse(action.code(), None, None).await
    }

    /// The signed-in human being, or a request to sign in.
    pub fn person(&self) -> Result<PersonId> {
        self.actor.person().ok_or(Error::SignIn)
    }

    /// Notes a refusal and answers as if the thing were not there.
    pub async fn refuse<T>(&self, what: &str, case: Option<CaseId>, subject: Option<String>) -> Result<T> {
        let mut entry = self.entry(Act::Refused, what);
        entry.case = case.map(|case| case.to_string());
        entry.subject = subject;
        self.portal.trail.note(&self.portal.db, entry).await?;
        Err(Error::NotFound)
    }

    /// Notes that health data of a person was shown. Returns when the row is on disk: no row, no page.
    pub async fn note_read(
        &self,
        what: &str,
        person: Option<PersonId>,
        case: Option<CaseId>,
        subject: Option<String>,
    ) -> Result<()> {
        let mut entry = self.entry(Act::Read, what);
        entry.person = person.map(|person| person.to_string());
        entry.case = case.map(|case| case.to_string());
        entry.subject = subject;
        self.portal.trail.note(&self.portal.db, entry).await
    }

    /// A connection for reading.
    pub async fn read(&self) -> Result<sqlx::pool::PoolConnection<Any>> {
        self.portal.db.read().await
    }

    /// A transaction that writes, and records what happened in it.
    pub async fn begin(&self) -> Result<Tx<'_>> {
        Ok(Tx { ctx: self, inner: self.portal.db.begin().await?, entries: Vec::new(), facts: Vec::new() })
    }

    fn entry(&self, act: Act, what: &str) -> Entry {
        Entry {
            at: self.now,
            actor: self.actor.to_string(),
            session: self.actor.session().map(|session| session.to_string()),
            act,
            what: what.to_owned(),
            case: None,
            person: None,
            subject: None,
            request: self.request.clone(),
        }
    }
}

/// A transaction. Dropped without `commit`, it leaves nothing behind.
pub struct Tx<'c> {
    ctx: &'c Ctx,
    inner: sqlx::Transaction<'static, Any>,
    entries: Vec<Entry>,
    facts: Vec<Fact>,
}

impl<'c> Tx<'c> {
    /// Who acts in it, when and why.
    pub fn ctx(&self) -> &'c Ctx {
        self.ctx
    }

    /// The connection, for the stores.
    pub fn conn(&mut self) -> &mut Conn {
        &mut self.inner
    }

    /// Announces a fact. Its audit row and its event row are written with the change itself, at the commit.
    pub fn record(&mut self, event: Event) -> EventId {
        let entry = self.entry_of(&event);
        self.keep(event, Some(entry), None)
    }

    /// Records a fact that nothing is to follow from, such as one of many publications.
    pub fn record_settled(&mut self, event: Event) -> EventId {
        let entry = self.entry_of(&event);
        self.keep(event, Some(entry), Some(self.ctx.now))
    }

    /// Keeps a fact of the past with its own time and actor: part of what is brought in, whose own fact is recorded.
    /// Nothing follows from it any more.
    pub fn recall(&mut self, at: Timestamp, actor: String, event: Event) {
        let settled_at = Some(self.ctx.now);
        self.facts.push(Fact { id: EventId::new(), at, actor, event, entry: None, settled_at });
    }

    fn keep(&mut self, event: Event, entry: Option<Entry>, settled_at: Option<Timestamp>) -> EventId {
        let (id, at, actor) = (EventId::new(), self.ctx.now, self.ctx.actor.to_string());
        self.facts.push(Fact { id, at, actor, event, entry, settled_at });
        id
    }

    fn entry_of(&self, event: &Event) -> Entry {
        let act = if matches!(event, Event::MessageSent { .. }) { Act::Sent } else { Act::Write };
        let mut entry = self.ctx.entry(act, event.code());
        entry.case = event.id("case");
        entry.person = event.id("person");
        entry.subject = [
            "document",
            "request",
            "consent",
            "record",
            "message",
            "task",
            "thread",
            "note",
            "session",
            "invitation",
            "draft",
            "item",
        ]
        .into_iter()
        .find_map(|field| event.id(field));
        entry
    }

    /// Notes a read that happens inside a writing transaction.
    pub fn note_read(&mut self, what: &str, person: Option<PersonId>, case: Option<CaseId>) {
        let mut entry = self.ctx.entry(Act::Read, what);
        entry.person = person.map(|person| person.to_string());
        entry.case = case.map(|case| case.to_string());
        self.entries.push(entry);
    }

    /// Writes the trail, commits, and wakes the dispatcher.
    pub async fn commit(mut self) -> Result<()> {
        if !self.facts.is_empty() || !self.entries.is_empty() {
            trail::append(&mut self.inner, &self.entries, &self.facts).await?;
        }
        self.inner.commit().await?;
        if !self.facts.is_empty() {
            self.ctx.portal.bell.notify_one();
        }
        Ok(())
    }
}
