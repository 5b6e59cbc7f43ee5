//! What every request shares.

use crate::adapters::mail::Mailer;
use crate::config::Config;
use crate::http::assets::Assets;
use domain::ctx::Portal;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Cheap to copy: everything is behind a reference count.
#[derive(Clone)]
pub struct App {
    pub portal: Arc<Portal>,
    pub config: Arc<Config>,
    pub assets: Arc<Assets>,
    pub mailer: Arc<Mailer>,
    /// Set on SIGTERM: `/readyz` says no from then on.
    pub draining: Arc<AtomicBool>,
}

impl App {
    /// # Errors
    /// When a provider's settings cannot be used, in words for whoever set them.
    pub fn new(portal: Arc<Portal>, config: Config) -> Result<App, String> {
        Ok(App {
            portal,
            mailer: Arc::new(Mailer::open(&config.mail)?),
            config: Arc::new(config),
            assets: Arc::new(Assets::load()),
            draining: Arc::default(),
        })
    }
}
