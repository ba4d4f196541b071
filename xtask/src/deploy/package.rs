//! `cargo xtask package`: the functions as they are deployed, in `target/lambda`, where template.yaml looks for them.
//! By cargo-lambda, whose linker is zig: what it links runs on Lambda's libc, however new this machine's is.

use crate::finish;
use crate::place;
use crate::program::program;
use crate::program::venv;
use std::path::PathBuf;
use std::process::ExitCode;

/// For the processor of this machine, or with `--arm64` for the one that the template asks for by itself.
pub(crate) fn command(args: &[String]) -> ExitCode {
    let outcome = match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        args @ ([] | ["--arm64"]) => place::functions().and_then(|functions| build(&functions, args)),
        _ => Err("usage: cargo xtask package [--arm64]".to_owned()),
    };
    finish(outcome)
}

/// Builds each of these packages as `target/lambda/<name>/bootstrap`.
pub(crate) fn build(packages: &[String], options: &[&str]) -> Result<(), String> {
    let tools = venv::ready("lambda")?.join("bin");
    // zig is a module of Python's, and cargo-lambda asks whichever Python comes first for it.
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::iter::once(tools.clone()).chain(std::env::split_paths(&path)));
    let lambda = program(tools.join("cargo-lambda")).without_env("CARGO_PKG_").without_env("CARGO_MANIFEST_");
    let lambda = lambda.env("PATH", path.map_err(|error| error.to_string())?);
    // What is built elsewhere is the same: a panic names a file by where it is in the sources, not on this machine.
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo"))).unwrap_or_default();
    // Called directly, and not by way of a table with an address for each function, a third of all that a start relocates.
    // The linker makes all of the other tables read-only as before.
    let calls = "-Crelro-level=partial -Clink-arg=-Wl,-z,now";
    let lambda = lambda.env("RUSTFLAGS", format!("--remap-path-prefix={}=cargo {calls}", home.display()));
    let packages = packages.iter().flat_map(|name| ["--package", name]);
    lambda.args(["lambda", "build", "--release", "--locked"]).args(options).args(packages).run()
}
