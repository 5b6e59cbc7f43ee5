//! Files as phones make them, made with the tools that make them.

use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A photo of nothing, with a red upper half, so that one sees which way up it is.
pub fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let picture = RgbImage::from_fn(width, height, |x, y| {
        let grain = u8::try_from((x * 7 + y * 13) % 23).unwrap_or(0);
        if y < height / 2 { Rgb([200 + grain, 20, 20]) } else { Rgb([20, 20 + grain, 60]) }
    });
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 90).encode_image(&picture).unwrap();
    bytes
}

/// The same as a phone on its side writes it: with where and when it was taken.
pub fn with_location(dir: &Path, jpeg: &[u8]) -> Vec<u8> {
    let file = dir.join("located.jpg");
    std::fs::write(&file, jpeg).unwrap();
    let arguments = [
        "-overwrite_original",
        "-GPSLatitude=41.8781",
        "-GPSLatitudeRef=N",
        "-GPSLongitude=87.6298",
        "-GPSLongitudeRef=W",
        "-Make=Handrail Phone",
        "-Comment=Ana at home",
        "-XMP-dc:Creator=Ana Ruiz",
        "-n",
        "-Orientation=6",
    ];
    run(Command::new("exiftool").args(arguments).arg(&file), "libimage-exiftool-perl");
    std::fs::read(&file).unwrap()
}

/// What exiftool finds in a file.
pub fn traces(dir: &Path, bytes: &[u8]) -> String {
    let file = dir.join("served");
    std::fs::write(&file, bytes).unwrap();
    let found = Command::new("exiftool").args(["-a", "-G1"]).arg(&file).output().unwrap();
    String::from_utf8_lossy(&found.stdout).into_owned()
}

/// A HEIC file, with where it was taken.
pub fn heic(dir: &Path, jpeg: &[u8]) -> Vec<u8> {
    let (from, to): (PathBuf, PathBuf) = (dir.join("photo.jpg"), dir.join("photo.heic"));
    std::fs::write(&from, with_location(dir, jpeg)).unwrap();
    run(Command::new("heif-enc").args(["-q", "60", "-o"]).arg(&to).arg(&from), "libheif-examples");
    std::fs::read(&to).unwrap()
}

/// A small PDF of one page; `extra` stands in it as a stream of its own.
pub fn pdf(extra: &[u8]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    let objects: [Vec<u8>; 5] = [
        b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents [4 0 R 5 0 R] /Resources << >> >>"
            .to_vec(),
        b"<< /Length 5 >>\nstream\nBT ET\nendstream".to_vec(),
        [format!("<< /Length {} >>\nstream\n", extra.len()).as_bytes(), extra, b"\nendstream"].concat(),
    ];
    for (number, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        bytes.extend_from_slice(format!("{} 0 obj\n", number + 1).as_bytes());
        bytes.extend_from_slice(object);
        bytes.extend_from_slice(b"\nendobj\n");
    }
    let table = bytes.len();
    bytes.extend_from_slice(b"xref\n0 6\n0000000000 65535 f \n");
    for place in places {
        bytes.extend_from_slice(format!("{place:010} 00000 n \n").as_bytes());
    }
    bytes.extend_from_slice(
        format!("trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").as_bytes(),
    );
    bytes
}

/// The same PDF behind a password.
pub fn locked(dir: &Path, pdf: &[u8]) -> Vec<u8> {
    let (from, to) = (dir.join("open.pdf"), dir.join("locked.pdf"));
    std::fs::write(&from, pdf).unwrap();
    run(Command::new("qpdf").args(["--encrypt", "secret", "owner", "256", "--"]).arg(&from).arg(&to), "qpdf");
    std::fs::read(&to).unwrap()
}

/// A PNG whose header says 10,000 by 6,000 pixels and whose body says nothing.
pub fn png_bomb() -> Vec<u8> {
    let mut header = b"IHDR".to_vec();
    header.extend_from_slice(&10_000_u32.to_be_bytes());
    header.extend_from_slice(&6_000_u32.to_be_bytes());
    header.extend_from_slice(&[8, 2, 0, 0, 0]);
    let sum = !header.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(
            crc ^ u32::from(*byte),
            |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 },
        )
    });
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0d".to_vec();
    bytes.extend_from_slice(&header);
    bytes.extend_from_slice(&sum.to_be_bytes());
    bytes.extend_from_slice(b"\0\0\0\x0cIDAT\x78\x9c\x03\0\0\0\0\x01\0\0\0\0");
    bytes
}

fn run(command: &mut Command, package: &str) {
    let done = command.output().unwrap_or_else(|error| {
        panic!("{:?} does not start ({error}); install {package}", command.get_program())
    });
    assert!(done.status.success(), "{:?}: {}", command.get_program(), String::from_utf8_lossy(&done.stderr));
}
