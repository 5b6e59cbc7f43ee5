//! The SQL of the editorial room.

mod drafts;
mod library;
mod media;
mod reading;
mod reviews;
mod steps;

pub(super) use drafts::*;
pub(super) use library::*;
pub(super) use media::*;
pub(super) use reading::*;
pub(super) use reviews::*;
pub(super) use steps::*;

use crate::db::{Conn, Statement};
use crate::error::Result;
use crate::ids::VariantId;

/// Whether a statement wrote the one row it is about.
async fn is_written(conn: &mut Conn, statement: Statement<'_>) -> Result<bool> {
    Ok(statement.execute(conn).await?.rows_affected() == 1)
}

/// Updates a variant that still stands in this version: the id and the version are the last of the statement's
/// parameters. False when somebody was faster.
async fn in_version(conn: &mut Conn, update: Statement<'_>, id: VariantId, version: i64) -> Result<bool> {
    is_written(conn, update.bind(id.to_string()).bind(version)).await
}
