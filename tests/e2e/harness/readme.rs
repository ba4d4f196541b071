//! The README's block of commands, as its reader copies it.

const README: &str = include_str!("../../../README.md");

/// The commands of "The first task".
pub(crate) fn first_task() -> &'static str {
    let block = README.split("## The first task").nth(1).and_then(|text| text.split("```").nth(1));
    block.and_then(|block| block.strip_prefix("sh\n")).expect("a block of commands")
}
