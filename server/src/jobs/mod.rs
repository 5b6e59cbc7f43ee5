//! What happens by itself: a dispatcher that lets events have their consequences, and the timetable.

mod deliver_messages;
mod dispatch;
mod exchange_safety_reports;
mod schedule;

use crate::state::App;
use tokio::sync::watch;
use tokio::task::JoinSet;

/// The running jobs.
pub struct Jobs {
    stop: watch::Sender<bool>,
    running: JoinSet<()>,
}

impl Jobs {
    /// Lets each job finish the row it is at.
    pub async fn stop(mut self) {
        let _ = self.stop.send(true);
        while self.running.join_next().await.is_some() {}
    }
}

/// Starts the dispatcher and every job of the timetable.
pub fn start(app: &App) -> Jobs {
    let (stop, stopped) = watch::channel(false);
    let mut running = JoinSet::new();
    running.spawn(dispatch::run(app.clone(), stopped.clone()));
    for entry in schedule::TIMETABLE {
        running.spawn(schedule::run(entry, app.clone(), stopped.clone()));
    }
    Jobs { stop, running }
}

/// Does everything that is due now, once, in order: for tests, whose clock stands still.
pub async fn run_all(app: &App) -> domain::error::Result<()> {
    for _ in 0..20 {
        if domain::reactions::dispatch(&app.portal).await? == 0 {
            break;
        }
    }
    for entry in schedule::TIMETABLE {
        (entry.work)(app.clone()).await?;
    }
    domain::reactions::dispatch(&app.portal).await?;
    Ok(())
}
