//! The SQL of content.

use super::canonical::Canonical;
use super::types::{Body, Kind, Manuscript, Progress, Review, Variant};
use crate::db::{Columns, Conn, Rows, json};
use crate::error::Result;
use crate::ids::{PersonId, ProgramId, RatingId, VariantId};
use crate::locale::Locale;
use crate::time::{Day, Timestamp};
use std::collections::{HashMap, HashSet};

/// The number of the latest publication or withdrawal.
pub(super) async fn release(conn: &mut Conn) -> Result<i64> {
    Ok(sqlx::query_scalar("select number from content_release where id = 1").fetch_one(conn).await?)
}

pub(crate) async fn bump_release(conn: &mut Conn) -> Result<()> {
    sqlx::query("update content_release set number = number + 1 where id = 1").execute(conn).await?;
    Ok(())
}

/// What readers may have before them, as it was read.
pub(super) struct Live {
    pub variants: Vec<Variant>,
    /// Places where readers get neither the words nor those of another language: a translation was hidden.
    pub hidden: Vec<(ProgramId, Kind, Locale, String)>,
}

/// Every live variant that holds: three signatures over its hash, and words that still give that hash (P4). With them
/// the translations that may still be read although their source has changed.
pub(super) async fn live(conn: &mut Conn) -> Result<Live> {
    let rows = sqlx::query(
        "select v.id, v.item_id, i.code, i.program_id, i.kind, i.slug, i.position, v.edition, v.locale, e.meta,
                v.title, v.body, v.hash, v.reviewed_on, v.review_due_on, v.hidden,
                (select count(*) from content_signatures s
                  where s.variant_id = v.id and s.hash = v.hash and s.role <> 'publisher') as signed
         from content_variants v join content_items i on i.id = v.item_id
           join content_editions e on e.item_id = v.item_id and e.edition = v.edition
         where v.state = 'live' or (v.state = 'stale' and (v.hidden = 1 or v.stale_until is not null))",
    )
    .fetch_all(conn)
    .await?;
    let mut live = Live { variants: Vec::with_capacity(rows.len()), hidden: Vec::new() };
    for row in rows {
        if row.flag("hidden")? {
            live.hidden.push((
                row.parsed("program_id")?,
                row.parsed("kind")?,
                row.parsed("locale")?,
                row.text("slug")?,
            ));
            continue;
        }
        match variant(&row) {
            Ok(variant) if row.int("signed")? == 3 && is_as_signed(&row, &variant)? => {
                live.variants.push(variant)
            }
            _ => {
                let (item, edition) = (row.text("item_id")?, row.int("edition")?);
                tracing::error!(item, edition, "content is not what was signed: it is not shown");
            }
        }
    }
    Ok(live)
}

/// Whether the stored words are those the signatures cover, byte for byte.
fn is_as_signed(row: &sqlx::any::AnyRow, variant: &Variant) -> Result<bool> {
    let canonical = Canonical::of(
        &variant.item,
        variant.edition,
        variant.locale,
        variant.kind,
        &variant.meta,
        &variant.title,
        &variant.body,
    );
    let is_same_text = serde_json::to_string(&variant.body)
        .is_ok_and(|text| row.text("body").is_ok_and(|body| body == text));
    Ok(is_same_text && canonical.hash()? == variant.hash)
}

fn variant(row: &sqlx::any::AnyRow) -> Result<Variant> {
    Ok(Variant {
        id: row.parsed("id")?,
        item: row.text("item_id")?,
        code: row.text("code")?,
        program: row.parsed("program_id")?,
        kind: row.parsed("kind")?,
        slug: row.text("slug")?,
        meta: row.json("meta")?,
        position: row.int("position")?,
        edition: row.int("edition")?,
        locale: row.parsed("locale")?,
        title: row.text("title")?,
        body: row.json("body")?,
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

/// Adds items that are not there yet.
pub(super) async fn save_items<'m>(
    conn: &mut Conn,
    manuscripts: impl Iterator<Item = &'m Manuscript>,
    owner: PersonId,
    now: Timestamp,
) -> Result<()> {
    let mut rows = Rows::new(
        "insert into content_items (id, code, program_id, kind, slug, position, owner_id, created_at)",
        "on conflict (id) do update set position = excluded.position",
        8,
    );
    let mut seen = HashSet::new();
    for manuscript in manuscripts.filter(|manuscript| seen.insert(manuscript.item.clone())) {
        rows.text(&manuscript.item)
            .text(&manuscript.code)
            .text(manuscript.program)
            .text(manuscript.kind.code())
            .text(&manuscript.slug)
            .int(manuscript.position)
            .text(owner)
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
        "insert into content_editions (item_id, edition, author_id, meta, stage, is_branded, created_at)",
        "on conflict (item_id, edition) do nothing",
        7,
    );
    let mut seen = HashSet::new();
    for variant in variants.iter().filter(|variant| seen.insert((&variant.manuscript.item, variant.edition)))
    {
        let meta = &variant.manuscript.meta;
        rows.text(&variant.manuscript.item)
            .int(variant.edition)
            .text(author)
            .text(json(meta)?)
            .text_or_null(meta.stage)
            .int(i64::from(meta.is_branded))
            .at(now);
    }
    rows.write(conn).await
}

/// Takes the live variant of an item in a language off the shelf.
pub(super) async fn retire(conn: &mut Conn, item: &str, locale: Locale, now: Timestamp) -> Result<()> {
    sqlx::query(
        "update content_variants set state = 'replaced', withdrawn_at = $3, ended_why = 'replaced' where item_id = $1 and locale = $2 and state in ('live', 'stale')",
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
    review: &Review,
    publisher: &str,
    now: Timestamp,
) -> Result<()> {
    let mut rows = Rows::new(
        "insert into content_variants (id, item_id, edition, locale, author_id, title, body, hash, state, reviewed_on, review_due_on, submitted_at, live_from, published_by, saved_at, search)",
        "",
        16,
    );
    for variant in variants {
        rows.text(variant.id)
            .text(&variant.manuscript.item)
            .int(variant.edition)
            .text(variant.manuscript.locale)
            .text(review.author)
            .text(&variant.manuscript.title)
            .text(&variant.body)
            .text(&variant.hash)
            .text("live")
            .text(variant.manuscript.reviewed_on)
            .text(variant.manuscript.review_due_on)
            .at(variant.manuscript.signed_at)
            .at(now)
            .text(publisher)
            .at(variant.manuscript.signed_at)
            .text(super::leaves::searchable(
                &variant.manuscript.code,
                &variant.manuscript.title,
                &variant.manuscript.body,
            ));
    }
    rows.write(conn).await
}

pub(super) async fn insert_signatures(
    conn: &mut Conn,
    variants: &[NewVariant<'_>],
    review: &Review,
) -> Result<()> {
    let mut rows = Rows::new(
        "insert into content_signatures (variant_id, role, signer_id, author_id, signer_name, meaning, hash, signed_at)",
        "",
        8,
    );
    for variant in variants {
        let desks =
            review.signers.iter().map(|signer| (signer.desk.code(), signer.person, &signer.name, "approved"));
        let publisher = std::iter::once(("publisher", review.publisher.0, &review.publisher.1, "published"));
        for (role, person, name, meaning) in desks.chain(publisher) {
            rows.text(variant.id)
                .text(role)
                .text(person)
                .text(review.author)
                .text(name)
                .text(meaning)
                .text(&variant.hash)
                .at(variant.manuscript.signed_at);
        }
    }
    rows.write(conn).await
}

/// What a reader thought, in their words where they wrote some.
pub(super) struct NewRating<'a> {
    pub id: RatingId,
    pub variant: &'a Variant,
    pub person: Option<PersonId>,
    pub helpful: bool,
    pub comment_sealed: Option<Vec<u8>>,
}

pub(super) async fn insert_rating(conn: &mut Conn, new: &NewRating<'_>, now: Timestamp) -> Result<()> {
    sqlx::query(
        "insert into content_ratings (id, item_id, edition, locale, person_id, helpful, comment_sealed, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(new.id.to_string())
    .bind(&new.variant.item)
    .bind(new.variant.edition)
    .bind(new.variant.locale.tag())
    .bind(new.person.map(|person| person.to_string()))
    .bind(i64::from(new.helpful))
    .bind(new.comment_sealed.clone())
    .bind(now.0)
    .execute(conn)
    .await?;
    Ok(())
}

/// Counts that a reader opened an edition.
pub(super) async fn count_opened(conn: &mut Conn, variant: &Variant, day: Day) -> Result<()> {
    sqlx::query(
        "insert into content_reads (item_id, edition, locale, day, opened) values ($1, $2, $3, $4, 1)
         on conflict (item_id, edition, locale, day) do update set opened = content_reads.opened + 1",
    )
    .bind(&variant.item)
    .bind(variant.edition)
    .bind(variant.locale.tag())
    .bind(day.to_string())
    .execute(conn)
    .await?;
    Ok(())
}

/// How often each edition was opened since a day, and found helpful or not; most opened first.
pub(crate) async fn used(
    conn: &mut Conn,
    since: Day,
    limit: i64,
) -> Result<Vec<(String, i64, Locale, i64, i64, i64)>> {
    let rows = sqlx::query(
        "select r.item_id, r.edition, r.locale, cast(sum(r.opened) as bigint) as opened,
           (select count(*) from content_ratings g where g.item_id = r.item_id and g.edition = r.edition and g.locale = r.locale and g.helpful = 1) as helpful,
           (select count(*) from content_ratings g where g.item_id = r.item_id and g.edition = r.edition and g.locale = r.locale and g.helpful = 0) as unhelpful
         from content_reads r where r.day >= $1 group by r.item_id, r.edition, r.locale order by opened desc, r.item_id limit $2",
    )
    .bind(since.to_string())
    .bind(limit)
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            Ok((
                row.text("item_id")?,
                row.int("edition")?,
                row.parsed("locale")?,
                row.int("opened")?,
                row.int("helpful")?,
                row.int("unhelpful")?,
            ))
        })
        .collect()
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
    let row =
        sqlx::query("select body from content_variants where item_id = $1 and edition = $2 and locale = $3")
            .bind(item)
            .bind(edition)
            .bind(locale.tag())
            .fetch_optional(conn)
            .await?;
    row.map(|row| row.json("body")).transpose()
}
