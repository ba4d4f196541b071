//! EXIF, written by a camera, by hand, and by an attacker.

use super::*;
use exif::experimental::Writer;
use exif::{Field, Rational};
use std::io::Cursor;

/// A TIFF block with these fields.
pub(crate) fn tiff(fields: &[(Tag, Value)], little_endian: bool) -> Vec<u8> {
    let fields: Vec<Field> =
        fields.iter().map(|(tag, value)| Field { tag: *tag, ifd_num: In::PRIMARY, value: value.clone() }).collect();
    let mut writer = Writer::new();
    fields.iter().for_each(|field| writer.push_field(field));
    let mut block = Cursor::new(Vec::new());
    writer.write(&mut block, little_endian).unwrap();
    block.into_inner()
}

pub(crate) fn text(tag: Tag, text: &str) -> (Tag, Value) {
    (tag, Value::Ascii(vec![text.as_bytes().to_vec()]))
}

pub(crate) fn numbers(tag: Tag, numbers: &[(u32, u32)]) -> (Tag, Value) {
    (tag, Value::Rational(numbers.iter().copied().map(Rational::from).collect()))
}

/// A position in New York, and one moment with its offset.
pub(crate) fn camera() -> Vec<(Tag, Value)> {
    vec![
        text(Tag::Make, "Camera"),
        text(Tag::DateTimeOriginal, "2026:02:05 07:00:00"),
        text(Tag::OffsetTimeOriginal, "-05:00"),
        text(Tag::GPSLatitudeRef, "N"),
        numbers(Tag::GPSLatitude, &[(40, 1), (42, 1), (4608, 100)]),
        text(Tag::GPSLongitudeRef, "W"),
        numbers(Tag::GPSLongitude, &[(74, 1), (0, 1), (2160, 100)]),
        numbers(Tag::GPSHPositioningError, &[(47, 10)]),
    ]
}

pub(crate) fn camera_says() -> Says {
    Says {
        taken_at: Some(Taken::At(Timestamp::parse("2026-02-05T12:00:00Z").unwrap())),
        position: Point::parse("40.7128", "-74.006"),
        position_error_m: Some(5),
        ..Says::default()
    }
}

/// The camera's fields with these instead.
fn with(changes: &[(Tag, Value)]) -> Says {
    let mut fields = camera();
    fields.retain(|(tag, _)| changes.iter().all(|(changed, _)| changed != tag));
    fields.extend_from_slice(changes);
    read(&tiff(&fields, true))
}

#[test]
fn both_byte_orders_are_read() {
    for little_endian in [false, true] {
        assert_eq!(read(&tiff(&camera(), little_endian)), camera_says());
    }
}

#[test]
fn a_time_without_a_believable_offset_is_local() {
    let local = |text: &str| Some(Taken::Local(Timestamp::parse(text).unwrap()));
    let exact = |text: &str| Some(Taken::At(Timestamp::parse(text).unwrap()));
    let cases = [
        ("2026:02:05 07:00:00", "+14:00", exact("2026-02-04T17:00:00Z")),
        ("2026:02:05 07:00:00", "-14:00", exact("2026-02-05T21:00:00Z")),
        ("2026:02:05 07:00:00", "+05:45", exact("2026-02-05T01:15:00Z")),
        ("2026:02:05 07:00:00", "+14:01", local("2026-02-05T07:00:00Z")),
        ("2026:02:05 07:00:00", "-99:99", local("2026-02-05T07:00:00Z")),
        ("2026:02:05 07:00:00", "   :  ", local("2026-02-05T07:00:00Z")),
        ("2026:02:05 07:00:00", "x05:00", local("2026-02-05T07:00:00Z")),
        ("2026:02:05 07:00:00", "Z", local("2026-02-05T07:00:00Z")),
        ("2024:02:29 23:59:59", "", local("2024-02-29T23:59:59Z")),
        ("2026:02:29 07:00:00", "+00:00", None),
        ("2026:13:01 07:00:00", "+00:00", None),
        ("0000:00:00 00:00:00", "+00:00", None),
        ("    :  :     :  :  ", "+00:00", None),
        ("2026:02:05", "+00:00", None),
        ("yesterday at seven o'clock", "+00:00", None),
    ];
    for (time, offset, expected) in cases {
        let says = with(&[text(Tag::DateTimeOriginal, time), text(Tag::OffsetTimeOriginal, offset)]);
        assert_eq!(says, Says { taken_at: expected, ..camera_says() }, "{time} {offset}");
    }
}

#[test]
fn a_position_without_sense_is_absent() {
    let none = Says { position: None, ..camera_says() };
    let cases = [
        text(Tag::GPSLatitudeRef, "X"),
        text(Tag::GPSLatitudeRef, ""),
        text(Tag::GPSLongitudeRef, "N"),
        numbers(Tag::GPSLatitude, &[(40, 1), (42, 1)]),
        numbers(Tag::GPSLatitude, &[(40, 0), (42, 1), (0, 1)]),
        numbers(Tag::GPSLatitude, &[(0, 0), (0, 0), (0, 0)]),
        numbers(Tag::GPSLatitude, &[(90, 1), (0, 1), (1, 1)]),
        numbers(Tag::GPSLatitude, &[(u32::MAX, 1), (u32::MAX, 1), (u32::MAX, 1)]),
        numbers(Tag::GPSLongitude, &[(180, 1), (1, 1), (0, 1)]),
        text(Tag::GPSLongitude, "74"),
    ];
    for change in cases {
        assert_eq!(with(std::slice::from_ref(&change)), none, "{change:?}");
    }
}

#[test]
fn hemispheres_and_extremes_are_read() {
    let cases = [
        ("N", (90, 1), "E", (180, 1), Point::parse("90", "180")),
        ("S", (90, 1), "W", (180, 1), Point::parse("-90", "-180")),
        ("S", (1, 3), "E", (1, 10_000_000), Point::parse("-0.3333333", "0.0000001")),
        ("S", (0, 1), "E", (5, 1), Point::parse("0", "5")),
        // No fix.
        ("N", (0, 1), "E", (0, 1), None),
        ("S", (0, 1), "W", (0, 1), None),
    ];
    for (lat_ref, lat, lng_ref, lng, position) in cases {
        let says = with(&[
            text(Tag::GPSLatitudeRef, lat_ref),
            numbers(Tag::GPSLatitude, &[lat, (0, 1), (0, 1)]),
            text(Tag::GPSLongitudeRef, lng_ref),
            numbers(Tag::GPSLongitude, &[lng, (0, 1), (0, 1)]),
        ]);
        assert_eq!(says, Says { position, ..camera_says() }, "{lat_ref} {lat:?} {lng_ref} {lng:?}");
    }
}

#[test]
fn the_reported_error_is_rounded_up_and_capped() {
    let cases = [
        ((0, 1), Some(0)),
        ((1, 1_000), Some(1)),
        ((251, 1), Some(251)),
        ((5_001, 1), Some(5_000)),
        ((u32::MAX, 1), Some(5_000)),
        ((1, 0), None),
    ];
    for (error, position_error_m) in cases {
        let says = with(&[numbers(Tag::GPSHPositioningError, &[error])]);
        assert_eq!(says, Says { position_error_m, ..camera_says() }, "{error:?}");
    }
}

#[test]
fn broken_exif_is_absent() {
    let whole = tiff(&camera(), true);
    for block in [&b""[..], b"II", b"II*\0", b"XX*\0\x08\0\0\0", b"II*\0\xFF\xFF\xFF\xFF", &whole[..20]] {
        assert_eq!(read(block), Says::default(), "{block:?}");
    }
}

#[test]
fn too_many_directories_or_bytes_are_not_read_at_all() {
    let padded = |padding: &[u8], times: usize| {
        let mut block = tiff(&camera(), false);
        block.extend(padding.repeat(times));
        read(&block)
    };
    // The camera's block has two pointers.
    assert_eq!(padded(&[0x87, 0x69, 0, 0], 62), camera_says());
    assert_eq!(padded(&[0x87, 0x69, 0, 0], 63), Says::default());
    assert_eq!(padded(&[0x05, 0xA0, 0, 0], 63), Says::default());
    assert_eq!(padded(&[0], EXIF_BYTES_MAX - tiff(&camera(), false).len()), camera_says());
    assert_eq!(padded(&[0], EXIF_BYTES_MAX), Says::default());
}

#[test]
fn overlapping_directories_cost_little() {
    // 60 pointers to 60 directories that each claim all entries that fit behind them.
    let mut block = b"MM\0\x2a\0\0\0\x08\0\x3c".to_vec();
    for directory in 0..60_u32 {
        block.extend([0x87, 0x69, 0, 4, 0, 0, 0, 1]);
        block.extend((1_000 + 2 * directory).to_be_bytes());
    }
    block.resize(1_000, 0);
    while block.len() + 2 <= EXIF_BYTES_MAX {
        block.extend([0x15, 0x00]);
    }
    assert_eq!(read(&block), Says::default());
}
