//! Pictures and videos of content. The words name them, and their names are made of their bytes.

use crate::ids::MediaId;
use sha2::{Digest, Sha256};

/// The media type of every video we keep.
pub const VIDEO: &str = "video/mp4";

/// A picture or video of an item. Its id is made of its bytes, so that words which name it, and the signatures under
/// them, mean these bytes and no others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaFile {
    pub id: MediaId,
    pub media_type: String,
    pub bytes: i64,
    /// SHA-256 of the file, hex.
    pub digest: String,
}

impl MediaFile {
    /// What is known of a file by its bytes.
    pub fn of(media_type: &str, bytes: &[u8]) -> MediaFile {
        let digest = Sha256::digest(bytes);
        let mut first = [0; 16];
        first.copy_from_slice(&digest[..16]);
        // the marks of a UUID of one's own making (version 8, RFC 9562)
        first[6] = first[6] & 0x0f | 0x80;
        first[8] = first[8] & 0x3f | 0x80;
        MediaFile {
            id: MediaId::fixed(u128::from_be_bytes(first)),
            media_type: media_type.to_owned(),
            bytes: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
            digest: hex::encode(digest),
        }
    }

    pub fn is_video(&self) -> bool {
        self.media_type == VIDEO
    }

    /// What its file's name ends with where it lies beside its words.
    pub fn ending(&self) -> &'static str {
        if self.is_video() { "mp4" } else { "jpg" }
    }
}

/// The pictures and videos a text names, in its order, each once.
pub fn media_in(text: &str) -> Vec<MediaId> {
    let mut found = Vec::new();
    for target in super::rules::links(text) {
        let id = target.strip_prefix("media:").or_else(|| target.strip_prefix("video:"));
        if let Some(id) = id.and_then(|id| id.parse().ok())
            && !found.contains(&id)
        {
            found.push(id);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_made_of_the_bytes() {
        let (one, same, other) = (
            MediaFile::of("image/jpeg", b"one"),
            MediaFile::of("image/jpeg", b"one"),
            MediaFile::of(VIDEO, b"two"),
        );
        assert_eq!(one, same);
        assert_ne!(one.id, other.id);
        assert_eq!((one.ending(), other.ending(), one.bytes), ("jpg", "mp4", 3));
        let text = format!("![a](media:{}) and ![b](media:{})\n\n![c](video:{})", one.id, one.id, other.id);
        assert_eq!(media_in(&text), [one.id, other.id]);
        assert!(one.id.to_string().parse::<MediaId>().is_ok_and(|id| id == one.id));
    }
}
