//! The compiler for the browser's bundle: rustup's wasm target, or Debian's compiler where rustup
//! cannot fetch it.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::command::{self, cargo, output, run, succeeds};
use crate::machine;
use crate::say::{self, Done, Failure};

/// The target's name, for rustup, Cargo and the folder of its output.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

const MEND: &str = "with rustup: rustup target add wasm32-unknown-unknown\n\
    on Debian 12 without it: apt-get install rustc-web rust-web-src";

/// Which compiler makes the bundle.
pub(crate) enum Toolchain {
    /// The same as everything else, with the standard library rustup installed.
    Rustup,
    /// Debian's `rustc-web`, which compiles the standard library from `rust-web-src`.
    Debian {
        /// The linker that came with rustup's compiler.
        linker: PathBuf,
    },
}

impl Toolchain {
    /// Finds a compiler for the browser, and installs one where there is none.
    pub(crate) fn ensure() -> Done<Self> {
        let sysroot = PathBuf::from(
            output(Command::new("rustc").args(["--print", "sysroot"]), "install Rust with rustup")?.trim(),
        );
        if has_target(&sysroot) {
            return Ok(Self::Rustup);
        }
        say::step("Adding the compiler target for the browser");
        if command::find("rustup").is_some() && succeeds(Command::new("rustup").args(["target", "add", WASM]))
        {
            return Ok(Self::Rustup);
        }
        say::detail("rustup cannot fetch it here: taking Debian's compiler for the bundle");
        if !Path::new(DEBIAN_RUSTC).is_file() {
            machine::install(&["rustc-web", "rust-web-src"])?;
        }
        let linker = sysroot.join("lib/rustlib/x86_64-unknown-linux-gnu/bin/rust-lld");
        if !Path::new(DEBIAN_RUSTC).is_file() || !linker.is_file() {
            return Err(Failure::new("no compiler for the browser's bundle", MEND));
        }
        Ok(Self::Debian { linker })
    }

    /// Compiles the bundle and returns the file it makes.
    pub(crate) fn compile(&self, root: &Path, target: &Path) -> Done<PathBuf> {
        let mut build = cargo();
        build.current_dir(root).args(["build", "--package", "wasm", "--profile", "wasm", "--target", WASM]);
        let target = match self {
            Self::Rustup => target.to_owned(),
            Self::Debian { linker } => {
                // a folder of its own: another compiler would make Cargo rebuild everything, each time
                let target = target.join("debian-rustc");
                build.args(["-Z", "build-std=std,panic_abort", "--target-dir"]).arg(&target);
                build.env("RUSTC_BOOTSTRAP", "1").env("RUSTC", DEBIAN_RUSTC);
                build.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
                target
            }
        };
        run(&mut build, &format!("mend what the compiler says; if it lacks the target:\n{MEND}"))?;
        Ok(target.join(WASM).join("wasm/wasm.wasm"))
    }
}

const DEBIAN_RUSTC: &str = "/usr/bin/rustc";

fn has_target(sysroot: &Path) -> bool {
    sysroot.join("lib/rustlib").join(WASM).join("lib").is_dir()
}
