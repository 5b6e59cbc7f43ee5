//! Reviews, signatures, remarks.

use super::is_written;
use crate::content::Desk;
use crate::db::{Columns, Conn};
use crate::editorial::types::{Comment, Review, ReviewState, Signature, Waiting};
use crate::error::{Error, Result};
use crate::ids::{CommentId, PersonId, VariantId};
use crate::time::Timestamp;

pub(in crate::editorial) async fn open_review(
    conn: &mut Conn,
    id: VariantId,
    desk: Desk,
    state: ReviewState,
    opened: Option<(Timestamp, Timestamp)>,
) -> Result<()> {
    sqlx::query(
        "insert into content_reviews (variant_id, desk, state, opened_at, due_at) values ($1, $2, $3, $4, $5)
         on conflict (variant_id, desk) do update set state = excluded.state, opened_at = excluded.opened_at, due_at = excluded.due_at",
    )
    .bind(id.to_string())
    .bind(desk.code())
    .bind(state.code())
    .bind(opened.map(|(at, _)| at.0))
    .bind(opened.map(|(_, due)| due.0))
    .execute(conn)
    .await?;
    Ok(())
}

/// What a desk decided.
pub(in crate::editorial) struct Decision<'a> {
    pub desk: Desk,
    pub state: ReviewState,
    pub by: PersonId,
    pub checklist: &'a [String],
    pub reason: Option<&'a str>,
}

/// Writes down a decision; false when the desk has decided already, or is not to decide now.
pub(in crate::editorial) async fn decide(
    conn: &mut Conn,
    id: VariantId,
    decision: &Decision<'_>,
    now: Timestamp,
) -> Result<bool> {
    let update = sqlx::query(
        "update content_reviews set state = $1, decided_at = $2, reviewer_id = $3, checklist = $4, reason = $5
         where variant_id = $6 and desk = $7 and state = 'open'",
    )
    .bind(decision.state.code())
    .bind(now.0)
    .bind(decision.by.to_string())
    .bind(decision.checklist.join(","))
    .bind(decision.reason)
    .bind(id.to_string())
    .bind(decision.desk.code());
    is_written(conn, update).await
}

/// Ends the reviews of the other desks: the words will be other words.
pub(in crate::editorial) async fn cancel(conn: &mut Conn, id: VariantId) -> Result<()> {
    sqlx::query("update content_reviews set state = 'cancelled' where variant_id = $1 and state in ('open', 'waiting')")
        .bind(id.to_string())
        .execute(conn)
        .await?;
    Ok(())
}

pub(in crate::editorial) async fn reviews(conn: &mut Conn, id: VariantId) -> Result<Vec<Review>> {
    let rows = sqlx::query(
        "select r.desk, r.state, r.opened_at, r.due_at, r.decided_at, r.reviewer_id, r.checklist, r.reason, p.staff_name
         from content_reviews r left join people p on p.id = r.reviewer_id where r.variant_id = $1",
    )
    .bind(id.to_string())
    .fetch_all(conn)
    .await?;
    let mut reviews = rows
        .iter()
        .map(|row| {
            let reviewer: Option<PersonId> = row.parsed_or_null("reviewer_id")?;
            let name = row.text_or_null("staff_name")?.unwrap_or_default();
            Ok(Review {
                desk: row.parsed("desk")?,
                state: row.parsed("state")?,
                opened_at: row.at_or_null("opened_at")?,
                due_at: row.at_or_null("due_at")?,
                decided_at: row.at_or_null("decided_at")?,
                reviewer: reviewer.map(|id| (id, name)),
                checklist: row
                    .text("checklist")?
                    .split(',')
                    .filter(|tick| !tick.is_empty())
                    .map(str::to_owned)
                    .collect(),
                reason: row.text_or_null("reason")?,
            })
        })
        .collect::<Result<Vec<Review>>>()?;
    reviews.sort_by_key(|review| review.desk);
    Ok(reviews)
}

/// A signature's columns. `author` stands beside it so that the database itself refuses an author's signature.
pub(in crate::editorial) struct NewSignature<'a> {
    pub role: &'a str,
    pub signer: PersonId,
    pub author: PersonId,
    pub name: &'a str,
    pub meaning: &'a str,
    pub hash: &'a str,
}

/// Adds a signature. The database knows that a role signs once, a person signs once, and the author never.
///
/// # Errors
/// `Conflict("signed_twice")` when this person or this role has signed.
pub(in crate::editorial) async fn sign(
    conn: &mut Conn,
    id: VariantId,
    new: &NewSignature<'_>,
    now: Timestamp,
) -> Result<()> {
    let insert = sqlx::query(
        "insert into content_signatures (variant_id, role, signer_id, author_id, signer_name, meaning, hash, signed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict do nothing",
    )
    .bind(id.to_string())
    .bind(new.role)
    .bind(new.signer.to_string())
    .bind(new.author.to_string())
    .bind(new.name)
    .bind(new.meaning)
    .bind(new.hash)
    .bind(now.0);
    if is_written(conn, insert).await? { Ok(()) } else { Err(Error::Conflict("signed_twice")) }
}

pub(in crate::editorial) async fn signatures(conn: &mut Conn, id: VariantId) -> Result<Vec<Signature>> {
    let rows = sqlx::query(
        "select role, signer_id, signer_name, meaning, hash, signed_at from content_signatures
         where variant_id = $1 order by signed_at, role",
    )
    .bind(id.to_string())
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Signature {
                role: row.text("role")?,
                signer: row.parsed("signer_id")?,
                name: row.text("signer_name")?,
                meaning: row.text("meaning")?,
                hash: row.text("hash")?,
                signed_at: row.at("signed_at")?,
            })
        })
        .collect()
}

/// The roles a person holds at this moment of the transaction, whatever their session was told.
pub(in crate::editorial) async fn holds_role(
    conn: &mut Conn,
    person: PersonId,
    role: crate::actor::Role,
) -> Result<bool> {
    let held: i64 = sqlx::query_scalar("select count(*) from staff_roles where person_id = $1 and role = $2")
        .bind(person.to_string())
        .bind(role.code())
        .fetch_one(conn)
        .await?;
    Ok(held > 0)
}

pub(in crate::editorial) async fn insert_comment(
    conn: &mut Conn,
    id: CommentId,
    variant: VariantId,
    block: &str,
    text: &str,
    author: PersonId,
    now: Timestamp,
) -> Result<()> {
    sqlx::query(
        "insert into content_comments (id, variant_id, block, text, author_id, at) values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(id.to_string())
    .bind(variant.to_string())
    .bind(block)
    .bind(text)
    .bind(author.to_string())
    .bind(now.0)
    .execute(conn)
    .await?;
    Ok(())
}

/// Settles a remark; false when it was settled or is of another variant.
pub(in crate::editorial) async fn resolve(
    conn: &mut Conn,
    id: CommentId,
    variant: VariantId,
    by: PersonId,
    now: Timestamp,
) -> Result<bool> {
    let update = sqlx::query(
        "update content_comments set resolved_at = $1, resolved_by = $2 where id = $3 and variant_id = $4 and resolved_at is null",
    )
    .bind(now.0)
    .bind(by.to_string())
    .bind(id.to_string())
    .bind(variant.to_string());
    is_written(conn, update).await
}

pub(in crate::editorial) async fn comments(conn: &mut Conn, id: VariantId) -> Result<Vec<Comment>> {
    let rows = sqlx::query(
        "select c.id, c.block, c.text, c.author_id, a.staff_name as author_name, c.at, c.resolved_at, r.staff_name as resolver
         from content_comments c left join people a on a.id = c.author_id left join people r on r.id = c.resolved_by
         where c.variant_id = $1 order by c.at, c.id",
    )
    .bind(id.to_string())
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            let resolver = row.text_or_null("resolver")?.unwrap_or_default();
            Ok(Comment {
                id: row.parsed("id")?,
                block: row.text("block")?,
                text: row.text("text")?,
                author: row.parsed("author_id")?,
                author_name: row.text_or_null("author_name")?.unwrap_or_default(),
                at: row.at("at")?,
                resolved: row.at_or_null("resolved_at")?.map(|at| (at, resolver)),
            })
        })
        .collect()
}

/// The open reviews of some desks, the soonest due first.
pub(in crate::editorial) async fn waiting(
    conn: &mut Conn,
    desks: &[Desk],
    limit: i64,
) -> Result<Vec<Waiting>> {
    if desks.is_empty() {
        return Ok(Vec::new());
    }
    let listed = desks.iter().map(|desk| format!("'{}'", desk.code())).collect::<Vec<_>>().join(", ");
    let rows = sqlx::query(sqlx::AssertSqlSafe(format!(
        "select r.variant_id, r.desk, r.opened_at, r.due_at, v.title, v.edition, v.locale, i.code, i.program_id, i.kind
         from content_reviews r join content_variants v on v.id = r.variant_id join content_items i on i.id = v.item_id
         where r.state = 'open' and v.state = 'in_review' and r.desk in ({listed})
         order by r.due_at, r.variant_id limit $1"
    )))
    .bind(limit)
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Waiting {
                variant: row.parsed("variant_id")?,
                code: row.text("code")?,
                title: row.text("title")?,
                program: row.parsed("program_id")?,
                kind: row.parsed("kind")?,
                edition: row.int("edition")?,
                locale: row.parsed("locale")?,
                desk: row.parsed("desk")?,
                opened_at: row.at("opened_at")?,
                due_at: row.at("due_at")?,
            })
        })
        .collect()
}
