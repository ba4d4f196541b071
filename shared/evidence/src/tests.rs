//! Real files, damaged files, and files that are something else.

pub(crate) mod changes;
#[path = "../../../tests/harness/src/photos/flat.rs"]
#[allow(unreachable_pub, reason = "public in the package this file belongs to")]
mod flat;
pub(crate) mod kinds;
mod memory;
mod random;
pub(crate) mod scenes;

use super::*;
use crate::metadata::tests::{camera, camera_says, tiff};
use image::codecs::{jpeg::JpegEncoder, png::PngEncoder, webp::WebPEncoder};
use image::{ExtendedColorType, ImageEncoder};

/// A colour gradient, so that no format can drop pixels unseen.
pub(crate) fn encoded(photo_type: PhotoType, width: u32, height: u32, exif: Option<Vec<u8>>) -> Vec<u8> {
    fn write(mut encoder: impl ImageEncoder, pixels: &[u8], size: (u32, u32), exif: Option<Vec<u8>>) {
        if let Some(exif) = exif {
            encoder.set_exif_metadata(exif).unwrap();
        }
        encoder.write_image(pixels, size.0, size.1, ExtendedColorType::Rgb8).unwrap();
    }
    let pixels: Vec<u8> = (0..width * height)
        .flat_map(|pixel| [pixel % width * 16, pixel / width * 16, pixel])
        .map(|value| u8::try_from(value % 256).unwrap())
        .collect();
    let mut bytes = Vec::new();
    match photo_type {
        PhotoType::Jpeg => write(JpegEncoder::new(&mut bytes), &pixels, (width, height), exif),
        PhotoType::Png => write(PngEncoder::new(&mut bytes), &pixels, (width, height), exif),
        PhotoType::Webp => write(WebPEncoder::new_lossless(&mut bytes), &pixels, (width, height), exif),
    }
    bytes
}

pub(super) fn small(photo_type: PhotoType) -> Vec<u8> {
    encoded(photo_type, 16, 12, Some(tiff(&camera(), true)))
}

fn find(bytes: &[u8], needle: &[u8]) -> usize {
    bytes.windows(needle.len()).position(|window| window == needle).unwrap()
}

pub(crate) fn png_chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let named = [name, data].concat();
    let length = u32::try_from(data.len()).unwrap();
    [&length.to_be_bytes()[..], &named, &crc32fast::hash(&named).to_be_bytes()].concat()
}

/// The small PNG, claiming another size.
fn png_claiming(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = small(PhotoType::Png);
    let depth = [8, 2, 0, 0, 0];
    let header = png_chunk(b"IHDR", &[&width.to_be_bytes()[..], &height.to_be_bytes(), &depth].concat());
    bytes[8..8 + header.len()].copy_from_slice(&header);
    bytes
}

/// The small JPEG, claiming another size and this start-of-frame marker.
fn jpeg_claiming(width: u16, height: u16, frame: u8) -> Vec<u8> {
    let mut bytes = small(PhotoType::Jpeg);
    let start = find(&bytes, &[0xFF, 0xC0, 0, 17, 8]);
    bytes[start + 1] = frame;
    bytes[start + 5..start + 7].copy_from_slice(&height.to_be_bytes());
    bytes[start + 7..start + 9].copy_from_slice(&width.to_be_bytes());
    bytes
}

/// A small WebP without EXIF, claiming another size.
fn webp_claiming(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = encoded(PhotoType::Webp, 16, 12, None);
    let sides = find(&bytes, b"VP8L") + 9;
    bytes[sides..sides + 4].copy_from_slice(&((width - 1) | (height - 1) << 14).to_le_bytes());
    bytes
}

#[test]
fn every_format_is_read_with_its_exif() {
    for &photo_type in PhotoType::ALL {
        let bytes = small(photo_type);
        let says = camera_says();
        let expected = Photo {
            photo_type,
            sha256: Sha256::digest(&bytes).into(),
            size_bytes: u64::try_from(bytes.len()).unwrap(),
            identity: read(&bytes).unwrap().identity,
            width: 16,
            height: 12,
            taken_at: says.taken_at,
            position: says.position,
            position_error_m: says.position_error_m,
            orientation: 0,
            origin: Origin::default(),
        };
        assert_eq!(decode(&bytes), Ok(expected));
    }
}

#[test]
fn a_photo_without_exif_or_with_broken_exif_is_still_a_photo() {
    for &photo_type in PhotoType::ALL {
        for exif in [None, Some(b"MM\0\x2a\xFF\xFF\xFF\xFF".to_vec()), Some(vec![b'x'; 500])] {
            let photo = read(&encoded(photo_type, 3, 2, exif)).unwrap();
            assert_eq!((photo.width, photo.height), (3, 2));
            assert_eq!((photo.taken_at, photo.position, photo.position_error_m), (None, None, None));
        }
    }
}

#[test]
fn one_pixel_is_enough_and_panoramas_are_not_too_long() {
    for &photo_type in PhotoType::ALL {
        for (width, height) in [(1, 1), (16_382, 1), (1, 16_382)] {
            let photo = decode(&encoded(photo_type, width, height, None)).unwrap();
            assert_eq!((photo.width, photo.height), (width, height));
        }
    }
}

#[test]
fn a_hash_is_that_of_the_file() {
    let photo = read(&small(PhotoType::Png)).unwrap();
    let mut other = small(PhotoType::Png);
    other.push(0);
    assert_ne!(read(&other).unwrap().sha256, photo.sha256);
}

#[test]
fn a_truncated_file_is_refused_wherever_it_ends() {
    for &photo_type in PhotoType::ALL {
        let bytes = small(photo_type);
        // The end marker of a JPEG may be missing.
        let end = if photo_type == PhotoType::Jpeg { bytes.len() - 2 } else { bytes.len() };
        for length in 12..end {
            assert_eq!(read(&bytes[..length]), Err(Unreadable::Broken), "{photo_type:?} {length}");
        }
    }
}

#[test]
fn a_flipped_byte_never_panics_nor_breaks_the_limits() {
    for &photo_type in PhotoType::ALL {
        let bytes = small(photo_type);
        for index in 0..bytes.len() {
            for flip in [0x01, 0x80, 0xFF] {
                let mut bytes = bytes.clone();
                bytes[index] ^= flip;
                let sides = decode(&bytes).map_or((1, 1), |photo| (photo.width, photo.height));
                assert!((1..=SIDE_MAX).contains(&sides.0) && (1..=SIDE_MAX).contains(&sides.1));
            }
        }
    }
}

#[test]
fn bombs_are_refused_by_what_they_claim() {
    let mut many_bytes = small(PhotoType::Jpeg);
    many_bytes.resize(usize::try_from(PHOTO_BYTES).unwrap() + 1, 0);
    let mut many_scans = small(PhotoType::Jpeg);
    let scan = find(&many_scans, &[0xFF, 0xDA]);
    many_scans.splice(scan..scan, [0xFF, 0xDA, 0, 3, 3].repeat(SCANS_MAX));
    let cases = [
        png_claiming(50_000, 50_000),
        png_claiming(12_001, 10_000),
        png_claiming(65_536, 1),
        png_claiming(1, 65_536),
        jpeg_claiming(50_000, 50_000, 0xC0),
        jpeg_claiming(65_535, 3_663, 0xC2),
        webp_claiming(16_384, 16_384),
        many_bytes,
        many_scans,
    ];
    for (index, bytes) in cases.iter().enumerate() {
        assert_eq!(read(bytes), Err(Unreadable::TooLarge), "{index}");
    }
    // Within the limits, so it is the missing pixels that are found.
    let cases = [
        png_claiming(12_000, 10_000),
        jpeg_claiming(65_535, 3_662, 0xC0),
        jpeg_claiming(16_384, 14_648, 0xC0),
        jpeg_claiming(12_000, 9_000, 0xC0),
        webp_claiming(12_000, 10_000),
    ];
    for (index, bytes) in cases.iter().enumerate() {
        assert!(read(bytes).is_ok(), "{index}");
        assert_eq!(decode(bytes), Err(Unreadable::Broken), "{index}");
    }
}

#[test]
fn a_jpeg_that_nobody_shows_is_no_photo() {
    // Lossless, and with arithmetic codes.
    for frame in [0xC3, 0xC9, 0xCA] {
        assert_eq!(read(&jpeg_claiming(16, 12, frame)), Err(Unreadable::UnknownFormat), "{frame:x}");
    }
    assert_eq!(read(&jpeg_claiming(0, 12, 0xC0)), Err(Unreadable::Broken));
    // Which of two frames would be shown?
    let mut two = small(PhotoType::Jpeg);
    let start = find(&two, &[0xFF, 0xC0, 0, 17, 8]);
    let frame = two[start..start + 19].to_vec();
    two.splice(start..start, frame);
    assert_eq!(read(&two), Err(Unreadable::Broken));
}

#[test]
fn an_animation_is_refused() {
    let mut png = small(PhotoType::Png);
    png.splice(33..33, png_chunk(b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0]));
    // With EXIF the file is an extended one, whose flags announce animation.
    let mut webp = small(PhotoType::Webp);
    let flags = find(&webp, b"VP8X") + 8;
    webp[flags] |= 0x02;
    for bytes in [png, webp] {
        assert_eq!(read(&bytes), Err(Unreadable::Animated));
    }
}

#[test]
fn what_follows_the_image_is_ignored() {
    for &photo_type in PhotoType::ALL {
        let mut bytes = small(photo_type);
        bytes.extend(b"<html><script>alert(1)</script></html>");
        let photo = decode(&bytes).unwrap();
        assert_eq!((photo.photo_type, photo.width, photo.height), (photo_type, 16, 12));
    }
}

#[test]
fn what_is_no_photo_is_refused() {
    let cases: [&[u8]; 11] = [
        b"",
        b"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
        b"\xFF\xD8",
        b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        b"<html><img src=x></html>",
        b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n",
        b"GIF89a\x01\0\x01\0\0\0\0;",
        b"BM\x3A\0\0\0\0\0\0\0\x36\0\0\0",
        b"II*\0\x08\0\0\0\0\0\0\0",
        b"\0\0\0\x18ftypheic\0\0\0\0",
        b"RIFF\x24\0\0\0WAVEfmt ",
    ];
    for bytes in cases {
        assert_eq!(read(bytes), Err(Unreadable::UnknownFormat), "{bytes:?}");
    }
    for bytes in [&b"\xFF\xD8\xFF\xD9"[..], b"\x89PNG\r\n\x1A\n", b"RIFF\x04\0\0\0WEBP", b"RIFF\0\0\0\0WEBP"] {
        assert_eq!(read(bytes), Err(Unreadable::Broken), "{bytes:?}");
    }
}

#[test]
fn a_refusal_is_one_sentence() {
    let cases = [Unreadable::UnknownFormat, Unreadable::Broken, Unreadable::TooLarge, Unreadable::Animated];
    for refusal in cases {
        let text = refusal.to_string();
        assert!(text.starts_with("The photo is ") && text.ends_with('.'), "{text}");
    }
}
