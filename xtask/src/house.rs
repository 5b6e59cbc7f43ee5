//! Where things are: the workspace, Cargo's target folder, and the site the server embeds.

use std::path::{Path, PathBuf};

use crate::command::{cargo, output};
use crate::say::{Done, Failure};

/// The folders every command works with.
pub(crate) struct House {
    /// The workspace's root.
    pub(crate) root: PathBuf,
    /// Cargo's target folder, wherever it was put.
    pub(crate) target: PathBuf,
}

impl House {
    /// Asks Cargo, which knows about every way to move the target folder.
    pub(crate) fn find() -> Done<Self> {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("Cargo.toml");
        let text = output(
            cargo()
                .args(["metadata", "--no-deps", "--format-version", "1", "--manifest-path"])
                .arg(&manifest),
            "run `cargo metadata` in this folder and mend what it says",
        )?;
        let facts: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
        let folder = |key: &str| facts.get(key).and_then(|v| v.as_str()).map(PathBuf::from);
        match (folder("workspace_root"), folder("target_directory")) {
            (Some(root), Some(target)) => Ok(Self { root, target }),
            _ => Err(Failure::new(
                "cargo metadata does not name the workspace",
                "this needs Cargo 1.95 or newer: rustup update stable",
            )),
        }
    }

    /// The folder of hashed and compressed assets. Always here, because `.cargo/config.toml` tells the
    /// server to embed it from here, whatever the target folder is.
    pub(crate) fn site(&self) -> PathBuf {
        self.root.join("target/site")
    }

    /// The binary of the debug or the release build.
    pub(crate) fn handrail(&self, release: bool) -> PathBuf {
        self.target.join(if release { "release" } else { "debug" }).join("handrail")
    }
}
