//! The log: one line a request and one a fault, fields searchable, never personal data.

use crate::config::Telemetry;
use tracing_subscriber::EnvFilter;

/// Starts logging to standard error. A second call changes nothing.
pub fn start(settings: &Telemetry) {
    let filter = EnvFilter::try_new(&settings.level).unwrap_or_else(|_| EnvFilter::new("info"));
    let log =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false);
    let _ = if settings.json { log.json().try_init() } else { log.try_init() };
}
