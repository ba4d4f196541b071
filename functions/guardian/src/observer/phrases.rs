//! Wording that speaks to whoever reviews a proof, and to nobody else. What is found here is found whatever a model says
//! of it; what is not found proves nothing.

/// In lower-case letters of any alphabet, and nothing between them: neither gaps nor signs hide a phrase.
const PHRASES: [&str; 42] = [
    "ignoreprevious",
    "ignoreall",
    "ignoretheabove",
    "ignoreabove",
    "ignoreyour",
    "ignoreany",
    "disregardprevious",
    "disregardall",
    "disregardthe",
    "disregardyour",
    "forgetprevious",
    "forgetyour",
    "previousinstructions",
    "newinstructions",
    "systemprompt",
    "systemmessage",
    "systemoverride",
    "developermode",
    "asanai",
    "youareanai",
    "languagemodel",
    "visionmodel",
    "dearai",
    "dearmodel",
    "dearreviewer",
    "notetoreviewer",
    "notetotheai",
    "toreviewer",
    "aireviewer",
    "aiguardian",
    "guardianapprove",
    "markasmet",
    "markallas",
    "markitas",
    "markthemas",
    "mustapprove",
    "pleaseapprove",
    "approvethis",
    "approveall",
    "verdictmet",
    "confidence100",
    "setconfidence",
];

/// Whether any of the texts does, or all of them, one after the other.
pub(super) fn speak_to_a_reviewer(texts: &[&str]) -> bool {
    let squeezed = |text: &str| -> String {
        text.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).map(plain).collect()
    };
    let together = texts.iter().map(|text| squeezed(text)).collect::<String>();
    PHRASES.iter().any(|phrase| together.contains(phrase))
}

/// What looks like a Latin letter, and is another.
fn plain(letter: char) -> char {
    match letter {
        'а' | 'á' | 'à' | 'ä' | 'â' | '4' => 'a',
        'е' | 'é' | 'è' | 'ë' | 'ê' | '3' => 'e',
        'о' | 'ó' | 'ö' | 'ô' => 'o',
        'і' | 'í' | 'ï' => 'i',
        'р' => 'p',
        'с' => 'c',
        'у' => 'y',
        'х' => 'x',
        other => other,
    }
}

#[cfg(test)]
mod tests;
