//! Walking the chain.

use super::store;
use crate::db::Db;
use crate::error::Result;
use crate::seal::Keys;
use crate::trail;
use serde::Serialize;

/// Rows read at a time.
const BATCH: i64 = 1_000;

/// What a walk over the chain found.
#[derive(Debug, Serialize)]
pub struct Found {
    /// Rows that hold, from the first on.
    pub rows: i64,
    pub broken: Option<Broken>,
    /// The last row's number, its hash and the mark of this installation's key under both: an anchor to keep elsewhere.
    pub anchor: Option<(i64, String, String)>,
}

/// The first row that does not hold.
#[derive(Debug, Serialize)]
pub struct Broken {
    pub seq: i64,
    pub why: &'static str,
}

/// Walks the whole chain, from the first row to the head.
pub async fn verify(db: &Db, keys: &Keys) -> Result<Found> {
    let mut conn = db.read().await?;
    let (head_seq, head_hash) = store::head(&mut conn).await?;
    let (mut rows, mut hash) = (0, String::new());
    loop {
        let batch = store::after(&mut conn, rows, BATCH).await?;
        if batch.is_empty() {
            break;
        }
        for row in batch {
            let why = if row.seq != rows + 1 {
                Some("rows before it are missing")
            } else if row.previous != hash {
                Some("it does not follow the row before it")
            } else if row.hash != trail::link(&hash, row.seq, &row.entry) {
                Some("its contents are not what was written")
            } else {
                None
            };
            if let Some(why) = why {
                return Ok(Found {
                    rows,
                    broken: Some(Broken { seq: row.seq.min(rows + 1), why }),
                    anchor: None,
                });
            }
            rows = row.seq;
            hash = row.hash;
        }
    }
    // rows appended while we walked are past the head we read; a head past the last row means rows were cut off
    if rows < head_seq || (rows == head_seq && hash != head_hash) {
        return Ok(Found {
            rows,
            broken: Some(Broken { seq: rows + 1, why: "rows at the end are missing" }),
            anchor: None,
        });
    }
    let mark = keys.anchor(rows, &hash);
    Ok(Found { rows, broken: None, anchor: Some((rows, hash, mark)) })
}
