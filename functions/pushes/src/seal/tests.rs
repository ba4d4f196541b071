//! The example of RFC 8291, appendix A. That a browser opens what is sealed is tested end to end, by Node's cryptography.

use super::*;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

fn bytes<const N: usize>(text: &str) -> [u8; N] {
    URL_SAFE_NO_PAD.decode(text).unwrap().try_into().unwrap()
}

fn keys() -> Keys {
    Keys {
        p256dh: bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
        auth: bytes("BTBZMqHH6r4Tts7J_aSIgg"),
    }
}

#[test]
fn the_example_of_the_rfc_comes_out() {
    let own: [u8; 65] =
        bytes("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8");
    let agreed: [u8; 32] = bytes("kyrL1jIIOHEzg3sM2ZWRHDRB62YACZhhSlknJ672kSs");
    let salt = bytes("DGv6ra1nlYgDCS1FRnbzlw");
    let sealed = body(&keys(), b"When I grow up, I want to be a watermelon", salt, &own, &agreed);
    let expected = concat!(
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl",
        "7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    );
    assert_eq!(URL_SAFE_NO_PAD.encode(sealed), expected);
}

#[test]
fn no_two_are_the_same_and_none_is_sealed_for_what_is_no_key() {
    assert_ne!(seal(&keys(), b"x").unwrap(), seal(&keys(), b"x").unwrap());
    let off_the_curve = Keys { p256dh: [4; 65], ..keys() };
    assert!(seal(&off_the_curve, b"x").is_none());
}
