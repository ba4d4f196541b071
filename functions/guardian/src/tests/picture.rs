//! Small photos that say when and where they were taken, and larger ones of things.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ExtendedColorType, ImageEncoder as _, Rgb, RgbImage};
use models::picture::Says;
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
pub(super) fn exif(time: &str, lat: i32) -> Vec<u8> {
    models::picture::exif(Says { position: Some((lat * 1_000_000, 74_000_000)), time: Some(time), ..Says::default() })
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
pub(super) fn scene(name: &str, exif: Option<Vec<u8>>) -> Vec<u8> {
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
    jpeg(&DynamicImage::from(picture), 90, exif)
}

/// The same as somebody else would hand it in: mirrored, smaller, and compressed once more.
pub(super) fn made_over(photo: &[u8]) -> Vec<u8> {
    let smaller = image::load_from_memory(photo).unwrap().fliph().resize(660, 660, FilterType::Triangle);
    jpeg(&smaller, 60, None)
}

fn jpeg(picture: &DynamicImage, quality: u8, exif: Option<Vec<u8>>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
    encoder.set_exif_metadata(exif.unwrap_or_default()).unwrap();
    picture.write_with_encoder(encoder).unwrap();
    bytes
}
