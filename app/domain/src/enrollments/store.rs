//! The SQL of drafts and invitations.

use crate::cases::SubStatus;
use crate::db::{Columns, Conn};
use crate::error::Result;
use crate::ids::{CaseId, DraftId, InvitationId, PersonId, ProgramId};
use crate::locale::Locale;
use crate::time::Timestamp;

/// A draft as it is kept.
pub(super) struct DraftRow {
    pub id: DraftId,
    pub answers_sealed: Vec<u8>,
    pub case: Option<CaseId>,
    pub invitation: Option<InvitationId>,
    pub submitted_at: Option<Timestamp>,
    pub expires_at: Timestamp,
    pub version: i64,
}

#[allow(clippy::too_many_arguments)] // one row
pub(super) async fn insert_draft(
    conn: &mut Conn,
    id: DraftId,
    token_hash: &str,
    program: ProgramId,
    locale: Locale,
    answers_sealed: Vec<u8>,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<()> {
    sqlx::query(
        "insert into drafts (id, token_hash, program_id, locale, answers_sealed, created_at, updated_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $6, $7)",
    )
    .bind(id.to_string())
    .bind(token_hash)
    .bind(program.to_string())
    .bind(locale.tag())
    .bind(answers_sealed)
    .bind(now.0)
    .bind(expires_at.0)
    .execute(conn)
    .await?;
    Ok(())
}

/// The draft of a token in a program, if it is not too old.
pub(super) async fn find_draft(
    conn: &mut Conn,
    token_hash: &str,
    program: ProgramId,
    now: Timestamp,
) -> Result<Option<DraftRow>> {
    let row = sqlx::query(
        "select id, answers_sealed, case_id, invitation_id, submitted_at, expires_at, version
         from drafts where token_hash = $1 and program_id = $2 and expires_at > $3",
    )
    .bind(token_hash)
    .bind(program.to_string())
    .bind(now.0)
    .fetch_optional(conn)
    .await?;
    row.as_ref().map(draft).transpose()
}

/// As `find_draft`, and nobody else may change it until the transaction ends.
pub(super) async fn lock_draft(
    conn: &mut Conn,
    token_hash: &str,
    program: ProgramId,
    now: Timestamp,
) -> Result<Option<DraftRow>> {
    let row = sqlx::query(
        "update drafts set updated_at = updated_at where token_hash = $1 and program_id = $2 and expires_at > $3
         returning id, answers_sealed, case_id, invitation_id, submitted_at, expires_at, version",
    )
    .bind(token_hash)
    .bind(program.to_string())
    .bind(now.0)
    .fetch_optional(conn)
    .await?;
    row.as_ref().map(draft).transpose()
}

fn draft(row: &sqlx::any::AnyRow) -> Result<DraftRow> {
    Ok(DraftRow {
        id: row.parsed("id")?,
        answers_sealed: row.blob("answers_sealed")?,
        case: row.parsed_or_null("case_id")?,
        invitation: row.parsed_or_null("invitation_id")?,
        submitted_at: row.at_or_null("submitted_at")?,
        expires_at: row.at("expires_at")?,
        version: row.int("version")?,
    })
}

/// Saves the answers of a locked draft; it lives on from now.
pub(super) async fn save_draft(
    conn: &mut Conn,
    id: DraftId,
    locale: Locale,
    answers_sealed: Vec<u8>,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<()> {
    sqlx::query(
        "update drafts set answers_sealed = $1, locale = $2, updated_at = $3, expires_at = $4, version = version + 1
         where id = $5",
    )
    .bind(answers_sealed)
    .bind(locale.tag())
    .bind(now.0)
    .bind(expires_at.0)
    .bind(id.to_string())
    .execute(conn)
    .await?;
    Ok(())
}

/// The draft became a case: its answers are kept there now, and no longer here.
#[allow(clippy::too_many_arguments)] // one row
pub(super) async fn close_draft(
    conn: &mut Conn,
    id: DraftId,
    case: CaseId,
    invitation: Option<InvitationId>,
    answers_sealed: Vec<u8>,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<()> {
    sqlx::query(
        "update drafts set case_id = $1, invitation_id = $2, answers_sealed = $3, submitted_at = $4, updated_at = $4,
           expires_at = $5, version = version + 1
         where id = $6",
    )
    .bind(case.to_string())
    .bind(invitation.map(|id| id.to_string()))
    .bind(answers_sealed)
    .bind(now.0)
    .bind(expires_at.0)
    .bind(id.to_string())
    .execute(conn)
    .await?;
    Ok(())
}

/// Takes away a draft that was not submitted.
pub(super) async fn delete_draft(conn: &mut Conn, token_hash: &str, program: ProgramId) -> Result<()> {
    sqlx::query("delete from drafts where token_hash = $1 and program_id = $2 and case_id is null")
        .bind(token_hash)
        .bind(program.to_string())
        .execute(conn)
        .await?;
    Ok(())
}

/// Takes away drafts that are too old. Returns how many.
pub(super) async fn delete_expired(conn: &mut Conn, now: Timestamp) -> Result<u64> {
    let gone = sqlx::query("delete from drafts where expires_at <= $1").bind(now.0).execute(conn).await?;
    Ok(gone.rows_affected())
}

/// An invitation as it is kept.
pub(super) struct InvitationRow {
    pub id: InvitationId,
    pub case: CaseId,
    pub person: PersonId,
    pub program: ProgramId,
    pub expires_at: Timestamp,
    pub tries: i64,
    pub proof_hash: Option<String>,
    pub proved_at: Option<Timestamp>,
    pub answers_sealed: Option<Vec<u8>>,
    pub used_at: Option<Timestamp>,
}

pub(super) async fn insert_invitation(
    conn: &mut Conn,
    id: InvitationId,
    token_hash: &str,
    case: CaseId,
    person: PersonId,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<()> {
    sqlx::query(
        "insert into invitations (id, token_hash, case_id, person_id, created_at, expires_at) values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(id.to_string())
    .bind(token_hash)
    .bind(case.to_string())
    .bind(person.to_string())
    .bind(now.0)
    .bind(expires_at.0)
    .execute(conn)
    .await?;
    Ok(())
}

/// Ends the invitations of a case that were not used.
pub(super) async fn close_invitations(conn: &mut Conn, case: CaseId, now: Timestamp) -> Result<()> {
    sqlx::query(
        "update invitations set expires_at = $1 where case_id = $2 and used_at is null and expires_at > $1",
    )
    .bind(now.0)
    .bind(case.to_string())
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn find_invitation(conn: &mut Conn, token_hash: &str) -> Result<Option<InvitationRow>> {
    let row = sqlx::query(
        "select i.id, i.case_id, i.person_id, i.expires_at, i.tries, i.proof_hash, i.proved_at, i.answers_sealed, i.used_at,
           c.program_id
         from invitations i join cases c on c.id = i.case_id where i.token_hash = $1",
    )
    .bind(token_hash)
    .fetch_optional(conn)
    .await?;
    row.map(|row| {
        Ok(InvitationRow {
            id: row.parsed("id")?,
            case: row.parsed("case_id")?,
            person: row.parsed("person_id")?,
            program: row.parsed("program_id")?,
            expires_at: row.at("expires_at")?,
            tries: row.int("tries")?,
            proof_hash: row.text_or_null("proof_hash")?,
            proved_at: row.at_or_null("proved_at")?,
            answers_sealed: row.blob_or_null("answers_sealed")?,
            used_at: row.at_or_null("used_at")?,
        })
    })
    .transpose()
}

/// When an invitation was used, by its id.
pub(super) async fn invitation_times(
    conn: &mut Conn,
    id: InvitationId,
) -> Result<Option<(Timestamp, Option<Timestamp>)>> {
    let row = sqlx::query("select expires_at, used_at from invitations where id = $1")
        .bind(id.to_string())
        .fetch_optional(conn)
        .await?;
    row.map(|row| Ok((row.at("expires_at")?, row.at_or_null("used_at")?))).transpose()
}

/// Takes one of the tries of an invitation that still has some. Returns how many were taken.
pub(super) async fn take_try(
    conn: &mut Conn,
    id: InvitationId,
    most: i64,
    now: Timestamp,
) -> Result<Option<i64>> {
    Ok(sqlx::query_scalar(
        "update invitations set tries = tries + 1
         where id = $1 and tries < $2 and expires_at > $3 and used_at is null returning tries",
    )
    .bind(id.to_string())
    .bind(most)
    .bind(now.0)
    .fetch_optional(conn)
    .await?)
}

/// The date of birth was right: this browser goes on, any other stops.
pub(super) async fn save_proof(
    conn: &mut Conn,
    id: InvitationId,
    proof_hash: &str,
    now: Timestamp,
) -> Result<()> {
    sqlx::query("update invitations set tries = 0, proof_hash = $1, proved_at = $2 where id = $3")
        .bind(proof_hash)
        .bind(now.0)
        .bind(id.to_string())
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn save_invitation_answers(
    conn: &mut Conn,
    id: InvitationId,
    answers_sealed: Vec<u8>,
) -> Result<()> {
    sqlx::query("update invitations set answers_sealed = $1 where id = $2 and used_at is null")
        .bind(answers_sealed)
        .bind(id.to_string())
        .execute(conn)
        .await?;
    Ok(())
}

/// Uses an invitation up. Returns whether it was still unused.
pub(super) async fn use_invitation(conn: &mut Conn, id: InvitationId, now: Timestamp) -> Result<bool> {
    let used = sqlx::query(
        "update invitations set used_at = $1, answers_sealed = null where id = $2 and used_at is null",
    )
    .bind(now.0)
    .bind(id.to_string())
    .execute(conn)
    .await?;
    Ok(used.rows_affected() == 1)
}

/// A sign-in is made from a used invitation. Returns whether none was before.
pub(super) async fn claim_invitation(
    conn: &mut Conn,
    id: InvitationId,
    answers_sealed: Vec<u8>,
) -> Result<bool> {
    let claimed = sqlx::query(
        "update invitations set answers_sealed = $1 where id = $2 and used_at is not null and answers_sealed is null",
    )
    .bind(answers_sealed)
    .bind(id.to_string())
    .execute(conn)
    .await?;
    Ok(claimed.rows_affected() == 1)
}

/// What a confirmation shows of a case.
pub(super) struct Confirmed {
    pub number: String,
    pub person: PersonId,
    pub locale: Locale,
    pub sub_status: SubStatus,
    pub opened_at: Timestamp,
    pub first_response_due: Timestamp,
    pub has_account: bool,
}

pub(super) async fn confirmed(conn: &mut Conn, case: CaseId) -> Result<Confirmed> {
    let row = sqlx::query(
        "select c.number, c.person_id, c.locale, c.sub_status, c.opened_at, c.first_response_due,
           (select count(*) from accounts a where a.person_id = c.person_id) as accounts
         from cases c where c.id = $1",
    )
    .bind(case.to_string())
    .fetch_one(conn)
    .await?;
    Ok(Confirmed {
        number: row.text("number")?,
        person: row.parsed("person_id")?,
        locale: row.parsed("locale")?,
        sub_status: row.parsed("sub_status")?,
        opened_at: row.at("opened_at")?,
        first_response_due: row.at("first_response_due")?,
        has_account: row.int("accounts")? > 0,
    })
}
