//! A PostgreSQL of the tests' own: in a new folder, on a free port, gone afterwards, however we end.

use std::fs;
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::command::{find, output, succeeds};
use crate::machine::is_root;
use crate::say::{Done, Failure, Mend};

/// A running cluster. Dropping it stops the server and removes its folder.
pub(crate) struct Cluster {
    /// Its address, with a user who may create databases.
    pub(crate) url: String,
    keeper: Child,
}

/// Starts PostgreSQL and goes on until its input ends, which happens even if this program is killed;
/// then stops it and removes the folder. An interrupt at the terminal reaches it too, and must not end it early.
const KEEPER: &str = r#"trap '' INT TERM HUP
"$1/postgres" -D "$2/data" -p "$3" \
  -c listen_addresses=127.0.0.1 -c unix_socket_directories="$2" -c max_connections=300 \
  -c fsync=off -c synchronous_commit=off -c full_page_writes=off >"$2/log" 2>&1 </dev/null &
server=$!
read -r end_of_input
kill -INT "$server" 2>/dev/null
wait "$server"
cd / && rm -rf "$2"
"#;

const MEND: &str = "look whether the disk is full; `initdb --version` should say 15 or newer";

/// The folder of `initdb` and `postgres`, which Debian keeps off the path. The newest one.
pub(crate) fn programs() -> Option<PathBuf> {
    let mut folders: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|e| Some((e.file_name().to_str()?.parse().ok()?, e.path().join("bin"))))
        .filter(|(_, bin)| bin.join("initdb").is_file() && bin.join("postgres").is_file())
        .collect();
    folders.sort();
    folders.pop().map(|(_, bin)| bin).or_else(|| find("initdb")?.parent().map(Path::to_owned))
}

impl Cluster {
    /// Makes a cluster and waits until it answers.
    pub(crate) fn start() -> Done<Self> {
        let bin = programs().ok_or_else(|| {
            Failure::new("PostgreSQL is not installed", "run: sudo apt-get install postgresql")
        })?;
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|l| l.local_addr())
            .mend("no free port for PostgreSQL", "close some programs that listen on 127.0.0.1")?
            .port();
        let folder = std::env::temp_dir().join(format!("handrail-postgres-{}", std::process::id()));
        fs::create_dir_all(&folder).mend(format!("cannot make {}", folder.display()), MEND)?;
        let user = owner(&folder)?;
        let as_user = |program: &Path| {
            let mut command = Command::new(program);
            command.current_dir(&folder);
            if let Some((uid, gid)) = user {
                command.uid(uid).gid(gid);
            }
            command
        };
        output(
            as_user(&bin.join("initdb"))
                .args([
                    "--no-sync",
                    "--auth=trust",
                    "--username=handrail",
                    "--encoding=UTF8",
                    "--locale=C.UTF-8",
                ])
                .arg("--pgdata")
                .arg(folder.join("data")),
            MEND,
        )?;
        let keeper = as_user(Path::new("/bin/sh"))
            .args(["-c", KEEPER, "keeper"])
            .args([bin.as_os_str(), folder.as_os_str()])
            .arg(port.to_string())
            .stdin(Stdio::piped())
            .spawn()
            .mend("cannot start PostgreSQL", MEND)?;
        let cluster = Self { url: format!("postgres://handrail@127.0.0.1:{port}/postgres"), keeper };
        let start = Instant::now();
        while !succeeds(Command::new(bin.join("pg_isready")).args([
            "-q",
            "-h",
            "127.0.0.1",
            "-p",
            &port.to_string(),
        ])) {
            if start.elapsed() > Duration::from_secs(30) {
                let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
                return Err(Failure::new(format!("PostgreSQL does not answer. Its log:\n{log}"), MEND));
            }
            #[allow(clippy::disallowed_methods, reason = "no runtime here, and nothing else to wait for")]
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(cluster)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}

/// PostgreSQL refuses to run as root: then the folder goes to the user Debian made for it.
fn owner(folder: &Path) -> Done<Option<(u32, u32)>> {
    if !is_root() {
        return Ok(None);
    }
    let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let ids = users.lines().find_map(|line| {
        let mut fields = line.strip_prefix("postgres:")?.split(':').skip(1);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    });
    let (uid, gid) = ids.ok_or_else(|| {
        Failure::new(
            "PostgreSQL does not run as root, and there is no user postgres",
            "run: apt-get install postgresql, or run this as another user",
        )
    })?;
    std::os::unix::fs::chown(folder, Some(uid), Some(gid))
        .mend(format!("cannot give {} to postgres", folder.display()), MEND)?;
    Ok(Some((uid, gid)))
}
