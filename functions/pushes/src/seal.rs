//! Seals a message for one browser: RFC 8291, in the form of RFC 8188 with one record. By ring, which TLS brings already.

use domain::operator::push::Keys;
use ring::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::agreement::{ECDH_P256, EphemeralPrivateKey, UnparsedPublicKey, agree_ephemeral};
use ring::hkdf::{HKDF_SHA256, KeyType, Prk, Salt};
use ring::rand::{SecureRandom as _, SystemRandom};

/// `Content-Encoding` of what is sealed.
pub(crate) const ENCODING: &str = "aes128gcm";
/// Bytes of a record, of which there is one; no push service has to take more (RFC 8030, 7.2).
const RECORD_BYTES: u32 = 4_096;
const SALT_BYTES: usize = 16;
/// Says that the record is the last.
const LAST: u8 = 2;

/// Bytes that HKDF is to make.
struct Bytes<const N: usize>;

impl<const N: usize> KeyType for Bytes<N> {
    fn len(&self) -> usize {
        N
    }
}

/// The body of a message; `None` for a public key that is no point on P-256.
pub(crate) fn seal(keys: &Keys, message: &[u8]) -> Option<Vec<u8>> {
    let random = SystemRandom::new();
    let mut salt = [0; SALT_BYTES];
    random.fill(&mut salt).ok()?;
    let own = EphemeralPrivateKey::generate(&ECDH_P256, &random).ok()?;
    let own_public = own.compute_public_key().ok()?;
    let theirs = UnparsedPublicKey::new(&ECDH_P256, keys.p256dh);
    agree_ephemeral(own, &theirs, |agreed| body(keys, message, salt, own_public.as_ref(), agreed)).ok()
}

/// The same with a salt, and with the key of which the public half and what was agreed by it are known.
fn body(keys: &Keys, message: &[u8], salt: [u8; SALT_BYTES], own_public: &[u8], agreed: &[u8]) -> Vec<u8> {
    let info = [b"WebPush: info\0", keys.p256dh.as_slice(), own_public];
    let input: [u8; 32] = derived(&Salt::new(HKDF_SHA256, &keys.auth).extract(agreed), &info);
    let prk = Salt::new(HKDF_SHA256, &salt).extract(&input);
    let key: [u8; 16] = derived(&prk, &[b"Content-Encoding: aes128gcm\0"]);
    let nonce: [u8; 12] = derived(&prk, &[b"Content-Encoding: nonce\0"]);

    let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key).expect("AES-128 has keys of 16 bytes"));
    let mut record = [message, &[LAST]].concat();
    key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut record)
        .expect("a message is shorter than what AES-GCM takes");
    let id_bytes = [u8::try_from(own_public.len()).expect("a point has 65 bytes")];
    [salt.as_slice(), &RECORD_BYTES.to_be_bytes(), &id_bytes, own_public, &record].concat()
}

fn derived<const N: usize>(prk: &Prk, info: &[&[u8]]) -> [u8; N] {
    let mut bytes = [0; N];
    prk.expand(info, Bytes::<N>).and_then(|made| made.fill(&mut bytes)).expect("HKDF makes more than that");
    bytes
}

#[cfg(test)]
mod tests;
