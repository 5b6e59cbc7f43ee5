//! What a file is, by its content. Its name is asked only to say what is wrong.

use super::Refusal;

/// The kinds we take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Jpeg,
    Png,
    Heic,
    Pdf,
}

/// Bytes before which a PDF must say that it is one.
const PDF_WITHIN: usize = 1024;

/// The kind of a file, or why it is none.
pub(super) fn of(bytes: &[u8], name: &str) -> Result<Kind, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    // the browsers' own opinion decides what they would make of it; ours must be the same
    let by_mark = match infer::get(bytes).map(|found| found.mime_type()) {
        Some("image/jpeg") => Some(Kind::Jpeg),
        Some("image/png") => Some(Kind::Png),
        Some("image/heif") => Some(Kind::Heic),
        Some("application/pdf") => Some(Kind::Pdf),
        Some(_) => None,
        None if is_heif(bytes) => Some(Kind::Heic),
        None if is_late_pdf(bytes) => Some(Kind::Pdf),
        None => None,
    };
    by_mark.ok_or(if promises(name) { Refusal::Mismatch } else { Refusal::Type })
}

/// Brands of HEIF that `infer` does not name.
fn is_heif(bytes: &[u8]) -> bool {
    bytes.get(4..8) == Some(b"ftyp")
        && matches!(
            bytes.get(8..12),
            Some(b"heic" | b"heix" | b"heim" | b"heis" | b"mif1" | b"mif2" | b"msf1")
        )
}

/// Some scanners write a few bytes before the mark.
fn is_late_pdf(bytes: &[u8]) -> bool {
    bytes[..bytes.len().min(PDF_WITHIN)].windows(5).any(|window| window == b"%PDF-")
}

/// Whether a name ends as one of the kinds we take.
fn promises(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    matches!(ending.as_str(), "jpg" | "jpeg" | "png" | "heic" | "heif" | "pdf")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_and_the_name_only_explains() {
        assert_eq!(of(b"", "a.jpg"), Err(Refusal::Empty));
        assert_eq!(of(&[0xff, 0xd8, 0xff, 0xe0, 0, 16], "a.pdf"), Ok(Kind::Jpeg));
        assert_eq!(of(b"\x89PNG\r\n\x1a\n", "a"), Ok(Kind::Png));
        assert_eq!(of(b"%PDF-1.7\n", "a.txt"), Ok(Kind::Pdf));
        assert_eq!(of(b"\xef\xbb\xbf\n%PDF-1.4\n", ""), Ok(Kind::Pdf));
        assert_eq!(of(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "x"), Ok(Kind::Heic));
        assert_eq!(of(b"\0\0\0\x18ftypmif1\0\0\0\0mif1", "x"), Ok(Kind::Heic));
        for (bytes, name, refusal) in [
            (&b"hello, this is only text"[..], "photo.jpg", Refusal::Mismatch),
            (b"hello, this is only text", "letter.txt", Refusal::Type),
            (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "a.svg", Refusal::Type),
            (b"<!doctype html><script>alert(1)</script>", "a.html", Refusal::Type),
            (b"<!doctype html><script>alert(1)</script>", "a.png", Refusal::Mismatch),
            (b"GIF89a/*\0", "a.gif", Refusal::Type),
            (b"PK\x03\x04........................word/", "a.docx", Refusal::Type),
            (b"MZ\x90\0", "card.pdf", Refusal::Mismatch),
            (b"\0\0\0\x18ftypavif\0\0\0\0", "a.avif", Refusal::Type),
        ] {
            assert_eq!(of(bytes, name), Err(refusal), "{name}");
        }
    }
}
