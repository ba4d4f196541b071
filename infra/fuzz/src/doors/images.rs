//! Photos.

use evidence::{Likeness, Picture, Quality};

/// Read within limits, or refused with a reason; and what is read can be compared, with itself as the same.
pub(crate) fn images(bytes: &[u8]) {
    let _ = evidence::read(bytes);
    let Ok((photo, picture)) = Picture::read(bytes) else { return };
    let _ = (evidence::size_check(&photo), evidence::origin_check(&photo.origin), evidence::screenshot_check(&photo));
    let _ = (evidence::uniform_check(Quality::of(&picture)), evidence::sharp_check(Quality::of(&picture)));
    if let Some(likeness) = Likeness::of(&picture) {
        assert_eq!(Likeness::from_bytes(&likeness.to_bytes()), Some(likeness));
    }
}
