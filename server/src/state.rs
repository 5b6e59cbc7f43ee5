//! What every request shares.

use crate::adapters::files::Files;
use crate::adapters::mail::Mailer;
use crate::adapters::scanner::Scanner;
use crate::config::Config;
use crate::documents::Decoder;
use crate::http::assets::Assets;
use crate::http::files::Uploading;
use domain::ctx::Portal;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

/// Cheap to copy: everything is behind a reference count.
#[derive(Clone)]
pub struct App {
    pub portal: Arc<Portal>,
    pub config: Arc<Config>,
    pub assets: Arc<Assets>,
    pub mailer: Arc<Mailer>,
    pub files: Files,
    pub scanner: Scanner,
    pub decoder: Decoder,
    pub uploading: Uploading,
    /// Set on SIGTERM: `/readyz` says no from then on.
    pub draining: Arc<AtomicBool>,
}

impl App {
    /// # Errors
    /// When a provider's settings cannot be used, in words for whoever set them.
    pub fn new(portal: Arc<Portal>, config: Config) -> Result<App, String> {
        let patience = Duration::from_secs(config.antivirus.timeout_seconds);
        Ok(App {
            portal,
            mailer: Arc::new(Mailer::open(&config.mail)?),
            files: Files::folder(&config.files.dir)
                .map_err(|_| format!("`files.dir` cannot be written: {}", config.files.dir.display()))?,
            scanner: Scanner::at(config.antivirus.clamd.as_deref(), patience),
            decoder: Decoder::default(),
            uploading: Uploading::default(),
            config: Arc::new(config),
            assets: Arc::new(Assets::load()),
            draining: Arc::default(),
        })
    }
}
