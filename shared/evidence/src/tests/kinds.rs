//! Every kind of file that phones, cameras and programs make of a photo.

use super::flat::Flat;
use super::*;
use crate::container::jpeg::Segments;

/// Made by libjpeg, libpng and libwebp, of the same picture.
pub(crate) const FILES: [(&str, &[u8]); 8] = [
    ("baseline, 4:2:0, restarts", include_bytes!("files/baseline-420-restarts.jpg")),
    ("progressive, 4:2:0", include_bytes!("files/progressive-420.jpg")),
    ("CMYK", include_bytes!("files/cmyk.jpg")),
    ("CMYK, progressive", include_bytes!("files/cmyk-progressive.jpg")),
    ("grey, progressive", include_bytes!("files/grey-progressive.jpg")),
    ("palette", include_bytes!("files/palette.png")),
    ("lossy", include_bytes!("files/lossy.webp")),
    ("lossy, with alpha", include_bytes!("files/lossy-alpha.webp")),
];

fn jpegs() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    FILES.into_iter().filter(|(_, bytes)| sniff(bytes) == Some(PhotoType::Jpeg))
}

/// Pixels of zeros, not compressed.
fn flat_png(depth: u8, colour: u8, interlaced: bool, (width, height): (u32, u32)) -> Vec<u8> {
    let samples = [1, 0, 3, 1, 2, 0, 4][usize::from(colour)];
    let row = |pixels: u32| 1 + (pixels * samples * u32::from(depth)).div_ceil(8);
    let pass = |(x, y, across, down): (u32, u32, u32, u32)| {
        let (pixels, rows) = (width.saturating_sub(x).div_ceil(across), height.saturating_sub(y).div_ceil(down));
        if pixels == 0 { 0 } else { rows * row(pixels) }
    };
    let passes =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)].map(pass);
    let zeros = u16::try_from(if interlaced { passes.iter().sum() } else { height * row(width) }).unwrap();
    let adler = u32::from(zeros) << 16 | 1;
    let data = [
        &[0x78, 0x01, 0x01][..],
        &zeros.to_le_bytes(),
        &(!zeros).to_le_bytes(),
        &vec![0; zeros.into()],
        &adler.to_be_bytes(),
    ];
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[depth, colour, 0, 0, interlaced.into()]];
    let palette = if colour == 3 { png_chunk(b"PLTE", &[0; 3]) } else { Vec::new() };
    [
        b"\x89PNG\r\n\x1A\n".to_vec(),
        png_chunk(b"IHDR", &header.concat()),
        palette,
        png_chunk(b"IDAT", &data.concat()),
        png_chunk(b"IEND", &[]),
    ]
    .concat()
}

#[test]
fn every_kind_of_file_is_decoded() {
    for (kind, bytes) in FILES {
        let photo = decode(bytes).map(|photo| (photo.width, photo.height));
        assert_eq!(photo, Ok((64, 48)), "{kind}");
    }
    for components in [1, 3, 4] {
        for progressive in [false, true] {
            for (width, height) in [(1, 1), (8, 8), (17, 9), (65_535, 1), (1, 65_535)] {
                let flat = Flat { width, height, components, progressive };
                let photo = decode(&flat.jpeg([7; 10])).map(|photo| (photo.width, photo.height));
                assert_eq!(photo, Ok((width.into(), height.into())), "{flat:?}");
            }
        }
    }
    let depths = [(0, &[1, 2, 4, 8, 16][..]), (2, &[8, 16]), (3, &[1, 2, 4, 8]), (4, &[8, 16]), (6, &[8, 16])];
    for (colour, depths) in depths {
        for depth in depths {
            for interlaced in [false, true] {
                for sides in [(1, 1), (3, 5), (33, 17)] {
                    let photo = decode(&flat_png(*depth, colour, interlaced, sides));
                    let found = photo.map(|photo| (photo.width, photo.height));
                    assert_eq!(found, Ok(sides), "colour {colour}, {depth} bits, interlaced: {interlaced}");
                }
            }
        }
    }
}

#[test]
fn every_rotation_is_read() {
    for orientation in 0..=9 {
        let rotated = (exif::Tag::Orientation, exif::Value::Short(vec![orientation]));
        let exif = tiff(&[camera(), vec![rotated]].concat(), true);
        let photo = decode(&encoded(PhotoType::Jpeg, 16, 12, Some(exif))).unwrap();
        assert_eq!((photo.width, photo.height, photo.position), (16, 12, camera_says().position));
    }
}

#[test]
fn a_jpeg_without_end_marker_is_the_same_photo_and_whatever_follows_its_pixels_is_not_part_of_it() {
    for (kind, bytes) in jpegs() {
        let whole = decode(bytes).unwrap();
        let endless = &bytes[..bytes.len() - 2];
        for trailer in [&b""[..], b"\xFF", b"\0", b"more", b"\xFF\xDA\0\x03\x09", b"\xFF\xC4\0\x03\x09", &[0xFF; 9]] {
            let photo = decode(&[endless, trailer].concat()).map(|photo| photo.identity);
            assert_eq!(photo, Ok(whole.identity), "{kind} {trailer:?}");
        }
    }
}

#[test]
fn a_jpeg_without_all_of_its_pixels_is_broken_wherever_it_ends() {
    for (kind, bytes) in jpegs() {
        for length in 12..bytes.len() - 3 {
            assert_eq!(read(&bytes[..length]), Err(Unreadable::Broken), "{kind} {length}");
        }
    }
}

/// Viewers show grey for what is missing.
#[test]
fn an_end_marker_does_not_stand_for_pixels() {
    for (kind, bytes) in jpegs() {
        let first = Segments::of(bytes).unwrap().find(|segment| !segment.scan.is_empty()).unwrap();
        let start = find(bytes, first.scan);
        for length in start..start + first.scan.len() {
            let photo = decode(&[&bytes[..length], &[0xFF, 0xD9]].concat());
            assert_eq!(photo, Err(Unreadable::Broken), "{kind} {length}");
        }
    }
}

#[test]
fn the_same_picture_is_the_same_photo_whatever_is_said_about_it_or_stands_behind_it() {
    let said = [vec![0xFF, 0xE1, 0, 4, 1, 2], vec![0xFF, 0xFE, 0, 5, b'a', b'b', b'c'], vec![0xFF, 0xE2, 0, 2]];
    for (kind, bytes) in FILES {
        let identity = read(bytes).unwrap().identity;
        let same = |bytes: Vec<u8>| assert_eq!(read(&bytes).unwrap().identity, identity, "{kind}");
        [&b"\0"[..], b"\xFF\xD8\xFF\xD9", b"ftypmp42", bytes].iter().for_each(|more| same([bytes, *more].concat()));
        match sniff(bytes).unwrap() {
            PhotoType::Jpeg => said.iter().for_each(|said| same([&bytes[..2], said, &bytes[2..]].concat())),
            PhotoType::Png => same([&bytes[..33], &png_chunk(b"tEXt", b"a\0b"), &bytes[33..]].concat()),
            PhotoType::Webp => {
                let mut bytes = [bytes, b"XMP \x02\0\0\0ab"].concat();
                let length = u32::try_from(bytes.len() - 8).unwrap();
                bytes[4..8].copy_from_slice(&length.to_le_bytes());
                same(bytes);
            }
        }
    }
    let flat = Flat { width: 8, height: 8, components: 3, progressive: false };
    let all = FILES.iter().map(|(_, bytes)| bytes.to_vec()).chain([[1; 10], [2; 10]].map(|seed| flat.jpeg(seed)));
    let identities: std::collections::BTreeSet<_> = all.map(|bytes| read(&bytes).unwrap().identity).collect();
    assert_eq!(identities.len(), FILES.len() + 2);
}
