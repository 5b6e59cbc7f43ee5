//! Pictures: measured by their header, decoded, turned upright, made anew as JPEG. What the camera wrote beside the
//! picture, such as where it was taken, is not copied, so it is gone (AB-12).

use super::{Clean, Refusal, jpeg};
use crate::documents::kind::Kind;
use heifer::heifer_isobmff::HeifFile;
use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::PngDecoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, Limits, RgbImage};
use std::io::Cursor;

/// Megapixels we decode at most.
pub(super) const MAX_MEGAPIXELS: i64 = 50;
const MAX_PIXELS: u64 = MAX_MEGAPIXELS as u64 * 1_000_000;
/// Bytes a decoder may take.
const MAX_ALLOC: u64 = 420 * 1024 * 1024;
/// The longest side of a picture we keep: every letter of a page is legible at it.
const LONGEST: u32 = 4_000;
const QUALITY: u8 = 85;

/// The picture as we keep it.
pub(super) fn clean(kind: Kind, bytes: &[u8]) -> Result<Clean, Refusal> {
    let picture = match kind {
        Kind::Jpeg => {
            if !jpeg::is_whole(bytes) {
                return Err(Refusal::Unreadable);
            }
            decode(JpegDecoder::new(Cursor::new(bytes)).map_err(unreadable)?)?
        }
        Kind::Png => decode(PngDecoder::with_limits(Cursor::new(bytes), limits()).map_err(unreadable)?)?,
        Kind::Heic => heic(bytes)?,
        Kind::Pdf => return Err(Refusal::Type),
    };
    let bytes = encode(&picture)?;
    Ok(Clean { media_type: "image/jpeg", bytes, pages: 1 })
}

fn decode(mut decoder: impl ImageDecoder) -> Result<RgbImage, Refusal> {
    let (width, height) = decoder.dimensions();
    measure(width, height)?;
    decoder.set_limits(limits()).map_err(unreadable)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let picture = DynamicImage::from_decoder(decoder).map_err(unreadable)?;
    let mut picture = smaller(picture);
    picture.apply_orientation(orientation);
    Ok(on_white(picture))
}

/// The primary picture of a HEIC file, in the colours of a screen. Its own turns and crops are applied.
fn heic(bytes: &[u8]) -> Result<RgbImage, Refusal> {
    let file = HeifFile::parse(bytes).map_err(unreadable)?;
    let (width, height) = file.image_size(file.primary_id).map_err(unreadable)?.ok_or(Refusal::Unreadable)?;
    measure(width, height)?;
    drop(file);
    let options = heifer::Options { max_threads: 1, max_pixels: MAX_PIXELS };
    let picture = match heifer::decode_srgb_rgba8(bytes, &options) {
        // colours we cannot convert: better a little off than no document
        Err(heifer::Error::Unsupported(_)) => heifer::decode_rgba8(bytes, &options),
        other => other,
    }
    .map_err(unreadable)?;
    let (width, height) = (picture.width, picture.height);
    measure(width, height)?;
    let picture = RgbImage::from_raw(width, height, picture.into_rgb8()).ok_or(Refusal::Unreadable)?;
    Ok(smaller(DynamicImage::ImageRgb8(picture)).into_rgb8())
}

/// Read from the header, before anything is decoded.
fn measure(width: u32, height: u32) -> Result<(), Refusal> {
    let pixels = u64::from(width) * u64::from(height);
    if pixels == 0 {
        return Err(Refusal::Unreadable);
    }
    if pixels > MAX_PIXELS { Err(Refusal::Pixels) } else { Ok(()) }
}

fn smaller(picture: DynamicImage) -> DynamicImage {
    if picture.width().max(picture.height()) <= LONGEST {
        return picture;
    }
    picture.resize(LONGEST, LONGEST, FilterType::Triangle)
}

/// Transparent parts become paper.
fn on_white(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let rgba = picture.into_rgba8();
    let mut rgb = RgbImage::new(rgba.width(), rgba.height());
    for (from, to) in rgba.pixels().zip(rgb.pixels_mut()) {
        let alpha = u32::from(from[3]);
        for channel in 0..3 {
            let mixed = (u32::from(from[channel]) * alpha + 255 * (255 - alpha)) / 255;
            to[channel] = u8::try_from(mixed).unwrap_or(255);
        }
    }
    rgb
}

fn encode(picture: &RgbImage) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::with_capacity(1_000_000);
    JpegEncoder::new_with_quality(&mut bytes, QUALITY).encode_image(picture).map_err(unreadable)?;
    Ok(bytes)
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_ALLOC);
    limits
}

/// What a decoder says may quote the file; only that it failed matters.
fn unreadable<E>(_: E) -> Refusal {
    Refusal::Unreadable
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        let picture = image::RgbaImage::from_fn(width, height, |x, _| {
            if x < width / 2 { image::Rgba([200, 10, 10, 255]) } else { image::Rgba([0, 0, 0, 0]) }
        });
        picture.write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Png).unwrap();
        bytes
    }

    #[test]
    fn a_picture_is_made_anew_on_white_paper() {
        let clean = clean(Kind::Png, &png(40, 20)).unwrap();
        let back = image::load_from_memory(&clean.bytes).unwrap().into_rgb8();
        assert_eq!((clean.media_type, back.dimensions()), ("image/jpeg", (40, 20)));
        assert!(back.get_pixel(35, 10)[0] > 240, "{:?}", back.get_pixel(35, 10));
        assert!(back.get_pixel(5, 10)[0] > 180 && back.get_pixel(5, 10)[1] < 40);
    }

    #[test]
    fn a_huge_header_is_refused_before_anything_is_decoded() {
        let mut bomb = png(2, 2);
        // 10,000 by 6,000 in the header, with its checksum made right
        bomb[16..20].copy_from_slice(&10_000_u32.to_be_bytes());
        bomb[20..24].copy_from_slice(&6_000_u32.to_be_bytes());
        let sum = crc(&bomb[12..29]);
        bomb[29..33].copy_from_slice(&sum.to_be_bytes());
        assert_eq!(clean(Kind::Png, &bomb), Err(Refusal::Pixels));
    }

    #[test]
    fn a_picture_cut_short_is_refused() {
        let mut whole = Vec::new();
        JpegEncoder::new(&mut whole).encode_image(&RgbImage::new(64, 64)).unwrap();
        assert!(clean(Kind::Jpeg, &whole).is_ok());
        assert_eq!(clean(Kind::Jpeg, &whole[..whole.len() / 2]), Err(Refusal::Unreadable));
        let png = png(64, 64);
        assert_eq!(clean(Kind::Png, &png[..png.len() / 2]), Err(Refusal::Unreadable));
        assert_eq!(clean(Kind::Heic, b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"), Err(Refusal::Unreadable));
    }

    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0_u32, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
                if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 }
            })
        })
    }
}
