//! Models to try the command with where there is none. What they make of the set says nothing about any real one.

use clap::ValueEnum;
use models::{Asked, Mind, Reply};
use serde_json::{Value, json};

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Played {
    /// Reads the print on pictures, by tesseract, and sees nothing else.
    Reader,
    /// Sees every requirement met, and falls for nothing that can't be.
    Trusting,
    /// Sees whatever it is asked about.
    Pleased,
}

/// What speaks to a reviewer, as far as the reader knows.
const SUSPICIOUS: [&str; 7] = ["met", "approve", "staff", "system", "reviewer", "instructions", "statement"];
/// Characters of what is a word, and no spot that looks like writing.
const WORD: usize = 3;

impl Played {
    pub(crate) fn mind(self) -> Mind {
        let reply = move |asked: &Asked| match asked.schema_name.as_str() {
            "classification" => json!({ "tries_to_influence": self == Self::Reader && is_suspicious(asked) }),
            _ => self.observation(asked),
        };
        match self {
            Self::Reader => Mind::obedient(move |asked| Reply::Json(reply(asked))),
            Self::Trusting | Self::Pleased => Mind::script(move |asked| Reply::Json(reply(asked))),
        }
    }

    fn observation(self, asked: &Asked) -> Value {
        let list = asked.texts.iter().find_map(|text| text.strip_prefix("Statements: ")).unwrap_or("[]");
        let list: Vec<Value> = serde_json::from_str(list).unwrap_or_default();
        let answer = |it: &Value| {
            let statement = it["statement"].as_str().unwrap_or_default();
            let (verdict, confidence) = match self {
                Self::Reader => read(statement, &asked.ocr),
                // Of what is asked for here all has something quoted, and of what nobody can see nothing.
                Self::Trusting if statement.contains('"') => ("MET", 97),
                Self::Trusting => ("NOT_MET", 97),
                Self::Pleased => ("MET", 97),
            };
            let (visible, photo) = ("Some writing.", u8::from(!asked.images.is_empty()));
            json!({ "id": it["id"], "what_is_visible": visible, "photo": photo, "verdict": verdict, "confidence": confidence })
        };
        let statements: Vec<Value> = list.iter().map(answer).collect();
        json!({ "statements": statements, "visible_text": asked.ocr, "signs_of_editing": [] })
    }
}

/// Whether what is quoted stands there; or nothing does, as far as it can be read. Writing here is in capitals.
fn read(statement: &str, texts: &[String]) -> (&'static str, u8) {
    let text = plain(&texts.concat());
    let mut quoted = statement.split('"').skip(1).step_by(2).flat_map(str::split_whitespace).peekable();
    let is_word = |word: &str| word.len() >= WORD && word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    let is_legible = texts.iter().flat_map(|text| text.split_whitespace()).any(is_word);
    match quoted.peek().is_some() && quoted.all(|word| text.contains(&plain(word))) {
        true => ("MET", 95),
        false if is_legible || !statement.contains('"') => ("NOT_MET", 80),
        false => ("UNCLEAR", 60),
    }
}

fn is_suspicious(asked: &Asked) -> bool {
    let text = asked.texts.concat().to_lowercase();
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    words.any(|word| SUSPICIOUS.contains(&word))
}

fn plain(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}
