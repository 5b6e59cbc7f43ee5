//! The files the demonstration is made of, inside the binary.

use domain::error::{Error, Result};
use domain::locale::Locale;
use rust_embed::RustEmbed;
use serde::de::DeserializeOwned;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/demo/"]
struct Files;

/// The programs there are, by the folder they lie in.
pub(super) fn programs() -> Vec<String> {
    let mut programs: Vec<String> =
        Files::iter().filter_map(|path| path.strip_suffix("/program.toml").map(str::to_owned)).collect();
    programs.sort_unstable();
    programs
}

/// The neutral facts of a program.
pub(super) fn facts<T: DeserializeOwned>(program: &str) -> Result<T> {
    read(&format!("{program}/program.toml"))?
        .ok_or_else(|| Error::internal("a demonstration program without facts"))
}

/// The words of one kind in one language, if they are there.
pub(super) fn words<T: DeserializeOwned>(program: &str, kind: &str, locale: Locale) -> Result<Option<T>> {
    read(&format!("{program}/{kind}.{locale}.toml"))
}

fn read<T: DeserializeOwned>(path: &str) -> Result<Option<T>> {
    let Some(file) = Files::get(path) else { return Ok(None) };
    let broken = |why: String| Error::internal(format!("{path}: {why}"));
    let text = std::str::from_utf8(&file.data).map_err(|error| broken(error.to_string()))?;
    toml::from_str(text).map(Some).map_err(|error| broken(error.message().to_owned()))
}
