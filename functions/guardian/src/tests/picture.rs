//! Small photos that say when and where they were taken, and larger ones of things.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ExtendedColorType, ImageEncoder as _, Rgb, RgbImage};
use sha2::{Digest as _, Sha256};

/// Things in a scene.
const THINGS: u8 = 16;

/// Four by three pixels of one colour.
pub(super) fn png(colour: [u8; 3], exif: Option<Vec<u8>>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new(&mut bytes);
    if let Some(exif) = exif {
        encoder.set_exif_metadata(exif).unwrap();
    }
    encoder.write_image(&colour.repeat(12), 4, 3, ExtendedColorType::Rgb8).unwrap();
    bytes
}

/// A local time, and a place at `lat`° N 74° E.
pub(super) fn exif(time: &str, lat: u8) -> Vec<u8> {
    const ASCII: u8 = 2;
    const LONG: u8 = 4;
    const RATIONAL: u8 = 5;
    let directory = |entries: &[(u16, u8, u8, [u8; 4])]| {
        let mut bytes = vec![u8::try_from(entries.len()).unwrap(), 0];
        for (tag, kind, count, value) in entries {
            bytes.extend(tag.to_le_bytes());
            bytes.extend([*kind, 0, *count, 0, 0, 0]);
            bytes.extend(value);
        }
        [bytes, vec![0; 4]].concat()
    };
    let at = |offset: u8| [offset, 0, 0, 0];
    let degrees =
        |whole: u8| [[whole, 0, 0, 0, 1, 0, 0, 0], [0, 0, 0, 0, 1, 0, 0, 0], [0, 0, 0, 0, 1, 0, 0, 0]].concat();
    let position =
        [(1, ASCII, 2, *b"N\0\0\0"), (2, RATIONAL, 3, at(130)), (3, ASCII, 2, *b"E\0\0\0"), (4, RATIONAL, 3, at(154))];
    [
        b"II*\0\x08\0\0\0".to_vec(),
        directory(&[(0x8769, LONG, 1, at(38)), (0x8825, LONG, 1, at(56))]),
        directory(&[(0x9003, ASCII, 20, at(110))]),
        directory(&position),
        [time.as_bytes(), b"\0"].concat(),
        degrees(lat),
        degrees(74),
    ]
    .concat()
}

/// The same, whose pixels do not decode: its parts and their checksums are right.
pub(super) fn damaged(mut png: Vec<u8>) -> Vec<u8> {
    let pixels = png.windows(4).position(|name| name == b"IDAT").unwrap();
    let length = usize::from(png[pixels - 1]);
    // Neither a stored block, nor one of either kind of codes.
    png[pixels + 6] = 0xFF;
    let checksum = crc32fast::hash(&png[pixels..pixels + 4 + length]);
    png[pixels + 4 + length..pixels + 8 + length].copy_from_slice(&checksum.to_be_bytes());
    png
}

/// Round things of many sizes and colours on a wall; each name gives others.
pub(super) fn scene(name: &str) -> Vec<u8> {
    let things: Vec<[u8; 32]> =
        (0..THINGS).map(|nth| Sha256::digest([name.as_bytes(), &[nth]].concat()).into()).collect();
    let picture = RgbImage::from_fn(800, 600, |x, y| {
        let covers = |thing: &&[u8; 32]| {
            let [a, b, c, d, e, ..] = thing.map(u32::from);
            let (across, down) = ((a * 256 + b) % 800, (c * 256 + d) % 600);
            x.abs_diff(across).pow(2) + y.abs_diff(down).pow(2) < (12 + e / 4).pow(2)
        };
        things.iter().rev().find(covers).map_or(Rgb([200, 190, 180]), |thing| Rgb([thing[5], thing[6], thing[7]]))
    });
    jpeg(&DynamicImage::from(picture), 90)
}

/// The same as somebody else would hand it in: mirrored, smaller, and compressed once more.
pub(super) fn made_over(photo: &[u8]) -> Vec<u8> {
    let smaller = image::load_from_memory(photo).unwrap().fliph().resize(660, 660, FilterType::Triangle);
    jpeg(&smaller, 60)
}

fn jpeg(picture: &DynamicImage, quality: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    picture.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, quality)).unwrap();
    bytes
}

/// A JPEG that says when and where it was taken.
pub(super) fn stamped(jpeg: &[u8], exif: &[u8]) -> Vec<u8> {
    let segment = [b"Exif\0\0", exif].concat();
    let length = u16::try_from(segment.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xFF, 0xE1], &length, &segment, &jpeg[2..]].concat()
}
