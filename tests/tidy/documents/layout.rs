//! The tree in `docs/ARCHITECTURE.md` against the folders that are there.

use crate::repository::{exists, obey, text};
use crate::workspace::packages;
use std::path::Path;

const DOCUMENT: &str = "docs/ARCHITECTURE.md";

/// The lines of the first code block that lists `functions/`.
fn tree(markdown: &str) -> Option<&str> {
    let blocks = markdown.split("```").skip(1).step_by(2);
    let mut bodies = blocks.filter_map(|block| Some(block.split_once('\n')?.1));
    bodies.find(|body| body.lines().any(|line| line.starts_with("functions/")))
}

/// The path of each line: its first word, below the nearest line above that is indented less.
fn paths(tree: &str) -> Vec<String> {
    let mut above: Vec<(usize, &str)> = Vec::new();
    let mut paths = Vec::new();
    for line in tree.lines() {
        let drawn = |c: char| c.is_whitespace() || "│├└─".contains(c);
        let name = line.trim_start_matches(drawn);
        let column = line.chars().take_while(|c| drawn(*c)).count();
        let Some(name) = name.split_whitespace().next() else { continue };
        above.retain(|(indent, _)| *indent < column);
        above.push((column, name.trim_end_matches('/')));
        paths.push(above.iter().map(|(_, name)| *name).collect::<Vec<_>>().join("/"));
    }
    paths
}

fn drawn_paths() -> Vec<String> {
    let document = text(DOCUMENT);
    paths(tree(&document).expect("docs/ARCHITECTURE.md draws the tree in a code block, `functions/` at its left edge"))
}

#[test]
fn the_tree_names_what_is_there() {
    let missing = drawn_paths().into_iter().filter(|path| !exists(Path::new(path)));
    let all: Vec<String> = missing.map(|path| format!("{DOCUMENT} draws `{path}`, which is not there")).collect();
    obey("the tree of the architecture", &all);
}

#[test]
fn the_tree_names_every_package() {
    let drawn = drawn_paths();
    let absent = packages().iter().filter(|package| !drawn.contains(&package.folder));
    let all: Vec<String> = absent.map(|package| format!("{DOCUMENT} does not draw `{}`", package.folder)).collect();
    obey("the tree of the architecture", &all);
}

#[test]
fn a_tree_is_read_by_its_indentation() {
    let plain =
        "```text\nfunctions/   deployables\n  tasks/     create, list\n\nshared/\n  web/       glue\ntests/\n```\n";
    let drawn = "```\nfunctions/\n├── tasks/   create, list\nshared/\n└── web/     glue\ntests/\n```\n";
    for markdown in [plain, drawn] {
        let body = tree(markdown).expect("a tree");
        assert_eq!(paths(body), ["functions", "functions/tasks", "shared", "shared/web", "tests"]);
    }
    assert_eq!(tree("```sh\ncargo run\n```\n"), None);
}
