//! Links between the documents.

use crate::repository::{exists, files, obey};
use std::path::{Component, Path, PathBuf};

/// Relative targets of a document's links, without their anchors.
fn relative_targets(markdown: &str) -> Vec<&str> {
    let inline = markdown.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let named =
        markdown.lines().filter(|line| line.starts_with('[')).filter_map(|line| Some(line.split_once("]: ")?.1));
    let targets = inline.chain(named).filter_map(|target| target.split_whitespace().next());
    let relative = targets.filter(|target| !target.contains("://") && !target.starts_with("mailto:"));
    relative.filter_map(|target| target.split('#').next()).filter(|target| !target.is_empty()).collect()
}

/// Where a link in `document` leads, relative to the root; `None` when it leaves the repository.
fn destination(document: &str, target: &str) -> Option<PathBuf> {
    let mut path = Path::new(document).parent()?.to_owned();
    for component in Path::new(target).components() {
        match component {
            Component::Normal(name) => path.push(name),
            Component::ParentDir if path.pop() => {}
            Component::CurDir => {}
            Component::ParentDir | Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(path)
}

#[test]
fn every_relative_link_leads_somewhere() {
    let documents = files().iter().filter(|file| file.path.ends_with(".md"));
    let links = documents.flat_map(|file| relative_targets(&file.text).into_iter().map(|target| (&file.path, target)));
    let dead = links.filter(|(path, target)| !destination(path, target).is_some_and(|it| exists(&it)));
    let all: Vec<String> = dead.map(|(path, target)| format!("{path} links to `{target}`")).collect();
    obey("a link that leads nowhere", &all);
}

#[test]
fn links_are_read_the_way_a_reader_follows_them() {
    let markdown =
        "[a](docs/A.md#part) ![b](b.png \"b\") [c](https://c.example/x) [d](#here) [e](mailto:e@x)\n[f]: ../f.md\n";
    assert_eq!(relative_targets(markdown), ["docs/A.md", "b.png", "../f.md"]);
    assert_eq!(destination("docs/A.md", "../README.md"), Some("README.md".into()));
    assert_eq!(destination("docs/A.md", "./B.md"), Some("docs/B.md".into()));
    assert_eq!(destination("README.md", "../elsewhere"), None);
    assert_eq!(destination("README.md", "/etc/hosts"), None);
}
