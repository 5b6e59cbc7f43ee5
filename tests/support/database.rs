//! A fresh database for one test: a copy of one that holds the programs and their content, made once a run. A SQLite
//! file, or a database of its own on the PostgreSQL of `HANDRAIL_TEST_DATABASE`.

use super::TUESDAY_MORNING;
use domain::ctx::{Clock, Portal};
use domain::db::Db;
use domain::seal::Keys;
use sqlx::{Connection, Executor};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use tokio::sync::OnceCell;

pub struct Fresh {
    pub url: String,
    pub dir: PathBuf,
}

impl Drop for Fresh {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.dir);
    }
}

pub async fn fresh() -> Fresh {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    static TEMPLATE: OnceCell<String> = OnceCell::const_new();
    let name = format!("handrail_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let dir = std::env::temp_dir().join(&name);
    std::fs::create_dir_all(&dir).unwrap();
    let server = std::env::var("HANDRAIL_TEST_DATABASE").ok();
    let template = TEMPLATE.get_or_init(|| template(server.as_deref())).await;
    let url = match &server {
        Some(server) => create(server, &name, Some(template)).await,
        None => {
            let file = dir.join("test.db");
            std::fs::copy(template, &file).unwrap();
            address(&file)
        }
    };
    Fresh { url, dir }
}

/// Makes the database all others are copied from: the file it is in, or its name.
async fn template(server: Option<&str>) -> String {
    let name = format!("handrail_{}_template", std::process::id());
    let file = std::env::temp_dir().join(format!("{name}.db"));
    let url = match server {
        Some(server) => create(server, &name, None).await,
        None => {
            let _ = std::fs::remove_file(&file);
            address(&file)
        }
    };
    let db = Db::open(&url, 2).await.unwrap();
    db.migrate().await.unwrap();
    let portal =
        Portal::open(db, Keys::from_master(&[7; 32]), Clock::stopped(TUESDAY_MORNING)).await.unwrap();
    server::demo::library(&portal, TUESDAY_MORNING).await.unwrap();
    domain::imports::settle(&portal.system("tests")).await.unwrap();
    portal.db.close().await; // a copy may only be taken when nobody holds it open
    if server.is_some() { name } else { file.display().to_string() }
}

fn address(file: &Path) -> String {
    format!("sqlite:{}", file.display())
}

async fn create(server: &str, name: &str, template: Option<&str>) -> String {
    sqlx::any::install_default_drivers();
    let mut conn = sqlx::AnyConnection::connect(server).await.unwrap();
    let from = template.map(|template| format!(" template {template}")).unwrap_or_default();
    conn.execute(sqlx::query(sqlx::AssertSqlSafe(format!("create database {name}{from}")))).await.unwrap();
    let (base, query) =
        server.split_once('?').map_or((server, String::new()), |(base, query)| (base, format!("?{query}")));
    let host = base.rsplit_once('/').map_or(base, |(host, _)| host);
    format!("{host}/{name}{query}")
}
