//! The segments of a JPEG: whether it is whole, and the same picture without what its camera wrote beside it.

/// Whether the picture runs to its end mark. Decoders forgive a file that was cut off and paint the rest grey.
pub(super) fn is_whole(bytes: &[u8]) -> bool {
    walk(bytes, |_, _| {}).is_some()
}

/// The same picture without EXIF, XMP, IPTC and comments, for pictures inside a PDF; `None` when it is not whole.
pub(super) fn without_metadata(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut kept = vec![0xff, 0xd8];
    let end = walk(bytes, |marker, segment| {
        // APP0 says the density and APP14 the colours; all other APPn and COM are only about the picture
        let is_about = matches!(marker, 0xe1..=0xed | 0xef | 0xfe);
        if !is_about {
            kept.extend_from_slice(segment);
        }
    })?;
    debug_assert!(end <= bytes.len());
    Some(kept)
}

/// Whether it is whole and nothing is written beside the picture.
pub fn is_plain(bytes: &[u8]) -> bool {
    without_metadata(bytes).is_some_and(|plain| plain == bytes)
}

/// Calls `each` with every segment after the first mark (marker byte, whole segment with its scan data), and returns where
/// the picture ends; `None` when it does not.
fn walk(bytes: &[u8], mut each: impl FnMut(u8, &[u8])) -> Option<usize> {
    if bytes.get(..2)? != [0xff, 0xd8] {
        return None;
    }
    let mut at = 2;
    loop {
        if *bytes.get(at)? != 0xff {
            return None;
        }
        let start = at;
        while *bytes.get(at + 1)? == 0xff {
            at += 1; // fill bytes
        }
        let marker = *bytes.get(at + 1)?;
        at += 2;
        match marker {
            0xd9 => {
                each(marker, &bytes[start..at]);
                return Some(at);
            }
            0x01 | 0xd0..=0xd7 => {}
            0x00 | 0xd8 => return None,
            _ => {
                let length = usize::from(u16::from_be_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]));
                at = at.checked_add(length).filter(|end| length >= 2 && *end <= bytes.len())?;
                if marker == 0xda {
                    at = scan_end(bytes, at)?;
                }
            }
        }
        each(marker, &bytes[start..at]);
    }
}

/// Where the scan data that begins at `from` meets the next real marker.
fn scan_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == 0xff)?;
        match *bytes.get(at + 1)? {
            0x00 | 0xd0..=0xd7 => at += 2, // a stuffed byte, or a restart
            0xff => at += 1,
            _ => return Some(at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &[u8] = &[
        0xff, 0xd8, // start
        0xff, 0xe0, 0, 4, 1, 2, // APP0
        0xff, 0xe1, 0, 6, b'E', b'x', b'i', b'f', // APP1
        0xff, 0xfe, 0, 4, b'h', b'i', // comment
        0xff, 0xda, 0, 2, 1, 0xff, 0, 2, 0xff, 0xd0, 3, // scan with a stuffed byte and a restart
        0xff, 0xd9, // end
        9, 9, // what some cameras put behind it
    ];

    #[test]
    fn a_picture_that_was_cut_off_is_not_whole() {
        assert!(is_whole(SMALL));
        for end in 0..SMALL.len() - 3 {
            assert!(!is_whole(&SMALL[..end]), "{end}");
        }
        assert!(!is_whole(b"\xff\xd8\xff\xe1\xff\xff"));
    }

    #[test]
    fn what_the_camera_wrote_beside_the_picture_goes() {
        let kept = without_metadata(SMALL).unwrap_or_default();
        assert_eq!(
            kept,
            [0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xda, 0, 2, 1, 0xff, 0, 2, 0xff, 0xd0, 3, 0xff, 0xd9]
        );
    }
}
