//! A fresh database for one test: a SQLite file, or a database of its own on the PostgreSQL of `HANDRAIL_TEST_DATABASE`.

use sqlx::{Connection, Executor};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

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
    let name = format!("handrail_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let dir = std::env::temp_dir().join(&name);
    std::fs::create_dir_all(&dir).unwrap();
    let url = match std::env::var("HANDRAIL_TEST_DATABASE") {
        Ok(server) => on_postgres(&server, &name).await,
        Err(_) => format!("sqlite:{}", dir.join("test.db").display()),
    };
    Fresh { url, dir }
}

async fn on_postgres(server: &str, name: &str) -> String {
    sqlx::any::install_default_drivers();
    let mut conn = sqlx::AnyConnection::connect(server).await.unwrap();
    conn.execute(sqlx::query(sqlx::AssertSqlSafe(format!("create database {name}")))).await.unwrap();
    let (base, query) =
        server.split_once('?').map_or((server, String::new()), |(base, query)| (base, format!("?{query}")));
    let host = base.rsplit_once('/').map_or(base, |(host, _)| host);
    format!("{host}/{name}{query}")
}
