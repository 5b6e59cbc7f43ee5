//! Whether an answer helped, as whoever asked says. The words beside it are screened like all others, and an answer that
//! did not help makes its question a gap.

use super::ask::{self, Owner};
use crate::assistant::gaps::Why;
use crate::assistant::rules::{self, First};
use crate::assistant::store::{self, gaps};
use crate::assistant::types::{Door, Outcome, State};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::event::Event;
use crate::ids::TurnId;
use crate::policy::Action;
use crate::programs::Program;
use crate::safety::{self, Source, Text};
use crate::seal;

/// Keeps it. Said again, it is what was said last. Returns what safety had to say of the words.
///
/// # Errors
/// `Invalid` on `comment`; `Throttled`; `NotFound` when it is no answer in one's own conversation.
pub async fn rate(
    ctx: &Ctx,
    program: &Program,
    door: &Door<'_>,
    answer: TurnId,
    helpful: bool,
    comment: &str,
) -> Result<Option<Outcome>> {
    ctx.require(Action::Ask).await?;
    let comment = rules::comment(comment)?;
    let mut tx = ctx.begin().await?;
    ask::count(&mut tx, door, comment).await?;
    let found = match (ctx.actor.person(), door.token) {
        (Some(person), _) => store::of_person(tx.conn(), person, program.id).await?,
        (None, Some(token)) => store::of_token(tx.conn(), &seal::token_hash(token), program.id).await?,
        (None, None) => None,
    };
    let thread = found.ok_or(Error::NotFound)?;
    let (locale, question) = gaps::answer_of(tx.conn(), thread.id, answer).await?.ok_or(Error::NotFound)?;
    let owner = Owner::find(&mut tx, door, program).await?;
    let sealed = comment.map(|words| owner.key.seal(&place(answer), words)).transpose()?;
    gaps::save_rating(tx.conn(), answer, helpful, sealed, ctx.now).await?;
    match question {
        Some(question) if helpful => gaps::forget(tx.conn(), question).await?,
        Some(question) => {
            gaps::insert(tx.conn(), question, program.id, locale, Why::NotHelpful, ctx.now).await?;
        }
        None => {}
    }
    let mut said = None;
    if let Some(words) = comment {
        let told = Text {
            source: Source::Rating,
            source_id: answer.to_string(),
            text: words,
            locale: ctx.locale,
            reporter: owner.reporter(),
            person: owner.person,
            case: thread.case,
            program: Some(program.id),
        };
        let verdict = safety::receive(&mut tx, ctx, told).await?;
        if let First::Say(outcome) = rules::first(&verdict, State::Assistant, words, ctx.locale) {
            said = ask::say(&mut tx, program, &thread, outcome).await?;
        }
    }
    tx.record(Event::AnswerRated { thread: thread.id, turn: answer });
    tx.commit().await?;
    Ok(said)
}

/// Where the words beside a thumb stand.
fn place(answer: TurnId) -> String {
    format!("turn_ratings.comment:{answer}")
}
