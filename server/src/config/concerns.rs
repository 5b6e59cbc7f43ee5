//! One struct per concern. A field's comment says what it is for; its place says its name.

use domain::safety::Destination;
use serde::{Deserialize, Serialize, Serializer};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

/// A value that is used but never printed.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    pub fn new(value: impl Into<String>) -> Secret {
        Secret(value.into())
    }

    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("(withheld)")
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str("(withheld)")
    }
}

/// `[server]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Server {
    /// Address and port to listen on.
    pub bind: SocketAddr,
    /// The portal's own address, as people's browsers see it; links in mail begin with it.
    pub base_url: String,
    /// Addresses of proxies whose `X-Forwarded-For` is believed. None by default.
    pub trusted_proxies: Vec<IpAddr>,
    /// Seconds that running requests get to finish after SIGTERM.
    pub drain_seconds: u64,
}

impl Default for Server {
    fn default() -> Server {
        Server {
            bind: SocketAddr::from((Ipv4Addr::LOCALHOST, 3000)),
            base_url: "http://127.0.0.1:3000".into(),
            trusted_proxies: Vec::new(),
            drain_seconds: 20,
        }
    }
}

/// `[database]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Database {
    /// `sqlite:<file>` or `postgres://…`. It may hold a password and is never printed.
    pub url: Secret,
    pub connections: u32,
}

impl Default for Database {
    fn default() -> Database {
        Database { url: Secret::new("sqlite:handrail.db"), connections: 8 }
    }
}

/// `[secrets]`
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Secrets {
    /// 64 hexadecimal digits; all other keys come from it. Without it the sealed data cannot be read.
    pub master_key: Option<Secret>,
}

impl Secrets {
    /// The key's bytes.
    pub fn master(&self) -> Result<[u8; 32], super::Unusable> {
        let key = self.master_key.as_ref().ok_or_else(|| {
            super::Unusable("`secrets.master_key` is missing: set HANDRAIL_SECRETS__MASTER_KEY_FILE to a file with 64 hexadecimal digits".into())
        })?;
        let mut bytes = [0_u8; 32];
        hex::decode_to_slice(key.reveal(), &mut bytes)
            .map_err(|_| super::Unusable("`secrets.master_key` must be 64 hexadecimal digits".into()))?;
        Ok(bytes)
    }
}

/// `[files]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Files {
    /// Folder for documents, sealed, and for uploads under way.
    pub dir: PathBuf,
}

impl Default for Files {
    fn default() -> Files {
        Files { dir: "files".into() }
    }
}

/// `[mail]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Mail {
    /// SMTP server. Without one, messages stay planned and the doctor says so.
    pub host: Option<String>,
    pub port: u16,
    pub tls: MailTls,
    pub username: Option<String>,
    pub password: Option<Secret>,
    /// The sender's address.
    pub from: Option<String>,
    pub from_name: String,
    /// Seconds to wait for the server.
    pub timeout_seconds: u64,
    /// Instead of a server: a folder where each message becomes a file. For demonstrations.
    pub folder: Option<PathBuf>,
}

impl Default for Mail {
    fn default() -> Mail {
        Mail {
            host: None,
            port: 587,
            tls: MailTls::Required,
            username: None,
            password: None,
            from: None,
            from_name: "Your support team".into(),
            timeout_seconds: 20,
            folder: None,
        }
    }
}

/// How the connection to the mail server is protected. `none` is for this machine only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailTls {
    None,
    Required,
    Implicit,
}

/// `[antivirus]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Antivirus {
    /// `host:port` or the path of a Unix socket of clamd. Without one, documents are not scanned, and staff are told so.
    pub clamd: Option<String>,
    /// Seconds to wait for its answer.
    pub timeout_seconds: u64,
}

impl Default for Antivirus {
    fn default() -> Antivirus {
        Antivirus { clamd: None, timeout_seconds: 30 }
    }
}

/// `[safety]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Safety {
    /// Folder in which pharmacovigilance finds reports, in `outbox`, and lays its answers, in `inbox`.
    pub dir: PathBuf,
    /// Who sends, who takes, as agreed with pharmacovigilance.
    pub sender: String,
    pub receiver: String,
    pub organisation: String,
    /// Two letters.
    pub country: String,
}

impl Default for Safety {
    fn default() -> Safety {
        let to = Destination::default();
        Safety {
            dir: "data/safety".into(),
            sender: to.sender,
            receiver: to.receiver,
            organisation: to.organisation,
            country: to.country,
        }
    }
}

impl Safety {
    pub fn destination(&self) -> Destination {
        Destination {
            sender: self.sender.clone(),
            receiver: self.receiver.clone(),
            organisation: self.organisation.clone(),
            country: self.country.clone(),
        }
    }
}

/// `[telemetry]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Telemetry {
    /// A filter such as `info` or `info,sqlx=warn`.
    pub level: String,
    pub json: bool,
}

impl Default for Telemetry {
    fn default() -> Telemetry {
        Telemetry { level: "info,sqlx=warn".into(), json: false }
    }
}

/// `[demo]`
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Demo {
    /// Marks every page as a demonstration.
    pub enabled: bool,
    /// RFC 3339 instant at which the clock stands still, so that the same demonstration gives the same pictures.
    pub clock: Option<String>,
}
