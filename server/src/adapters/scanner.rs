//! The virus check: a ClamAV daemon, none, or a memory for tests. It fails closed: no clear answer is no answer.

use clamav_client::tokio::{Socket, Tcp, scan_buffer};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::timeout;

/// Bytes sent at a time.
const CHUNK: Option<usize> = Some(64 * 1024);

/// The scanner.
#[derive(Debug, Clone)]
pub enum Scanner {
    /// None is set up: documents go straight to staff, who are told that nothing checked them.
    Off,
    Clamd {
        at: Address,
        patience: Duration,
    },
    /// Answers what a test tells it to.
    Memory(Arc<Mutex<Verdict>>),
}

/// Where clamd listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// `host:port`
    Tcp(String),
    /// The path of a Unix socket.
    Socket(String),
}

/// What a scan said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Clean,
    Infected,
    /// It could not be asked, or its answer was none.
    Unknown,
}

impl Scanner {
    /// By the setting `antivirus.clamd`: `host:port`, or a path.
    pub fn at(address: Option<&str>, patience: Duration) -> Scanner {
        match address {
            None | Some("") => Scanner::Off,
            Some(path) if path.starts_with('/') => {
                Scanner::Clamd { at: Address::Socket(path.to_owned()), patience }
            }
            Some(host) => Scanner::Clamd { at: Address::Tcp(host.to_owned()), patience },
        }
    }

    /// For tests: a scanner whose answer can be changed.
    pub fn memory(verdict: Verdict) -> Scanner {
        Scanner::Memory(Arc::new(Mutex::new(verdict)))
    }

    pub const fn is_off(&self) -> bool {
        matches!(self, Scanner::Off)
    }

    /// Looks through a file.
    pub async fn scan(&self, bytes: &[u8]) -> Verdict {
        match self {
            Scanner::Off => Verdict::Unknown,
            Scanner::Memory(verdict) => *verdict.lock().unwrap_or_else(PoisonError::into_inner),
            Scanner::Clamd { at, patience } => match timeout(*patience, ask(at, bytes)).await {
                Ok(Ok(answer)) => verdict(&answer),
                Ok(Err(error)) => {
                    tracing::warn!(kind = ?error.kind(), "clamd could not be asked");
                    Verdict::Unknown
                }
                Err(_) => {
                    tracing::warn!(seconds = patience.as_secs(), "clamd did not answer in time");
                    Verdict::Unknown
                }
            },
        }
    }
}

async fn ask(at: &Address, bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    match at {
        Address::Tcp(host) => scan_buffer(bytes, Tcp { host_address: host.as_str() }, CHUNK).await,
        Address::Socket(path) => scan_buffer(bytes, Socket { socket_path: path }, CHUNK).await,
    }
}

/// `stream: OK` and nothing else is clean: an error, a limit that was exceeded or a garbled answer is not.
fn verdict(answer: &[u8]) -> Verdict {
    let text = String::from_utf8_lossy(answer);
    let text = text.trim_matches(['\0', '\n', ' ']);
    if text == "stream: OK" {
        Verdict::Clean
    } else if text.ends_with(" FOUND") {
        Verdict::Infected
    } else {
        tracing::warn!("clamd gave no clear answer");
        Verdict::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_clear_answer_is_an_answer() {
        assert_eq!(verdict(b"stream: OK\0"), Verdict::Clean);
        assert_eq!(verdict(b"stream: Eicar-Signature FOUND\0"), Verdict::Infected);
        for unclear in [
            &b""[..],
            b"INSTREAM size limit exceeded. ERROR\0",
            b"stream: Can't allocate memory ERROR\0",
            b"OK",
            b"stream: NOT OK",
            b"\xff\xfe",
        ] {
            assert_eq!(verdict(unclear), Verdict::Unknown, "{unclear:?}");
        }
    }

    #[test]
    fn the_setting_says_where_it_listens() {
        let at = |address| match Scanner::at(address, Duration::from_secs(1)) {
            Scanner::Clamd { at, .. } => Some(at),
            _ => None,
        };
        assert_eq!(at(None), None);
        assert_eq!(at(Some("127.0.0.1:3310")), Some(Address::Tcp("127.0.0.1:3310".into())));
        assert_eq!(at(Some("/run/clamav/clamd.ctl")), Some(Address::Socket("/run/clamav/clamd.ctl".into())));
    }
}
