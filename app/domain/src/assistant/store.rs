//! The SQL of conversations.

pub(super) mod figures; // how many questions became what
pub(super) mod gaps; // what could not be answered

use super::types::{Act, Author, Outcome, Pointer, Queue, State};
use crate::ctx::Ctx;
use crate::db::{Columns, Conn};
use crate::error::{Error, Result};
use crate::ids::{CaseId, PersonId, ProgramId, ThreadId, TurnId};
use crate::locale::Locale;
use crate::time::Timestamp;
use sqlx::AssertSqlSafe;
use sqlx::any::AnyRow;

/// Whose conversation it is: a person's, or a browser's.
pub(super) struct OwnerRow<'a> {
    pub token_hash: Option<&'a str>,
    pub person: Option<PersonId>,
    pub case: Option<CaseId>,
    pub program: ProgramId,
}

pub(super) struct ThreadRow {
    pub id: ThreadId,
    pub person: Option<PersonId>,
    pub case: Option<CaseId>,
    pub number: Option<String>,
    pub program: ProgramId,
    pub locale: Locale,
    pub state: State,
    pub queue: Option<Queue>,
    pub due_at: Option<Timestamp>,
    pub created_at: Timestamp,
    pub version: i64,
}

/// The owner's conversation, made if there is none, and held until the commit. A case opened meanwhile is noted on it.
pub(super) async fn open(conn: &mut Conn, owner: &OwnerRow<'_>, now: Timestamp) -> Result<ThreadRow> {
    sqlx::query(
        "insert into threads (id, token_hash, person_id, case_id, program_id, locale, state, created_at, updated_at)
         values ($1, $2, $3, $4, $5, 'en', 'assistant', $6, $6) on conflict do nothing",
    )
    .bind(ThreadId::new().to_string())
    .bind(owner.token_hash.map(str::to_owned))
    .bind(owner.person.map(|id| id.to_string()))
    .bind(owner.case.map(|id| id.to_string()))
    .bind(owner.program.to_string())
    .bind(now.0)
    .execute(&mut *conn)
    .await?;
    let (whose, value) = match (owner.person, owner.token_hash) {
        (Some(person), _) => ("person_id", person.to_string()),
        (None, Some(hash)) => ("token_hash", hash.to_owned()),
        (None, None) => return Err(Error::internal("a conversation of nobody")),
    };
    let text = format!(
        "update threads set updated_at = $1, case_id = coalesce($2, case_id), version = version + 1
         where {whose} = $3 and program_id = $4 returning id"
    );
    let row = sqlx::query(AssertSqlSafe(text))
        .bind(now.0)
        .bind(owner.case.map(|id| id.to_string()))
        .bind(value)
        .bind(owner.program.to_string())
        .fetch_one(&mut *conn)
        .await?;
    find(conn, row.parsed("id")?).await?.ok_or(Error::NotFound)
}

const THREAD: &str =
    "select t.id, t.person_id, t.case_id, c.number, t.program_id, t.locale, t.state, t.queue, t.due_at,
  t.created_at, t.version from threads t left join cases c on c.id = t.case_id";

pub(super) async fn find(conn: &mut Conn, id: ThreadId) -> Result<Option<ThreadRow>> {
    one(conn, "t.id = $1", [id.to_string(), String::new()]).await
}

pub(super) async fn of_person(
    conn: &mut Conn,
    person: PersonId,
    program: ProgramId,
) -> Result<Option<ThreadRow>> {
    one(conn, "t.person_id = $1 and t.program_id = $2", [person.to_string(), program.to_string()]).await
}

pub(super) async fn of_token(conn: &mut Conn, hash: &str, program: ProgramId) -> Result<Option<ThreadRow>> {
    one(conn, "t.token_hash = $1 and t.program_id = $2", [hash.to_owned(), program.to_string()]).await
}

async fn one(conn: &mut Conn, which: &str, values: [String; 2]) -> Result<Option<ThreadRow>> {
    let text = format!("{THREAD} where {which}");
    let mut query = sqlx::query(AssertSqlSafe(text));
    for value in values.into_iter().filter(|value| !value.is_empty()) {
        query = query.bind(value);
    }
    query.fetch_optional(conn).await?.map(|row| thread(&row)).transpose()
}

fn thread(row: &AnyRow) -> Result<ThreadRow> {
    Ok(ThreadRow {
        id: row.parsed("id")?,
        person: row.parsed_or_null("person_id")?,
        case: row.parsed_or_null("case_id")?,
        number: row.text_or_null("number")?,
        program: row.parsed("program_id")?,
        locale: row.parsed::<Locale>("locale").unwrap_or_default(),
        state: row.parsed("state")?,
        queue: row.parsed_or_null("queue")?,
        due_at: row.at_or_null("due_at")?,
        created_at: row.at("created_at")?,
        version: row.int("version")?,
    })
}

/// The newest case of a person in a program.
pub(super) async fn case_of(conn: &mut Conn, person: PersonId, program: ProgramId) -> Result<Option<CaseId>> {
    sqlx::query("select id from cases where person_id = $1 and program_id = $2 order by id desc limit 1")
        .bind(person.to_string())
        .bind(program.to_string())
        .fetch_optional(conn)
        .await?
        .map(|row| row.parsed("id"))
        .transpose()
}

pub(super) async fn program_of_person(conn: &mut Conn, person: PersonId) -> Result<Option<ProgramId>> {
    sqlx::query(
        "select program_id from (
           select program_id, updated_at as at from threads where person_id = $1
           union all select program_id, opened_at as at from cases where person_id = $1) as known
         order by at desc limit 1",
    )
    .bind(person.to_string())
    .fetch_optional(conn)
    .await?
    .map(|row| row.parsed("program_id"))
    .transpose()
}

pub(super) async fn program_of_token(conn: &mut Conn, hash: &str) -> Result<Option<ProgramId>> {
    sqlx::query("select program_id from threads where token_hash = $1 order by updated_at desc limit 1")
        .bind(hash.to_owned())
        .fetch_optional(conn)
        .await?
        .map(|row| row.parsed("program_id"))
        .transpose()
}

/// Holds a conversation that is still as it was read.
pub(super) async fn touch(conn: &mut Conn, id: ThreadId, version: i64, now: Timestamp) -> Result<bool> {
    let done = sqlx::query(
        "update threads set updated_at = $1, version = version + 1 where id = $2 and version = $3",
    )
    .bind(now.0)
    .bind(id.to_string())
    .bind(version)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn set_state(
    conn: &mut Conn,
    id: ThreadId,
    state: State,
    due_at: Option<Timestamp>,
    now: Timestamp,
) -> Result<()> {
    sqlx::query("update threads set state = $1, due_at = $2, updated_at = $3 where id = $4")
        .bind(state.code())
        .bind(due_at.map(|at| at.0))
        .bind(now.0)
        .bind(id.to_string())
        .execute(conn)
        .await?;
    Ok(())
}

/// Puts a conversation into a queue.
pub(super) async fn wait(conn: &mut Conn, id: ThreadId, queue: Queue, due_at: Timestamp) -> Result<()> {
    sqlx::query("update threads set state = 'waiting', queue = $1, due_at = $2 where id = $3")
        .bind(queue.code())
        .bind(due_at.0)
        .bind(id.to_string())
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) struct NewTurn {
    pub id: TurnId,
    pub thread: ThreadId,
    pub author: Author,
    pub author_id: Option<PersonId>,
    pub text_sealed: Option<Vec<u8>>,
    pub act: Option<Act>,
    pub outcome: Option<Outcome>,
    pub shown: Vec<Pointer>,
    pub locale: Locale,
    pub tongue: Option<Locale>,
    pub confidence: Option<i64>,
    pub due_at: Option<Timestamp>,
    pub at: Timestamp,
}

impl NewTurn {
    pub(super) fn new(id: TurnId, thread: ThreadId, author: Author, ctx: &Ctx) -> NewTurn {
        NewTurn {
            id,
            thread,
            author,
            author_id: None,
            text_sealed: None,
            act: None,
            outcome: None,
            shown: Vec::new(),
            locale: ctx.locale,
            tongue: None,
            confidence: None,
            due_at: None,
            at: ctx.now,
        }
    }
}

/// The next turn of a conversation that is held.
pub(super) async fn insert_turn(conn: &mut Conn, new: &NewTurn) -> Result<()> {
    let shown = serde_json::to_string(&new.shown).map_err(|_| Error::internal("pointers as JSON"))?;
    sqlx::query(
        "insert into turns (id, thread_id, seq, author, author_id, text_sealed, act, outcome, shown, locale, confidence,
           due_at, at, tongue)
         values ($1, $2, (select coalesce(max(seq), 0) + 1 from turns where thread_id = $2), $3, $4, $5, $6, $7, $8, $9,
           $10, $11, $12, $13)",
    )
    .bind(new.id.to_string())
    .bind(new.thread.to_string())
    .bind(new.author.code())
    .bind(new.author_id.map(|id| id.to_string()))
    .bind(new.text_sealed.clone())
    .bind(new.act.map(Act::code))
    .bind(new.outcome.map(Outcome::code))
    .bind(shown)
    .bind(new.locale.tag())
    .bind(new.confidence)
    .bind(new.due_at.map(|at| at.0))
    .bind(new.at.0)
    .bind(new.tongue.map(Locale::tag))
    .execute(&mut *conn)
    .await?;
    if new.author == Author::Person {
        sqlx::query("update threads set locale = $1 where id = $2")
            .bind(new.locale.tag())
            .bind(new.thread.to_string())
            .execute(conn)
            .await?;
    }
    Ok(())
}

pub(super) struct TurnRow {
    pub id: TurnId,
    pub author: Author,
    pub author_id: Option<PersonId>,
    pub text_sealed: Option<Vec<u8>>,
    pub act: Option<Act>,
    pub outcome: Option<Outcome>,
    pub shown: Vec<Pointer>,
    pub locale: Locale,
    pub tongue: Option<Locale>,
    pub helped: Option<bool>,
    pub due_at: Option<Timestamp>,
    pub at: Timestamp,
}

/// Turns a page shows: the newest, in the order they were said.
const TURNS: i64 = 200;

pub(super) async fn turns(conn: &mut Conn, thread: ThreadId) -> Result<Vec<TurnRow>> {
    let mut rows = sqlx::query(
        "select t.id, t.author, t.author_id, t.text_sealed, t.act, t.outcome, t.shown, t.locale, t.tongue, t.due_at, t.at,
           r.helpful
         from turns t left join turn_ratings r on r.turn_id = t.id
         where t.thread_id = $1 order by t.seq desc limit $2",
    )
    .bind(thread.to_string())
    .bind(TURNS)
    .fetch_all(conn)
    .await?;
    rows.reverse();
    rows.iter()
        .map(|row| {
            Ok(TurnRow {
                id: row.parsed("id")?,
                author: row.parsed("author")?,
                author_id: row.parsed_or_null("author_id")?,
                text_sealed: row.blob_or_null("text_sealed")?,
                act: row.parsed_or_null("act")?,
                outcome: row.parsed_or_null("outcome")?,
                shown: serde_json::from_str(&row.text("shown")?).unwrap_or_default(),
                locale: row.parsed::<Locale>("locale").unwrap_or_default(),
                tongue: row.parsed_or_null("tongue")?,
                helped: row.int_or_null("helpful")?.map(|helped| helped == 1),
                due_at: row.at_or_null("due_at")?,
                at: row.at("at")?,
            })
        })
        .collect()
}

/// What the portal said last in a conversation.
pub(super) async fn last_outcome(conn: &mut Conn, thread: ThreadId) -> Result<Option<Outcome>> {
    let row = sqlx::query(
        "select outcome from turns where thread_id = $1 and outcome is not null order by seq desc limit 1",
    )
    .bind(thread.to_string())
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| row.parsed_or_null("outcome")).transpose()?.flatten())
}

/// The last thing somebody wrote in a conversation.
pub(super) async fn last_words(conn: &mut Conn, thread: ThreadId) -> Result<Option<(TurnId, Vec<u8>)>> {
    sqlx::query(
        "select id, text_sealed from turns where thread_id = $1 and author = 'person' and text_sealed is not null
         order by seq desc limit 1",
    )
    .bind(thread.to_string())
    .fetch_optional(conn)
    .await?
    .map(|row| Ok((row.parsed("id")?, row.blob("text_sealed")?)))
    .transpose()
}

/// How many questions count against a subject since then, and when the oldest of them came.
pub(super) async fn asked(
    conn: &mut Conn,
    subject: &str,
    since: Timestamp,
) -> Result<(i64, Option<Timestamp>)> {
    let row =
        sqlx::query("select count(*) as n, min(at) as oldest from questions where subject = $1 and at > $2")
            .bind(subject.to_owned())
            .bind(since.0)
            .fetch_one(conn)
            .await?;
    Ok((row.int("n")?, row.at_or_null("oldest")?))
}

pub(super) async fn count(conn: &mut Conn, subject: &str, now: Timestamp) -> Result<()> {
    sqlx::query("insert into questions (id, subject, at) values ($1, $2, $3)")
        .bind(uuid::Uuid::now_v7().to_string())
        .bind(subject.to_owned())
        .bind(now.0)
        .execute(conn)
        .await?;
    Ok(())
}

/// Forgets questions that count no more.
pub(super) async fn forget(conn: &mut Conn, before: Timestamp) -> Result<u64> {
    Ok(sqlx::query("delete from questions where at < $1").bind(before.0).execute(conn).await?.rows_affected())
}
