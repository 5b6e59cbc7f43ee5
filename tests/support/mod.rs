//! A whole portal for one test: fresh database, stopped clock, real HTTP.

pub mod accounts;
pub mod authenticator;
mod browser;
pub mod cases;
pub mod clamd;
mod database;
pub mod enrolling;
pub mod pictures;
mod smtp;

pub use browser::{Browser, Page};
pub use smtp::Smtp;

use domain::ctx::{Clock, Portal};
use domain::db::Db;
use domain::seal::Keys;
use domain::time::Timestamp;
use server::config::{Config, Secret};
use server::state::App;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::net::TcpListener;

/// Tuesday 2026-11-24, 10:00 in Chicago: business hours.
pub const TUESDAY_MORNING: Timestamp = Timestamp(1_795_536_000_000);

/// One portal with its own database and folder; gone when dropped.
pub struct TestPortal {
    pub app: App,
    pub address: SocketAddr,
    pub dir: PathBuf,
    _database: database::Fresh,
}

/// The portal with both programs and their content, but no cases.
pub async fn portal() -> TestPortal {
    portal_with(|_| {}).await
}

/// The same, with other settings.
pub async fn portal_with(change: impl FnOnce(&mut Config)) -> TestPortal {
    let database = database::fresh().await;
    let dir = database.dir.clone();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let mut config = Config::default();
    config.server.bind = address;
    config.server.base_url = format!("http://{address}");
    config.secrets.master_key = Some(Secret::new("07".repeat(32)));
    config.files.dir = dir.join("files");
    config.safety.dir = dir.join("safety");
    config.mail.folder = Some(dir.join("mail"));
    config.mail.from = Some("support@handrail.invalid".into());
    config.demo.enabled = true;
    change(&mut config);
    let db = Db::open(&database.url, 4).await.unwrap();
    db.migrate().await.unwrap();
    let portal =
        Portal::open(db, Keys::from_master(&[7; 32]), Clock::stopped(TUESDAY_MORNING)).await.unwrap();
    let app = App::new(portal, config).unwrap();
    let service = server::sitemap::routes(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
    TestPortal { app, address, dir, _database: database }
}

impl TestPortal {
    pub fn portal(&self) -> &Arc<Portal> {
        &self.app.portal
    }

    /// Somebody with a browser of their own, not signed in.
    pub fn visitor(&self) -> Browser {
        Browser::new(self.address)
    }

    /// Moves the clock on.
    pub fn wait(&self, millis: i64) {
        let clock = &self.app.portal.clock;
        clock.set(clock.now().plus(millis));
    }

    /// Everything that happens by itself, until nothing is left to do.
    pub async fn settle(&self) {
        server::jobs::run_all(&self.app).await.unwrap();
    }
}
