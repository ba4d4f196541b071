//! Photos as operators take them.

mod flat;

pub use flat::Flat;
pub use models::picture::Says;

use crate::Reply;
use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder, ImageFormat, Rgb, RgbImage};
use models::picture;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::io::Cursor;
use std::time::Duration;

/// A file and what its operator says it is.
#[derive(Clone, Debug)]
pub struct Photo {
    pub bytes: Vec<u8>,
    pub content_type: &'static str,
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
        encoder.set_exif_metadata(picture::exif(says)).unwrap();
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
        self.try_put(signed).await.unwrap()
    }

    /// The same; the error is that no whole answer came.
    pub async fn try_put(&self, signed: &Reply) -> Result<u16, reqwest::Error> {
        let http = outbound::trusted(Duration::from_secs(20)).unwrap();
        let mut put = http.put(signed.text_of("upload_url")).body(self.bytes.clone());
        for (name, value) in signed["headers"].as_object().unwrap() {
            put = put.header(name, value.as_str().unwrap());
        }
        Ok(put.send().await?.status().as_u16())
    }
}
