//! A question as it was understood, whichever wire it came by.

use serde_json::Value;

#[derive(Clone, Debug)]
pub struct Asked {
    pub model: String,
    pub instructions: String,
    /// What was shown as text, in order.
    pub texts: Vec<String>,
    pub images: Vec<Image>,
    /// What stands in the pixels of each image, for a mind that reads; otherwise none.
    pub ocr: Vec<String>,
    pub schema_name: String,
    pub schema: Value,
    pub answer_tokens_max: u32,
}

/// A JPEG that can be decoded and says nothing but its pixels.
#[derive(Clone, Debug)]
pub struct Image {
    pub bytes: Vec<u8>,
    pub width: u32,
    pub height: u32,
}

/// What a question and its answer cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tokens {
    pub input: usize,
    pub output: usize,
}

impl Asked {
    /// About as providers count; the same for both wires.
    pub fn tokens(&self, answer: &str) -> Tokens {
        let bytes = self.instructions.len() + self.texts.iter().map(String::len).sum::<usize>();
        let pixels: u32 = self.images.iter().map(|image| image.width * image.height).sum();
        let seen = usize::try_from(pixels / 750).unwrap_or(usize::MAX);
        Tokens { input: bytes.div_ceil(4) + seen, output: answer.len().div_ceil(4) }
    }
}
