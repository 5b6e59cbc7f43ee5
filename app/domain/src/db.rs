//! The pool, transactions and migrations. One SQL text serves SQLite and PostgreSQL through sqlx's `Any`;
//! what differs stands here behind one name.

use crate::error::{Error, Result};
use crate::time::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::any::{AnyPoolOptions, AnyRow};
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{Any, AnyPool, Executor, Row};
use std::borrow::Cow;
use std::str::FromStr;
use std::time::Duration;

mod rows;
pub use rows::Rows;

/// A connection, as every `store` function takes it.
pub type Conn = sqlx::AnyConnection;

/// A statement on its way: its text, and what is bound so far.
pub type Statement<'q> = sqlx::query::Query<'q, Any, sqlx::any::AnyArguments>;

/// Which database stands behind the pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
}

#[derive(Debug, Clone)]
pub struct Db {
    pool: AnyPool,
    pub kind: Kind,
}

/// Every migration, in order; `migrations/README.md` says what portable means.
const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, "people", include_str!("../../../migrations/0001_people.sql")),
    (2, "accounts", include_str!("../../../migrations/0002_accounts.sql")),
    (3, "programs", include_str!("../../../migrations/0003_programs.sql")),
    (4, "content", include_str!("../../../migrations/0004_content.sql")),
    (5, "cases", include_str!("../../../migrations/0005_cases.sql")),
    (6, "enrollments", include_str!("../../../migrations/0006_enrollments.sql")),
    (7, "consents", include_str!("../../../migrations/0007_consents.sql")),
    (8, "documents", include_str!("../../../migrations/0008_documents.sql")),
    (9, "safety", include_str!("../../../migrations/0009_safety.sql")),
    (10, "assistant", include_str!("../../../migrations/0010_assistant.sql")),
    (11, "messages", include_str!("../../../migrations/0011_messages.sql")),
    (12, "tasks", include_str!("../../../migrations/0012_tasks.sql")),
    (13, "trail", include_str!("../../../migrations/0013_trail.sql")),
    (14, "editorial", include_str!("../../../migrations/0014_editorial.sql")),
    (15, "safety_desk", include_str!("../../../migrations/0015_safety_desk.sql")),
    (16, "questions", include_str!("../../../migrations/0016_questions.sql")),
];

impl Db {
    /// Opens a pool. `url` is `sqlite:<file>` or `postgres://…`; a SQLite file is made when it is not there.
    ///
    /// # Errors
    /// `Unavailable` when the database does not answer, `Internal` when the address is of neither kind.
    pub async fn open(url: &str, connections: u32) -> Result<Db> {
        sqlx::any::install_default_drivers();
        let kind = match url.split(':').next() {
            Some("sqlite") => Kind::Sqlite,
            Some("postgres" | "postgresql") => Kind::Postgres,
            _ => return Err(Error::internal("a database address starts with sqlite: or postgres:")),
        };
        let url = match kind {
            Kind::Sqlite if !url.contains("mode=") => {
                Cow::Owned(format!("{url}{}mode=rwc", if url.contains('?') { "&" } else { "?" }))
            }
            _ => Cow::Borrowed(url),
        };
        let pool = AnyPoolOptions::new()
            .max_connections(connections)
            .min_connections(1)
            .acquire_timeout(Duration::from_secs(10))
            .test_before_acquire(false)
            .after_connect(move |conn, _| {
                Box::pin(async move {
                    if kind == Kind::Sqlite {
                        // busy_timeout first: switching to WAL may itself have to wait
                        for pragma in [
                            "pragma busy_timeout = 10000",
                            "pragma journal_mode = wal",
                            "pragma synchronous = full",
                            "pragma foreign_keys = on",
                            "pragma cache_size = -8000",
                            "pragma temp_store = memory",
                        ] {
                            conn.execute(pragma).await?;
                        }
                    } else {
                        conn.execute("set statement_timeout = 15000").await?;
                    }
                    Ok(())
                })
            })
            .connect(&url)
            .await?;
        Ok(Db { pool, kind })
    }

    /// Applies what is missing. Run twice it does nothing; a database newer than this program is refused.
    pub async fn migrate(&self) -> Result<()> {
        self.migrator().run(&self.pool).await.map_err(|error| Error::internal(format!("migration: {error}")))
    }

    /// Whether nothing was ever made in it.
    pub async fn is_empty(&self) -> Result<bool> {
        let text = match self.kind {
            Kind::Sqlite => "select count(*) from sqlite_schema",
            Kind::Postgres => "select count(*) from pg_tables where schemaname = 'public'",
        };
        let tables: i64 = sqlx::query_scalar(text).fetch_one(&mut *self.read().await?).await?;
        Ok(tables == 0)
    }

    /// How many migrations are not applied yet.
    pub async fn pending(&self) -> Result<usize> {
        let applied: i64 = match sqlx::query_scalar("select count(*) from _sqlx_migrations where success")
            .fetch_one(&self.pool)
            .await
        {
            Ok(count) => count,
            Err(sqlx::Error::Database(_)) => 0,
            Err(error) => return Err(error.into()),
        };
        Ok(MIGRATIONS.len().saturating_sub(usize::try_from(applied).unwrap_or(0)))
    }

    /// Throws every table away. For demonstrations alone; whoever calls it has made sure that it is one.
    ///
    /// # Errors
    /// `Internal` on SQLite, whose database is a file to be deleted.
    pub async fn drop_everything(&self) -> Result<()> {
        if self.kind == Kind::Sqlite {
            return Err(Error::internal("a SQLite database is emptied by deleting its file"));
        }
        let mut conn = self.read().await?;
        for statement in ["drop schema public cascade", "create schema public"] {
            conn.execute(statement).await?;
        }
        Ok(())
    }

    fn migrator(&self) -> Migrator {
        let migrations = MIGRATIONS.iter().map(|(version, name, sql)| {
            let sql = match self.kind {
                Kind::Sqlite => Cow::Borrowed(*sql),
                Kind::Postgres => Cow::Owned(sql.replace(" blob", " bytea")),
            };
            Migration::new(
                *version,
                Cow::Borrowed(*name),
                MigrationType::Simple,
                sqlx::AssertSqlSafe(sql.into_owned()).into_sql_str(),
                false,
            )
        });
        Migrator::with_migrations(migrations.collect())
    }

    /// A connection for reading.
    pub async fn read(&self) -> Result<sqlx::pool::PoolConnection<Any>> {
        Ok(self.pool.acquire().await?)
    }

    /// A transaction that will write. On SQLite it takes the write lock at once: a transaction that reads first
    /// and writes later fails under load whatever the timeout.
    pub async fn begin(&self) -> Result<sqlx::Transaction<'static, Any>> {
        match self.kind {
            Kind::Sqlite => Ok(self.pool.begin_with("begin immediate").await?),
            Kind::Postgres => Ok(self.pool.begin().await?),
        }
    }

    /// Waits for running statements and closes every connection.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

use sqlx::SqlSafeStr;

/// A value as a column of JSON keeps it.
pub fn json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::internal(format!("JSON to be stored: {error}")))
}

/// Reading columns by name, with our types.
pub trait Columns {
    fn text(&self, column: &str) -> Result<String>;
    fn text_or_null(&self, column: &str) -> Result<Option<String>>;
    fn int(&self, column: &str) -> Result<i64>;
    fn int_or_null(&self, column: &str) -> Result<Option<i64>>;
    fn blob(&self, column: &str) -> Result<Vec<u8>>;
    fn blob_or_null(&self, column: &str) -> Result<Option<Vec<u8>>>;

    fn flag(&self, column: &str) -> Result<bool> {
        Ok(self.int(column)? != 0)
    }

    fn at(&self, column: &str) -> Result<Timestamp> {
        Ok(Timestamp(self.int(column)?))
    }

    fn at_or_null(&self, column: &str) -> Result<Option<Timestamp>> {
        Ok(self.int_or_null(column)?.map(Timestamp))
    }

    /// A column that holds an id, a state or another value with a text form.
    fn parsed<T: FromStr>(&self, column: &str) -> Result<T> {
        self.text(column)?
            .parse()
            .map_err(|_| Error::internal(format!("column {column} holds an unknown value")))
    }

    fn parsed_or_null<T: FromStr>(&self, column: &str) -> Result<Option<T>> {
        self.text_or_null(column)?
            .map(|text| {
                text.parse().map_err(|_| Error::internal(format!("column {column} holds an unknown value")))
            })
            .transpose()
    }

    /// A column that holds JSON. What is wrong with it may quote it, so only the place is told.
    fn json<T: DeserializeOwned>(&self, column: &str) -> Result<T> {
        serde_json::from_str(&self.text(column)?).map_err(|error| {
            let place = format!("{}:{}", error.line(), error.column());
            Error::internal(format!("column {column} holds unknown JSON at {place}"))
        })
    }
}

impl Columns for AnyRow {
    fn text(&self, column: &str) -> Result<String> {
        Ok(self.try_get(column)?)
    }
    fn text_or_null(&self, column: &str) -> Result<Option<String>> {
        Ok(self.try_get(column)?)
    }
    fn int(&self, column: &str) -> Result<i64> {
        Ok(self.try_get(column)?)
    }
    fn int_or_null(&self, column: &str) -> Result<Option<i64>> {
        Ok(self.try_get(column)?)
    }
    fn blob(&self, column: &str) -> Result<Vec<u8>> {
        Ok(self.try_get(column)?)
    }
    fn blob_or_null(&self, column: &str) -> Result<Option<Vec<u8>>> {
        Ok(self.try_get(column)?)
    }
}
