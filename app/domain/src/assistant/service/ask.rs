//! A question (EN-23, SC-4): stored, screened and answered in one transaction, so that a hand-over is a row in a queue
//! before anybody reads that there is one. Nothing is written here but what people wrote; answers are pointers to
//! approved content.

use crate::assistant::desk::Answer;
use crate::assistant::gaps::Why;
use crate::assistant::phrases;
use crate::assistant::rules::{self, First};
use crate::assistant::store::{self, NewTurn, ThreadRow, gaps};
use crate::assistant::types::{Act, Asked, Author, Door, Heard, Outcome, Pointer, Queue, State};
use crate::content::{Kind, Shelf};
use crate::ctx::{Ctx, Tx};
use crate::error::{Error, Result};
use crate::event::Event;
use crate::ids::{CaseId, PersonId, TaskId, TurnId};
use crate::people;
use crate::policy::Action;
use crate::programs::Program;
use crate::safety::{self, Reporter, Source, Text};
use crate::seal::{self, DataKey};
use crate::tasks::{self, NewTask};
use crate::time::Timestamp;
use std::sync::Arc;

/// Takes a question in.
///
/// # Errors
/// `Invalid` on `question`; `Throttled` when there were too many; `NotFound` for a title that is not there any more.
pub async fn ask(ctx: &Ctx, program: &Program, door: &Door<'_>, asked: Asked<'_>) -> Result<Heard> {
    ctx.require(Action::Ask).await?;
    let words = match asked {
        Asked::Words(words) => Some(rules::question(words)?),
        Asked::Picked(_) | Asked::NoneOfThese | Asked::Person => None,
    };
    let mut tx = ctx.begin().await?;
    count(&mut tx, door, words).await?;
    let mut owner = Owner::find(&mut tx, door, program).await?;
    let thread = store::open(tx.conn(), &owner.row(program), ctx.now).await?;
    let turn = TurnId::new();
    let outcome = match (asked, words) {
        (Asked::Words(_), Some(words)) => hear(&mut tx, program, &owner, &thread, turn, words).await?,
        (Asked::Picked(code), _) => pick(&mut tx, program, &thread, turn, code).await?,
        (Asked::NoneOfThese, _) => {
            press(&mut tx, &thread, turn, Act::NoneOfThese, &[]).await?;
            let question = store::last_words(tx.conn(), thread.id).await?.map(|(question, _)| question);
            no_match(&mut tx, program, &thread, question, Why::NoneOfThese, None).await?
        }
        _ => {
            let queue = queue_now(&mut tx, &owner, &thread).await?;
            press(&mut tx, &thread, turn, Act::Person, &[]).await?;
            hand_over(&mut tx, program, &thread, queue).await?
        }
    };
    let code = outcome.map_or("with_person", Outcome::code).to_owned();
    tx.record(Event::QuestionAsked { thread: thread.id, turn, outcome: code });
    tx.commit().await?;
    Ok(Heard { thread: thread.id, turn, token: owner.new_token.take(), outcome })
}

/// Whose conversation it is, and what it is sealed with.
pub(super) struct Owner {
    pub(super) person: Option<PersonId>,
    case: Option<CaseId>,
    pub(super) key: DataKey,
    token_hash: Option<String>,
    new_token: Option<String>,
}

impl Owner {
    pub(super) async fn find(tx: &mut Tx<'_>, door: &Door<'_>, program: &Program) -> Result<Owner> {
        let ctx = tx.ctx();
        if let Some(person) = ctx.actor.person() {
            let key = people::key(tx.conn(), ctx.keys(), person).await?;
            let case = store::case_of(tx.conn(), person, program.id).await?;
            return Ok(Owner { person: Some(person), case, key, token_hash: None, new_token: None });
        }
        let (token_hash, new_token) = match door.token.filter(|token| !token.is_empty()) {
            Some(token) => (seal::token_hash(token), None),
            None => {
                let (token, hash) = seal::token();
                (hash, Some(token))
            }
        };
        Ok(Owner {
            person: None,
            case: None,
            key: ctx.keys().common(),
            token_hash: Some(token_hash),
            new_token,
        })
    }

    fn row(&self, program: &Program) -> store::OwnerRow<'_> {
        store::OwnerRow {
            token_hash: self.token_hash.as_deref(),
            person: self.person,
            case: self.case,
            program: program.id,
        }
    }

    pub(super) fn reporter(&self) -> Reporter {
        if self.person.is_some() { Reporter::Patient } else { Reporter::Visitor }
    }
}

/// Counts the question against the person, or against the browser and the network.
pub(super) async fn count(tx: &mut Tx<'_>, door: &Door<'_>, words: Option<&str>) -> Result<()> {
    let ctx = tx.ctx();
    let keys = ctx.keys();
    let subjects = match ctx.actor.person() {
        Some(person) => vec![keys.lookup("ask.person", &person.to_string())],
        None => [door.token.map(|token| ("ask.token", token)), Some(("ask.network", door.network))]
            .into_iter()
            .flatten()
            .map(|(domain, value)| keys.lookup(domain, value))
            .collect(),
    };
    let is_safety = words.is_some_and(|words| safety::screen::screen(words, ctx.locale.tag()).flag);
    let limit = if is_safety { rules::SAFETY_QUESTIONS } else { rules::QUESTIONS };
    for subject in &subjects {
        let (asked, oldest) = store::asked(tx.conn(), subject, ctx.now.plus(-rules::WINDOW)).await?;
        if let Some(seconds) = rules::wait(asked, oldest, limit, ctx.now) {
            return Err(Error::Throttled { retry_after_seconds: seconds });
        }
    }
    for subject in &subjects {
        store::count(tx.conn(), subject, ctx.now).await?;
    }
    Ok(())
}

/// Forgets what counts no more. Returns how many rows went.
pub async fn forget_counts(ctx: &Ctx) -> Result<u64> {
    let mut tx = ctx.begin().await?;
    let gone = store::forget(tx.conn(), ctx.now.plus(-rules::WINDOW)).await?;
    tx.commit().await?;
    Ok(gone)
}

/// Words somebody wrote: kept, screened, then answered in the order the rules say.
async fn hear(
    tx: &mut Tx<'_>,
    program: &Program,
    owner: &Owner,
    thread: &ThreadRow,
    turn: TurnId,
    words: &str,
) -> Result<Option<Outcome>> {
    let ctx = tx.ctx();
    let last = store::last_outcome(tx.conn(), thread.id).await?;
    let desk = queue_now(tx, owner, thread).await?;
    let sealed = owner.key.seal(&super::read::place(turn), words)?;
    let mut new = NewTurn::new(turn, thread.id, Author::Person, ctx);
    new.author_id = owner.person;
    new.text_sealed = Some(sealed);
    store::insert_turn(tx.conn(), &new).await?;
    let told = Text {
        source: Source::Chat,
        source_id: turn.to_string(),
        text: words,
        locale: ctx.locale,
        reporter: owner.reporter(),
        person: owner.person,
        case: thread.case,
        program: Some(program.id),
    };
    let verdict = safety::receive(tx, ctx, told).await?;
    match rules::first(&verdict, thread.state, words, ctx.locale) {
        First::Say(outcome) => say(tx, program, thread, outcome).await,
        First::Silent => wake(tx, program, thread, words).await,
        First::HandOver(Queue::General) => hand_over(tx, program, thread, desk).await,
        First::HandOver(queue) => hand_over(tx, program, thread, queue).await,
        First::OtherLanguage(tongue) if program.locales.contains(&tongue) => {
            let mut new = portal_turn(tx, thread, Outcome::OtherLanguage);
            new.tongue = Some(tongue);
            store::insert_turn(tx.conn(), &new).await?;
            Ok(Some(Outcome::OtherLanguage))
        }
        First::Personal => {
            let new = portal_turn(tx, thread, Outcome::Personal);
            store::insert_turn(tx.conn(), &new).await?;
            Ok(Some(Outcome::Personal))
        }
        First::Search | First::OtherLanguage(_) => search(tx, program, thread, turn, words, last).await,
    }
}

/// Looks for an approved answer. Titles are offered once: whoever asks again and is not understood again is offered a
/// person.
async fn search(
    tx: &mut Tx<'_>,
    program: &Program,
    thread: &ThreadRow,
    turn: TurnId,
    words: &str,
    last: Option<Outcome>,
) -> Result<Option<Outcome>> {
    let ctx = tx.ctx();
    let shelf = ctx.library().shelf();
    let (answer, confidence) = ctx.portal.desk.look(&shelf, program.id, ctx.locale, words);
    let (outcome, shown) = match answer {
        Answer::Sure(variant) => (Outcome::Answered, vec![Pointer::to(&variant)]),
        Answer::Unsure(variants) if last != Some(Outcome::Offered) => {
            (Outcome::Offered, variants.iter().map(|variant| Pointer::to(variant)).collect())
        }
        Answer::Unsure(_) | Answer::Nothing => {
            return no_match(tx, program, thread, Some(turn), Why::NoMatch, Some(confidence)).await;
        }
    };
    let mut new = portal_turn(tx, thread, outcome);
    new.shown = shown;
    new.confidence = Some(confidence);
    store::insert_turn(tx.conn(), &new).await?;
    Ok(Some(outcome))
}

/// One of the titles: the answer itself, if it is still live.
async fn pick(
    tx: &mut Tx<'_>,
    program: &Program,
    thread: &ThreadRow,
    turn: TurnId,
    code: &str,
) -> Result<Option<Outcome>> {
    let ctx = tx.ctx();
    let shelf = ctx.library().shelf();
    let variant = [Kind::Faq, Kind::Module]
        .into_iter()
        .flat_map(|kind| shelf.list(program.id, kind, ctx.locale))
        .find(|variant| variant.code == code)
        .ok_or(Error::NotFound)?;
    let pointer = [Pointer::to(&variant)];
    press(tx, thread, turn, Act::Picked, &pointer).await?;
    if matches!(thread.state, State::Waiting | State::Person) {
        return Ok(None);
    }
    let mut new = portal_turn(tx, thread, Outcome::Answered);
    new.shown = pointer.to_vec();
    store::insert_turn(tx.conn(), &new).await?;
    Ok(Some(Outcome::Answered))
}

/// What a person pressed instead of writing.
async fn press(tx: &mut Tx<'_>, thread: &ThreadRow, turn: TurnId, act: Act, shown: &[Pointer]) -> Result<()> {
    let mut new = NewTurn::new(turn, thread.id, Author::Person, tx.ctx());
    new.author_id = tx.ctx().actor.person();
    new.act = Some(act);
    new.shown = shown.to_vec();
    store::insert_turn(tx.conn(), &new).await
}

/// No approved answer fits: said in approved words, a person is offered, and the question is kept for those who write.
async fn no_match(
    tx: &mut Tx<'_>,
    program: &Program,
    thread: &ThreadRow,
    question: Option<TurnId>,
    why: Why,
    confidence: Option<i64>,
) -> Result<Option<Outcome>> {
    if matches!(thread.state, State::Waiting | State::Person) {
        return Ok(None); // somebody has it already
    }
    let ctx = tx.ctx();
    let mut new = portal_turn(tx, thread, Outcome::NoMatch);
    new.shown = approved(&ctx.library().shelf(), program, "no_answer", ctx);
    new.confidence = confidence;
    store::insert_turn(tx.conn(), &new).await?;
    if let Some(question) = question {
        gaps::insert(tx.conn(), question, program.id, ctx.locale, why, ctx.now).await?;
    }
    Ok(Some(Outcome::NoMatch))
}

/// The approved words for an emergency, a crisis, a report. The phone numbers come with the page.
pub(super) async fn say(
    tx: &mut Tx<'_>,
    program: &Program,
    thread: &ThreadRow,
    outcome: Outcome,
) -> Result<Option<Outcome>> {
    let slug = match outcome {
        Outcome::Emergency => "emergency",
        Outcome::Crisis => "crisis",
        _ => "safety_received",
    };
    let mut new = portal_turn(tx, thread, outcome);
    new.shown = approved(&tx.ctx().library().shelf(), program, slug, tx.ctx());
    if outcome == Outcome::Emergency {
        // what to do now first, then that it was received
        new.shown.extend(approved(&tx.ctx().library().shelf(), program, "safety_received", tx.ctx()));
    }
    store::insert_turn(tx.conn(), &new).await?;
    Ok(Some(outcome))
}

/// A person was asked for, or the words cannot be read: a task for a human being, and the assistant is silent from now on.
async fn hand_over(
    tx: &mut Tx<'_>,
    program: &Program,
    thread: &ThreadRow,
    queue: Queue,
) -> Result<Option<Outcome>> {
    let ctx = tx.ctx();
    if matches!(thread.state, State::Waiting | State::Person) {
        return Ok(None); // somebody has it already
    }
    let due = due(ctx, program)?;
    let mut new = portal_turn(tx, thread, Outcome::HandedOver);
    new.shown = approved(&ctx.library().shelf(), program, "handed_over", ctx);
    new.due_at = Some(due);
    store::insert_turn(tx.conn(), &new).await?;
    store::wait(tx.conn(), thread.id, queue, due).await?;
    let task = open_task(tx, thread, queue, new.id, due).await?;
    if let Some(task) = task {
        tx.record(Event::HandedOver { thread: thread.id, task, queue: queue.code().to_owned() });
    }
    Ok(Some(Outcome::HandedOver))
}

/// More words while a person has the conversation: if they had answered already, they are asked again.
async fn wake(
    tx: &mut Tx<'_>,
    program: &Program,
    thread: &ThreadRow,
    words: &str,
) -> Result<Option<Outcome>> {
    if thread.state == State::Person {
        let ctx = tx.ctx();
        let queue = thread.queue.unwrap_or_else(|| phrases::queue(words, ctx.locale));
        let due = due(ctx, program)?;
        store::wait(tx.conn(), thread.id, queue, due).await?;
        open_task(tx, thread, queue, TurnId::new(), due).await?;
    }
    Ok(None)
}

async fn open_task(
    tx: &mut Tx<'_>,
    thread: &ThreadRow,
    queue: Queue,
    cause: TurnId,
    due: Timestamp,
) -> Result<Option<TaskId>> {
    let mut task = NewTask::about(tasks::Kind::AnswerThread, queue.code(), thread.id, thread.case, due);
    task.dedupe = format!("{}:{}:{cause}", tasks::Kind::AnswerThread, thread.id);
    tasks::open(tx, task).await
}

fn due(ctx: &Ctx, program: &Program) -> Result<Timestamp> {
    program.after_business_minutes(ctx.now, program.settings.answer_hours * 60)
}

/// Whose desk a person is asked for at: after a question without an answer the one it is for, else anybody's.
async fn queue_now(tx: &mut Tx<'_>, owner: &Owner, thread: &ThreadRow) -> Result<Queue> {
    let locale = tx.ctx().locale;
    if store::last_outcome(tx.conn(), thread.id).await? != Some(Outcome::NoMatch) {
        return Ok(Queue::General);
    }
    let Some((id, sealed)) = store::last_words(tx.conn(), thread.id).await? else {
        return Ok(Queue::General);
    };
    Ok(phrases::queue(&owner.key.open(&super::read::place(id), &sealed)?, locale))
}

fn portal_turn(tx: &Tx<'_>, thread: &ThreadRow, outcome: Outcome) -> NewTurn {
    let mut new = NewTurn::new(TurnId::new(), thread.id, Author::Portal, tx.ctx());
    new.outcome = Some(outcome);
    new
}

/// The approved page, in the reader's language or marked as not in it.
fn approved(shelf: &Arc<Shelf>, program: &Program, slug: &str, ctx: &Ctx) -> Vec<Pointer> {
    shelf
        .find(program.id, Kind::Page, slug, ctx.locale)
        .map(|shown| Pointer::to(&shown.variant))
        .into_iter()
        .collect()
}
