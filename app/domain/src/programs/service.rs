//! Bringing programs in.

use super::store;
use super::types::Program;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::event::Event;
use crate::policy::Action;

/// Adds a program, or changes the one with the same code. Returns whether anything changed.
pub async fn install(ctx: &Ctx, program: &Program) -> Result<bool> {
    ctx.require(Action::ManagePrograms).await?;
    if ctx.portal.programs.by_code(&program.code).is_some_and(|known| *known == *program) {
        return Ok(false);
    }
    let mut tx = ctx.begin().await?;
    store::save(tx.conn(), program, ctx.now).await?;
    tx.record(Event::ProgramChanged { program: program.id });
    tx.commit().await?;
    ctx.portal.programs.refresh(&ctx.portal.db).await?;
    Ok(true)
}
