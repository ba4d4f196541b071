//! A small picture of a photo, for whoever looks at it: upright, and with nothing in it but its pixels. Keeps no
//! metadata, and judges nothing.

mod luminance;

pub(crate) use luminance::Luminance;

use crate::canvas::Canvas;
use crate::{Photo, Unreadable, pixels};
use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder};

/// At most 1,568 pixels a side.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    width: u32,
    height: u32,
    /// Row by row.
    rgb: Vec<u8>,
}

/// Of 100: artefacts that nobody sees.
const QUALITY: u8 = 85;

impl Picture {
    /// Reads a photo, decodes every pixel, and keeps a picture of them.
    ///
    /// Takes, beside the file, at most 220 MB for a JPEG and 40 MB for a PNG; as much as 1.3 GB for a WebP.
    pub fn read(bytes: &[u8]) -> Result<(Photo, Self), Unreadable> {
        let photo = crate::read(bytes)?;
        let picture = pixels::decode(photo.photo_type, bytes).ok_or(Unreadable::Broken)?;
        let picture = Self::of(picture).upright(photo.orientation);
        Ok((photo, picture))
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast of a float is its nearest byte")]
    fn of(canvas: Canvas) -> Self {
        let rgb = canvas.means.as_flattened().iter().map(|mean| mean.round() as u8).collect();
        Self { width: canvas.width, height: canvas.height, rgb }
    }

    /// Pixels, at least 1.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Pixels, at least 1.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// Row by row.
    pub fn pixels(&self) -> &[[u8; 3]] {
        self.rgb.as_chunks().0
    }

    /// The picture as a JPEG without metadata.
    pub fn jpeg(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        JpegEncoder::new_with_quality(&mut bytes, QUALITY)
            .write_image(&self.rgb, self.width, self.height, ExtendedColorType::Rgb8)
            .expect("a picture has sides that a JPEG can have, and memory takes any bytes");
        bytes
    }

    /// Turned and mirrored as EXIF says: 1 to 8, of which 1 is upright.
    fn upright(self, orientation: u8) -> Self {
        let (is_mirrored, is_flipped, is_transposed) = match orientation {
            2 => (true, false, false),
            3 => (true, true, false),
            4 => (false, true, false),
            5 => (false, false, true),
            6 => (false, true, true),
            7 => (true, true, true),
            8 => (true, false, true),
            _ => return self,
        };
        let (width, height) = if is_transposed { (self.height, self.width) } else { (self.width, self.height) };
        let mut rgb = Vec::with_capacity(self.rgb.len());
        for y in 0..height {
            for x in 0..width {
                let (x, y) = if is_transposed { (y, x) } else { (x, y) };
                let x = if is_mirrored { self.width - 1 - x } else { x };
                let y = if is_flipped { self.height - 1 - y } else { y };
                rgb.extend(self.pixels()[y as usize * self.width as usize + x as usize]);
            }
        }
        Self { width, height, rgb }
    }
}

#[cfg(test)]
impl Picture {
    pub(crate) fn of_pixels(width: u32, height: u32, rgb: Vec<u8>) -> Self {
        Self { width, height, rgb }
    }
}

#[cfg(test)]
mod tests;
