//! A real SMTP server beside the test: aiosmtpd, with faults by the recipient's name (see `smtp_sink.py`).

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

pub struct Smtp {
    pub port: u16,
    mailbox: PathBuf,
    server: Child,
}

/// One message the server took.
#[derive(Debug, serde::Deserialize)]
pub struct Mail {
    pub to: Vec<String>,
    pub headers: std::collections::BTreeMap<String, String>,
    pub text: String,
    pub html: String,
}

impl Smtp {
    /// Starts it, on a port of its own or on the one given.
    pub fn start(dir: &Path, port: Option<u16>) -> Smtp {
        let mailbox = dir.join("mailbox.jsonl");
        let python = std::env::var("HANDRAIL_TEST_PYTHON").unwrap_or_else(|_| "python3".into());
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("support/smtp_sink.py");
        let mut command = Command::new(&python);
        command.arg(script).arg(&mailbox).stdout(Stdio::piped());
        if let Some(port) = port {
            command.arg(port.to_string());
        }
        let mut server = command.spawn().unwrap_or_else(|error| panic!("{python} does not start: {error}"));
        let mut line = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port = line
            .trim()
            .parse()
            .expect("the SMTP server did not start; is aiosmtpd installed? `cargo xtask test` installs it");
        Smtp { port, mailbox, server }
    }

    /// Everything it took so far.
    pub fn taken(&self) -> Vec<Mail> {
        let text = std::fs::read_to_string(&self.mailbox).unwrap_or_default();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    pub fn stop(mut self) -> u16 {
        self.kill();
        self.port
    }

    fn kill(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

impl Drop for Smtp {
    fn drop(&mut self) {
        self.kill();
    }
}
