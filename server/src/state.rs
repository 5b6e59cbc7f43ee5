//! What every request shares.

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
    /// Set on SIGTERM: `/readyz` says no from then on.
    pub draining: Arc<AtomicBool>,
}

impl App {
    pub fn new(portal: Arc<Portal>, config: Config) -> App {
        App { portal, config: Arc::new(config), assets: Arc::new(Assets::load()), draining: Arc::default() }
    }
}
