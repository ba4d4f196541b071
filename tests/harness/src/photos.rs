//! Photos as operators take them.

mod flat;

pub use flat::Flat;

use crate::Reply;
use exif::experimental::Writer;
use exif::{Field, In, Rational, Tag, Value as ExifValue};
use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder, ImageFormat, Rgb, RgbImage};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::io::Cursor;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// A file and what its operator says it is.
#[derive(Clone, Debug)]
pub struct Photo {
    pub bytes: Vec<u8>,
    pub content_type: &'static str,
}

/// What a camera writes into a photo.
#[derive(Clone, Copy, Debug, Default)]
pub struct Says<'a> {
    /// Latitude and longitude in millionths of a degree.
    pub position: Option<(i32, i32)>,
    /// `2026:02:05 12:00:00`, in UTC.
    pub time: Option<&'a str>,
}

fn next() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    NEXT.fetch_add(1, Ordering::SeqCst)
}

impl Photo {
    /// A picture that no other test and no other call has, nor had: a stack remembers.
    pub fn fresh() -> Self {
        let [a, b, c, d, e, f, g, h, i, _] = store::random_bits();
        let picture = RgbImage::from_fn(24, 16, |x, y| match (x, y) {
            (0, 0) => Rgb([a, b, c]),
            (1, 0) => Rgb([d, e, f]),
            (2, 0) => Rgb([g, h, i]),
            _ => Rgb([90, 140, 200]),
        });
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
        Self { bytes: bytes.into_inner(), content_type: "image/png" }
    }

    /// A JPEG with EXIF, of a picture that no other call makes.
    pub fn saying(says: Says<'_>) -> Self {
        let mut bytes = Vec::new();
        let mut encoder = JpegEncoder::new(&mut bytes);
        encoder.set_exif_metadata(tiff(says)).unwrap();
        // A block for each bit, so that none is lost.
        let bits = store::random_bits();
        let bit = |x: u32, y: u32| bits[usize::try_from(y / 8).unwrap()] >> (x / 8) & 1;
        let picture = RgbImage::from_fn(64, 80, |x, y| Rgb([60 + 100 * bit(x, y); 3]));
        encoder.write_image(&picture, 64, 80, ExtendedColorType::Rgb8).unwrap();
        Self { bytes, content_type: "image/jpeg" }
    }

    /// A JPEG of any size, as no other call makes it.
    pub fn flat(flat: Flat) -> Self {
        Self { bytes: flat.jpeg(store::random_bits()), content_type: "image/jpeg" }
    }

    pub fn sha256(&self) -> String {
        Sha256::digest(&self.bytes).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The body of `POST /operator/upload`.
    pub fn announcement(&self, task: &str) -> Value {
        json!({
            "task_id": task,
            "content_type": self.content_type,
            "size_bytes": self.bytes.len(),
            "sha256": self.sha256(),
        })
    }

    /// Sends the file where the answer of `POST /operator/upload` says; answers the bucket's status.
    pub async fn put(&self, signed: &Reply) -> u16 {
        let http = outbound::trusted(Duration::from_secs(20)).unwrap();
        let mut put = http.put(signed.text_of("upload_url")).body(self.bytes.clone());
        for (name, value) in signed["headers"].as_object().unwrap() {
            put = put.header(name, value.as_str().unwrap());
        }
        put.send().await.unwrap().status().as_u16()
    }
}

/// The EXIF block that says it.
fn tiff(says: Says<'_>) -> Vec<u8> {
    let text = |tag, text: &str| (tag, ExifValue::Ascii(vec![text.as_bytes().to_vec()]));
    let degrees = |tag, millionths: i32| {
        let parts = [(millionths.unsigned_abs(), 1_000_000), (0, 1), (0, 1)];
        (tag, ExifValue::Rational(parts.map(Rational::from).to_vec()))
    };
    let mut values = vec![text(Tag::Model, &format!("Camera {}", next()))];
    if let Some((lat, lng)) = says.position {
        values.push(text(Tag::GPSLatitudeRef, if lat < 0 { "S" } else { "N" }));
        values.push(degrees(Tag::GPSLatitude, lat));
        values.push(text(Tag::GPSLongitudeRef, if lng < 0 { "W" } else { "E" }));
        values.push(degrees(Tag::GPSLongitude, lng));
    }
    if let Some(time) = says.time {
        values.push(text(Tag::DateTimeOriginal, time));
        values.push(text(Tag::OffsetTimeOriginal, "+00:00"));
    }
    let fields: Vec<Field> =
        values.into_iter().map(|(tag, value)| Field { tag, ifd_num: In::PRIMARY, value }).collect();
    let mut writer = Writer::new();
    fields.iter().for_each(|field| writer.push_field(field));
    let mut block = Cursor::new(Vec::new());
    writer.write(&mut block, true).unwrap();
    block.into_inner()
}
