//! From the components of a JPEG to red, green and blue.

use super::frame::{Component, Frame};
use crate::canvas::{Canvas, SIDE_MAX};

/// What the components are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Colours {
    Grey,
    Rgb,
    /// Luminance, blue and red.
    Ycc,
    /// Inks, of which the most is written as zero: everybody does as Adobe.
    Cmyk,
    /// Inks, of which three were made luminance, blue and red.
    Ycck,
}

impl Colours {
    /// By their number, what Adobe's segment says, and their names. As libjpeg has it.
    pub(super) fn of(frame: &Frame, transform: Option<u8>) -> Option<Self> {
        match (&frame.components[..], transform) {
            ([_], _) => Some(Self::Grey),
            ([_, _, _], Some(0)) => Some(Self::Rgb),
            ([red, green, blue], None) if [red.id, green.id, blue.id] == *b"RGB" => Some(Self::Rgb),
            ([_, _, _], _) => Some(Self::Ycc),
            ([_, _, _, _], Some(2)) => Some(Self::Ycck),
            ([_, _, _, _], _) => Some(Self::Cmyk),
            _ => None,
        }
    }

    /// Shows all samples, row by row.
    pub(super) fn paint(self, frame: &Frame) -> Option<Canvas> {
        let side = frame.shrink.side();
        let shrunk = |whole: usize| u32::try_from((whole * side).div_ceil(8)).ok();
        let (width, height) = (shrunk(frame.sides.0)?, shrunk(frame.sides.1)?);
        let mut canvas = Canvas::of(SIDE_MAX, width, height);
        let mut row = vec![[0; 4]; width as usize];
        for y in 0..height {
            for (channel, component) in frame.components.iter().enumerate() {
                let samples = samples(frame, component, y as usize)?;
                let (across, most) = (component.sampling.0, frame.most.0);
                if across == most {
                    row.iter_mut().zip(samples).for_each(|(pixel, sample)| pixel[channel] = *sample);
                } else {
                    row.iter_mut().enumerate().for_each(|(x, pixel)| pixel[channel] = samples[x * across / most]);
                }
            }
            canvas.row(y, (0, 1), row.iter().map(|samples| self.rgb(*samples).map(f32::from)));
        }
        Some(canvas)
    }

    fn rgb(self, [a, b, c, k]: [u8; 4]) -> [u8; 3] {
        match self {
            Self::Grey => [a; 3],
            Self::Rgb => [a, b, c],
            Self::Ycc => rgb([a, b, c]),
            Self::Cmyk => [a, b, c].map(|ink| inked(ink, k)),
            Self::Ycck => rgb([a, b, c]).map(|ink| inked(u8::MAX - ink, k)),
        }
    }
}

/// The samples of a component from which a row of the picture is made.
fn samples<'f>(frame: &Frame, component: &'f Component, y: usize) -> Option<&'f [u8]> {
    let stride = frame.mcus.0 * component.sampling.0 * frame.shrink.side();
    component.samples.get(y * component.sampling.1 / frame.most.1 * stride..)?.get(..stride)
}

/// ITU-T T.871, section 7, in parts of 65,536.
fn rgb([luminance, blue, red]: [u8; 3]) -> [u8; 3] {
    let [y, cb, cr] = [i32::from(luminance) << 16, i32::from(blue) - 128, i32::from(red) - 128];
    let byte = |value: i32| u8::try_from(((value + 0x8000) >> 16).clamp(0, 255)).unwrap_or_default();
    [byte(y + 91_881 * cr), byte(y - 22_554 * cb - 46_802 * cr), byte(y + 116_130 * cb)]
}

fn inked(ink: u8, black: u8) -> u8 {
    u8::try_from(u16::from(ink) * u16::from(black) / 255).unwrap_or_default()
}
