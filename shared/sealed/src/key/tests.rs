//! Keys that are taken, and every kind that is not.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};

use super::{KeyRefusal, PublicKey, SPKI_PREFIX};

const RAW: &str = "BE0/yxnErIQ4KkyEkN8m1LbkqychLcNn+GoihjSLp0B8ht1Fhixf2Lv8HBUWxMRqIZcS/Jn4pFQuq74oj09ng28=";
/// SHA-256 of the decoded `RAW`, by coreutils.
const FINGERPRINT: &str = "fa4b57a2ae20f0aa59acf7d45a2bae5cb20c6b5ccc2a0f0ac98b00254117b883";

fn raw() -> Vec<u8> {
    STANDARD.decode(RAW).unwrap()
}

fn spki(prefix: [u8; 26]) -> Vec<u8> {
    [prefix.to_vec(), raw()].concat()
}

#[test]
fn a_key_is_read_from_raw_or_spki_in_either_alphabet_padded_or_not() {
    for bytes in [raw(), spki(SPKI_PREFIX)] {
        for engine in [&STANDARD, &STANDARD_NO_PAD, &URL_SAFE, &URL_SAFE_NO_PAD] {
            let key = PublicKey::parse(&engine.encode(&bytes)).unwrap();
            assert_eq!(key.to_base64(), RAW);
            assert_eq!(key.fingerprint(), FINGERPRINT);
        }
    }
}

#[test]
fn anything_but_an_uncompressed_point_on_p256_is_refused() {
    let with_first = |first: u8| {
        let mut bytes = raw();
        bytes[0] = first;
        bytes
    };
    let with_flipped = |index: usize| {
        let mut bytes = raw();
        bytes[index] ^= 1;
        bytes
    };
    let with_prefix_byte = |index: usize, byte: u8| {
        let mut prefix = SPKI_PREFIX;
        prefix[index] = byte;
        spki(prefix)
    };
    let compressed = |first: u8| [vec![first], raw()[1..33].to_vec()].concat();

    let cases: [(&str, Vec<u8>, KeyRefusal); 25] = [
        ("empty", vec![], KeyRefusal::WrongLength),
        ("identity", vec![0], KeyRefusal::WrongLength),
        ("compressed, even", compressed(2), KeyRefusal::WrongLength),
        ("compressed, odd", compressed(3), KeyRefusal::WrongLength),
        ("compact", compressed(5), KeyRefusal::WrongLength),
        ("without 0x04", raw()[1..].to_vec(), KeyRefusal::WrongLength),
        ("one byte short", raw()[..64].to_vec(), KeyRefusal::WrongLength),
        ("one byte long", [raw(), vec![0]].concat(), KeyRefusal::WrongLength),
        ("SPKI short", spki(SPKI_PREFIX)[..90].to_vec(), KeyRefusal::WrongLength),
        ("SPKI long", [spki(SPKI_PREFIX), vec![0]].concat(), KeyRefusal::WrongLength),
        ("P-384 raw", [vec![4], vec![7; 96]].concat(), KeyRefusal::NotBase64),
        ("P-384 SPKI", vec![0x30; 120], KeyRefusal::NotBase64),
        ("padded identity", vec![0; 65], KeyRefusal::NotUncompressed),
        ("65 with first 0x02", with_first(2), KeyRefusal::NotUncompressed),
        ("65 with first 0x03", with_first(3), KeyRefusal::NotUncompressed),
        ("65 with first 0x05", with_first(5), KeyRefusal::NotUncompressed),
        ("hybrid, even", with_first(6), KeyRefusal::NotUncompressed),
        ("hybrid, odd", with_first(7), KeyRefusal::NotUncompressed),
        ("origin", [vec![4], vec![0; 64]].concat(), KeyRefusal::NotOnCurve),
        ("beyond the field", [vec![4], vec![0xff; 64]].concat(), KeyRefusal::NotOnCurve),
        ("x off by one", with_flipped(32), KeyRefusal::NotOnCurve),
        ("y off by one", with_flipped(64), KeyRefusal::NotOnCurve),
        ("other key type", with_prefix_byte(12, 2), KeyRefusal::NotP256),
        ("secp256r1's neighbour", with_prefix_byte(22, 6), KeyRefusal::NotP256),
        ("unused bits", with_prefix_byte(25, 1), KeyRefusal::NotP256),
    ];
    for (name, bytes, expected) in cases {
        let refusal = PublicKey::parse(&STANDARD.encode(bytes));
        assert_eq!(refusal, Err(expected), "{name}");
    }
}

#[test]
fn text_that_is_not_base64_is_refused() {
    let trailing_bits = format!("{}9=", &RAW[..86]);
    let huge = "A".repeat(1_000_000);
    for text in ["????", "B", "=", &trailing_bits, &huge] {
        assert_eq!(PublicKey::parse(text), Err(KeyRefusal::NotBase64), "{:.90}", text);
    }
    let lines = format!("{RAW}\n");
    for text in ["BE0/yx nE", &lines, "-----BEGIN PUBLIC KEY-----BE0/yxnE"] {
        assert_eq!(PublicKey::parse(text), Err(KeyRefusal::Armoured), "{text}");
    }
}

#[test]
fn a_key_in_several_lines_or_in_the_armour_of_pem_is_called_so() {
    let der = STANDARD.encode(spki(SPKI_PREFIX));
    let (one, other) = der.split_at(64);
    for text in [
        format!("{one}\n{other}"),
        format!("{one}\r\n{other}\r\n"),
        format!("-----BEGIN PUBLIC KEY-----\n{one}\n{other}\n-----END PUBLIC KEY-----\n"),
        format!("-----BEGIN PUBLIC KEY-----{der}-----END PUBLIC KEY-----"),
        format!(" {RAW}"),
    ] {
        assert_eq!(PublicKey::parse(&text), Err(KeyRefusal::Armoured), "{text:?}");
    }
}
