//! Files that need each other: none, in any of our crates. A file may name what is below it, which is its own;
//! what it names above or beside it is an edge.

use crate::repository::{File, obey, sources};
use std::collections::{BTreeMap, BTreeSet};

/// A path in the code, by its names.
type Names<'a> = Vec<&'a str>;

/// The files of a crate, by the names of their modules.
struct Crate<'a>(BTreeMap<Names<'a>, &'a str>);

impl<'a> Crate<'a> {
    /// Of the files below `src/`, without its tests: relative paths and texts.
    fn of(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let code = |path: &str| path != "main.rs" && !path.ends_with("tests.rs") && !path.contains("tests/");
        let files = files.into_iter().filter(|(path, _)| code(path));
        let names = |path: &'a str| match path.trim_end_matches(".rs") {
            "lib" => Vec::new(),
            path => path.split('/').collect(),
        };
        let own = |text: &'a str| text.split("#[cfg(test)]").next().unwrap_or_default();
        Self(files.map(|(path, text)| (names(path), own(text))).collect())
    }

    /// The modules whose files the file of `module` names, except those below it.
    fn edges(&self, module: &[&'a str]) -> BTreeSet<Names<'a>> {
        let targets = named(self.0[module]).into_iter().map(|names| self.home(absolute(module, names)));
        targets.filter(|target| !target.starts_with(module)).collect()
    }

    /// The module that holds what is named, if need be by what another one exports.
    fn home(&self, names: Names<'a>) -> Names<'a> {
        let known = |count: &usize| self.0.contains_key(&names[..*count]);
        let count = (0..=names.len()).rev().find(known).unwrap_or_default();
        let (module, rest) = names.split_at(count);
        let exported = rest.first().and_then(|name| {
            let mut paths = exported(self.0.get(module)?).into_iter();
            Some(absolute(module, paths.find(|path| path.last() == Some(name))?))
        });
        match exported {
            Some(path) if !path.starts_with(&names) => self.home(path),
            Some(_) | None => module.to_vec(),
        }
    }

    /// A way from `module` back to it.
    fn circle(&self, module: &Names<'a>) -> Option<Vec<Names<'a>>> {
        let mut ways = vec![vec![module.clone()]];
        let mut seen = BTreeSet::new();
        while let Some(way) = ways.pop() {
            for next in self.edges(&way[way.len() - 1]) {
                if next == *module {
                    return Some(way);
                }
                if seen.insert(next.clone()) {
                    ways.push([way.as_slice(), &[next]].concat());
                }
            }
        }
        None
    }

    /// A line for each circle, which is the same wherever it begins.
    fn complaints(&self, folder: &str) -> BTreeSet<String> {
        let name = |module: &Names<'_>| if module.is_empty() { "lib".to_owned() } else { module.join("::") };
        let circles = self.0.keys().filter_map(|module| self.circle(module));
        let lines = circles.map(|circle| circle.iter().map(name).collect::<BTreeSet<_>>());
        lines.map(|names| format!("{folder}: {}", names.into_iter().collect::<Vec<_>>().join(" and "))).collect()
    }
}

/// The paths in a text that lead up or to the top, braces written out.
fn named(text: &str) -> Vec<Names<'_>> {
    let starts = ["crate::", "super::"].into_iter().flat_map(|start| text.match_indices(start));
    let inside = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let starts = starts.filter(|(at, _)| !text[..*at].ends_with(inside) && !is_comment(text, *at));
    starts.flat_map(|(at, _)| branches(&text[at..])).collect()
}

/// The paths that a module hands on under its own name.
fn exported(text: &str) -> Vec<Names<'_>> {
    let starts = ["\npub use ", "\npub(crate) use ", "\npub(super) use "].into_iter();
    starts
        .flat_map(|start| text.match_indices(start))
        .flat_map(|(at, start)| branches(&text[at + start.len()..]))
        .collect()
}

fn is_comment(text: &str, at: usize) -> bool {
    let line = text[..at].rsplit('\n').next().unwrap_or_default();
    line.trim_start().starts_with("//")
}

fn branches(text: &str) -> Vec<Names<'_>> {
    let mut found = Vec::new();
    tree(text, &Vec::new(), &mut found);
    found
}

/// Reads one branch of a `use`, and answers what follows it.
fn tree<'a>(text: &'a str, above: &Names<'a>, found: &mut Vec<Names<'a>>) -> &'a str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let path = [above.as_slice(), &[name]].concat();
    let Some(below) = rest.strip_prefix("::") else {
        found.push(path);
        return rest;
    };
    let Some(mut rest) = below.strip_prefix('{') else {
        return tree(below, &path, found);
    };
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || ",*".contains(c));
        match rest.strip_prefix('}') {
            Some(after) => return after,
            None if rest.is_empty() => return rest,
            None => rest = tree(rest, &path, found).trim_start_matches(|c| !",}".contains(c)),
        }
    }
}

/// From `module`, what `crate::…`, `super::…` or a name of its own means.
fn absolute<'a>(module: &[&'a str], mut names: Names<'a>) -> Names<'a> {
    let mut base = module.to_vec();
    while let Some(first) = names.first() {
        match *first {
            "crate" => base.clear(),
            "super" => drop(base.pop()),
            "self" => {}
            _ => break,
        }
        names.remove(0);
    }
    base.extend(names);
    base
}

#[test]
fn no_files_need_each_other() {
    let mut crates: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
    for File { path, text } in sources() {
        if let Some((folder, below)) = path.split_once("/src/") {
            crates.entry(folder).or_default().push((below, text));
        }
    }
    let ours =
        crates.into_iter().filter(|(folder, _)| ["shared/", "functions/"].iter().any(|it| folder.starts_with(it)));
    let all: Vec<String> = ours.flat_map(|(folder, files)| Crate::of(files).complaints(folder)).collect();
    obey("a circle of files cannot be understood in parts", &all);
}

#[test]
fn a_circle_is_found_through_whatever_names_it() {
    let lib = "//! It.\npub mod a;\npub mod b;\npub use b::{B, c::C};\npub struct Own;\n";
    for (a, b, circle) in [
        ("use crate::b::B;", "", None),
        ("use crate::b::B;", "use crate::{Own, a::A};", Some("a and b")),
        ("use crate::B;", "use super::a::A;", Some("a and b")),
        ("use crate::C;", "use super::a::A;", None),
        ("fn f() { crate::b::f() }", "fn g() { super::a::g() }", Some("a and b")),
        ("use crate::Own;", "use crate::Own;", None),
        ("/// Not [`crate::b::B`].\nstruct A;", "use super::a::A;", None),
        ("#[cfg(test)]\nuse crate::b::B;", "use super::a::A;", None),
    ] {
        let files = [
            ("lib.rs", lib),
            ("a.rs", a),
            ("b.rs", b),
            ("b/c.rs", "pub struct C;"),
            ("a/tests.rs", "use crate::b::B;"),
        ];
        let expected: Vec<String> = circle.map(|names| format!("x: {names}")).into_iter().collect();
        assert_eq!(Vec::from_iter(Crate::of(files).complaints("x")), expected, "{a} | {b}");
    }
}
