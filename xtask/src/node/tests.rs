//! Versions as node prints them.

use super::*;

#[test]
fn node_twenty_and_newer_are_accepted_and_all_else_is_explained() {
    for version in ["v20.0.0\n", "v20.20.2\n", "v24.1.0", "v100.0.0"] {
        assert_eq!(judge(Some(version)), Ok(()), "{version}");
    }
    for (version, sentence) in [
        (None, "node is not on the PATH: install Node.js 20 or newer"),
        (Some("v18.19.1\n"), "node is v18.19.1: install Node.js 20 or newer"),
        (Some("twenty"), "node is twenty: install Node.js 20 or newer"),
    ] {
        assert_eq!(judge(version), Err(sentence.to_owned()));
    }
}
