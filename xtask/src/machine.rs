//! What the machine must have: how each thing is found, and which Debian package brings it.

use std::process::Command;

use crate::command::run;
use crate::say::{self, Done, Failure};

/// Installs Debian packages. Without root or apt it says which command does.
pub(crate) fn install(packages: &[&str]) -> Done {
    let list = packages.join(" ");
    let by_hand = format!("run: sudo apt-get update && sudo apt-get install --no-install-recommends {list}");
    if !is_root() || crate::command::find("apt-get").is_none() {
        return Err(Failure::new(format!("this machine lacks: {list}"), by_hand));
    }
    say::step(format!("Installing {list}"));
    let apt = |words: &[&str]| {
        let mut apt = Command::new("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive").args(["-q", "-y"]).args(words);
        apt
    };
    run(&mut apt(&["update"]), "is the network there? Else give this machine a Debian mirror it can reach")?;
    run(apt(&["install", "--no-install-recommends"]).args(packages), &by_hand)
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|m| m.uid() == 0)
}
