//! What became of the questions, week by week and language by language.

use crate::assistant::gaps::Figures;
use crate::assistant::store;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::policy::Action;
use crate::programs::Program;
use crate::time::DAY;

/// Weeks that are told.
const WEEKS: i64 = 6;

/// The last weeks, newest first; a week and language without a question are left out.
pub async fn figures(ctx: &Ctx, program: &Program) -> Result<Vec<Figures>> {
    ctx.require(Action::ReadGaps).await?;
    let mut conn = ctx.read().await?;
    let mut told = Vec::new();
    let mut until = ctx.now.plus(DAY);
    for monday in program.mondays(ctx.now, WEEKS)? {
        let from = program.start_of(monday)?;
        told.extend(store::figures::of_week(&mut conn, program.id, monday, (from, until)).await?);
        until = from;
    }
    Ok(told)
}
