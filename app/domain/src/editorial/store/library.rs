//! Lists: the library, its gaps, what stands on a claim, what the clock has to do.

use crate::cases::Stage;
use crate::content::Kind;
use crate::db::{Columns, Conn};
use crate::editorial::types::{Coverage, Filter, Line, State, Use};
use crate::error::Result;
use crate::ids::{ProgramId, VariantId};
use crate::locale::Locale;
use crate::time::{Day, Timestamp};
use sqlx::AssertSqlSafe;
use std::collections::BTreeMap;

/// Lines after a mark, in the order of item, edition (newest first is by `id`), language.
pub(in crate::editorial) async fn lines(
    conn: &mut Conn,
    filter: &Filter,
    after: &(String, String),
    limit: i64,
) -> Result<Vec<Line>> {
    let mut text = String::from(
        "select v.id, v.item_id, i.code, i.program_id, i.kind, v.title, v.edition, v.locale, v.state, e.stage, e.is_branded,
                v.review_due_on, v.saved_at
         from content_variants v join content_items i on i.id = v.item_id
           join content_editions e on e.item_id = v.item_id and e.edition = v.edition
         where (v.item_id > $1 or (v.item_id = $1 and v.id > $2))",
    );
    let mut values: Vec<String> = Vec::new();
    let mut also = |condition: &str, value: String| {
        values.push(value);
        text.push_str(" and ");
        text.push_str(&condition.replace('?', &format!("${}", values.len() + 2)));
    };
    match filter.state {
        Some(state) => also("v.state = ?", state.code().to_owned()),
        // what is over is looked for by its state
        None => also("v.state not in ('replaced', 'changes', ?)", "withdrawn".into()),
    }
    if let Some(program) = filter.program {
        also("i.program_id = ?", program.to_string());
    }
    if let Some(kind) = filter.kind {
        also("i.kind = ?", kind.code().to_owned());
    }
    if let Some(locale) = filter.locale {
        also("v.locale = ?", locale.tag().to_owned());
    }
    if let Some(stage) = filter.stage {
        also("e.stage = ?", stage.code().to_owned());
    }
    if let Some(day) = filter.due_by {
        also("v.review_due_on <> '' and v.review_due_on <= ?", day.to_string());
    }
    for word in filter.text.split_whitespace().take(6) {
        also("v.search like ?", format!("%{}%", word.to_lowercase().replace(['%', '_'], "")));
    }
    text.push_str(&format!(" order by v.item_id, v.id limit ${}", values.len() + 3));
    let mut query = sqlx::query(AssertSqlSafe(text)).bind(after.0.clone()).bind(after.1.clone());
    for value in values {
        query = query.bind(value);
    }
    let rows = query.bind(limit).fetch_all(conn).await?;
    rows.iter()
        .map(|row| {
            Ok(Line {
                id: row.parsed("id")?,
                item: row.text("item_id")?,
                code: row.text("code")?,
                program: row.parsed("program_id")?,
                kind: row.parsed("kind")?,
                title: row.text("title")?,
                edition: row.int("edition")?,
                locale: row.parsed("locale")?,
                state: row.parsed("state")?,
                stage: row.parsed_or_null("stage")?,
                is_branded: row.flag("is_branded")?,
                review_due_on: row.text("review_due_on")?.parse().ok(),
                saved_at: row.at("saved_at")?,
            })
        })
        .collect()
}

/// Sets what a search looks in: code, title and words, in small letters.
pub(in crate::editorial) async fn set_search(conn: &mut Conn, id: VariantId, text: &str) -> Result<()> {
    sqlx::query("update content_variants set search = $1 where id = $2")
        .bind(text)
        .bind(id.to_string())
        .execute(conn)
        .await?;
    Ok(())
}

/// How many items of each kind and stage there are, and how many are live in each language.
pub(in crate::editorial) async fn coverage(conn: &mut Conn) -> Result<Vec<Coverage>> {
    let rows = sqlx::query(
        "select i.program_id, i.kind, e.stage, v.locale, count(distinct v.item_id) as items
         from content_variants v join content_items i on i.id = v.item_id
           join content_editions e on e.item_id = v.item_id and e.edition = v.edition
         where v.state = 'live' group by i.program_id, i.kind, e.stage, v.locale",
    )
    .fetch_all(&mut *conn)
    .await?;
    let mut all: BTreeMap<(String, String, String), Coverage> = BTreeMap::new();
    for row in rows {
        let (program, kind): (ProgramId, Kind) = (row.parsed("program_id")?, row.parsed("kind")?);
        let stage: Option<Stage> = row.parsed_or_null("stage")?;
        let key = (program.to_string(), kind.code().to_owned(), stage.map_or("", Stage::code).to_owned());
        let entry = all.entry(key).or_insert_with(|| Coverage {
            program,
            kind,
            stage,
            items: 0,
            live: BTreeMap::new(),
        });
        let items = row.int("items")?;
        entry.live.insert(row.parsed("locale")?, items);
        entry.items = entry.items.max(items);
    }
    Ok(all.into_values().collect())
}

/// What stands on a claim, and what claims a variant stands on: `claim` or `variant` names one side.
pub(in crate::editorial) async fn uses(
    conn: &mut Conn,
    claim: Option<&str>,
    variant: Option<VariantId>,
) -> Result<Vec<Use>> {
    let (condition, value) = match (claim, variant) {
        (Some(claim), _) => ("u.claim_id = $1", claim.to_owned()),
        (_, Some(variant)) => ("u.variant_id = $1", variant.to_string()),
        _ => return Ok(Vec::new()),
    };
    let rows = sqlx::query(AssertSqlSafe(format!(
        "select u.variant_id, u.claim_id, u.claim_edition, v.item_id, v.title, v.edition, v.locale, v.state
         from content_uses u join content_variants v on v.id = u.variant_id
         where {condition} order by v.item_id, v.edition, v.locale"
    )))
    .bind(value)
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Use {
                variant: row.parsed("variant_id")?,
                item: row.text("item_id")?,
                title: row.text("title")?,
                edition: row.int("edition")?,
                locale: row.parsed("locale")?,
                state: row.parsed("state")?,
                claim: row.text("claim_id")?,
                claim_edition: row.int("claim_edition")?,
            })
        })
        .collect()
}

/// Ids for which a moment has come: scheduled ones due, live ones whose review is overdue, stale ones whose days are over.
pub(in crate::editorial) async fn due(
    conn: &mut Conn,
    now: Timestamp,
    today: Day,
) -> Result<Vec<(VariantId, State)>> {
    let rows = sqlx::query(
        "select id, state from content_variants
         where (state = 'scheduled' and scheduled_for <= $1)
            or (state = 'stale' and hidden = 0 and stale_until is not null and stale_until <= $1)
            or (state in ('live', 'stale') and review_due_on <> '' and review_due_on < $2)
         order by scheduled_for, id limit 200",
    )
    .bind(now.0)
    .bind(today.to_string())
    .fetch_all(conn)
    .await?;
    rows.iter().map(|row| Ok((row.parsed("id")?, row.parsed("state")?))).collect()
}

/// Notes that readers have lost a stale variant.
pub(in crate::editorial) async fn set_hidden(conn: &mut Conn, id: VariantId) -> Result<()> {
    sqlx::query("update content_variants set hidden = 1, version = version + 1 where id = $1")
        .bind(id.to_string())
        .execute(conn)
        .await?;
    Ok(())
}

/// A live variant whose review falls due soon.
pub(in crate::editorial) struct Soon {
    pub variant: VariantId,
    pub program: ProgramId,
    pub due_on: Day,
}

pub(in crate::editorial) async fn due_between(conn: &mut Conn, from: Day, to: Day) -> Result<Vec<Soon>> {
    let rows = sqlx::query(
        "select v.id, v.review_due_on, i.program_id from content_variants v join content_items i on i.id = v.item_id
         where v.state = 'live' and v.review_due_on >= $1 and v.review_due_on <= $2 order by v.review_due_on, v.id limit 2000",
    )
    .bind(from.to_string())
    .bind(to.to_string())
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Soon {
                variant: row.parsed("id")?,
                program: row.parsed("program_id")?,
                due_on: row.parsed("review_due_on")?,
            })
        })
        .collect()
}

/// How long reviews took and how often they began again, since an instant: submitted, approved, tries.
pub(in crate::editorial) async fn cycles(
    conn: &mut Conn,
    since: Timestamp,
) -> Result<Vec<(String, i64, Timestamp, Timestamp, Locale)>> {
    let rows = sqlx::query(
        "select v.item_id, v.edition, v.submitted_at, v.locale,
           (select max(s.signed_at) from content_signatures s where s.variant_id = v.id and s.role <> 'publisher') as signed_at
         from content_variants v where v.submitted_at >= $1 and v.state in ('approved', 'scheduled', 'live', 'stale', 'replaced', 'expired', 'withdrawn')
         order by v.submitted_at",
    )
    .bind(since.0)
    .fetch_all(conn)
    .await?;
    rows.iter()
        .filter_map(|row| match row.at_or_null("signed_at") {
            Ok(None) => None,
            Ok(Some(signed)) => Some((|| {
                Ok((
                    row.text("item_id")?,
                    row.int("edition")?,
                    row.at("submitted_at")?,
                    signed,
                    row.parsed("locale")?,
                ))
            })()),
            Err(error) => Some(Err(error)),
        })
        .collect()
}

/// How many were handed in since, and how many of those a desk sent back.
pub(in crate::editorial) async fn sent_back(conn: &mut Conn, since: Timestamp) -> Result<(i64, i64)> {
    let row = sqlx::query(
        "select count(*) as handed_in, coalesce(sum(case when state = 'changes' then 1 else 0 end), 0) as sent_back
         from content_variants where submitted_at >= $1",
    )
    .bind(since.0)
    .fetch_one(conn)
    .await?;
    Ok((row.int("handed_in")?, row.int("sent_back")?))
}
