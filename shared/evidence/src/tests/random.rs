//! Photos of any size, damaged anywhere, through all that reads them.

use super::*;
use crate::metadata::Says;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

#[derive(Clone, Debug)]
enum Damage {
    Set(Index, u8),
    Insert(Index, Vec<u8>),
    Remove(Index, usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Damage::Set(at, byte)),
        (any::<Index>(), vec(any::<u8>(), 1..9)).prop_map(|(at, bytes)| Damage::Insert(at, bytes)),
        (any::<Index>(), 1..9_usize).prop_map(|(at, count)| Damage::Remove(at, count)),
    ]
}

fn damaged(mut bytes: Vec<u8>, damages: Vec<Damage>) -> Vec<u8> {
    for damage in damages {
        match damage {
            Damage::Set(at, byte) => {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            Damage::Insert(at, more) => {
                let at = at.index(bytes.len());
                bytes.splice(at..at, more);
            }
            Damage::Remove(at, count) => {
                let at = at.index(bytes.len());
                bytes.drain(at..bytes.len().min(at + count));
            }
        }
    }
    bytes
}

proptest! {
    #[test]
    fn a_photo_of_any_size_is_read_as_it_was_written(
        photo_type in select(PhotoType::ALL),
        (width, height) in (1..40_u32, 1..40_u32),
        has_exif in any::<bool>(),
    ) {
        let exif = has_exif.then(|| tiff(&camera(), true));
        let photo = decode(&encoded(photo_type, width, height, exif)).unwrap();
        prop_assert_eq!((photo.photo_type, photo.width, photo.height), (photo_type, width, height));
        let says = if has_exif { camera_says() } else { Says::default() };
        prop_assert_eq!((photo.taken_at, photo.position), (says.taken_at, says.position));
    }

    #[test]
    fn a_damaged_photo_is_refused_or_read_within_the_limits(
        photo_type in select(PhotoType::ALL),
        damages in vec(damage(), 1..6),
    ) {
        if let Ok(photo) = decode(&damaged(small(photo_type), damages)) {
            prop_assert!((1..=SIDE_MAX).contains(&photo.width) && (1..=SIDE_MAX).contains(&photo.height));
            prop_assert!(u64::from(photo.width) * u64::from(photo.height) <= JPEG_PIXELS_MAX);
        }
    }

    #[test]
    fn noise_behind_a_signature_is_never_read_as_a_photo_without_pixels(
        photo_type in select(PhotoType::ALL),
        noise in vec(any::<u8>(), 0..300),
    ) {
        let bytes = [&small(photo_type)[..12], &noise].concat();
        if let Ok(photo) = decode(&bytes) {
            prop_assert!(photo.width >= 1 && photo.height >= 1);
        }
    }
}
