//! The SQL of content.

use super::service::{Canonical, fingerprint};
use super::types::{Body, Manuscript, Progress, Review, Variant};
use crate::db::{Columns, Conn, Rows};
use crate::error::{Error, Result};
use crate::ids::{PersonId, VariantId};
use crate::locale::Locale;
use crate::time::Timestamp;
use std::collections::{HashMap, HashSet};

/// The number of the latest publication or withdrawal.
pub(super) async fn release(conn: &mut Conn) -> Result<i64> {
    Ok(sqlx::query_scalar("select number from content_release where id = 1").fetch_one(conn).await?)
}

pub(super) async fn bump_release(conn: &mut Conn) -> Result<()> {
    sqlx::query("update content_release set number = number + 1 where id = 1").execute(conn).await?;
    Ok(())
}

/// Every live variant that holds: three signatures over its hash, and words that still give that hash (P4).
pub(super) async fn live(conn: &mut Conn) -> Result<Vec<Variant>> {
    let rows = sqlx::query(
        "select v.id, v.item_id, i.code, i.program_id, i.kind, i.slug, i.stage, i.is_branded, i.position, v.edition, v.locale,
                v.title, v.body, v.hash, v.reviewed_on, v.review_due_on,
                (select count(*) from content_signatures s where s.variant_id = v.id and s.hash = v.hash) as signed
         from content_variants v join content_items i on i.id = v.item_id
         where v.state = 'live'",
    )
    .fetch_all(conn)
    .await?;
    let mut live = Vec::with_capacity(rows.len());
    for row in rows {
        let hash = fingerprint(&Canonical {
            item: &row.text("item_id")?,
            edition: row.int("edition")?,
            locale: &row.text("locale")?,
            stage: &row.text_or_null("stage")?.unwrap_or_default(),
            is_branded: row.flag("is_branded")?,
            title: &row.text("title")?,
            body: &row.text("body")?,
        });
        if row.int("signed")? == 3 && hash == row.text("hash")? {
            live.push(variant(&row)?);
        } else {
            let (item, edition) = (row.text("item_id")?, row.int("edition")?);
            tracing::error!(item, edition, "content is not what was signed: it is not shown");
        }
    }
    Ok(live)
}

fn variant(row: &sqlx::any::AnyRow) -> Result<Variant> {
    Ok(Variant {
        id: row.parsed("id")?,
        item: row.text("item_id")?,
        code: row.text("code")?,
        program: row.parsed("program_id")?,
        kind: row.parsed("kind")?,
        slug: row.text("slug")?,
        stage: row.parsed_or_null("stage")?,
        is_branded: row.flag("is_branded")?,
        position: row.int("position")?,
        edition: row.int("edition")?,
        locale: row.parsed("locale")?,
        title: row.text("title")?,
        body: serde_json::from_str(&row.text("body")?)
            .map_err(|error| Error::internal(format!("a variant's body: {error}")))?,
        hash: row.text("hash")?,
        reviewed_on: row.parsed("reviewed_on")?,
        review_due_on: row.parsed("review_due_on")?,
    })
}

/// What stands on the shelf for an item in a language.
#[derive(Debug, Clone, Default)]
pub(super) struct Shelved {
    pub highest: i64,
    pub live_edition: i64,
    pub live_hash: Option<String>,
}

pub(super) async fn shelved(conn: &mut Conn) -> Result<HashMap<(String, Locale), Shelved>> {
    let rows = sqlx::query("select item_id, locale, edition, hash, state from content_variants")
        .fetch_all(conn)
        .await?;
    let mut shelved: HashMap<_, Shelved> = HashMap::new();
    for row in rows {
        let locale: Locale = row.parsed("locale")?;
        let entry = shelved.entry((row.text("item_id")?, locale)).or_default();
        let edition = row.int("edition")?;
        entry.highest = entry.highest.max(edition);
        if row.text("state")? == "live" {
            entry.live_edition = edition;
            entry.live_hash = Some(row.text("hash")?);
        }
    }
    Ok(shelved)
}

/// A variant about to go live.
pub(super) struct NewVariant<'m> {
    pub id: VariantId,
    pub manuscript: &'m Manuscript,
    pub edition: i64,
    pub body: String,
    pub hash: String,
}

/// Adds items, or changes what a new edition may change of them: stage, audience, position.
pub(super) async fn save_items<'m>(
    conn: &mut Conn,
    manuscripts: impl Iterator<Item = &'m Manuscript>,
    now: Timestamp,
) -> Result<()> {
    let mut rows = Rows::new(
        "insert into content_items (id, code, program_id, kind, slug, stage, is_branded, position, created_at)",
        "on conflict (id) do update set stage = excluded.stage, is_branded = excluded.is_branded, position = excluded.position",
        9,
    );
    let mut seen = HashSet::new();
    for manuscript in manuscripts.filter(|manuscript| seen.insert(manuscript.item.clone())) {
        rows.text(&manuscript.item)
            .text(&manuscript.code)
            .text(manuscript.program)
            .text(manuscript.kind.code())
            .text(&manuscript.slug)
            .text_or_null(manuscript.stage)
            .int(i64::from(manuscript.is_branded))
            .int(manuscript.position)
            .at(now);
    }
    rows.write(conn).await
}

pub(super) async fn save_editions(
    conn: &mut Conn,
    variants: &[NewVariant<'_>],
    author: PersonId,
    now: Timestamp,
) -> Result<()> {
    let mut rows = Rows::new(
        "insert into content_editions (item_id, edition, author_id, created_at)",
        "on conflict (item_id, edition) do nothing",
        4,
    );
    let mut seen = HashSet::new();
    for variant in variants.iter().filter(|variant| seen.insert((&variant.manuscript.item, variant.edition)))
    {
        rows.text(&variant.manuscript.item).int(variant.edition).text(author).at(now);
    }
    rows.write(conn).await
}

/// Takes the live variant of an item in a language off the shelf.
pub(super) async fn retire(conn: &mut Conn, item: &str, locale: Locale, now: Timestamp) -> Result<()> {
    sqlx::query(
        "update content_variants set state = 'withdrawn', withdrawn_at = $3 where item_id = $1 and locale = $2 and state = 'live'",
    )
    .bind(item)
    .bind(locale.tag())
    .bind(now.0)
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn insert_live(
    conn: &mut Conn,
    variants: &[NewVariant<'_>],
    publisher: &str,
    now: Timestamp,
) -> Result<()> {
    let mut rows = Rows::new(
        "insert into content_variants (id, item_id, edition, locale, title, body, hash, state, reviewed_on, review_due_on, live_from, published_by)",
        "",
        12,
    );
    for variant in variants {
        rows.text(variant.id)
            .text(&variant.manuscript.item)
            .int(variant.edition)
            .text(variant.manuscript.locale)
            .text(&variant.manuscript.title)
            .text(&variant.body)
            .text(&variant.hash)
            .text("live")
            .text(variant.manuscript.reviewed_on)
            .text(variant.manuscript.review_due_on)
            .at(now)
            .text(publisher);
    }
    rows.write(conn).await
}

pub(super) async fn insert_signatures(
    conn: &mut Conn,
    variants: &[NewVariant<'_>],
    review: &Review,
) -> Result<()> {
    let mut rows = Rows::new(
        "insert into content_signatures (variant_id, role, signer_id, signer_name, meaning, hash, signed_at)",
        "",
        7,
    );
    for variant in variants {
        for signer in &review.signers {
            rows.text(variant.id)
                .text(signer.desk.code())
                .text(signer.person)
                .text(&signer.name)
                .text("approved")
                .text(&variant.hash)
                .at(variant.manuscript.signed_at);
        }
    }
    rows.write(conn).await
}

/// How far a person is with each module: the latest edition they opened.
pub(super) async fn progress(conn: &mut Conn, person: PersonId) -> Result<HashMap<String, Progress>> {
    let rows = sqlx::query(
        "select item_id, edition, page, finished_at from module_progress where person_id = $1 order by edition",
    )
    .bind(person.to_string())
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            let progress = Progress {
                edition: row.int("edition")?,
                page: row.int("page")?,
                finished_at: row.at_or_null("finished_at")?,
            };
            Ok((row.text("item_id")?, progress))
        })
        .collect()
}

/// Keeps the furthest page, and the first time it was finished. Returns whether this finished it.
pub(super) async fn save_progress(
    conn: &mut Conn,
    person: PersonId,
    variant: &Variant,
    page: i64,
    finished: bool,
    now: Timestamp,
) -> Result<bool> {
    let before: Option<Option<i64>> = sqlx::query_scalar(
        "select finished_at from module_progress where person_id = $1 and item_id = $2 and edition = $3",
    )
    .bind(person.to_string())
    .bind(&variant.item)
    .bind(variant.edition)
    .fetch_optional(&mut *conn)
    .await?;
    sqlx::query(
        "insert into module_progress (person_id, item_id, edition, page, updated_at, finished_at) values ($1, $2, $3, $4, $5, $6)
         on conflict (person_id, item_id, edition) do update set
           page = case when excluded.page > module_progress.page then excluded.page else module_progress.page end,
           updated_at = excluded.updated_at,
           finished_at = coalesce(module_progress.finished_at, excluded.finished_at)",
    )
    .bind(person.to_string())
    .bind(&variant.item)
    .bind(variant.edition)
    .bind(page)
    .bind(now.0)
    .bind(finished.then_some(now.0))
    .execute(conn)
    .await?;
    Ok(finished && before.flatten().is_none())
}

/// The stages a person's cases have come to, by program.
pub(super) async fn visited_stages(
    conn: &mut Conn,
    person: PersonId,
) -> Result<Vec<(crate::ids::ProgramId, Vec<crate::cases::Stage>)>> {
    let rows = sqlx::query(
        "select c.program_id, s.stage from cases c join case_statuses s on s.case_id = c.id
         where c.person_id = $1 group by c.program_id, s.stage",
    )
    .bind(person.to_string())
    .fetch_all(conn)
    .await?;
    let mut stages: Vec<(crate::ids::ProgramId, Vec<crate::cases::Stage>)> = Vec::new();
    for row in rows {
        let (program, stage) = (row.parsed("program_id")?, row.parsed("stage")?);
        match stages.iter_mut().find(|(known, _)| *known == program) {
            Some((_, list)) => list.push(stage),
            None => stages.push((program, vec![stage])),
        }
    }
    Ok(stages)
}

/// The words of an edition in a language, live or not: for the wording somebody agreed to.
pub(crate) async fn body_of(
    conn: &mut Conn,
    item: &str,
    edition: i64,
    locale: Locale,
) -> Result<Option<Body>> {
    let body: Option<String> = sqlx::query_scalar(
        "select body from content_variants where item_id = $1 and edition = $2 and locale = $3",
    )
    .bind(item)
    .bind(edition)
    .bind(locale.tag())
    .fetch_optional(conn)
    .await?;
    body.map(|body| {
        serde_json::from_str(&body).map_err(|error| Error::internal(format!("a variant's body: {error}")))
    })
    .transpose()
}
