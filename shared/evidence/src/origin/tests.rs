//! What programs write into photos, in each kind of file.

use crate::metadata::tests::{camera, text, tiff};
use crate::tests::{encoded, png_chunk};
use crate::{Origin, read};
use domain::upload::PhotoType;
use exif::{Context, Tag, Value};

fn segment(code: u8, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len() + 2).unwrap();
    [&[0xFF, code][..], &length.to_be_bytes(), data].concat()
}

/// A file with this behind its header.
fn with(photo_type: PhotoType, parts: &[Vec<u8>]) -> Vec<u8> {
    let bytes = encoded(photo_type, 16, 12, None);
    match photo_type {
        PhotoType::Jpeg => [&bytes[..2], &parts.concat(), &bytes[2..]].concat(),
        PhotoType::Png => [&bytes[..33], &parts.concat(), &bytes[33..]].concat(),
        PhotoType::Webp => {
            let mut bytes = [bytes, parts.concat()].concat();
            let length = u32::try_from(bytes.len() - 8).unwrap();
            bytes[4..8].copy_from_slice(&length.to_le_bytes());
            bytes
        }
    }
}

fn riff_chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap().to_le_bytes();
    [&name[..], &length, data, &[0][..data.len() % 2]].concat()
}

/// The packet in every kind of file.
fn with_xmp(xmp: &str) -> [Vec<u8>; 3] {
    let jpeg = segment(0xE1, &[b"http://ns.adobe.com/xap/1.0/\0", xmp.as_bytes()].concat());
    let png = png_chunk(b"iTXt", &[b"XML:com.adobe.xmp\0\0\0\0\0", xmp.as_bytes()].concat());
    [
        with(PhotoType::Jpeg, &[jpeg]),
        with(PhotoType::Png, &[png]),
        with(PhotoType::Webp, &[riff_chunk(b"XMP ", xmp.as_bytes())]),
    ]
}

/// The manifest in every kind of file; in a JPEG in pieces of so many bytes.
fn with_manifest(content: &[u8], piece: usize) -> [Vec<u8>; 3] {
    let header = [&u32::try_from(content.len() + 8).unwrap().to_be_bytes()[..], b"jumb"].concat();
    let pieces: Vec<Vec<u8>> = (1_u32..)
        .zip(content.chunks(piece))
        .map(|(number, piece)| segment(0xEB, &[b"JP\0\x01", &number.to_be_bytes()[..], &header, piece].concat()))
        .collect();
    let whole = [&header[..], content].concat();
    [
        with(PhotoType::Jpeg, &pieces),
        with(PhotoType::Png, &[png_chunk(b"caBX", &whole)]),
        with(PhotoType::Webp, &[riff_chunk(b"C2PA", &whole)]),
    ]
}

fn origin(bytes: &[u8]) -> Origin {
    read(bytes).unwrap().origin
}

fn of(editor: Option<&'static str>, generator: Option<&'static str>) -> Origin {
    Origin { editor, generator, ..Origin::default() }
}

/// What a program calls itself | what that is
const PROGRAMS: [(&str, Option<&str>, Option<&str>); 20] = [
    ("Adobe Photoshop 26.1 (Windows)", Some("Photoshop"), None),
    ("Adobe Photoshop CS6", Some("Photoshop"), None),
    ("GIMP 2.10.36", Some("GIMP"), None),
    ("gimp", Some("GIMP"), None),
    ("Snapseed 2.0", Some("Snapseed"), None),
    ("PicsArt", Some("PicsArt"), None),
    ("Canva", Some("Canva"), None),
    ("Canvas of my own", None, None),
    ("Paint.NET 5.0.13", Some("Paint.NET"), None),
    ("Midjourney v6", None, Some("Midjourney")),
    ("DALL·E 3", None, Some("DALL·E")),
    ("Adobe Firefly", None, Some("Adobe Firefly")),
    ("Made with Google AI", None, Some("Made with Google AI")),
    ("Adobe Photoshop Lightroom Classic 13.0 (Macintosh)", None, None),
    ("Adobe Lightroom 8.2", None, None),
    ("17.5.1", None, None),
    ("HDR+ 1.0.585804401zd", None, None),
    ("Android UP1A.231005.007", None, None),
    ("Ver.1.00", None, None),
    ("", None, None),
];

#[test]
fn programs_are_known_by_their_names_wherever_they_write_them() {
    for (name, editor, generator) in PROGRAMS {
        let expected = of(editor, generator);
        for tag in [Tag::Software, Tag(Context::Tiff, 0x000B)] {
            for photo_type in PhotoType::ALL {
                let exif = tiff(&[camera(), vec![text(tag, name)]].concat(), true);
                assert_eq!(origin(&encoded(*photo_type, 16, 12, Some(exif))), expected, "{name} {tag}");
            }
        }
        let packets = [
            format!("<rdf:Description xmp:CreatorTool=\"{name}\"/>"),
            format!("<xmp:CreatorTool>{name}</xmp:CreatorTool>"),
            format!("<rdf:li stEvt:action='saved' stEvt:softwareAgent='{name}'/>"),
        ];
        for bytes in packets.iter().flat_map(|xmp| with_xmp(xmp)) {
            assert_eq!(origin(&bytes), expected, "{name}");
        }
        let software = png_chunk(b"tEXt", &[b"Software\0", name.as_bytes()].concat());
        assert_eq!(origin(&with(PhotoType::Png, &[software])), expected, "{name}");
    }
}

#[test]
fn a_name_elsewhere_says_nothing() {
    let xmp = "<x xmlns:photoshop='http://ns.adobe.com/photoshop/1.0/' photoshop:DateCreated='2026-02-05'/>";
    for bytes in with_xmp(xmp) {
        assert_eq!(origin(&bytes), Origin::default());
    }
    let comment = segment(0xFE, b"Photoshop, Midjourney, /trainedAlgorithmicMedia");
    assert_eq!(origin(&with(PhotoType::Jpeg, &[comment])), Origin::default());
}

#[test]
fn a_manifest_is_found_and_what_it_claims_even_across_segments() {
    const URI: &str = "http://cv.iptc.org/newscodes/digitalsourcetype";
    let cases = [
        ("digitalCapture", None, None),
        ("computationalCapture", None, None),
        ("trainedAlgorithmicMedia", None, Some("a generator of images")),
        ("compositeWithTrainedAlgorithmicMedia", Some("a model that paints into photos"), None),
    ];
    for (source, editor, generator) in cases {
        let content = format!("jumdc2pa....c2pa.actions digitalSourceTypex{URI}/{source}....c2pa.signature");
        for piece in [7, 64, 10_000] {
            for bytes in with_manifest(content.as_bytes(), piece) {
                assert_eq!(origin(&bytes), Origin { has_manifest: true, ..of(editor, generator) }, "{source} {piece}");
            }
        }
        for bytes in with_xmp(&format!("<x Iptc4xmpExt:DigitalSourceType=\"{URI}/{source}\"/>")) {
            assert_eq!(origin(&bytes), of(editor, generator), "{source}");
        }
    }
}

#[test]
fn generators_are_known_by_what_they_leave() {
    let diffusion = of(None, Some("Stable Diffusion or one of its kind"));
    let cases = [
        ("parameters", "a cat\nSteps: 20, Sampler: Euler", diffusion.clone()),
        ("prompt", "{\"3\": {\"class_type\": \"KSampler\"}}", diffusion.clone()),
        ("workflow", "{\"nodes\": []}", diffusion.clone()),
        ("invokeai_metadata", "{}", diffusion.clone()),
        ("Description", "a cat Job ID: 0b2c", diffusion.clone()),
        ("parameters", "f/2.8", Origin::default()),
        ("Description", "a cat", Origin::default()),
        ("Comment", "Steps: 20", Origin::default()),
    ];
    for (key, value, expected) in cases {
        let chunk = png_chunk(b"tEXt", format!("{key}\0{value}").as_bytes());
        assert_eq!(origin(&with(PhotoType::Png, &[chunk])), expected, "{key} {value}");
    }
    // Wide characters, as in a JPEG of theirs.
    let comment: Vec<u8> = "Steps: 20, Sampler: Euler".encode_utf16().flat_map(u16::to_be_bytes).collect();
    let comment = (Tag::UserComment, Value::Undefined([b"UNICODE\0", &comment[..]].concat(), 0));
    let exif = tiff(&[camera(), vec![comment]].concat(), true);
    assert_eq!(origin(&encoded(PhotoType::Jpeg, 16, 12, Some(exif))), diffusion);
}

#[test]
fn a_screenshot_that_says_so_is_one() {
    let screenshot = Origin { is_screenshot: true, ..Origin::default() };
    let said = (Tag::UserComment, Value::Undefined(b"ASCII\0\0\0Screenshot".to_vec(), 0));
    let exif = tiff(&[said], true);
    assert_eq!(origin(&encoded(PhotoType::Jpeg, 16, 12, Some(exif))), screenshot);
    let packets = [
        "<exif:UserComment><rdf:Alt><rdf:li xml:lang='x-default'>Screenshot</rdf:li></rdf:Alt></exif:UserComment>",
        "<rdf:Description exif:UserComment='Screenshot'/>",
        "<xmp:CreatorTool>Greenshot 1.2</xmp:CreatorTool>",
    ];
    for bytes in packets.iter().flat_map(|xmp| with_xmp(xmp)) {
        assert_eq!(origin(&bytes), screenshot);
    }
    let software = png_chunk(b"tEXt", b"Software\0gnome-screenshot");
    assert_eq!(origin(&with(PhotoType::Png, &[software])), screenshot);
    let spoken = png_chunk(b"tEXt", b"Description\0Not a Screenshot");
    assert_eq!(origin(&with(PhotoType::Png, &[spoken])), Origin::default());
}
