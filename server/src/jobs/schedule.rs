//! The timetable: everything that happens by itself, in words a nurse could read. Each job looks at tables, not at
//! arguments, and may run twice without harm.

use super::{deliver_messages, exchange_safety_reports};
use crate::state::App;
use domain::error::Result;
use std::pin::Pin;
use std::time::Duration;
use tokio::sync::watch;

type Work = fn(App) -> Pin<Box<dyn Future<Output = Result<()>> + Send>>;

pub(super) struct Entry {
    pub name: &'static str,
    pub every: Duration,
    pub work: Work,
}

const fn every(seconds: u64, name: &'static str, work: Work) -> Entry {
    Entry { name, every: Duration::from_secs(seconds), work }
}

#[rustfmt::skip]
pub(super) const TIMETABLE: &[Entry] = &[
    every(5, "send the messages that are due", |app| Box::pin(deliver_messages::run(app))),
    every(1, "notice content that another node published", |app| Box::pin(refresh_library(app))),
    every(5, "publish what is planned, take away what fell due, remind, check links", |app| Box::pin(tend_content(app))),
    every(60, "remind of safety records that are due, say that the watch lives", |app| Box::pin(watch_safety(app))),
    every(10, "lay out safety reports, read what pharmacovigilance answered", |app| Box::pin(exchange_safety_reports::run(app))),
    every(3_600, "forget how many questions were asked", |app| Box::pin(forget_questions(app))),
    every(3_600, "take away tries, steps and sessions that are over", |app| Box::pin(sweep_sessions(app))),
    every(3_600, "take away enrollment forms nobody came back to", |app| Box::pin(clear_drafts(app))),
    every(20, "end checks of documents that took too long, forget uploads nobody took up again", |app| Box::pin(end_checks(app))),
    every(60, "check documents that wait for their virus check", |app| Box::pin(check_documents(app))),
    every(3_600, "throw away files that belong to no document", |app| Box::pin(sweep_files(app))),
];

pub(super) async fn run(entry: &'static Entry, app: App, mut stopped: watch::Receiver<bool>) {
    loop {
        if let Err(error) = (entry.work)(app.clone()).await {
            tracing::error!(job = entry.name, %error, "a job failed and will be tried again");
        }
        tokio::select! {
            () = tokio::time::sleep(entry.every) => {}
            _ = stopped.wait_for(|stop| *stop) => return,
        }
    }
}

async fn refresh_library(app: App) -> Result<()> {
    app.portal.library.refresh(&app.portal.db).await?;
    Ok(())
}

async fn tend_content(app: App) -> Result<()> {
    let done = domain::editorial::tick(&app.portal.system("editorial")).await?;
    if done != domain::editorial::Ticked::default() {
        tracing::info!(?done, "content");
    }
    Ok(())
}

async fn watch_safety(app: App) -> Result<()> {
    let late = domain::safety::watch(&app.portal.system("safety watch")).await?;
    if late > 0 {
        tracing::warn!(late, "safety records are over their time");
    }
    Ok(())
}

async fn sweep_sessions(app: App) -> Result<()> {
    domain::sessions::sweep(&app.portal.system("sweep sessions")).await
}

async fn clear_drafts(app: App) -> Result<()> {
    domain::enrollments::clear_expired(&app.portal.system("clear drafts")).await?;
    Ok(())
}

async fn end_checks(app: App) -> Result<()> {
    crate::documents::expire_and_sweep(&app).await
}

async fn check_documents(app: App) -> Result<()> {
    crate::documents::check_all(&app).await
}

async fn sweep_files(app: App) -> Result<()> {
    crate::documents::sweep(&app).await
}

async fn forget_questions(app: App) -> Result<()> {
    domain::assistant::forget_counts(&app.portal.system("assistant")).await?;
    Ok(())
}
