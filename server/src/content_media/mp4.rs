//! The boxes of an MP4 (ISO 14496-12). A video we keep has one track of pictures, at most two of sound, and their times;
//! everything else that may be written beside them (where it was taken, by whom, with what) is blanked in its place, so
//! that the samples stay where the tables say.

use domain::content::videos::LONGEST;
use domain::error::{Error, Flaw, Result};

/// Boxes that are walked into, by where they lie.
const IN_MOVIE: [&[u8; 4]; 2] = [b"mvhd", b"trak"];
const IN_TRACK: [&[u8; 4]; 3] = [b"tkhd", b"edts", b"mdia"];
const IN_MEDIA: [&[u8; 4]; 3] = [b"mdhd", b"hdlr", b"minf"];
const IN_INFO: [&[u8; 4]; 4] = [b"vmhd", b"smhd", b"dinf", b"stbl"];
const PICTURES: [&[u8]; 6] = [b"avc1", b"avc3", b"hvc1", b"hev1", b"av01", b"vp09"];
const SOUNDS: [&[u8]; 2] = [b"mp4a", b"Opus"];

/// Whether the file says it is a video of this family.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    bytes.get(4..8) == Some(b"ftyp")
        && matches!(
            bytes.get(8..12),
            Some(
                b"isom"
                    | b"iso2"
                    | b"iso4"
                    | b"iso5"
                    | b"iso6"
                    | b"mp41"
                    | b"mp42"
                    | b"avc1"
                    | b"M4V "
                    | b"dash"
            )
        )
}

/// The same video without what was written beside it.
///
/// # Errors
/// `Invalid` at `file`: `video` when it is not one we can show, `video_long`.
pub(super) fn clean(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut bytes = bytes.to_vec();
    let mut found = Found::default();
    top(&mut bytes, &mut found).ok_or_else(refused)?;
    let is_sound = found.movies == 1 && found.data > 0 && found.pictures == 1 && found.sounds <= 2;
    if !is_sound || found.millis == 0 {
        return Err(refused());
    }
    if found.millis > u64::from(LONGEST) {
        return Err(Error::Invalid(vec![Flaw::with_limit(
            "file",
            "video_long",
            i64::from(LONGEST / 60_000),
        )]));
    }
    Ok(bytes)
}

fn refused() -> Error {
    Error::invalid("file", "video")
}

/// What a walk through the boxes met.
#[derive(Debug, Default)]
struct Found {
    movies: usize,
    data: usize,
    pictures: usize,
    sounds: usize,
    millis: u64,
}

/// A box: its name, and where its header and its content begin, and where it ends.
struct Part {
    name: [u8; 4],
    at: usize,
    content: usize,
    end: usize,
}

/// The box at a place; none when it does not fit into what it lies in.
fn part(bytes: &[u8], at: usize, limit: usize) -> Option<Part> {
    let size = u64::from(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    let name: [u8; 4] = bytes.get(at + 4..at + 8)?.try_into().ok()?;
    let (size, header) = match size {
        0 => ((limit - at) as u64, 8),
        1 => (u64::from_be_bytes(bytes.get(at + 8..at + 16)?.try_into().ok()?), 16),
        size => (size, 8),
    };
    let end = at.checked_add(usize::try_from(size).ok()?)?;
    (size >= header && end <= limit).then_some(Part {
        name,
        at,
        content: at + usize::try_from(header).ok()?,
        end,
    })
}

/// Makes a box one that is skipped, with nothing in it.
fn blank(bytes: &mut [u8], part: &Part) {
    bytes[part.at + 4..part.at + 8].copy_from_slice(b"free");
    bytes[part.content..part.end].fill(0);
}

fn top(bytes: &mut [u8], found: &mut Found) -> Option<()> {
    let (mut at, limit) = (0, bytes.len());
    while at < limit {
        let part = part(bytes, at, limit)?;
        match &part.name {
            b"ftyp" if part.at == 0 => {}
            b"moov" => {
                found.movies += 1;
                movie(bytes, &part, found)?;
            }
            b"mdat" => found.data += 1,
            b"moof" | b"ftyp" => return None, // in fragments, or two files in one
            _ => blank(bytes, &part),
        }
        at = part.end;
    }
    Some(())
}

/// Calls `each` with every box inside one that is of these names; the others are blanked.
fn inside(
    bytes: &mut [u8],
    around: &Part,
    names: &[&[u8; 4]],
    mut each: impl FnMut(&mut [u8], &Part) -> Option<()>,
) -> Option<()> {
    let mut at = around.content;
    while at < around.end {
        let part = part(bytes, at, around.end)?;
        if names.contains(&&part.name) {
            each(bytes, &part)?;
        } else {
            blank(bytes, &part);
        }
        at = part.end;
    }
    Some(())
}

fn movie(bytes: &mut [u8], movie: &Part, found: &mut Found) -> Option<()> {
    inside(bytes, movie, &IN_MOVIE, |bytes, part| match &part.name {
        b"mvhd" => {
            let (scale, length) = times(bytes, part)?;
            found.millis = length.checked_mul(1000)?.checked_div(scale)?;
            Some(())
        }
        _ => track(bytes, part, found),
    })
}

fn track(bytes: &mut [u8], track: &Part, found: &mut Found) -> Option<()> {
    inside(bytes, track, &IN_TRACK, |bytes, part| match &part.name {
        b"tkhd" => forget_when(bytes, part).map(drop),
        b"mdia" => media(bytes, part, found),
        _ => Some(()),
    })
}

fn media(bytes: &mut [u8], media: &Part, found: &mut Found) -> Option<()> {
    let mut kind = [0; 4];
    let mut format = [0; 4];
    inside(bytes, media, &IN_MEDIA, |bytes, part| match &part.name {
        b"mdhd" => times(bytes, part).map(drop),
        b"hdlr" => {
            kind = bytes.get(part.content + 8..part.content + 12)?.try_into().ok()?;
            // behind it a name somebody gave the track
            bytes.get_mut(part.content + 24..part.end)?.fill(0);
            Some(())
        }
        _ => {
            format = tables(bytes, part)?;
            Some(())
        }
    })?;
    match &kind {
        b"vide" if PICTURES.contains(&&format[..]) => found.pictures += 1,
        b"soun" if SOUNDS.contains(&&format[..]) => found.sounds += 1,
        _ => return None, // subtitles, places, or what we cannot name
    }
    Some(())
}

/// The format the samples of a track are in.
fn tables(bytes: &mut [u8], info: &Part) -> Option<[u8; 4]> {
    let mut format = None;
    inside(bytes, info, &IN_INFO, |bytes, part| {
        if &part.name == b"stbl" {
            let mut at = part.content;
            while at < part.end {
                let table = self::part(bytes, at, part.end)?;
                if &table.name == b"stsd" {
                    format = bytes.get(table.content + 12..table.content + 16)?.try_into().ok();
                }
                at = table.end;
            }
        }
        Some(())
    })?;
    format
}

/// Blanks when it was made and changed; whether its times have eight bytes each.
fn forget_when(bytes: &mut [u8], part: &Part) -> Option<bool> {
    let is_long = *bytes.get(part.content)? == 1;
    let length = if is_long { 16 } else { 8 };
    bytes.get_mut(part.content + 4..part.end)?.get_mut(..length)?.fill(0);
    Some(is_long)
}

/// Units in a second, and how many of them it lasts.
fn times(bytes: &mut [u8], part: &Part) -> Option<(u64, u64)> {
    let is_long = forget_when(bytes, part)?;
    let word = |at: usize| Some(u64::from(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?)));
    let scale = part.content + if is_long { 20 } else { 12 };
    let length = match is_long {
        true => u64::from_be_bytes(bytes.get(scale + 4..scale + 12)?.try_into().ok()?),
        false => word(scale + 4)?,
    };
    Some((word(scale)?, length))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn boxed(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
        let mut bytes = u32::try_from(content.len() + 8).unwrap().to_be_bytes().to_vec();
        bytes.extend_from_slice(name);
        bytes.extend_from_slice(content);
        bytes
    }

    /// One track of pictures, `seconds` long, with whatever else beside it.
    fn video(seconds: u32, kind: &[u8; 4], format: &[u8; 4], beside: &[u8]) -> Vec<u8> {
        let times = |skip: usize| {
            let mut content = vec![0, 0, 0, 0];
            content.extend_from_slice(&[7; 8]); // when it was made
            content.extend_from_slice(&1000_u32.to_be_bytes());
            content.extend_from_slice(&(seconds * 1000).to_be_bytes());
            content.extend(std::iter::repeat_n(0, skip));
            content
        };
        let mut handler = vec![0; 8];
        handler.extend_from_slice(kind);
        handler.extend_from_slice(&[0; 12]);
        handler.extend_from_slice(b"Anna's camera\0");
        let mut sample = vec![0, 0, 0, 0, 0, 0, 0, 1];
        sample.extend_from_slice(&boxed(format, &[0; 8]));
        let info = boxed(b"minf", &boxed(b"stbl", &boxed(b"stsd", &sample)));
        let media = [boxed(b"mdhd", &times(4)), boxed(b"hdlr", &handler), info].concat();
        let track = [boxed(b"tkhd", &[7; 20]), boxed(b"mdia", &media), boxed(b"udta", b"Anna")].concat();
        let movie = [boxed(b"mvhd", &times(60)), boxed(b"trak", &track), beside.to_vec()].concat();
        [
            boxed(b"ftyp", b"isom\0\0\0\0isom"),
            boxed(b"moov", &movie),
            boxed(b"uuid", b"Anna"),
            boxed(b"mdat", b"samples"),
        ]
        .concat()
    }

    #[test]
    fn what_was_written_beside_it_goes_and_the_samples_stay() {
        let sent = video(60, b"vide", b"avc1", &boxed(b"udta", b"+48.1+011.5/ Anna"));
        let kept = clean(&sent).unwrap();
        assert_eq!(kept.len(), sent.len());
        assert!(!kept.windows(4).any(|word| word == b"Anna" || word == b"udta" || word == b"+48."));
        assert_eq!(&kept[kept.len() - 7..], b"samples");
        assert_eq!(clean(&kept).unwrap(), kept, "clean once is clean for good");
    }

    #[test]
    fn what_is_no_short_video_is_refused() {
        let code = |bytes: &[u8]| match clean(bytes) {
            Err(Error::Invalid(flaws)) => flaws[0].code,
            _ => "taken",
        };
        assert_eq!(code(&video(16 * 60, b"vide", b"avc1", b"")), "video_long");
        assert_eq!(code(&video(60, b"meta", b"mett", b"")), "video");
        assert_eq!(code(&video(60, b"vide", b"xxxx", b"")), "video");
        assert_eq!(code(&video(0, b"vide", b"avc1", b"")), "video");
        let whole = video(60, b"vide", b"avc1", b"");
        for end in 0..whole.len() {
            assert_ne!(code(&whole[..end]), "taken", "{end}");
        }
        for at in 0..whole.len() {
            let mut odd = whole.clone();
            odd[at] ^= 0xff;
            let _ = clean(&odd); // whatever it says, it says it
        }
    }
}
