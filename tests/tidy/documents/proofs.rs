//! The tests that `docs/SECURITY.md` and `docs/RELIABILITY.md` name as proof: they are there, and each section has one.

use crate::repository::{File, obey, sources, text};
use crate::workspace::packages;

const DOCUMENTS: [&str; 2] = ["docs/SECURITY.md", "docs/RELIABILITY.md"];
/// Sections about what could go wrong, of which each must prove something.
const PROVEN: [&str; 8] = [
    "## A stranger",
    "## An agent",
    "## An operator",
    "## Staff",
    "## A customer's server",
    "## A provider",
    "## A dependency",
    "## An insider",
];

/// A test as a runner prints it, and the folder that it is in.
struct Named<'a> {
    folder: String,
    path: Vec<&'a str>,
}

/// What stands in code spans and is the name of a test, or of a module of tests.
fn named(markdown: &str) -> Vec<Result<Named<'_>, String>> {
    let spans = markdown.lines().flat_map(|line| line.split('`').skip(1).step_by(2));
    let is_name = |span: &&str| span.contains("::") && !span.contains(['…', '(', '<']);
    spans.filter(is_name).map(read).collect()
}

fn read(span: &str) -> Result<Named<'_>, String> {
    let (package, path) = span.split_once(": ").unwrap_or(("e2e", span));
    let folder = match package {
        "e2e" => Some("tests/e2e".to_owned()),
        "tidy" => Some("tests/tidy".to_owned()),
        name => packages().iter().find(|package| package.name == name).map(|package| package.folder.clone()),
    };
    let folder = folder.ok_or_else(|| format!("`{span}`: no package is called {package}"))?;
    Ok(Named { folder, path: path.split("::").collect() })
}

impl Named<'_> {
    /// The function is in a file whose path has all modules of the name; or the name is that of a file.
    fn exists(&self) -> bool {
        let Some((function, modules)) = self.path.split_last() else { return false };
        let within = format!("{}/", self.folder);
        let mut files = sources().filter(|file| file.path.starts_with(&within));
        // Some stand in a macro, by which each target has them.
        let has =
            |file: &File| file.text.contains(&format!("fn {function}(")) || file.text.contains(&format!("{function},"));
        let lies = |file: &File| {
            modules.iter().all(|module| file.path.contains(module) || file.text.contains(&format!("mod {module}")))
        };
        let module = format!("{within}{}.rs", self.path.join("/"));
        files.any(|file| file.path == module || has(file) && (lies(file) || self.path[0] == "targets"))
    }
}

#[test]
fn each_test_that_is_named_as_a_proof_is_there() {
    let mut wrong = Vec::new();
    for document in DOCUMENTS {
        let markdown = text(document);
        let names = named(&markdown);
        assert!(names.len() > 5, "{document} names its proofs in code spans");
        for name in names {
            match name {
                Ok(name) if name.exists() => {}
                Ok(name) => {
                    wrong.push(format!("{document}: there is no test {} in {}", name.path.join("::"), name.folder))
                }
                Err(sentence) => wrong.push(format!("{document}: {sentence}")),
            }
        }
    }
    obey("tests that are named", &wrong);
}

#[test]
fn each_actor_has_a_section_with_proofs() {
    let markdown = text("docs/SECURITY.md");
    let bare = PROVEN.iter().filter(|title| {
        let section = markdown
            .split_once(&format!("\n{title}\n"))
            .map(|(_, rest)| rest.split("\n## ").next().unwrap_or_default());
        section.is_none_or(|section| named(section).is_empty())
    });
    obey("sections with proofs", &bare.map(|title| format!("{title} proves nothing")).collect::<Vec<_>>());
}

#[test]
fn a_proof_that_is_not_there_is_seen() {
    let names = named(
        "as `consistency::random::no_such_test_is_there`, `tidy: documents::proofs::a_proof_that_is_not_there_is_seen`",
    );
    let there: Vec<bool> = names.iter().map(|name| name.as_ref().is_ok_and(Named::exists)).collect();
    assert_eq!(there, [false, true]);
    assert!(read("nobody: a::b").is_err());
}
