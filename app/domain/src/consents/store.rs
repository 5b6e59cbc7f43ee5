//! The SQL of the consent ledger.

use super::types::{Channel, Consent, NewConsent, Purpose, Wording};
use crate::db::{Columns, Conn};
use crate::error::{Error, Result};
use crate::ids::{CaseId, ConsentId, PersonId};
use crate::time::Timestamp;

const COLUMNS: &str = "id, seq, case_id, person_id, purpose, channel, is_given, wording_id, wording_edition, locale, actor, how, at, expires_at";

/// Adds a row behind the last one of its purpose and channel.
///
/// # Errors
/// `Conflict` for the later of two at the same time.
pub(super) async fn insert(
    conn: &mut Conn,
    id: ConsentId,
    new: &NewConsent,
    actor: &str,
    signature_sealed: Option<Vec<u8>>,
    now: Timestamp,
) -> Result<()> {
    let added = sqlx::query(
        "insert into consents (id, seq, case_id, person_id, purpose, channel, is_given, wording_id, wording_edition, locale,
           actor, how, signature_sealed, at, expires_at)
         values ($1, (select coalesce(max(seq), 0) + 1 from consents where case_id = $2 and purpose = $4 and channel = $5),
           $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    )
    .bind(id.to_string())
    .bind(new.case.to_string())
    .bind(new.person.to_string())
    .bind(new.purpose.code())
    .bind(new.channel.code())
    .bind(i64::from(new.is_given))
    .bind(&new.wording.item)
    .bind(new.wording.edition)
    .bind(new.wording.locale.tag())
    .bind(actor)
    .bind(new.how.code())
    .bind(signature_sealed)
    .bind(now.0)
    .bind(new.expires_at.map(|at| at.0))
    .execute(conn)
    .await;
    match added {
        Err(sqlx::Error::Database(refusal)) if refusal.is_unique_violation() => {
            Err(Error::Conflict("changed"))
        }
        other => Ok(other.map(|_| ())?),
    }
}

/// Every row of a person, oldest first.
pub(super) async fn of_person(conn: &mut Conn, person: PersonId) -> Result<Vec<Consent>> {
    let sql = format!("select {COLUMNS} from consents where person_id = $1 order by at, id");
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(person.to_string()).fetch_all(conn).await?;
    rows.iter().map(consent).collect()
}

/// Every row of a person on one case, oldest first.
pub(super) async fn of_case(conn: &mut Conn, case: CaseId, person: PersonId) -> Result<Vec<Consent>> {
    let sql = format!("select {COLUMNS} from consents where case_id = $1 and person_id = $2 order by at, id");
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(case.to_string())
        .bind(person.to_string())
        .fetch_all(conn)
        .await?;
    rows.iter().map(consent).collect()
}

/// Takes the case for this transaction: whoever answers at the same moment waits.
pub(super) async fn hold(conn: &mut Conn, case: CaseId) -> Result<()> {
    sqlx::query("update cases set version = version where id = $1")
        .bind(case.to_string())
        .execute(conn)
        .await?;
    Ok(())
}

/// The latest row of a purpose and channel.
pub(super) async fn latest(
    conn: &mut Conn,
    case: CaseId,
    person: PersonId,
    purpose: Purpose,
    channel: Channel,
) -> Result<Option<Consent>> {
    let sql = format!(
        "select {COLUMNS} from consents where case_id = $1 and purpose = $2 and channel = $3 and person_id = $4
         order by seq desc limit 1"
    );
    let row = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(case.to_string())
        .bind(purpose.code())
        .bind(channel.code())
        .bind(person.to_string())
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(consent).transpose()
}

fn consent(row: &sqlx::any::AnyRow) -> Result<Consent> {
    Ok(Consent {
        id: row.parsed("id")?,
        seq: row.int("seq")?,
        case: row.parsed("case_id")?,
        person: row.parsed("person_id")?,
        purpose: row.parsed("purpose")?,
        channel: row.parsed("channel")?,
        is_given: row.flag("is_given")?,
        wording: Wording {
            item: row.text("wording_id")?,
            edition: row.int("wording_edition")?,
            locale: row.parsed("locale")?,
        },
        actor: row.text("actor")?,
        how: row.parsed("how")?,
        at: row.at("at")?,
        expires_at: row.at_or_null("expires_at")?,
    })
}
