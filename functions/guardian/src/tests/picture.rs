//! Small photos that say when and where they were taken, and larger ones of things.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ExtendedColorType, ImageEncoder as _, Rgb, RgbImage};
use models::picture::Says;
use sha2::{Digest as _, Sha256};

/// Pixels of a scene, and things in it.
const WIDTH: u32 = 800;
const HEIGHT: u32 = 600;
const THINGS: u8 = 16;

/// Something round.
struct Thing {
    at: [u32; 2],
    radius: u32,
    colour: Rgb<u8>,
}

impl Thing {
    fn of(name: &str, nth: u8) -> Self {
        let [a, b, c, d, e, red, green, blue, ..]: [u8; 32] = Sha256::digest([name.as_bytes(), &[nth]].concat()).into();
        let [across, down] = [[a, b], [c, d]].map(|pair| u32::from(u16::from_be_bytes(pair)));
        Self { at: [across % WIDTH, down % HEIGHT], radius: 12 + u32::from(e) / 4, colour: Rgb([red, green, blue]) }
    }

    fn onto(&self, picture: &mut RgbImage) {
        let [across, down] = self.at;
        let radius = self.radius;
        for y in down.saturating_sub(radius)..HEIGHT.min(down + radius) {
            for x in across.saturating_sub(radius)..WIDTH.min(across + radius) {
                if x.abs_diff(across).pow(2) + y.abs_diff(down).pow(2) < radius.pow(2) {
                    picture.put_pixel(x, y, self.colour);
                }
            }
        }
    }
}

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
    let mut picture = RgbImage::from_pixel(WIDTH, HEIGHT, Rgb([200, 190, 180]));
    for nth in 0..THINGS {
        Thing::of(name, nth).onto(&mut picture);
    }
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
