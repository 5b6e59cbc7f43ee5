//! The site: every file browsers get, under a name that holds its hash, compressed once and well.
//! `manifest.json` maps the name the code uses (`main.css`) to the file and its sizes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::say::{Done, Failure, Mend};

/// The file that lists the others.
pub(crate) const MANIFEST: &str = "manifest.json";

const MEND: &str = "look whether the disk is full, or target/site belongs to another user";

/// One file of the site, as the manifest describes it.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Asset {
    /// The file's name in the site; `.br` and `.gz` stand beside it where they are smaller.
    pub(crate) file: String,
    /// Its content type.
    #[serde(rename = "type")]
    pub(crate) kind: String,
    /// Its size.
    pub(crate) bytes: u64,
    /// Its size with brotli, where that is worth it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) brotli: Option<u64>,
    /// Its size with gzip, where that is worth it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) gzip: Option<u64>,
}

/// Logical names to files, as `manifest.json` holds them.
pub(crate) type Manifest = BTreeMap<String, Asset>;

/// The site while it is written.
pub(crate) struct Site<'a> {
    folder: &'a Path,
    manifest: Manifest,
}

impl<'a> Site<'a> {
    /// Starts a site in a folder; files that are there already are taken as they are.
    pub(crate) fn begin(folder: &'a Path) -> Done<Self> {
        fs::create_dir_all(folder).mend(format!("cannot make {}", folder.display()), MEND)?;
        Ok(Self { folder, manifest: Manifest::new() })
    }

    /// Adds a file under its logical name and returns the name it got.
    pub(crate) fn add(&mut self, name: &str, content: &[u8]) -> Done<String> {
        let hash = fingerprint(content);
        let base = name.rsplit('/').next().unwrap_or(name);
        let (stem, extension) = base.split_once('.').ok_or_else(|| {
            Failure::new(
                format!("{name} has no extension"),
                "its content type comes from the extension: add one",
            )
        })?;
        let file = format!("{stem}.{}.{extension}", &hash[..10]);
        let kind = kind(extension).ok_or_else(|| {
            Failure::new(
                format!("{name}: no content type for .{extension}"),
                "add it to `kind` in xtask/src/assets.rs, or keep the file out of style/",
            )
        })?;
        write(&self.folder.join(&file), || Ok(content.to_vec()))?;
        let packed = !["woff2", "png", "jpg", "webp", "avif"].contains(&extension);
        let (brotli, gzip) = if packed {
            let br = write(&self.folder.join(format!("{file}.br")), || brotli(content))?;
            let gz = write(&self.folder.join(format!("{file}.gz")), || gzip(content))?;
            (Some(br), Some(gz))
        } else {
            (None, None)
        };
        let asset =
            Asset { file: file.clone(), kind: kind.into(), bytes: content.len() as u64, brotli, gzip };
        self.manifest.insert(name.into(), asset);
        Ok(file)
    }

    /// Writes the manifest, and removes files of earlier builds.
    pub(crate) fn finish(self) -> Done<Manifest> {
        let text = serde_json::to_vec_pretty(&self.manifest).mend("cannot write the manifest", MEND)?;
        replace(&self.folder.join(MANIFEST), &text)?;
        let keep: BTreeSet<String> = self
            .manifest
            .values()
            .flat_map(|a| ["", ".br", ".gz"].map(|end| format!("{}{end}", a.file)))
            .chain([MANIFEST.to_owned()])
            .collect();
        for entry in fs::read_dir(self.folder).mend("cannot list target/site", MEND)?.flatten() {
            if !keep.contains(&*entry.file_name().to_string_lossy()) {
                let _ = fs::remove_file(entry.path());
            }
        }
        Ok(self.manifest)
    }
}

/// The manifest of a finished site, if all it names is there.
pub(crate) fn finished(folder: &Path) -> Option<Manifest> {
    let manifest: Manifest = serde_json::from_slice(&fs::read(folder.join(MANIFEST)).ok()?).ok()?;
    manifest.values().all(|a| folder.join(&a.file).is_file()).then_some(manifest)
}

/// The SHA-256 of some content, in hex.
pub(crate) fn fingerprint(content: &[u8]) -> String {
    hex::encode(Sha256::digest(content))
}

fn kind(extension: &str) -> Option<&'static str> {
    Some(match extension {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "woff2" => "font/woff2",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" => "image/jpeg",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "txt" => "text/plain; charset=utf-8",
        "webmanifest" => "application/manifest+json",
        _ => return None,
    })
}

/// Writes a file unless it is there: its name holds the hash of what is in it. Returns its size.
fn write(path: &Path, content: impl FnOnce() -> std::io::Result<Vec<u8>>) -> Done<u64> {
    if let Ok(there) = fs::metadata(path) {
        return Ok(there.len());
    }
    let content = content().mend(format!("cannot compress {}", path.display()), MEND)?;
    replace(path, &content)?;
    Ok(content.len() as u64)
}

/// Writes beside and renames, so that nobody ever reads half a file.
fn replace(path: &Path, content: &[u8]) -> Done {
    let half = path.with_extension("half");
    fs::write(&half, content)
        .and_then(|()| fs::rename(&half, path))
        .mend(format!("cannot write {}", path.display()), MEND)
}

fn brotli(mut content: &[u8]) -> std::io::Result<Vec<u8>> {
    let params = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut content, &mut out, &params)?;
    Ok(out)
}

fn gzip(content: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    out.write_all(content)?;
    out.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn a_site_names_its_files_by_hash_and_forgets_old_ones() -> std::io::Result<()> {
        let folder = std::env::temp_dir().join(format!("handrail-site-{}", std::process::id()));
        let text = "a{color:red}".repeat(50);
        for content in ["a{}", text.as_str()] {
            let Ok(mut site) = Site::begin(&folder) else { return Err(std::io::ErrorKind::Other.into()) };
            assert!(site.add("main.css", content.as_bytes()).is_ok());
            assert!(site.finish().is_ok());
        }
        let manifest = finished(&folder).unwrap_or_default();
        let css = &manifest["main.css"];
        assert_eq!(css.file, format!("main.{}.css", &fingerprint(text.as_bytes())[..10]));
        let mut plain = Vec::new();
        brotli::BrotliDecompress(&mut fs::File::open(folder.join(format!("{}.br", css.file)))?, &mut plain)?;
        assert_eq!(plain, text.as_bytes());
        let mut plain = String::new();
        flate2::read::GzDecoder::new(fs::File::open(folder.join(format!("{}.gz", css.file)))?)
            .read_to_string(&mut plain)?;
        assert_eq!(plain, text);
        assert_eq!(fs::read_dir(&folder)?.count(), 4, "the first build's files are gone");
        fs::remove_dir_all(folder)
    }
}
