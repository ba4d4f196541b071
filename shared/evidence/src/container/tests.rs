//! Files made of any segments and chunks, whole, cut and damaged, and bytes that are no file at all.

use super::*;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

type Bytes = Vec<u8>;
/// A code or a name, and data.
type Part<N> = (N, Bytes);

const APP1: u8 = 0xE1;
const SOS: u8 = 0xDA;
/// Huffman tables, quantization tables, the size of a restart interval.
const PICTURE: [u8; 4] = [0xC4, 0xDB, 0xDD, SOS];
/// APP0, EXIF, and a comment.
const SAID: [u8; 3] = [0xE0, APP1, 0xFE];
/// A start of frame of 3 x 2 pixels and one component, a lossless WebP of as many.
const SOF: [u8; 11] = [0xC0, 0, 11, 8, 0, 2, 0, 3, 1, 1, 0x11];
const VP8L: [u8; 5] = [0x2F, 0x02, 0x40, 0, 0];

fn segment() -> impl Strategy<Value = Part<u8>> {
    prop_oneof![(select(&PICTURE[..]), vec(any::<u8>(), 6..40)), (select(&SAID[..]), maybe_exif()),]
}

fn chunk(names: &'static [&'static [u8; 4]]) -> impl Strategy<Value = Part<&'static [u8; 4]>> {
    (select(names), maybe_exif())
}

fn maybe_exif() -> impl Strategy<Value = Bytes> {
    let rest = vec(any::<u8>(), 0..40);
    (any::<bool>(), rest).prop_map(|(is_exif, rest)| if is_exif { [EXIF_PREFIX, &rest].concat() } else { rest })
}

/// A frame and these segments, each followed by pixels, restarts and fill bytes, as if it were a scan.
fn jpeg(segments: &[Part<u8>]) -> Bytes {
    let mut bytes = [&[0xFF, 0xD8, 0xFF][..], &SOF].concat();
    for (code, data) in segments {
        let length = u16::try_from(data.len() + 2).unwrap();
        bytes.extend([0xFF, 0xFF, *code].iter().chain(&length.to_be_bytes()).chain(data));
        bytes.extend([0x00, 0x7F, 0xFF, 0x00, 0xFF, 0xD3, 0x11]);
    }
    bytes.extend([0xFF, 0xD9]);
    bytes
}

fn png(chunks: &[Part<&[u8; 4]>]) -> Bytes {
    let mut bytes = b"\x89PNG\r\n\x1A\n".to_vec();
    let header = (b"IHDR", [0, 0, 0, 3, 0, 0, 0, 2, 8, 2, 0, 0, 0].to_vec());
    for (name, data) in [header].iter().chain(chunks).chain([&(b"IEND", Bytes::new())]) {
        let length = u32::try_from(data.len()).unwrap();
        let named = [&name[..], data].concat();
        bytes.extend(length.to_be_bytes().iter().chain(&named).chain(&crc32fast::hash(&named).to_be_bytes()));
    }
    bytes
}

fn webp(chunks: &[Part<&[u8; 4]>]) -> Bytes {
    let mut content = b"WEBP".to_vec();
    for (name, data) in chunks.iter().chain([&(b"VP8L", VP8L.to_vec())]) {
        let length = u32::try_from(data.len()).unwrap();
        content.extend(name.iter().chain(&length.to_le_bytes()).chain(data));
        content.resize(content.len().next_multiple_of(2), 0);
    }
    [&b"RIFF"[..], &u32::try_from(content.len()).unwrap().to_le_bytes(), &content].concat()
}

fn jpegs() -> impl Strategy<Value = Vec<Part<u8>>> {
    // The image that everything before it is about.
    vec(segment(), 0..12).prop_map(|segments| [segments, vec![(SOS, vec![1, 1, 0, 0, 63, 0])]].concat())
}

fn pngs() -> impl Strategy<Value = Vec<Part<&'static [u8; 4]>>> {
    vec(chunk(&[b"eXIf", b"acTL", b"IDAT", b"tEXt"]), 0..12)
}

fn webps() -> impl Strategy<Value = Vec<Part<&'static [u8; 4]>>> {
    vec(chunk(&[b"VP8X", b"ALPH", b"EXIF", b"ANIM", b"ANMF", b"XMP "]), 0..12)
}

/// Files that have no end before their last byte: of a JPEG the pixels would have to be there.
fn files() -> impl Strategy<Value = (PhotoType, Bytes)> {
    prop_oneof![
        pngs().prop_map(|chunks| (PhotoType::Png, png(&chunks))),
        webps().prop_map(|chunks| (PhotoType::Webp, webp(&chunks))),
    ]
}

/// Bytes that mean something to a walker more often than chance would have it.
fn noise() -> impl Strategy<Value = Bytes> {
    let telling = select(&[0xC0, 0xC2, 0xD8, 0xD9, 0xDA, 0xE1, b'R', b'I', b'E', b'X'][..]);
    vec(prop_oneof![any::<u8>(), Just(0xFF), Just(0), 0..8_u8, telling], 0..400)
}

fn outline(photo_type: PhotoType, bytes: &[u8]) -> Option<Container<'_>> {
    match photo_type {
        PhotoType::Jpeg => jpeg::outline(bytes).filter(|(_, ended)| *ended).map(|(found, _)| found),
        PhotoType::Png => png::walk(bytes),
        PhotoType::Webp => webp::walk(bytes),
    }
}

/// The walk ends, and what it found is in the file.
fn walk(photo_type: PhotoType, bytes: &[u8]) -> Result<(), TestCaseError> {
    let _ = open(photo_type, bytes);
    let Some(found) = outline(photo_type, bytes) else { return Ok(()) };
    if let Some(exif) = found.exif {
        let (inner, outer) = (exif.as_ptr_range(), bytes.as_ptr_range());
        prop_assert!(outer.start <= inner.start && inner.end <= outer.end);
    }
    // Marker and length, and 255 components at most.
    prop_assert!(4 * found.scans <= bytes.len());
    Ok(())
}

fn first_exif<'a>(chunks: &'a [Part<&[u8; 4]>], name: &[u8; 4]) -> Option<&'a [u8]> {
    let (_, data) = chunks.iter().find(|(other, _)| *other == name)?;
    Some(data.strip_prefix(b"Exif\0\0").unwrap_or(data))
}

/// Whether the file, with `trailer` behind it, tells this, and is the same photo as `bare`.
fn check(
    photo_type: PhotoType,
    file: &[u8],
    trailer: &[u8],
    bare: &[u8],
    (exif, animated, scans): (Option<&[u8]>, bool, usize),
) -> Result<(), TestCaseError> {
    let bytes = [file, trailer].concat();
    let found = outline(photo_type, &bytes).unwrap();
    prop_assert_eq!((found.width, found.height), (3, 2));
    prop_assert_eq!((found.exif, found.animated, found.scans), (exif, animated, scans));
    prop_assert_eq!(found.identity, outline(photo_type, bare).unwrap().identity);
    Ok(())
}

proptest! {
    #[test]
    fn of_a_jpeg_the_first_exif_and_all_scans_are_found(segments in jpegs(), trailer in noise()) {
        let exif = segments.iter().filter(|(code, _)| *code == APP1).find_map(|(_, data)| data.strip_prefix(b"Exif\0\0"));
        let scans = segments.iter().filter(|(code, _)| *code == SOS).count();
        let picture: Vec<_> = segments.iter().filter(|(code, _)| PICTURE.contains(code)).cloned().collect();
        check(PhotoType::Jpeg, &jpeg(&segments), &trailer, &jpeg(&picture), (exif, false, scans))?;
    }

    #[test]
    fn of_a_png_the_first_exif_and_any_animation_are_found(chunks in pngs(), trailer in noise()) {
        let animated = chunks.iter().any(|(name, _)| *name == b"acTL");
        let pixels: Vec<u8> = chunks.iter().filter(|(name, _)| *name == b"IDAT").flat_map(|(_, data)| data.clone()).collect();
        let bare = png(&[(b"IDAT", pixels)]);
        check(PhotoType::Png, &png(&chunks), &trailer, &bare, (first_exif(&chunks, b"eXIf"), animated, 0))?;
    }

    #[test]
    fn of_a_webp_the_first_exif_and_any_animation_are_found(chunks in webps(), trailer in noise()) {
        let announces = |(name, data): &Part<&[u8; 4]>| match *name {
            b"VP8X" => data.first().is_some_and(|flags| flags & 0x02 != 0),
            name => name == b"ANIM" || name == b"ANMF",
        };
        let picture: Vec<_> = chunks.iter().filter(|(name, _)| *name == b"ALPH").cloned().collect();
        let told = (first_exif(&chunks, b"EXIF"), chunks.iter().any(announces), 0);
        check(PhotoType::Webp, &webp(&chunks), &trailer, &webp(&picture), told)?;
    }

    #[test]
    fn a_file_that_is_cut_anywhere_has_no_end((photo_type, bytes) in files(), cut in any::<Index>()) {
        prop_assert_eq!(outline(photo_type, &bytes[..cut.index(bytes.len())]), None);
    }

    #[test]
    fn a_damaged_file_is_walked_to_its_end_and_no_further(
        (photo_type, mut bytes) in prop_oneof![files(), jpegs().prop_map(|segments| (PhotoType::Jpeg, jpeg(&segments)))],
        damages in vec((any::<Index>(), any::<u8>()), 1..8),
    ) {
        for (index, byte) in damages {
            let index = index.index(bytes.len());
            bytes[index] = byte;
        }
        walk(photo_type, &bytes)?;
    }

    #[test]
    fn noise_is_walked_to_its_end_and_no_further(bytes in noise()) {
        for photo_type in PhotoType::ALL {
            walk(*photo_type, &bytes)?;
        }
        walk(PhotoType::Png, &[b"\x89PNG\r\n\x1A\n", &bytes[..]].concat())?;
        let length = u32::try_from(bytes.len()).unwrap();
        walk(PhotoType::Webp, &[b"RIFF", &length.to_le_bytes()[..], &bytes].concat())?;
    }
}
