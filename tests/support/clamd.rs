//! A real ClamAV daemon beside the test, with a database of its own that knows one thing: the EICAR test file.

use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The file every virus scanner must find, and nothing else finds harmful.
pub const EICAR: &str = r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";

pub struct Clamd {
    pub socket: PathBuf,
    daemon: Child,
}

impl Clamd {
    /// Starts it in a folder, and returns when it answers.
    pub fn start(dir: &Path) -> Clamd {
        let database = dir.join("clamd");
        std::fs::create_dir_all(&database).unwrap();
        let signature: String =
            "EICAR-STANDARD-ANTIVIRUS-TEST-FILE".bytes().map(|byte| format!("{byte:02x}")).collect();
        std::fs::write(database.join("test.hdb"), "44d88612fea8a8f36de82e1278abb02f:68:Eicar-File\n")
            .unwrap();
        std::fs::write(database.join("test.ndb"), format!("Eicar-Body:0:*:{signature}\n")).unwrap();
        let socket = dir.join("clamd.sock");
        let config = dir.join("clamd.conf");
        let settings = format!(
            "LocalSocket {}\nDatabaseDirectory {}\nTemporaryDirectory {}\nForeground yes\nStreamMaxLength 60M\n\
             MaxThreads 2\n",
            socket.display(),
            database.display(),
            dir.display()
        );
        std::fs::write(&config, settings).unwrap();
        let daemon = Command::new("clamd")
            .arg("-c")
            .arg(&config)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| {
                panic!("clamd does not start ({error}); is ClamAV installed? `cargo xtask test` installs it")
            });
        let mut clamd = Clamd { socket, daemon };
        clamd.wait();
        clamd
    }

    /// As the setting wants it.
    pub fn address(&self) -> String {
        self.socket.display().to_string()
    }

    /// Still there, and deaf: it takes connections and answers nothing.
    pub fn freeze(&self) {
        self.signal("-STOP");
    }

    pub fn thaw(&self) {
        self.signal("-CONT");
    }

    fn signal(&self, signal: &str) {
        let done = Command::new("kill").arg(signal).arg(self.daemon.id().to_string()).status().unwrap();
        assert!(done.success());
    }

    fn wait(&mut self) {
        let until = Instant::now() + Duration::from_secs(20);
        while UnixStream::connect(&self.socket).is_err() {
            if let Ok(Some(status)) = self.daemon.try_wait() {
                panic!("clamd ended at once: {status}");
            }
            assert!(Instant::now() < until, "clamd did not answer within 20 seconds");
            #[allow(clippy::disallowed_methods)] // a real daemon's start can only be polled
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Clamd {
    fn drop(&mut self) {
        self.thaw();
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}
