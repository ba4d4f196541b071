//! Pictures that are drawn: a canvas with figures and writing, and what a camera makes of it. Of a seed comes always the
//! same picture. Knows nothing of tasks.

mod camera;
mod remake;

pub(crate) use camera::{blur, shade, smudge, taken};
pub(crate) use remake::Remake;

use image::{Rgb, RgbImage};
use models::picture::{self, LETTER, LINE};

/// Pixels of a photo.
pub(crate) const WIDTH: u32 = 800;
pub(crate) const HEIGHT: u32 = 600;

pub(crate) type Colour = [u8; 3];
pub(crate) const BLACK: Colour = [24, 22, 26];
pub(crate) const WHITE: Colour = [246, 244, 238];

/// In pixels, from the upper left corner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Area {
    pub(crate) x: u32,
    pub(crate) y: u32,
    pub(crate) width: u32,
    pub(crate) height: u32,
}

/// A sequence of numbers that look like chance (SplitMix64).
#[derive(Clone, Debug)]
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    /// Below `bound`, which is not 0.
    pub(crate) fn below(&mut self, bound: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let high = (mixed ^ (mixed >> 31)) >> 32;
        u32::try_from((high * u64::from(bound)) >> 32).expect("it is below `bound`")
    }

    pub(crate) fn of<T: Copy>(&mut self, some: &[T]) -> T {
        let count = u32::try_from(some.len()).expect("lists here are short");
        some[usize::try_from(self.below(count)).expect("32 bits fit")]
    }

    pub(crate) fn colour(&mut self) -> Colour {
        [(); 3].map(|()| u8::try_from(30 + self.below(210)).expect("it is below 240"))
    }
}

impl Area {
    pub(crate) const fn new(x: u32, y: u32, width: u32, height: u32) -> Self {
        Self { x, y, width, height }
    }

    /// With `margin` pixels more on each side.
    pub(crate) fn grown(self, margin: u32) -> Self {
        let (x, y) = (self.x.saturating_sub(margin), self.y.saturating_sub(margin));
        Self { x, y, width: self.width + 2 * margin, height: self.height + 2 * margin }
    }
}

pub(crate) fn canvas(colour: Colour) -> RgbImage {
    RgbImage::from_pixel(WIDTH, HEIGHT, Rgb(colour))
}

/// Whatever is outside of the canvas is cut.
pub(crate) fn fill(canvas: &mut RgbImage, area: Area, colour: Colour) {
    for y in area.y..(area.y + area.height).min(canvas.height()) {
        for x in area.x..(area.x + area.width).min(canvas.width()) {
            canvas.put_pixel(x, y, Rgb(colour));
        }
    }
}

pub(crate) fn disc(canvas: &mut RgbImage, (across, down): (u32, u32), radius: u32, colour: Colour) {
    let inside = |x: u32, y: u32| x.abs_diff(across).pow(2) + y.abs_diff(down).pow(2) <= radius.pow(2);
    for y in down.saturating_sub(radius)..(down + radius).min(canvas.height()) {
        for x in across.saturating_sub(radius)..(across + radius).min(canvas.width()) {
            if inside(x, y) {
                canvas.put_pixel(x, y, Rgb(colour));
            }
        }
    }
}

/// Things of many sizes and colours, by which one place is told from another.
pub(crate) fn clutter(canvas: &mut RgbImage, area: Area, things: u32, chance: &mut Chance) {
    for _ in 0..things {
        let (x, y) = (area.x + chance.below(area.width), area.y + chance.below(area.height));
        let (size, colour) = (6 + chance.below(26), chance.colour());
        if chance.below(2) == 0 {
            disc(canvas, (x, y), size, colour);
        } else {
            fill(canvas, Area::new(x, y, size, 8 + chance.below(40)), colour);
        }
    }
}

/// The area that lines of writing take, whose points are so many pixels wide.
pub(crate) fn written(lines: &[&str], (x, y): (u32, u32), point: u32) -> Area {
    let longest = lines.iter().map(|line| line.len()).max().unwrap_or_default();
    let size = |count: usize, step: u32| u32::try_from(count).expect("lines are short") * step * point;
    Area::new(x, y, size(longest, LETTER), size(lines.len(), LINE))
}

pub(crate) fn write(canvas: &mut RgbImage, lines: &[&str], at: (u32, u32), point: u32, ink: Colour) -> Area {
    let area = written(lines, at, point);
    for y in area.y..(area.y + area.height).min(canvas.height()) {
        for x in area.x..(area.x + area.width).min(canvas.width()) {
            if picture::inked(lines, (x - area.x) / point, (y - area.y) / point) {
                canvas.put_pixel(x, y, Rgb(ink));
            }
        }
    }
    area
}
