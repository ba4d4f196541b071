//! A folder of sources is taken in at one look.

use crate::repository::{obey, sources};
use std::collections::BTreeMap;

/// Files side by side.
const FILES_MAX: usize = 12;

fn complaints<'a>(paths: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (folder, _) in paths.into_iter().filter_map(|path| path.rsplit_once('/')) {
        *counts.entry(folder).or_default() += 1;
    }
    let wide = counts.into_iter().filter(|(_, count)| FILES_MAX < *count);
    wide.map(|(folder, count)| format!("{folder} has {count} files, at most {FILES_MAX}")).collect()
}

#[test]
fn no_folder_has_more_than_twelve_sources() {
    obey("group what belongs together", &complaints(sources().map(|file| file.path.as_str())));
}

#[test]
fn a_wide_folder_is_found() {
    let paths: Vec<String> = (0..13).map(|n| format!("shared/web/src/f{n}.rs")).collect();
    let paths = || paths.iter().map(String::as_str);
    assert_eq!(complaints(paths()), ["shared/web/src has 13 files, at most 12"]);
    assert_eq!(complaints(paths().skip(1).chain(["shared/web/src/f1/tests.rs"])), [""; 0]);
}
