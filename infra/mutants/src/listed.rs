//! What cargo-mutants would change, as `cargo mutants --list --json` says it.

use serde::Deserialize;

/// One change.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Mutant {
    /// Where and what, in one line.
    pub(crate) name: String,
    pub(crate) package: String,
    /// From the root of the repository.
    pub(crate) file: String,
    pub(crate) genre: Genre,
    /// Where what is replaced begins.
    pub(crate) span: Span,
    pub(crate) replacement: String,
    /// In which it is, if it is in one.
    pub(crate) function: Option<Function>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Function {
    pub(crate) return_type: String,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub(crate) enum Genre {
    FnValue,
    BinaryOperator,
    UnaryOperator,
    MatchArm,
    MatchArmGuard,
    StructField,
}

#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) struct Span {
    pub(crate) start: Place,
}

/// Line and column, both from one, columns in characters.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) struct Place {
    pub(crate) line: usize,
    pub(crate) column: usize,
}
