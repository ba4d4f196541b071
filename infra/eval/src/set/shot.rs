//! How a picture comes to be: what is before the camera, what happens to the photo, and what its data say.

use super::scene::Scene;
use super::subject::{Kind, Subject};
use crate::draw::{Area, Chance, Remake, blur, fill, smudge, taken, write};
use domain::upload::PhotoType;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder, RgbImage};
use models::picture::{Says, exif};

/// What there is to be seen.
#[derive(Clone, Debug)]
pub(crate) enum View {
    Whole,
    /// A sheet of paper is on it, with this writing.
    Paper(&'static [&'static str]),
    /// A page with another title, if it is one.
    Titled(&'static str),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Focus {
    Sharp,
    /// Nothing is.
    Blurred,
    /// The number can't be read, all else can.
    Smudged,
}

#[derive(Clone, Debug)]
pub(crate) struct Shot {
    pub(crate) kind: Kind,
    pub(crate) subject: Subject,
    pub(crate) view: View,
    pub(crate) focus: Focus,
    /// Pasted over the number afterwards, plainly.
    pub(crate) patch: Option<String>,
    /// Handed in before like it was taken, and now like this.
    pub(crate) remade: Remake,
    pub(crate) says: Says<'static>,
}

/// A file, and what it is.
pub(crate) struct Photo {
    pub(crate) bytes: Vec<u8>,
    pub(crate) photo_type: PhotoType,
}

const QUALITY: u8 = 90;
const QUALITY_REMADE: u8 = 70;

impl Shot {
    /// The same each time.
    pub(crate) fn photo(&self) -> Photo {
        let picture = self.remade.of(self.picture());
        let exif = exif(self.says);
        let mut bytes = Vec::new();
        // Screens are no photos: they have no camera that says anything, and lose nothing.
        let photo_type = match self.kind {
            Kind::Screen => {
                let mut encoder = PngEncoder::new(&mut bytes);
                if self.says.software.is_some() {
                    encoder.set_exif_metadata(exif).expect("PNG can hold it");
                }
                encode(encoder, &picture);
                PhotoType::Png
            }
            Kind::Sign | Kind::Receipt | Kind::Parcel => {
                let quality = if self.remade == Remake::Exact { QUALITY } else { QUALITY_REMADE };
                let mut encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
                encoder.set_exif_metadata(exif).expect("JPEG can hold it");
                encode(encoder, &picture);
                PhotoType::Jpeg
            }
        };
        Photo { bytes, photo_type }
    }

    fn picture(&self) -> RgbImage {
        let mut chance = self.chance();
        let mut scene = match self.view {
            View::Titled(title) => Scene::other_page(&self.subject, title, &mut chance),
            View::Whole | View::Paper(_) => Scene::of(self.kind, &self.subject, &mut chance),
        };
        if let View::Paper(lines) = self.view {
            scene.add_paper(lines);
        }
        if self.focus == Focus::Smudged {
            smudge(&mut scene.canvas, scene.number.grown(10));
        }
        let (mut picture, number) = match self.kind {
            Kind::Screen => (scene.canvas, scene.number),
            Kind::Sign | Kind::Receipt | Kind::Parcel => {
                let (photo, stand) = taken(&scene.canvas, &mut chance);
                (photo, stand.of_area(scene.number))
            }
        };
        if let Some(text) = &self.patch {
            // Not quite where the old one is, which shows above it.
            let over = Area { y: number.y + 12, ..number }.grown(6);
            fill(&mut picture, over, [206, 224, 246]);
            write(&mut picture, &[text], (number.x, number.y + 16), 4, [190, 20, 20]);
        }
        if self.focus == Focus::Blurred { blur(&picture) } else { picture }
    }

    /// Of what is to be seen, so that no two things stand in the same place.
    fn chance(&self) -> Chance {
        let text = format!("{:?} {:?}", self.kind, self.subject);
        Chance(text.bytes().fold(0, |seed: u64, byte| seed.wrapping_mul(0x0100_0000_01B3) ^ u64::from(byte)))
    }
}

fn encode(encoder: impl ImageEncoder, picture: &RgbImage) {
    let (width, height) = picture.dimensions();
    encoder.write_image(picture, width, height, ExtendedColorType::Rgb8).expect("a picture is written to memory");
}
