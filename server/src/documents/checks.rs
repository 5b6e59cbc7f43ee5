//! The virus check of each document: soon after it came, again every minute, and at an end after fifteen.

use super::{incoming, intake};
use crate::adapters::scanner::Verdict;
use crate::state::App;
use domain::documents::{self, Checking, Failure, Settled};
use domain::error::{Error, Result};
use domain::ids::DocumentId;
use domain::time::{DAY, HOUR};
use sha2::{Digest, Sha256};
use std::time::Duration;
use tokio::time::timeout;

/// So long an answer waits for the check, because most checks take less.
const PATIENCE: Duration = Duration::from_secs(2);

/// Checks a document at once. Most checks end before the answer to whoever sent it; those that do not go on without it,
/// and the timetable tries again what did not work.
pub(super) async fn soon(app: &App, id: DocumentId) {
    if app.scanner.is_off() {
        return;
    }
    let app = app.clone();
    let check = tokio::spawn(async move {
        let ctx = app.portal.system("check_documents");
        let waiting = match documents::to_check(&ctx).await {
            Ok(waiting) => waiting.into_iter().find(|checking| checking.id == id),
            Err(_) => None,
        };
        if let Some(checking) = waiting
            && let Err(error) = check(&app, &checking).await
        {
            tracing::warn!(%error, "a document is checked later");
        }
    });
    let _ = timeout(PATIENCE, check).await;
}

/// Checks every document that waits.
pub async fn check_all(app: &App) -> Result<()> {
    let ctx = app.portal.system("check_documents");
    for checking in documents::to_check(&ctx).await? {
        // a scanner that is down fails them all: the clock of each decides, not this round
        if !check(app, &checking).await? {
            break;
        }
    }
    Ok(())
}

/// Checks one document. False when the scanner gave no answer.
async fn check(app: &App, checking: &Checking) -> Result<bool> {
    let ctx = app.portal.system("check_documents");
    let verdict = match read(app, checking).await {
        Ok(files) => verdict(app, &files).await,
        Err(Error::Unavailable(what)) => return Err(Error::Unavailable(what)),
        Err(error) => {
            // its bytes are gone or bent: the person must send it again
            tracing::error!(%error, "a document's file cannot be read");
            let settled = documents::fail(&ctx, checking.id, Failure::NotChecked).await?;
            delete(app, settled).await;
            return Ok(true);
        }
    };
    let settled = match verdict {
        Verdict::Clean => documents::checked(&ctx, checking.id).await?,
        Verdict::Infected => documents::fail(&ctx, checking.id, Failure::Infected).await?,
        Verdict::Unknown => return Ok(false),
    };
    delete(app, settled).await;
    Ok(true)
}

/// What was sent, and what was made of it.
async fn read(app: &App, checking: &Checking) -> Result<Vec<Vec<u8>>> {
    let mut found = Vec::new();
    if let Some(original) = &checking.original_key {
        let sealed = app.files.get(original).await?;
        found.push(checking.key.open_bytes(&documents::original_place(checking.id), &sealed)?);
    }
    let sealed = app.files.get(&checking.store_key).await?;
    if hex::encode(Sha256::digest(&sealed)) != checking.digest {
        return Err(Error::internal("a file is not the one that was stored"));
    }
    found.push(checking.key.open_bytes(&documents::file_place(checking.id), &sealed)?);
    Ok(found)
}

async fn verdict(app: &App, files: &[Vec<u8>]) -> Verdict {
    for bytes in files {
        match app.scanner.scan(bytes).await {
            Verdict::Clean => {}
            other => return other,
        }
    }
    Verdict::Clean
}

/// Ends checks that took too long, and throws away what nobody needs any longer.
pub async fn expire_and_sweep(app: &App) -> Result<()> {
    let ctx = app.portal.system("check_documents");
    delete(app, documents::expire_checks(&ctx).await?).await;
    for upload in documents::expired_uploads(&ctx).await? {
        incoming::discard(&app.files, upload).await;
        documents::clean_up(&ctx, upload).await?;
    }
    Ok(())
}

/// Files a crash left behind: blocks older than two days, and files of no document older than an hour.
pub async fn sweep(app: &App) -> Result<()> {
    let ctx = app.portal.system("sweep_files");
    #[allow(clippy::disallowed_methods)] // the store's files carry the wall clock's time, not the portal's
    let now = jiff::Timestamp::now().as_millisecond();
    for file in app.files.list(incoming::FOLDER).await? {
        if now - file.changed_at > 2 * DAY {
            app.files.delete(&file.key).await?;
        }
    }
    for folder in ["originals", "documents"] {
        for file in app.files.list(folder).await? {
            if now - file.changed_at > HOUR && !documents::is_kept(&ctx, &file.key).await? {
                app.files.delete(&file.key).await?;
            }
        }
    }
    Ok(())
}

async fn delete(app: &App, settled: Settled) {
    intake::delete(app, settled.delete).await;
}
