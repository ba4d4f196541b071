//! What people do to a photo that they hand in a second time.

#![allow(
    clippy::cast_lossless,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "pixels and sides of small pictures"
)]

use super::scenes::Scene;
use crate::Picture;
use image::ExtendedColorType;
use image::codecs::jpeg::JpegEncoder;

impl Scene {
    fn map(&self, width: usize, height: usize, from: impl Fn(usize, usize) -> (usize, usize)) -> Self {
        let places = (0..width * height).map(|at| from(at % width, at / width));
        let pixels = places.map(|(x, y)| self.pixels[y * self.width + x]).collect();
        Self { width, height, pixels }
    }

    pub(crate) fn mirrored(&self) -> Self {
        self.map(self.width, self.height, |x, y| (self.width - 1 - x, y))
    }

    pub(crate) fn upside_down(&self) -> Self {
        self.map(self.width, self.height, |x, y| (x, self.height - 1 - y))
    }

    /// By so many quarters.
    pub(crate) fn turned(&self, quarters: usize) -> Self {
        let turn = |scene: &Self| scene.map(scene.height, scene.width, |x, y| (y, scene.height - 1 - x));
        (0..quarters).fold(self.clone(), |scene, _| turn(&scene))
    }

    /// Without these parts of each side: left, top, right, bottom.
    pub(crate) fn cropped(&self, [left, top, right, bottom]: [f32; 4]) -> Self {
        let part = |part: f32, side: usize| (part * side as f32).round() as usize;
        let (left, top) = (part(left, self.width), part(top, self.height));
        let (width, height) =
            (self.width - left - part(right, self.width), self.height - top - part(bottom, self.height));
        self.map(width, height, |x, y| (x + left, y + top))
    }

    pub(crate) fn shrunk(&self, part: f32) -> Self {
        let longest = self.width.max(self.height) as f32;
        let mut canvas =
            crate::canvas::Canvas::<3>::of((longest * part).round() as u32, self.width as u32, self.height as u32);
        for (y, row) in (0..).zip(self.pixels.chunks_exact(self.width)) {
            canvas.row(y, (0, 1), row.iter().map(|pixel| pixel.map(f32::from)));
        }
        let pixels = canvas.means.iter().map(|pixel| pixel.map(|mean| mean.round() as u8)).collect();
        Self { width: canvas.width as usize, height: canvas.height as usize, pixels }
    }

    pub(crate) fn lit(&self, contrast: f32, more: f32) -> Self {
        let lit = |channel: u8| ((f32::from(channel) - 128.0) * contrast + 128.0 + more) as u8;
        Self { pixels: self.pixels.iter().map(|pixel| pixel.map(lit)).collect(), ..*self }
    }

    /// With a border of one colour, as wide as this part of the longer side.
    pub(crate) fn bordered(&self, part: f32, colour: [u8; 3]) -> Self {
        let border = (part * self.width.max(self.height) as f32).round() as usize;
        let (width, height) = (self.width + 2 * border, self.height + 2 * border);
        let mut pixels = vec![colour; width * height];
        for (y, row) in self.pixels.chunks_exact(self.width).enumerate() {
            let start = (y + border) * width + border;
            pixels[start..start + self.width].copy_from_slice(row);
        }
        Self { width, height, pixels }
    }

    /// With a line of writing across, in a bar at the bottom.
    pub(crate) fn captioned(&self) -> Self {
        let mut scene = self.clone();
        let bar = self.height / 10;
        for y in self.height - bar..self.height {
            for x in 0..self.width {
                let is_ink = y % bar > bar / 4 && y % bar < bar * 3 / 4 && x % 9 < 1 + x / 9 * 7 % 4;
                scene.pixels[y * self.width + x] = if is_ink { [20; 3] } else { [240; 3] };
            }
        }
        scene
    }

    pub(crate) fn compressed(&self, quality: u8) -> Self {
        let (_, picture) = Picture::read(&self.jpeg(quality)).unwrap();
        Self { width: picture.width() as usize, height: picture.height() as usize, pixels: picture.pixels().to_vec() }
    }

    pub(crate) fn jpeg(&self, quality: u8) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
        encoder
            .encode(self.pixels.as_flattened(), self.width as u32, self.height as u32, ExtendedColorType::Rgb8)
            .unwrap();
        bytes
    }

    pub(crate) fn picture(&self) -> Picture {
        Picture::of_pixels(self.width as u32, self.height as u32, self.pixels.as_flattened().to_vec())
    }
}
