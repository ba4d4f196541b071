//! What a camera writes into a photo.

use exif::experimental::Writer;
use exif::{Field, In, Rational, Tag, Value};
use std::io::Cursor;

#[derive(Clone, Copy, Debug, Default)]
pub struct Says<'a> {
    /// Latitude and longitude in millionths of a degree.
    pub position: Option<(i32, i32)>,
    /// `2026:02:05 12:00:00`.
    pub time: Option<&'a str>,
    /// `+00:00`: how far that time is from UTC.
    pub zone: Option<&'a str>,
    /// The program that wrote the file.
    pub software: Option<&'a str>,
}

/// The EXIF block that says it.
pub fn exif(says: Says<'_>) -> Vec<u8> {
    let text = |tag, text: &str| (tag, Value::Ascii(vec![text.as_bytes().to_vec()]));
    let degrees = |tag, millionths: i32| {
        let parts = [(millionths.unsigned_abs(), 1_000_000), (0, 1), (0, 1)];
        (tag, Value::Rational(parts.map(Rational::from).to_vec()))
    };
    let mut values = vec![text(Tag::Model, "Camera")];
    if let Some((lat, lng)) = says.position {
        values.push(text(Tag::GPSLatitudeRef, if lat < 0 { "S" } else { "N" }));
        values.push(degrees(Tag::GPSLatitude, lat));
        values.push(text(Tag::GPSLongitudeRef, if lng < 0 { "W" } else { "E" }));
        values.push(degrees(Tag::GPSLongitude, lng));
    }
    values.extend(says.time.map(|time| text(Tag::DateTimeOriginal, time)));
    values.extend(says.time.and(says.zone).map(|zone| text(Tag::OffsetTimeOriginal, zone)));
    values.extend(says.software.map(|software| text(Tag::Software, software)));
    let fields: Vec<Field> =
        values.into_iter().map(|(tag, value)| Field { tag, ifd_num: In::PRIMARY, value }).collect();
    let mut writer = Writer::new();
    fields.iter().for_each(|field| writer.push_field(field));
    let mut block = Cursor::new(Vec::new());
    writer.write(&mut block, true).expect("a few fields can be written to memory");
    block.into_inner()
}
