//! Pictures and videos of content: checked and made clean like everything that comes in, kept under a name made of their
//! bytes, and lying beside the words where these are exported.

mod mp4;

use crate::adapters::files::Files;
use crate::adapters::scanner::{Scanner, Verdict};
use crate::documents::{self, Decoder, Refusal};
use domain::content::{MediaFile, VIDEO};
use domain::documents::rules::MAX_MEGABYTES;
use domain::error::{Error, Result};
use domain::ids::MediaId;
use std::sync::Arc;

/// A file as it is kept: what is known of it, and its bytes.
#[derive(Debug)]
pub struct Kept {
    pub file: MediaFile,
    pub bytes: Vec<u8>,
}

/// What makes an upload clean.
#[derive(Debug, Clone, Copy)]
pub struct Checks<'a> {
    pub scanner: &'a Scanner,
    pub decoder: &'a Decoder,
}

impl Checks<'_> {
    /// The file as it may be kept: a picture made anew, a video without anything but pictures, sound and their times.
    /// `name` is asked only to say what is wrong.
    ///
    /// # Errors
    /// `Invalid` at `file`.
    pub async fn clean(self, name: &str, bytes: Vec<u8>) -> Result<Kept> {
        if bytes.len() as i64 > MAX_MEGABYTES * 1_000_000 {
            return Err(Refusal::TooLarge.into());
        }
        let bytes = Arc::new(bytes);
        if !self.scanner.is_off() {
            match self.scanner.scan(&bytes).await {
                Verdict::Clean => {}
                Verdict::Infected => return Err(Error::invalid("file", "virus")),
                Verdict::Unknown => return Err(Error::invalid("file", "not_checked")),
            }
        }
        if mp4::is_one(&bytes) {
            let bytes = mp4::clean(&bytes)?;
            return Ok(Kept { file: MediaFile::of(VIDEO, &bytes), bytes });
        }
        let clean = self.decoder.clean(bytes.clone(), name.to_owned()).await?;
        if !clean.media_type.starts_with("image/") {
            return Err(Error::invalid("file", "type"));
        }
        // a picture that was made anew before would only lose by it: it keeps its bytes, and so its name
        let bytes = if documents::is_plain_jpeg(&bytes) { bytes.to_vec() } else { clean.bytes };
        Ok(Kept { file: MediaFile::of(clean.media_type, &bytes), bytes })
    }
}

/// Where a file is kept.
pub fn key(id: MediaId) -> String {
    format!("content/{id}")
}

/// Keeps the bytes. A file that is there has these very bytes.
pub async fn put(files: &Files, kept: &Kept) -> Result<()> {
    files.put(&key(kept.file.id), kept.bytes.clone()).await
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::io::Cursor;

    /// The film of the demonstration is as it would be kept, and the lesson names it in every language.
    #[tokio::test]
    async fn what_was_made_clean_keeps_its_name() {
        let checks = Checks { scanner: &Scanner::Off, decoder: &Decoder::default() };
        let bytes = include_bytes!("../../demo/breathe/inhaler.mp4");
        let kept = checks.clean("a.mp4", bytes.to_vec()).await.unwrap();
        assert_eq!(kept.bytes, bytes);
        assert!(kept.file.is_video());
        for lessons in [
            include_str!("../../demo/breathe/modules.en.toml"),
            include_str!("../../demo/breathe/modules.es.toml"),
            include_str!("../../demo/breathe/modules.vi.toml"),
            include_str!("../../demo/breathe/modules.ar.toml"),
        ] {
            assert_eq!(domain::content::media_in(lessons), [kept.file.id]);
        }
        let mut picture = Vec::new();
        image::RgbImage::new(8, 8).write_to(&mut Cursor::new(&mut picture), image::ImageFormat::Png).unwrap();
        let first = checks.clean("a.png", picture).await.unwrap();
        let again = checks.clean("a.jpg", first.bytes.clone()).await.unwrap();
        assert_eq!(first.file, again.file);
    }
}
