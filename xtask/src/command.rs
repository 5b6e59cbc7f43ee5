//! Running other programs: found or not, passed through or read, and what to do when they fail.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::say::{self, Done, Failure, Mend};

/// The Cargo that runs this very program.
pub(crate) fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Where a program is, on the path or in the folders of system daemons.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let daemons = ["/usr/local/sbin", "/usr/sbin", "/sbin"].map(PathBuf::from);
    std::env::split_paths(&path).chain(daemons).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// Runs a program with its output passed through. `mend` helps when it fails.
pub(crate) fn run(command: &mut Command, mend: &str) -> Done {
    let name = written(command);
    let status = command.status().mend(format!("could not start `{name}`"), mend)?;
    if status.success() { Ok(()) } else { Err(Failure::new(format!("`{name}` failed ({status})"), mend)) }
}

/// Runs a program and returns what it wrote to standard output.
pub(crate) fn output(command: &mut Command, mend: &str) -> Done<String> {
    let name = written(command);
    let out = command.stdin(Stdio::null()).output().mend(format!("could not start `{name}`"), mend)?;
    if out.status.success() {
        Ok(String::from_utf8_lossy(&out.stdout).into_owned())
    } else {
        let said = String::from_utf8_lossy(&out.stderr);
        Err(Failure::new(format!("`{name}` failed ({}): {}", out.status, said.trim()), mend))
    }
}

/// Whether a program runs and succeeds, with nothing printed.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|s| s.success())
}

/// Runs a program, passes its standard output on line by line, and shows each line to `look`.
/// Returns whether it succeeded.
pub(crate) fn watched(command: &mut Command, mend: &str, mut look: impl FnMut(&str)) -> Done<bool> {
    let name = written(command);
    let mut child = command.stdout(Stdio::piped()).spawn().mend(format!("could not start `{name}`"), mend)?;
    if let Some(out) = child.stdout.take() {
        for line in BufReader::new(out).split(b'\n').map_while(Result::ok) {
            let line = String::from_utf8_lossy(&line);
            say::passed_on(&line);
            look(&line);
        }
    }
    Ok(child.wait().mend(format!("could not wait for `{name}`"), mend)?.success())
}

/// The command as one would type it, to be shown in messages: the program without its folder.
fn written(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default();
    let words: Vec<_> =
        std::iter::once(program).chain(command.get_args()).map(OsStr::to_string_lossy).collect();
    words.join(" ")
}
