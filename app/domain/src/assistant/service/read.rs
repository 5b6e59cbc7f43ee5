//! A conversation read, by its owner and by staff. Each read is on the trail.

use crate::actor::Role;
use crate::assistant::store::{self, ThreadRow, TurnRow};
use crate::assistant::types::{Author, Door, Piece, State, Talk, Thread, Turn, Waits};
use crate::content::Shelf;
use crate::ctx::Ctx;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::{PersonId, ProgramId, ThreadId, TurnId};
use crate::people;
use crate::policy::Action;
use crate::programs::Program;
use crate::seal::{self, DataKey};
use std::collections::HashMap;

/// The conversation of a person, or of a visitor's browser, in a program; empty when nothing was said yet.
pub async fn talk(ctx: &Ctx, program: &Program, door: &Door<'_>) -> Result<Talk> {
    ctx.require(Action::Ask).await?;
    let mut conn = ctx.read().await?;
    let found = match (ctx.actor.person(), door.token) {
        (Some(person), _) => store::of_person(&mut conn, person, program.id).await?,
        (None, Some(token)) => store::of_token(&mut conn, &seal::token_hash(token), program.id).await?,
        (None, None) => None,
    };
    let Some(row) = found else { return Ok(Talk::default()) };
    let turns = turns(ctx, &mut conn, &row).await?;
    drop(conn);
    ctx.note_read("assistant.talk", row.person, row.case, Some(row.id.to_string())).await?;
    let has_person = matches!(row.state, State::Waiting | State::Person);
    let opens_at = if has_person { program.opens_at(ctx.now)? } else { None };
    Ok(Talk {
        thread: Some(row.id),
        turns,
        waits: has_person.then_some(Waits { state: row.state, due_at: row.due_at, opens_at }),
    })
}

/// The program a question is about when the address does not say: the one of the newest conversation, or of the case.
pub async fn program_of(ctx: &Ctx, door: &Door<'_>) -> Result<Option<ProgramId>> {
    ctx.require(Action::Ask).await?;
    let mut conn = ctx.read().await?;
    match (ctx.actor.person(), door.token) {
        (Some(person), _) => store::program_of_person(&mut conn, person).await,
        (None, Some(token)) => store::program_of_token(&mut conn, &seal::token_hash(token)).await,
        (None, None) => Ok(None),
    }
}

/// A conversation, for staff.
///
/// # Errors
/// `NotFound` when it is not there.
pub async fn thread(ctx: &Ctx, id: ThreadId) -> Result<Thread> {
    ctx.require(Action::AnswerThread).await?;
    let mut conn = ctx.read().await?;
    let row = store::find(&mut conn, id).await?.ok_or(Error::NotFound)?;
    let turns = turns(ctx, &mut conn, &row).await?;
    let name = match row.person {
        Some(person) => Some(people::name(&mut conn, ctx.keys(), person).await?),
        None => None,
    };
    drop(conn);
    ctx.note_read("assistant.thread", row.person, row.case, Some(id.to_string())).await?;
    Ok(Thread {
        id,
        state: row.state,
        queue: row.queue,
        due_at: row.due_at,
        program: row.program,
        case: row.case.zip(row.number),
        person: row.person,
        name,
        locale: row.locale,
        turns,
        created_at: row.created_at,
        version: row.version,
    })
}

async fn turns(ctx: &Ctx, conn: &mut Conn, row: &ThreadRow) -> Result<Vec<Turn>> {
    let key = key(ctx, conn, row.person).await?;
    let rows = store::turns(conn, row.id).await?;
    let shelf = ctx.library().shelf();
    let mut staff = HashMap::new();
    for author in rows.iter().filter(|row| row.author == Author::Staff).filter_map(|row| row.author_id) {
        if let std::collections::hash_map::Entry::Vacant(unknown) = staff.entry(author) {
            let name = people::staff_name(conn, author).await?;
            let roles = people::roles(conn, author).await?;
            unknown.insert((name, speaks_as(&roles)));
        }
    }
    rows.into_iter().map(|row| turn(row, &key, &shelf, &staff)).collect()
}

type Staff = HashMap<PersonId, (Option<String>, Option<Role>)>;

fn turn(row: TurnRow, key: &DataKey, shelf: &Shelf, staff: &Staff) -> Result<Turn> {
    let (name, role) = row
        .author_id
        .filter(|_| row.author == Author::Staff)
        .and_then(|author| staff.get(&author).cloned())
        .unwrap_or_default();
    Ok(Turn {
        id: row.id,
        author: row.author,
        role,
        name,
        text: key.open_optional(&place(row.id), row.text_sealed.as_deref())?,
        act: row.act,
        outcome: row.outcome,
        shown: row
            .shown
            .into_iter()
            .map(|pointer| {
                let live = shelf
                    .variants()
                    .iter()
                    .find(|variant| variant.item == pointer.item && variant.locale == pointer.locale)
                    .cloned();
                Piece { pointer, live }
            })
            .collect(),
        locale: row.locale,
        tongue: row.tongue,
        helped: row.helped,
        due_at: row.due_at,
        at: row.at,
    })
}

/// The role a patient is told: the first of those that answer patients.
fn speaks_as(roles: &[Role]) -> Option<Role> {
    [Role::MedicalInformation, Role::Nurse, Role::AccessSpecialist, Role::CaseManager]
        .into_iter()
        .find(|role| roles.contains(role))
}

/// What a conversation is sealed with: the person's key, or the common one.
pub(super) async fn key(ctx: &Ctx, conn: &mut Conn, person: Option<PersonId>) -> Result<DataKey> {
    match person {
        Some(person) => people::key(conn, ctx.keys(), person).await,
        None => Ok(ctx.keys().common()),
    }
}

/// Where the words of a turn stand.
pub(super) fn place(turn: TurnId) -> String {
    format!("turns.text:{turn}")
}
