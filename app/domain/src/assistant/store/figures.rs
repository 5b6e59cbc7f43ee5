//! The SQL of figures: counted from the turns, so that they can always be counted again.

use crate::assistant::gaps::Figures;
use crate::db::{Columns, Conn};
use crate::error::Result;
use crate::ids::ProgramId;
use crate::time::{Day, Timestamp};

/// The figures of one week, by language.
pub(in crate::assistant) async fn of_week(
    conn: &mut Conn,
    program: ProgramId,
    week: Day,
    (from, until): (Timestamp, Timestamp),
) -> Result<Vec<Figures>> {
    sqlx::query(
        "select t.locale,
           count(case when t.author = 'person' and t.text_sealed is not null then 1 end) as asked,
           count(case when t.outcome = 'answered' then 1 end) as answered,
           count(case when t.outcome = 'offered' then 1 end) as offered,
           count(case when t.outcome = 'no_match' then 1 end) as unanswered,
           count(case when t.outcome = 'handed_over' then 1 end) as handed_over,
           count(case when t.outcome in ('emergency', 'crisis', 'safety') then 1 end) as safety,
           count(case when r.helpful = 1 then 1 end) as helpful,
           count(r.turn_id) as rated
         from turns t join threads h on h.id = t.thread_id left join turn_ratings r on r.turn_id = t.id
         where t.at >= $1 and t.at < $2 and h.program_id = $3
         group by t.locale order by t.locale",
    )
    .bind(from.0)
    .bind(until.0)
    .bind(program.to_string())
    .fetch_all(conn)
    .await?
    .iter()
    .map(|row| {
        Ok(Figures {
            week,
            locale: row.parsed("locale")?,
            asked: row.int("asked")?,
            answered: row.int("answered")?,
            offered: row.int("offered")?,
            unanswered: row.int("unanswered")?,
            handed_over: row.int("handed_over")?,
            safety: row.int("safety")?,
            helpful: row.int("helpful")?,
            rated: row.int("rated")?,
        })
    })
    .collect()
}
