//! With what a photo says it was made. Only reads what is said: signatures are not verified and nothing is fetched, so
//! that a claim counts against a photo, and its absence for nothing.

use crate::container::Container;
use crate::metadata::Says;

/// What the file says of its making.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// A program that changes what a photo shows.
    pub editor: Option<&'static str>,
    /// A program that makes pictures of things that never were.
    pub generator: Option<&'static str>,
    /// Whether there is a C2PA manifest, of whomever.
    pub has_manifest: bool,
    /// Whether it says that it is what a screen showed.
    pub is_screenshot: bool,
}

/// Not those that only develop, such as Lightroom, and not the cameras' own.
const EDITORS: [&str; 25] = [
    "Photoshop",
    "GIMP",
    "Snapseed",
    "PicsArt",
    "Canva",
    "Photopea",
    "Pixlr",
    "Pixelmator",
    "Affinity Photo",
    "Paint.NET",
    "PaintShop Pro",
    "Krita",
    "Facetune",
    "FaceApp",
    "Meitu",
    "BeautyPlus",
    "YouCam",
    "Remini",
    "Fotor",
    "PicMonkey",
    "PhotoDirector",
    "Photo-Paint",
    "Luminar",
    "InShot",
    "Procreate",
];
const GENERATORS: [&str; 13] = [
    "Midjourney",
    "DALL-E",
    "DALL·E",
    "OpenAI",
    "ChatGPT",
    "Stable Diffusion",
    "ComfyUI",
    "InvokeAI",
    "NovelAI",
    "Adobe Firefly",
    "Bing Image Creator",
    "Leonardo.Ai",
    "Made with Google AI",
];
/// Programs that do nothing else than keep what a screen shows.
const SCREENSHOTS: [&str; 10] = [
    "Screenshot",
    "gnome-screenshot",
    "Spectacle",
    "Flameshot",
    "Greenshot",
    "ShareX",
    "Lightshot",
    "Snipping Tool",
    "Snagit",
    "scrot",
];
/// How iOS marks one, as a comment in EXIF or XMP.
const SCREENSHOT: &[u8] = b"Screenshot";
/// Where XMP names programs, and who is to be thanked for a picture.
const PROGRAMS: [&str; 3] = ["CreatorTool", "softwareAgent", "Credit"];
/// What Lightroom calls itself has Photoshop in it.
const DEVELOPER: &str = "Lightroom";
/// The IPTC's words for how a picture came to be: wholly, or in parts, by a model.
const GENERATED: &[u8] = b"/trainedAlgorithmicMedia";
const COMPOSED: &[u8] = b"/compositeWithTrainedAlgorithmicMedia";
/// Names of texts that generators leave in a PNG, and what stands in them.
const LEFTOVERS: [(&[u8], &[u8]); 6] = [
    (b"parameters", b"Steps: "),
    (b"prompt", b"class_type"),
    (b"workflow", b"nodes"),
    (b"invokeai_metadata", b""),
    (b"sd-metadata", b""),
    (b"Description", b"Job ID: "),
];

impl Origin {
    pub(crate) fn of(says: &Says, container: &Container<'_>) -> Self {
        let manifest = container.manifest.concat();
        let xmp = container.xmp.unwrap_or_default();
        let claims = |word: &[u8]| has(&manifest, word) || has(xmp, word);
        let mut programs = says.programs.clone();
        let xmp_text = String::from_utf8_lossy(xmp);
        programs.extend(PROGRAMS.iter().flat_map(|name| values(&xmp_text, name)).map(str::to_owned));
        let software = container.texts.iter().filter(|(key, _)| *key == b"Software");
        programs.extend(software.map(|(_, text)| String::from_utf8_lossy(text).into_owned()));

        let left = |(key, text): &(&[u8], &[u8])| {
            LEFTOVERS.iter().any(|(name, content)| key == name && has(text, content))
                || *key == b"Software" && has(text, b"NovelAI")
        };
        let is_diffused =
            container.texts.iter().any(left) || has(&says.comment, b"Steps: ") && has(&says.comment, b"Sampler: ");
        let unnamed = match () {
            () if claims(GENERATED) => Some("a generator of images"),
            () if is_diffused => Some("Stable Diffusion or one of its kind"),
            () => None,
        };
        Self {
            editor: named(&programs, &EDITORS).or(claims(COMPOSED).then_some("a model that paints into photos")),
            generator: named(&programs, &GENERATORS).or(unnamed),
            has_manifest: has(&manifest, b"c2pa"),
            is_screenshot: named(&programs, &SCREENSHOTS).is_some()
                || has(&says.comment, SCREENSHOT)
                || values(&xmp_text, "UserComment").any(|text| text == "Screenshot")
                || has(xmp, b">Screenshot</rdf:li>"),
        }
    }
}

/// The first of the names that is one of the programs'.
fn named(programs: &[String], names: &[&'static str]) -> Option<&'static str> {
    let is_named = |program: &String, name: &str| {
        let (program, name) = (program.to_lowercase(), name.to_lowercase());
        let ends = program.match_indices(&name).map(|(start, name)| start + name.len());
        ends.into_iter().any(|end| !program[end..].starts_with(char::is_alphabetic))
    };
    let mut programs = programs.iter().filter(|program| !program.contains(DEVELOPER));
    programs.find_map(|program| names.iter().find(|name| is_named(program, name))).copied()
}

/// The values of an attribute or an element, whatever their prefix.
fn values<'a>(xmp: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    xmp.match_indices(name).filter_map(move |(start, _)| {
        let after = xmp[start + name.len()..].trim_start();
        let value = after.strip_prefix("=\"").or(after.strip_prefix("='")).or(after.strip_prefix('>'))?;
        value.split(['"', '\'', '<']).next()
    })
}

fn has(bytes: &[u8], word: &[u8]) -> bool {
    word.is_empty() || bytes.windows(word.len()).any(|window| window == word)
}

#[cfg(test)]
mod tests;
