//! Whether a photo shows enough, is what a camera made of it, and is new. Each check says in one sentence what it found.

use crate::{Nearness, Origin, Photo, Quality};
use domain::guardian::{Check, CheckName, CheckStatus};

/// Pixels of the longer side and of the shorter one.
const LONGER_MIN: u32 = 640;
const SHORTER_MIN: u32 = 480;

/// Whether there are enough pixels, upright or not.
pub fn size_check(photo: &Photo) -> Check {
    let (longer, shorter) = (photo.width.max(photo.height), photo.width.min(photo.height));
    let is_enough = longer >= LONGER_MIN && shorter >= SHORTER_MIN;
    let but = if is_enough { "" } else { ", which is too few: at least 640 x 480 are needed" };
    judged(CheckName::Size, is_enough, format!("The photo has {} x {} pixels{but}.", photo.width, photo.height))
}

/// Whether there is something to be seen.
pub fn uniform_check(quality: Quality) -> Check {
    let detail = match quality.is_uniform {
        true => "The photo is nearly of one colour: nothing can be seen on it.",
        false => "Something can be seen on the photo.",
    };
    judged(CheckName::NotUniform, !quality.is_uniform, detail.to_owned())
}

/// Whether it is in focus. Skipped where there is nothing that could be.
pub fn sharp_check(quality: Quality) -> Check {
    if quality.is_uniform {
        let detail = "There is nothing on the photo that could be sharp.".to_owned();
        return Check { name: CheckName::Sharp, status: CheckStatus::Skipped, detail };
    }
    let detail = match quality.is_blurred {
        true => "The photo is blurred: nothing on it has a clear edge.",
        false => "The photo is sharp.",
    };
    judged(CheckName::Sharp, !quality.is_blurred, detail.to_owned())
}

/// Whether it says that it went through a program that changes what photos show.
pub fn edited_check(origin: &Origin) -> Check {
    let detail = match origin.editor {
        Some(editor) => format!("The photo says that it went through {editor}, which can change what it shows."),
        None => "The photo names no program that changes what photos show.".to_owned(),
    };
    judged(CheckName::NotEdited, origin.editor.is_none(), detail)
}

/// Whether it says that it was generated. Content Credentials are read, not verified.
pub fn origin_check(origin: &Origin) -> Check {
    let detail = match (origin.generator, origin.has_manifest) {
        (Some(generator), _) => format!("The photo says that it was made by {generator}, not by a camera."),
        (None, true) => "The photo has Content Credentials, which do not say that it was generated.".to_owned(),
        (None, false) => "The photo does not say that it was generated.".to_owned(),
    };
    judged(CheckName::Origin, origin.generator.is_none(), detail)
}

/// Whether one like it was handed in for another task: the nearest of all that were found. Skipped when it is only a
/// little like it, because somebody should look.
pub fn similar_check(nearest: Option<Nearness>) -> Check {
    let (status, detail) = match nearest {
        Some(Nearness::Strong) => (CheckStatus::Fail, "A photo of the same was handed in for another task."),
        Some(Nearness::Weak) => {
            (CheckStatus::Skipped, "A photo that may be of the same was handed in for another task.")
        }
        None => (CheckStatus::Pass, "No photo like it was handed in for another task."),
    };
    Check { name: CheckName::NotSimilar, status, detail: detail.to_owned() }
}

pub(super) fn judged(name: CheckName, is_good: bool, detail: String) -> Check {
    Check { name, status: if is_good { CheckStatus::Pass } else { CheckStatus::Fail }, detail }
}

#[cfg(test)]
pub(super) mod tests;
