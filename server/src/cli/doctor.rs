//! `handrail doctor`: looks at everything the portal depends on, and says what to mend.

use super::{Outcome, print};
use crate::config::Config;
use domain::db::{Db, Kind};
use std::time::Duration;
use tokio::net::{TcpStream, UnixStream};
use tokio::time::timeout;

const PATIENCE: Duration = Duration::from_secs(5);

pub async fn doctor(config: Config) -> Outcome {
    let mut ills = 0;
    let mut report = |what: &str, finding: Result<String, String>| match finding {
        Ok(well) => print(&format!("ok    {what}: {well}")),
        Err(ill) => {
            ills += 1;
            print(&format!("mend  {what}: {ill}"));
        }
    };
    report(
        "secrets",
        config.secrets.master().map(|_| "the master key is there".into()).map_err(|error| error.to_string()),
    );
    report("database", database(&config).await);
    report("files", files(&config));
    report("mail", mail(&config).await);
    report("antivirus", antivirus(&config).await);
    if ills > 0 { Err(format!("{ills} to mend").into()) } else { Ok(()) }
}

async fn database(config: &Config) -> Result<String, String> {
    let db = Db::open(config.database.url.reveal(), 1)
        .await
        .map_err(|error| format!("it does not answer ({error}); check `database.url`"))?;
    match db.pending().await.map_err(|error| error.to_string())? {
        0 => Ok(match db.kind {
            Kind::Sqlite => "SQLite, up to date".into(),
            Kind::Postgres => "PostgreSQL, up to date".into(),
        }),
        count => Err(format!("{count} migrations are pending: run `handrail migrate`")),
    }
}

fn files(config: &Config) -> Result<String, String> {
    let dir = &config.files.dir;
    std::fs::create_dir_all(dir).map_err(|error| format!("cannot make {}: {error}", dir.display()))?;
    let probe = dir.join(".probe");
    std::fs::write(&probe, b"probe")
        .map_err(|error| format!("cannot write to {}: {error}", dir.display()))?;
    let _ = std::fs::remove_file(probe);
    Ok(format!("{} can be written", dir.display()))
}

async fn mail(config: &Config) -> Result<String, String> {
    let Some(host) = &config.mail.host else {
        return match &config.mail.folder {
            Some(folder) => Ok(format!("written to {} (demonstration only)", folder.display())),
            None => {
                Err("no server is set: messages are planned but not sent; set `mail.host` and `mail.from`"
                    .into())
            }
        };
    };
    match timeout(PATIENCE, TcpStream::connect((host.as_str(), config.mail.port))).await {
        Ok(Ok(_)) => Ok(format!("{host}:{} answers", config.mail.port)),
        _ => Err(format!("{host}:{} does not answer; check `mail.host` and `mail.port`", config.mail.port)),
    }
}

async fn antivirus(config: &Config) -> Result<String, String> {
    let Some(address) = &config.antivirus.clamd else {
        return Ok("none is set: documents are not scanned, and staff are told so".into());
    };
    let reached = if address.starts_with('/') {
        matches!(timeout(PATIENCE, UnixStream::connect(address)).await, Ok(Ok(_)))
    } else {
        matches!(timeout(PATIENCE, TcpStream::connect(address.as_str())).await, Ok(Ok(_)))
    };
    if reached {
        Ok(format!("clamd answers at {address}"))
    } else {
        Err(format!(
            "clamd does not answer at {address}; documents stay in checking and fail after 15 minutes"
        ))
    }
}
