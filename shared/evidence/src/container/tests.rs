//! Files made of any segments and chunks, whole, cut and damaged, and bytes that are no file at all.

use super::*;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

type Bytes = Vec<u8>;
/// A code or a name, and data.
type Part<N> = (N, Bytes);

const SOF: [u8; 3] = [0xC0, 0xC1, 0xC2];
const APP1: u8 = 0xE1;
const SOS: u8 = 0xDA;
/// Huffman tables, quantization tables, the size of a restart interval, APP0, a comment.
const INDIFFERENT: [u8; 5] = [0xC4, 0xDB, 0xDD, 0xE0, 0xFE];

/// A segment whose data is long enough for its code, and as often as not an EXIF.
fn segment() -> impl Strategy<Value = Part<u8>> {
    let codes = prop_oneof![select(&SOF[..]), Just(APP1), Just(SOS), select(&INDIFFERENT[..])];
    (codes, maybe_exif(6))
}

fn chunk(names: &'static [&'static [u8; 4]]) -> impl Strategy<Value = Part<&'static [u8; 4]>> {
    (select(names), maybe_exif(0))
}

fn maybe_exif(bytes_min: usize) -> impl Strategy<Value = Bytes> {
    let rest = vec(any::<u8>(), bytes_min..40);
    (any::<bool>(), rest).prop_map(|(is_exif, rest)| if is_exif { [EXIF_PREFIX, &rest].concat() } else { rest })
}

/// Each segment is followed by pixels, restarts and fill bytes, as if it were a scan.
fn jpeg(segments: &[Part<u8>]) -> Bytes {
    let mut bytes = vec![0xFF, 0xD8];
    for (code, data) in segments {
        let length = u16::try_from(data.len() + 2).unwrap();
        bytes.extend([0xFF, 0xFF, *code].iter().chain(&length.to_be_bytes()).chain(data));
        bytes.extend([0x00, 0x7F, 0xFF, 0x00, 0xFF, 0xD3, 0x11, 0xFF, 0x01]);
    }
    bytes.extend([0xFF, 0xD9]);
    bytes
}

fn png(chunks: &[Part<&[u8; 4]>]) -> Bytes {
    let mut bytes = b"\x89PNG\r\n\x1A\n".to_vec();
    for (name, data) in chunks.iter().chain([&(b"IEND", Bytes::new())]) {
        let length = u32::try_from(data.len()).unwrap();
        bytes.extend(length.to_be_bytes().iter().chain(*name).chain(data).chain(b"\0crc"));
    }
    bytes
}

fn webp(chunks: &[Part<&[u8; 4]>]) -> Bytes {
    let mut content = b"WEBP".to_vec();
    for (name, data) in chunks {
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
    vec(chunk(&[b"IHDR", b"eXIf", b"acTL", b"IDAT", b"tEXt"]), 0..12)
}

fn webps() -> impl Strategy<Value = Vec<Part<&'static [u8; 4]>>> {
    vec(chunk(&[b"VP8X", b"VP8L", b"EXIF", b"ANIM", b"ANMF", b"XMP "]), 0..12)
}

fn files() -> impl Strategy<Value = (Format, Bytes)> {
    prop_oneof![
        jpegs().prop_map(|segments| (Format::Jpeg, jpeg(&segments))),
        pngs().prop_map(|chunks| (Format::Png, png(&chunks))),
        webps().prop_map(|chunks| (Format::Webp, webp(&chunks))),
    ]
}

/// Bytes that mean something to a walker more often than chance would have it.
fn noise() -> impl Strategy<Value = Bytes> {
    let telling = select(&[0xC0, 0xC2, 0xD8, 0xD9, 0xDA, 0xE1, b'R', b'I', b'E', b'X'][..]);
    vec(prop_oneof![any::<u8>(), Just(0xFF), Just(0), 0..8_u8, telling], 0..400)
}

/// The walk ends, and what it found is in the file.
fn walk(format: Format, bytes: &[u8]) -> Result<(), TestCaseError> {
    let Some(found) = open(format, bytes) else { return Ok(()) };
    if let Some(exif) = found.exif {
        let (inner, outer) = (exif.as_ptr_range(), bytes.as_ptr_range());
        prop_assert!(outer.start <= inner.start && inner.end <= outer.end);
    }
    // Marker and length, and 255 components at most.
    prop_assert!(4 * found.scans <= bytes.len());
    prop_assert!(found.scratch_bytes_per_pixel <= 2 * 255);
    Ok(())
}

fn first_exif<'a>(chunks: &'a [Part<&[u8; 4]>], name: &[u8; 4]) -> Option<&'a [u8]> {
    let (_, data) = chunks.iter().find(|(other, _)| *other == name)?;
    Some(data.strip_prefix(b"Exif\0\0").unwrap_or(data))
}

proptest! {
    #[test]
    fn of_a_jpeg_the_first_exif_and_all_scans_are_found(segments in jpegs(), trailer in noise()) {
        let (mut components, mut scratch_bytes_per_pixel) = (0, 0);
        for (code, data) in &segments {
            if SOF.contains(code) {
                components = data[5];
            }
            if *code == 0xC2 || (*code == SOS && data[0] != components) {
                scratch_bytes_per_pixel = 2 * u64::from(components);
            }
        }
        let expected = Container {
            exif: segments.iter().filter(|(code, _)| *code == APP1).find_map(|(_, data)| data.strip_prefix(b"Exif\0\0")),
            animated: false,
            scans: segments.iter().filter(|(code, _)| *code == SOS).count(),
            scratch_bytes_per_pixel,
        };
        let bytes = [jpeg(&segments), trailer].concat();
        prop_assert_eq!(open(Format::Jpeg, &bytes), Some(expected));
    }

    #[test]
    fn of_a_png_the_first_exif_and_any_animation_are_found(chunks in pngs(), trailer in noise()) {
        let expected = Container {
            exif: first_exif(&chunks, b"eXIf"),
            animated: chunks.iter().any(|(name, _)| *name == b"acTL"),
            scans: 0,
            scratch_bytes_per_pixel: 0,
        };
        let bytes = [png(&chunks), trailer].concat();
        prop_assert_eq!(open(Format::Png, &bytes), Some(expected));
    }

    #[test]
    fn of_a_webp_the_first_exif_and_any_animation_are_found(chunks in webps(), trailer in noise()) {
        let announces = |(name, data): &Part<&[u8; 4]>| match *name {
            b"VP8X" => data.first().is_some_and(|flags| flags & 0x02 != 0),
            name => name == b"ANIM" || name == b"ANMF",
        };
        let expected = Container {
            exif: first_exif(&chunks, b"EXIF"),
            animated: chunks.iter().any(announces),
            scans: 0,
            scratch_bytes_per_pixel: 4,
        };
        let bytes = [webp(&chunks), trailer].concat();
        prop_assert_eq!(open(Format::Webp, &bytes), Some(expected));
    }

    #[test]
    fn a_file_that_is_cut_anywhere_has_no_end((format, bytes) in files(), cut in any::<Index>()) {
        prop_assert_eq!(open(format, &bytes[..cut.index(bytes.len())]), None);
    }

    #[test]
    fn a_damaged_file_is_walked_to_its_end_and_no_further(
        (format, mut bytes) in files(),
        damages in vec((any::<Index>(), any::<u8>()), 1..8),
    ) {
        for (index, byte) in damages {
            let index = index.index(bytes.len());
            bytes[index] = byte;
        }
        walk(format, &bytes)?;
    }

    #[test]
    fn noise_is_walked_to_its_end_and_no_further(bytes in noise()) {
        for format in Format::ALL {
            walk(format, &bytes)?;
        }
        walk(Format::Png, &[b"\x89PNG\r\n\x1A\n", &bytes[..]].concat())?;
        let length = u32::try_from(bytes.len()).unwrap();
        walk(Format::Webp, &[b"RIFF", &length.to_le_bytes()[..], &bytes].concat())?;
    }
}
