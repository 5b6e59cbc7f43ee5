//! `handrail demo`: everything in one folder, made if it is not there, then served.

use super::{Outcome, print, run, say};
use crate::adapters::files::Files;
use crate::config::{Config, Secret};
use crate::telemetry;
use clap::Args;
use domain::db::Db;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Folder for database, key, files and mail
    #[arg(long, default_value = "handrail-demo", value_name = "DIR")]
    data: PathBuf,
    #[arg(long, default_value_t = 3000)]
    port: u16,
    /// Use this PostgreSQL database instead of SQLite
    #[arg(long, value_name = "URL")]
    postgres: Option<String>,
    /// Throw away what is there and begin again
    #[arg(long)]
    fresh: bool,
    /// Stop the clock at an instant such as 2026-11-24T16:00:00Z
    #[arg(long, value_name = "INSTANT")]
    clock: Option<String>,
    /// Add so many generated cases when the demonstration is made: for measuring
    #[arg(long, value_name = "N")]
    cases: Option<usize>,
    /// Add so many generated texts to the library when the demonstration is made: for measuring
    #[arg(long, value_name = "N")]
    texts: Option<usize>,
    /// Make everything, then leave without serving
    #[arg(long)]
    prepare_only: bool,
}

pub async fn demo(args: DemoArgs) -> Outcome {
    if args.fresh && args.data.join("handrail.db").exists() {
        for name in ["handrail.db", "handrail.db-wal", "handrail.db-shm", "files", "mail"] {
            let path = args.data.join(name);
            let _ = if path.is_dir() { std::fs::remove_dir_all(&path) } else { std::fs::remove_file(&path) };
        }
    }
    let mut config = settings(&args.data, args.postgres.as_deref(), Some(args.port))?;
    config.demo.clock = args.clock.or(config.demo.clock);
    telemetry::start(&config.telemetry);
    let mut db = Db::open(config.database.url.reveal(), config.database.connections).await?;
    if args.fresh && args.postgres.is_some() && crate::demo::is_one(&db).await? {
        db.drop_everything().await?;
        db.close().await;
        db = Db::open(config.database.url.reveal(), config.database.connections).await?;
    }
    if db.pending().await? > 0 {
        say("Making the database …");
        db.migrate().await?;
    }
    let portal = run::open(&config, db).await?;
    if portal.programs.all().is_empty() {
        say("Loading two programs, their content in four languages, staff, patients and about 200 cases …");
        crate::demo::load(&portal, portal.clock.now()).await?;
        crate::demo::pictures(&portal, &Files::folder(&config.files.dir)?).await?;
        if let Some(cases) = args.cases {
            crate::demo::generate::generate(&portal, cases, 7).await?;
        }
        if let Some(texts) = args.texts {
            crate::demo::generate::texts(&portal, texts).await?;
        }
    }
    print(&crate::demo::welcome(&config.server.base_url));
    if args.prepare_only {
        return Ok(());
    }
    run::listen(portal, config).await
}

/// The settings of a demonstration that lives in a folder; makes the folder and its key. A `handrail.toml` in it, and the
/// environment, override what is set here.
pub fn settings(
    dir: &Path,
    postgres: Option<&str>,
    port: Option<u16>,
) -> Result<Config, Box<dyn std::error::Error + Send + Sync>> {
    std::fs::create_dir_all(dir)
        .map_err(|error| format!("cannot make the folder {}: {error}", dir.display()))?;
    let key = dir.join("master.key");
    if !key.exists() {
        let mut bytes = [0_u8; 32];
        rand::fill(&mut bytes);
        write_secret(&key, &hex::encode(bytes))
            .map_err(|error| format!("cannot write {}: {error}", key.display()))?;
    }
    let file = dir.join("handrail.toml");
    let mut config = Config::read(file.exists().then_some(file.as_path()), std::env::vars())?;
    let key =
        std::fs::read_to_string(&key).map_err(|error| format!("cannot read {}: {error}", key.display()))?;
    config.secrets.master_key = Some(Secret::new(key.trim()));
    if let Some(port) = port {
        config.server.bind = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        config.server.base_url = format!("http://127.0.0.1:{port}");
    }
    config.database.url = match postgres {
        Some(url) => Secret::new(url),
        None => Secret::new(format!("sqlite:{}", dir.join("handrail.db").display())),
    };
    config.files.dir = dir.join("files");
    config.safety.dir = dir.join("safety");
    if config.mail.host.is_none() {
        config.mail.folder = Some(dir.join("mail"));
        config.mail.from.get_or_insert_with(|| "support@handrail.invalid".into());
    }
    config.demo.enabled = true;
    Ok(config)
}

/// A file only its owner may read.
fn write_secret(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?
        .write_all(text.as_bytes())
}
