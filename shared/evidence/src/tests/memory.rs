//! What decoding takes at the most, in processes that are not given more.

use super::flat::Flat;
use super::*;
use std::process::Command;

/// Names the photo that a process of its own decodes.
const VARIABLE: &str = "EVIDENCE_TEST_PHOTO";
/// What the process takes by itself: its code, and the stacks of its threads.
const ITSELF_BYTES: u64 = 40 * MIB;
const MIB: u64 = 1024 * 1024;

fn photo(name: &str) -> Vec<u8> {
    let flat = |width, height, components, progressive| Flat { width, height, components, progressive }.jpeg([9; 10]);
    match name {
        "jpeg" => flat(12_000, 9_000, 3, false),
        "jpeg progressive" => flat(12_000, 9_000, 3, true),
        "jpeg of the most pixels" => flat(16_384, 14_648, 4, true),
        "png of 16 bits" => flat_png(12_000, 9_000, png::BitDepth::Sixteen),
        "jpeg of 50 MP" => flat(8_660, 5_774, 3, false),
        "jpeg of 50 MP, progressive" => flat(8_660, 5_774, 3, true),
        "png of 50 MP" => flat_png(8_660, 5_774, png::BitDepth::Eight),
        "jpeg of the most coefficients" => flat(3_135, 3_135, 4, true),
        "webp" => include_bytes!("files/108mp.webp").to_vec(),
        other => panic!("no such photo: {other}"),
    }
}

/// Zeros, row by row.
fn flat_png(width: u32, height: u32, depth: png::BitDepth) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(depth);
    encoder.set_compression(png::Compression::Fastest);
    let mut writer = encoder.write_header().unwrap();
    let mut stream = writer.stream_writer().unwrap();
    let row = vec![0; png::ColorType::Rgb.samples() * depth as usize / 8 * width as usize];
    (0..height).for_each(|_| std::io::Write::write_all(&mut stream, &row).unwrap());
    stream.finish().unwrap();
    writer.finish().unwrap();
    bytes
}

#[test]
fn the_largest_photos_are_decoded_in_little_memory() {
    if let Ok(name) = std::env::var(VARIABLE) {
        let bytes = photo(&name);
        assert!(u64::try_from(bytes.len()).unwrap() <= PHOTO_BYTES);
        decode(&bytes).unwrap();
        return;
    }
    let cases = [
        ("jpeg of 50 MP", 50),
        ("jpeg of 50 MP, progressive", 70),
        ("png of 50 MP", 35),
        ("jpeg", 60),
        ("jpeg progressive", 110),
        ("jpeg of the most coefficients", 150),
        ("jpeg of the most pixels", 210),
        ("png of 16 bits", 40),
        ("webp", 760),
    ];
    for (name, mib) in cases {
        let limit_kib = (ITSELF_BYTES + mib * MIB) / 1024;
        let myself = std::env::current_exe().unwrap();
        let decoded = Command::new("sh")
            .args(["-c", &format!("ulimit -v {limit_kib} && exec \"$0\" \"$@\""), myself.to_str().unwrap()])
            .args(["--exact", "tests::memory::the_largest_photos_are_decoded_in_little_memory", "--test-threads=1"])
            .env(VARIABLE, name)
            .env("MALLOC_ARENA_MAX", "1")
            .output()
            .unwrap();
        let said = [&decoded.stdout[..], &decoded.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        assert!(decoded.status.success() && said.contains("1 passed"), "{name} in {mib} MiB: {said}");
    }
}
