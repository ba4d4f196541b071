//! Where and when a photo says it was taken. Believes nothing, and fails nothing: what cannot be
//! read is absent.

use domain::Timestamp;
use domain::geo::{Degrees, Point};
use exif::{DateTime, Exif, In, Reader, Tag, Value};

/// When a photo says it was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// A moment: the time and its offset from UTC are there.
    At(Timestamp),
    /// A clock on a wall somewhere: the time without an offset, written as if it were UTC.
    Local(Timestamp),
}

/// What EXIF says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Says {
    pub(crate) taken_at: Option<Taken>,
    pub(crate) position: Option<Point>,
    pub(crate) position_error_m: Option<u32>,
    /// 1 to 8, or 0 when it does not say.
    pub(crate) orientation: u8,
    /// The programs that wrote it, and what they said besides.
    pub(crate) programs: Vec<String>,
    /// Without the zeros of wide characters.
    pub(crate) comment: Vec<u8>,
}

/// Larger blocks are ignored. In a JPEG none can be larger.
const EXIF_BYTES_MAX: usize = 64 * 1024;
/// Blocks with more pointers to directories are ignored. Cameras write three; noise of 64 KiB, such
/// as a thumbnail, has about six.
const POINTERS_MAX: usize = 64;
/// No larger error is believed: it would excuse any distance.
const POSITION_ERROR_MAX_M: u32 = 5_000;
/// Exiv2's name for 0x000B, which the parser does not know.
const PROCESSING_SOFTWARE: Tag = Tag(exif::Context::Tiff, 0x000B);
/// No place on Earth is farther from UTC.
const OFFSET_MAX_MINUTES: i16 = 14 * 60;

/// Reads a TIFF block.
pub(crate) fn read(tiff: &[u8]) -> Says {
    if !is_affordable(tiff) {
        return Says::default();
    }
    // One broken field (makers' notes often are) does not hide the others.
    let parsed = Reader::new()
        .continue_on_error(true)
        .read_raw(tiff.to_vec())
        .or_else(|error| error.distill_partial_result(|_| ()));
    match parsed {
        Ok(exif) => Says {
            taken_at: taken_at(&exif),
            position: position(&exif),
            position_error_m: position_error_m(&exif),
            orientation: orientation(&exif),
            programs: programs(&exif),
            comment: comment(&exif),
        },
        Err(_) => Says::default(),
    }
}

/// The parser visits each directory once, but directories may overlap: thousands of pointers in
/// 64 KiB would make millions of entries. Each directory needs its own pointer, so few pointers
/// mean few directories.
fn is_affordable(tiff: &[u8]) -> bool {
    let tags = [Tag::ExifIFDPointer, Tag::GPSInfoIFDPointer, Tag::InteropIFDPointer].map(Tag::number);
    let is_pointer = |pair: &&[u8]| tags.iter().any(|tag| **pair == tag.to_be_bytes() || **pair == tag.to_le_bytes());
    tiff.len() <= EXIF_BYTES_MAX && tiff.windows(2).filter(is_pointer).count() <= POINTERS_MAX
}

fn taken_at(exif: &Exif) -> Option<Taken> {
    let mut time = DateTime::from_ascii(ascii(exif, Tag::DateTimeOriginal)?).ok()?;
    let DateTime { year, month, day, hour, minute, second, .. } = time;
    let text = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z");
    let local = Timestamp::parse(&text)?;
    let offset = ascii(exif, Tag::OffsetTimeOriginal)
        .and_then(|text| time.parse_offset(text).ok())
        .and(time.offset)
        .filter(|minutes| minutes.abs() <= OFFSET_MAX_MINUTES);
    Some(match offset {
        Some(minutes) => Taken::At(local.plus_seconds(-60 * i64::from(minutes))),
        None => Taken::Local(local),
    })
}

fn position(exif: &Exif) -> Option<Point> {
    let lat = signed(exif, Tag::GPSLatitude, sign(exif, Tag::GPSLatitudeRef, [b'N', b'S'])?)?;
    let lng = signed(exif, Tag::GPSLongitude, sign(exif, Tag::GPSLongitudeRef, [b'E', b'W'])?)?;
    let point = Point { lat: Degrees::parse(&lat, 90)?, lng: Degrees::parse(&lng, 180)? };
    // Cameras without a fix write zeros: a place in the Atlantic, and nobody's task.
    (point != Point { lat: Degrees::from_scaled(0), lng: Degrees::from_scaled(0) }).then_some(point)
}

fn position_error_m(exif: &Exif) -> Option<u32> {
    let error = rationals(exif, Tag::GPSHPositioningError)?.first()?;
    (error.denom > 0).then(|| error.num.div_ceil(error.denom).min(POSITION_ERROR_MAX_M))
}

fn orientation(exif: &Exif) -> u8 {
    let said = exif.get_field(Tag::Orientation, In::PRIMARY).and_then(|field| field.value.get_uint(0));
    said.and_then(|said| u8::try_from(said).ok()).filter(|said| (1..=8).contains(said)).unwrap_or_default()
}

fn programs(exif: &Exif) -> Vec<String> {
    let texts = [Tag::Software, PROCESSING_SOFTWARE].into_iter().filter_map(|tag| ascii(exif, tag));
    texts.map(|text| String::from_utf8_lossy(text).into_owned()).collect()
}

fn comment(exif: &Exif) -> Vec<u8> {
    match exif.get_field(Tag::UserComment, In::PRIMARY).map(|field| &field.value) {
        Some(Value::Undefined(bytes, _)) => bytes.iter().copied().filter(|byte| *byte != 0).collect(),
        _ => Vec::new(),
    }
}

/// 1 or −1 for the letters of a hemisphere.
fn sign(exif: &Exif, tag: Tag, [positive, negative]: [u8; 2]) -> Option<f64> {
    let letter = *ascii(exif, tag)?.first()?;
    if letter == positive {
        return Some(1.0);
    }
    (letter == negative).then_some(-1.0)
}

/// Degrees, minutes and seconds as a plain decimal. A zero denominator gives no number.
fn signed(exif: &Exif, tag: Tag, sign: f64) -> Option<String> {
    match rationals(exif, tag)? {
        [degrees, minutes, seconds] => {
            let value = degrees.to_f64() + minutes.to_f64() / 60.0 + seconds.to_f64() / 3_600.0;
            Some(format!("{:.7}", sign * value))
        }
        _ => None,
    }
}

fn rationals(exif: &Exif, tag: Tag) -> Option<&[exif::Rational]> {
    match &exif.get_field(tag, In::PRIMARY)?.value {
        Value::Rational(values) => Some(values),
        _ => None,
    }
}

fn ascii(exif: &Exif, tag: Tag) -> Option<&[u8]> {
    match &exif.get_field(tag, In::PRIMARY)?.value {
        Value::Ascii(lines) => lines.first().map(Vec::as_slice),
        _ => None,
    }
}

#[cfg(test)]
pub(crate) mod tests;
