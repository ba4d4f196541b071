//! The TypeScript SDK: built from its sources, packed, installed into projects as its users have them, and at work.

use crate::documents::QUICK_START_TS;
use crate::programs::{installed, output};
use harness::binary::{Binary, command, root};
use harness::{Agent, Api};
use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

/// Bytes that all of it may take in a page, small and compressed.
const GZIPPED_MAX: usize = 12 * 1_024;
const PHOTO: &str = "shared/evidence/src/tests/files/baseline-420-restarts.jpg";
/// What is read by this SDK, the Rust client and the operators' pages alike.
const VECTORS: &str = "shared/sealed/vectors/webcrypto.json";

fn sources() -> PathBuf {
    root().join("clients/typescript")
}

/// The sources beside the tools that `cargo xtask test` installs for them, built once for all tests.
struct Package(PathBuf);

static PACKAGE: LazyLock<Package> = LazyLock::new(Package::built);

impl Package {
    fn built() -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("typescript");
        if folder.exists() {
            fs::remove_dir_all(&folder).unwrap();
        }
        for part in ["src", "scripts", "test"] {
            copy(&sources().join(part), &folder.join(part));
        }
        for file in ["package.json", "tsconfig.json", "README.md"] {
            fs::copy(sources().join(file), folder.join(file)).unwrap();
        }
        symlink(installed("typescript/node_modules"), folder.join("node_modules")).unwrap();
        let package = Self(folder);
        package.run("node", ["scripts/build.mjs"]);
        package
    }

    fn run<A: AsRef<OsStr>>(&self, program: &str, args: impl IntoIterator<Item = A>) -> String {
        output(Command::new(program).args(args).current_dir(&self.0)).0
    }

    /// A tool of the package's.
    fn tool(&self, name: &str) -> String {
        self.0.join("node_modules/.bin").join(name).to_string_lossy().into_owned()
    }

    fn packed(&self) -> PathBuf {
        let said = self.run("npm", ["pack", "--silent"]);
        self.0.join(said.trim())
    }
}

pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(from, to).unwrap();
        }
    }
}

/// The built SDK.
pub(crate) fn package() -> &'static Path {
    &PACKAGE.0
}

/// Runs tests that are JavaScript, each of which must pass; answers how many there were.
pub(crate) async fn passing(node: Command) -> usize {
    let said = beside(node).await;
    // What a test of them tells beside its result.
    said.lines().filter(|line| line.starts_with("# first view")).for_each(|line| println!("{line}"));
    let count = |what: &str| {
        let line = said.lines().find_map(|line| line.strip_prefix(&format!("# {what} ")));
        line.and_then(|number| number.parse::<usize>().ok()).unwrap()
    };
    assert_eq!((count("tests"), count("fail"), count("skipped")), (count("pass"), 0, 0));
    count("pass")
}

/// Of every system here.
pub(crate) const ADMIN_KEY: &str = "an-admin-key-of-at-least-32-bytes";

/// A system that keeps nothing, and an agent of it with money.
pub(crate) async fn system(folder: &Path) -> (Binary, Agent) {
    let mut ephemeral = command(folder, &["--ephemeral"]);
    ephemeral.env("HUMANOPS_ADMIN_KEY", ADMIN_KEY);
    let binary = Binary::launch(ephemeral).await;
    let agent = binary.agent("1000").await;
    (binary, agent)
}

/// Runs a command beside the system that it calls.
pub(crate) async fn beside(mut command: Command) -> String {
    tokio::task::spawn_blocking(move || output(&mut command).0).await.unwrap()
}

/// Runs a line of JavaScript that has the SDK; answers what it printed.
pub(crate) async fn node(code: &str, args: &[&str], variables: &[(&str, &str)]) -> String {
    let mut node = Command::new("node");
    node.args(["--input-type=module", "--eval", code, "--"]).args(args).current_dir(&PACKAGE.0);
    node.envs(variables.iter().copied());
    beside(node).await
}

#[test]
fn what_is_generated_is_what_the_description_gives() {
    let package = &*PACKAGE;
    let openapi = root().join("docs/openapi.json");
    package.run("node", [OsStr::new("scripts/generate.mjs"), openapi.as_os_str(), OsStr::new("generated")]);
    for file in ["operations.ts", "schema.ts"] {
        let made = fs::read_to_string(package.0.join("generated").join(file)).unwrap();
        let kept = fs::read_to_string(sources().join("src/generated").join(file)).unwrap();
        assert!(made == kept, "{file}: run `npm run generate` in clients/typescript");
    }
}

const STRICT: [&str; 9] = [
    "--strict",
    "--noUncheckedIndexedAccess",
    "--exactOptionalPropertyTypes",
    "--target",
    "es2022",
    "--module",
    "nodenext",
    "--lib",
    "es2023,dom,dom.iterable",
];

#[test]
fn its_types_say_what_goes_in_and_out_and_refuse_the_rest() {
    PACKAGE.run(&PACKAGE.tool("tsc"), STRICT.into_iter().chain(["--noEmit", "test/typed.ts"]));
}

#[test]
fn it_is_small_and_its_package_is_as_each_runtime_wants_it() {
    let package = &*PACKAGE;
    let bundle = ["dist/esm/index.js", "--bundle", "--minify", "--format=esm", "--outfile=bundle.js"];
    package.run(&package.tool("esbuild"), bundle);
    let gzipped = "console.log(require('zlib').gzipSync(require('fs').readFileSync('bundle.js')).length)";
    let bytes: usize = package.run("node", ["--eval", gzipped]).trim().parse().unwrap();
    println!("the SDK has {bytes} bytes, gzipped");
    assert!(bytes <= GZIPPED_MAX, "{bytes}");

    package.run(&package.tool("publint"), ["--strict"]);
    package.run(&package.tool("attw"), [package.packed()]);
    let manifest = fs::read_to_string(package.0.join("package.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    assert_eq!(manifest["dependencies"], serde_json::Value::Null);
}

#[tokio::test]
async fn its_own_tests_pass_against_a_running_system() {
    let (folder, package) = (tempfile::tempdir().unwrap(), &*PACKAGE);
    let (binary, _) = system(folder.path()).await;
    let mut tests = Command::new("node");
    tests.args(["--test", "--test-reporter=tap"]).current_dir(&package.0);
    for name in ["credentials", "job", "transport", "webhooks"] {
        tests.arg(format!("test/{name}.test.mjs"));
    }
    tests.env("HUMANOPS_API_URL", format!("http://{}", binary.address));
    tests.env("HUMANOPS_PHOTO", root().join(PHOTO)).env("HUMANOPS_VECTORS", root().join(VECTORS));
    println!("{} tests of the SDK's own", passing(tests).await);
}

#[tokio::test]
async fn the_snippets_of_the_reference_work_as_they_are() {
    let (folder, package) = (tempfile::tempdir().unwrap(), &*PACKAGE);
    let (binary, agent) = system(folder.path()).await;
    let snippet = async |name: &str| {
        let mut node = Command::new("node");
        node.args(["--import", "./test/reference/hook.mjs"]).arg(format!("test/reference/{name}.mjs"));
        node.current_dir(&package.0).env("AGENT_KEY", &agent.key);
        node.env("HUMANOPS_API_URL", format!("http://{}", binary.address));
        beside(node).await
    };
    let said = snippet("digital").await;
    assert!(said.starts_with("task_") && said.ends_with(" PENDING\n"), "{said}");
    let said = snippet("credential").await;
    assert_eq!(said, "{ api_key: 'sk_1', dashboard_url: 'https://acme.io' }\n");
}

#[tokio::test]
async fn the_packed_package_runs_the_quick_start_in_projects_of_every_kind() {
    let (folder, package) = (tempfile::tempdir().unwrap(), &*PACKAGE);
    let (binary, agent) = system(folder.path()).await;
    let (packed, start) = (package.packed(), QUICK_START_TS.code());
    let wrapped = start.replacen("const client", "(async () => {\nconst client", 1) + "})();\n";
    let imported = "import { HumanOpsClient } from \"@humanops/sdk\";";
    assert!(wrapped.contains(imported));
    let required = wrapped.replace(imported, "const { HumanOpsClient } = require(\"@humanops/sdk\");");
    let tsc = package.tool("tsc");
    for (kind, file, program, text) in [
        ("module", "start.mjs", "node", &start),
        ("commonjs", "start.cjs", "node", &required),
        ("module", "start.ts", "tsc", &start),
        ("commonjs", "start.cts", "tsc", &wrapped),
        ("module", "start.mjs", "deno", &start),
        ("module", "start.ts", "bun", &start),
    ] {
        let project = tempfile::tempdir().unwrap();
        fs::write(project.path().join("package.json"), format!(r#"{{"type": "{kind}"}}"#)).unwrap();
        let mut npm = Command::new("npm");
        npm.args(["install", "--offline", "--no-audit", "--no-fund", "--silent"]).arg(&packed);
        output(npm.current_dir(project.path()));
        fs::write(project.path().join(file), text).unwrap();
        let ran = match program {
            "tsc" => {
                output(Command::new(&tsc).args(STRICT).arg(file).current_dir(project.path()));
                vec!["node".to_owned(), file.replace("ts", "js")]
            }
            "deno" => vec![package.tool("deno"), "run".to_owned(), "--allow-all".to_owned(), file.to_owned()],
            "bun" => vec![package.tool("bun"), "run".to_owned(), file.to_owned()],
            program => vec![program.to_owned(), file.to_owned()],
        };
        let mut run = Command::new(&ran[0]);
        run.args(&ran[1..]).current_dir(project.path()).env("HUMANOPS_API_KEY", &agent.key);
        run.env("HUMANOPS_API_URL", format!("http://{}", binary.address));
        let said = beside(run).await;
        assert!(said.starts_with("task_") && said.ends_with(" PENDING\n"), "{file}: {said}");
        println!("{program} {file}: {}", said.trim());
    }
}
