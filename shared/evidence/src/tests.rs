//! Real files, damaged files, and files that are something else.

mod random;

use super::*;
use crate::metadata::tests::{camera, camera_says, tiff};
use image::codecs::{jpeg::JpegEncoder, png::PngEncoder, webp::WebPEncoder};
use image::{ExtendedColorType, ImageEncoder};

/// A colour gradient, so that no format can drop pixels unseen.
pub(super) fn encoded(format: Format, width: u32, height: u32, exif: Option<Vec<u8>>) -> Vec<u8> {
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
    match format {
        Format::Jpeg => write(JpegEncoder::new(&mut bytes), &pixels, (width, height), exif),
        Format::Png => write(PngEncoder::new(&mut bytes), &pixels, (width, height), exif),
        Format::Webp => write(WebPEncoder::new_lossless(&mut bytes), &pixels, (width, height), exif),
    }
    bytes
}

pub(super) fn small(format: Format) -> Vec<u8> {
    encoded(format, 16, 12, Some(tiff(&camera(), true)))
}

fn find(bytes: &[u8], needle: &[u8]) -> usize {
    bytes.windows(needle.len()).position(|window| window == needle).unwrap()
}

/// A PNG's checksum.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes
        .iter()
        .fold(!0, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xEDB8_8320 * (crc & 1))))
}

fn png_chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let named = [name, data].concat();
    let length = u32::try_from(data.len()).unwrap();
    [&length.to_be_bytes()[..], &named, &crc32(&named).to_be_bytes()].concat()
}

/// The small PNG, claiming another size.
fn png_claiming(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = small(Format::Png);
    let depth = [8, 2, 0, 0, 0];
    let header = png_chunk(b"IHDR", &[&width.to_be_bytes()[..], &height.to_be_bytes(), &depth].concat());
    bytes[8..8 + header.len()].copy_from_slice(&header);
    bytes
}

/// The small JPEG, claiming another size and this start-of-frame marker.
fn jpeg_claiming(width: u16, height: u16, frame: u8) -> Vec<u8> {
    let mut bytes = small(Format::Jpeg);
    let start = find(&bytes, &[0xFF, 0xC0, 0, 17, 8]);
    bytes[start + 1] = frame;
    bytes[start + 5..start + 7].copy_from_slice(&height.to_be_bytes());
    bytes[start + 7..start + 9].copy_from_slice(&width.to_be_bytes());
    bytes
}

#[test]
fn every_format_is_read_with_its_exif() {
    for format in Format::ALL {
        let bytes = small(format);
        let says = camera_says();
        let expected = Photo {
            format,
            sha256: Sha256::digest(&bytes).into(),
            size_bytes: u64::try_from(bytes.len()).unwrap(),
            width: 16,
            height: 12,
            taken_at: says.taken_at,
            position: says.position,
            position_error_m: says.position_error_m,
        };
        assert_eq!(read(&bytes), Ok(expected));
    }
}

#[test]
fn a_photo_without_exif_or_with_broken_exif_is_still_a_photo() {
    for format in Format::ALL {
        for exif in [None, Some(b"MM\0\x2a\xFF\xFF\xFF\xFF".to_vec()), Some(vec![b'x'; 500])] {
            let photo = read(&encoded(format, 3, 2, exif)).unwrap();
            assert_eq!((photo.width, photo.height), (3, 2));
            assert_eq!((photo.taken_at, photo.position, photo.position_error_m), (None, None, None));
        }
    }
}

#[test]
fn one_pixel_is_enough_and_twelve_thousand_a_side_are_not_too_many() {
    for format in Format::ALL {
        for (width, height) in [(1, 1), (12_000, 1), (1, 12_000)] {
            let photo = read(&encoded(format, width, height, None)).unwrap();
            assert_eq!((photo.width, photo.height), (width, height));
        }
        for (width, height) in [(12_001, 1), (1, 12_001)] {
            assert_eq!(read(&encoded(format, width, height, None)), Err(Unreadable::TooLarge), "{format:?}");
        }
    }
}

#[test]
fn a_hash_is_that_of_the_file() {
    let photo = read(&small(Format::Png)).unwrap();
    let mut other = small(Format::Png);
    other.push(0);
    assert_ne!(read(&other).unwrap().sha256, photo.sha256);
}

#[test]
fn a_truncated_file_is_refused_wherever_it_ends() {
    for format in Format::ALL {
        let bytes = small(format);
        for length in 12..bytes.len() {
            assert_eq!(read(&bytes[..length]), Err(Unreadable::Broken), "{format:?} {length}");
        }
    }
}

#[test]
fn a_flipped_byte_never_panics_nor_breaks_the_limits() {
    for format in Format::ALL {
        let bytes = small(format);
        for index in 0..bytes.len() {
            for flip in [0x01, 0x80, 0xFF] {
                let mut bytes = bytes.clone();
                bytes[index] ^= flip;
                let sides = read(&bytes).map_or((1, 1), |photo| (photo.width, photo.height));
                assert!((1..=SIDE_MAX).contains(&sides.0) && (1..=SIDE_MAX).contains(&sides.1));
            }
        }
    }
}

#[test]
fn bombs_are_refused_by_what_they_claim() {
    let mut many_bytes = small(Format::Jpeg);
    many_bytes.resize(usize::try_from(PHOTO_BYTES).unwrap() + 1, 0);
    let mut many_scans = small(Format::Jpeg);
    let scan = find(&many_scans, &[0xFF, 0xDA]);
    many_scans.splice(scan..scan, [0xFF, 0xDA, 0, 3, 3].repeat(SCANS_MAX));
    let cases = [
        png_claiming(50_000, 50_000),
        png_claiming(12_000, 6_000),
        png_claiming(8_001, 8_000),
        jpeg_claiming(50_000, 50_000, 0xC0),
        jpeg_claiming(8_001, 8_000, 0xC0),
        // Progressive: 9 bytes a pixel instead of 3.
        jpeg_claiming(6_000, 6_000, 0xC2),
        many_bytes,
        many_scans,
    ];
    for (index, bytes) in cases.iter().enumerate() {
        assert_eq!(read(bytes), Err(Unreadable::TooLarge), "{index}");
    }
    // Within the limits, so it is the missing pixels that are found.
    assert_eq!(read(&png_claiming(8_000, 8_000)), Err(Unreadable::Broken));
}

#[test]
fn an_animation_is_refused() {
    let mut png = small(Format::Png);
    png.splice(33..33, png_chunk(b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0]));
    // With EXIF the file is an extended one, whose flags announce animation.
    let mut webp = small(Format::Webp);
    let flags = find(&webp, b"VP8X") + 8;
    webp[flags] |= 0x02;
    for bytes in [png, webp] {
        assert_eq!(read(&bytes), Err(Unreadable::Animated));
    }
}

#[test]
fn what_follows_the_image_is_ignored() {
    for format in Format::ALL {
        let mut bytes = small(format);
        bytes.extend(b"<html><script>alert(1)</script></html>");
        let photo = read(&bytes).unwrap();
        assert_eq!((photo.format, photo.width, photo.height), (format, 16, 12));
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
fn a_content_type_names_its_format() {
    for format in Format::ALL {
        assert_eq!(Format::from_content_type(format.content_type()), Some(format));
        assert_eq!(Format::sniff(&small(format)), Some(format));
    }
    for text in ["", "image/jpg", "IMAGE/PNG", "image/png; charset=utf-8", "image/heic", "image/svg+xml"] {
        assert_eq!(Format::from_content_type(text), None, "{text}");
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
