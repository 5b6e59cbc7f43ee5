//! Pictures for the documents of the demonstration: a drawn card or page that says nothing about anybody.

use crate::adapters::files::Files;
use crate::content_media::{self, Kept};
use domain::content::{MediaFile, VIDEO};
use domain::ctx::Ctx;
use domain::documents::file_place;
use domain::editorial;
use domain::error::{Error, Result};
use domain::imports::{self, Filled};
use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage};
use sha2::{Digest, Sha256};

const PAPER: Rgb<u8> = Rgb([246, 241, 231]);
const TABLE: Rgb<u8> = Rgb([121, 104, 87]);
const BAND: Rgb<u8> = Rgb([34, 92, 122]);
const WORDS: Rgb<u8> = Rgb([126, 130, 140]);

/// The film a lesson of the demonstration shows, as it would be kept.
const FILM: &[u8] = include_bytes!("../../demo/breathe/inhaler.mp4");
const LESSON: &str = "BR/EDU-103";

/// Says which film the lesson shows.
pub(super) async fn name_film(ctx: &Ctx) -> Result<()> {
    editorial::attach_media(ctx, LESSON, &MediaFile::of(VIDEO, FILM)).await
}

/// Keeps the film with the files.
pub(super) async fn keep_film(files: &Files) -> Result<()> {
    let kept = Kept { file: MediaFile::of(VIDEO, FILM), bytes: FILM.to_vec() };
    content_media::put(files, &kept).await
}

/// Gives every document without a file its file, sealed for its person.
pub(super) async fn hang(ctx: &Ctx, files: &Files) -> Result<()> {
    let (card, page) = (drawn(true)?, drawn(false)?);
    let mut filled = Vec::new();
    for empty in imports::without_file(ctx).await? {
        let bytes = if empty.kind.contains("card") { &card } else { &page };
        let sealed = empty.key.seal_bytes(&file_place(empty.id), bytes)?;
        filled.push(Filled {
            id: empty.id,
            bytes: i64::try_from(bytes.len()).unwrap_or(0),
            digest: hex::encode(Sha256::digest(&sealed)),
        });
        files.put(&empty.store_key, sealed).await?;
    }
    imports::fill(ctx, &filled).await
}

/// A card lying on a table, or a page of text.
fn drawn(is_card: bool) -> Result<Vec<u8>> {
    let (width, height) = if is_card { (960, 640) } else { (720, 960) };
    let mut picture = RgbImage::from_pixel(width, height, TABLE);
    rectangle(&mut picture, 40, 40, width - 80, height - 80, PAPER);
    if is_card {
        rectangle(&mut picture, 40, 40, width - 80, 120, BAND);
        rectangle(&mut picture, width - 210, 220, 120, 120, BAND);
    }
    let (first, step) = if is_card { (220, 70) } else { (120, 48) };
    let mut line = first;
    let mut at = 0_u32;
    while line + 60 < height - 60 {
        let length = (width - 360) * (55 + (at * 37) % 45) / 100;
        rectangle(&mut picture, 90, line, length, if is_card { 26 } else { 16 }, WORDS);
        line += step;
        at += 1;
    }
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 70)
        .encode_image(&picture)
        .map_err(|_| Error::internal("a picture could not be drawn"))?;
    Ok(bytes)
}

fn rectangle(picture: &mut RgbImage, left: u32, top: u32, width: u32, height: u32, colour: Rgb<u8>) {
    for y in top..(top + height).min(picture.height()) {
        for x in left..(left + width).min(picture.width()) {
            picture.put_pixel(x, y, colour);
        }
    }
}
