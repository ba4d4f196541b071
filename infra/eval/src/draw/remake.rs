//! A photo that somebody hands in once more, so that it does not look like the same file.

use image::RgbImage;
use image::imageops::{self, FilterType};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Remake {
    /// The same file.
    Exact,
    /// Its edges are cut off.
    Cropped,
    /// Fewer pixels.
    Smaller,
    Lighter,
    /// Left is right.
    Mirrored,
}

impl Remake {
    pub(crate) const ALL: [Self; 5] = [Self::Exact, Self::Cropped, Self::Smaller, Self::Lighter, Self::Mirrored];

    pub(crate) fn of(self, picture: RgbImage) -> RgbImage {
        let (width, height) = picture.dimensions();
        match self {
            Self::Exact => picture,
            Self::Cropped => {
                imageops::crop_imm(&picture, width / 20, height / 20, width * 9 / 10, height * 9 / 10).to_image()
            }
            Self::Smaller => imageops::resize(&picture, width * 4 / 5, height * 4 / 5, FilterType::Triangle),
            Self::Lighter => imageops::brighten(&picture, 25),
            Self::Mirrored => imageops::flip_horizontal(&picture),
        }
    }
}
