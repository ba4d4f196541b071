//! `cargo xtask deploy-local`: template.yaml as it stands, deployed by SAM into an AWS that runs on this
//! machine, ministack. Not on AWS itself: that is in docs/RUNBOOK.md.

mod chain;
mod http;
mod ministack;
pub(crate) mod package;

use crate::finish;
use crate::place;
use crate::program::venv;
use crate::program::{Program, program};
use crate::test::BINARIES;
use chain::Chain;
use http::text_of;
use ministack::Ministack;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

/// A deployment on this machine: all that belongs to it is in its folder.
pub(crate) struct Deployment {
    folder: PathBuf,
    port: u16,
    chain_port: u16,
    /// Of a model that its tests play.
    model_port: u16,
}

/// A stack of the deployment.
struct Stack {
    name: &'static str,
    /// What `sam list` says of it.
    outputs: &'static str,
    /// Beside those of both.
    parameters: &'static [(&'static str, &'static str)],
}

const TEST: Stack = Stack {
    name: "humanops-local",
    outputs: "outputs.json",
    parameters: &[("Mode", "test"), ("LoopbackCallbacks", "true"), ("WebOrigins", WEB_ORIGINS)],
};
/// Its operators sign in by tokens that the tests sign: Clerk's key is pinned, so that nobody is asked for it.
const LIVE: Stack = Stack {
    name: "humanops-live",
    outputs: "outputs-live.json",
    parameters: &[
        ("Mode", "live"),
        ("ClerkIssuer", "https://clerk.example.com"),
        ("ClerkAuthorizedParties", "https://app.example.com"),
    ],
};
/// Its money is on a chain of this machine, where one can be started, and a model on it looks at photos; the parameters for
/// both are made by `outside.py`.
const ON_CHAIN: Stack = Stack {
    name: "humanops-chain",
    outputs: "outputs-chain.json",
    parameters: &[("Mode", "test"), ("LoopbackCallbacks", "true")],
};
const PARAMETERS: &str = "xtask/src/deploy/outside.py";
const CONTRACTS: &str = "infra/anvil/artifacts";
/// The public half of the key that plays Clerk's.
const CLERK_KEY: &str = "tests/harness/keys/clerk-first.pub.pem";
/// The two things in which the template does not do here.
const GRANT: &str = "xtask/src/deploy/grant.py";
/// Where the private key is that opens the secrets of callbacks.
const CALLBACK_KEY: &str = "callback-key";
/// The same of notifications.
const PUSH_KEY: &str = "push-key";
/// Origins whose pages may call it; `tests/e2e/targets/deployed/origins.rs` knows them.
const WEB_ORIGINS: &str = "http://localhost:3000";
/// Whose key is printed.
const REGISTER: &str = r#"{"name": "first-agent", "email": "agent@example.com"}"#;

/// Deploys, or with `--stop` ends the deployment and forgets what it holds.
pub(crate) fn command(args: &[String]) -> ExitCode {
    let deployment = Deployment::of_developer();
    let outcome = match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => deployment.deploy().and_then(|()| deployment.greet()),
        ["--stop"] => deployment.stop(),
        _ => Err("usage: cargo xtask deploy-local [--stop]".to_owned()),
    };
    finish(outcome)
}

impl Deployment {
    /// What `cargo xtask deploy-local` starts.
    fn of_developer() -> Self {
        let folder = place::tools().join("deployed");
        Self { folder, port: 4566, chain_port: 8546, model_port: 8547 }
    }

    /// Beside it, for the tests.
    pub(crate) fn of_tests() -> Self {
        let folder = place::tools().join("deployed-for-tests");
        Self { folder, port: 4577, chain_port: 8557, model_port: 8558 }
    }

    /// Where the tests find `endpoint`, `admin-key`, `outputs.json` and, of what is outside, `chain` and `model`.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Brings the deployment to what the sources say. What it holds stays.
    pub(crate) fn deploy(&self) -> Result<(), String> {
        let begun = Instant::now();
        println!("==> 1/5 tools");
        let tools = venv::ready("aws")?;
        println!("==> 2/5 the functions");
        BINARIES.run()?;
        println!("==> 3/5 packing the functions");
        self.pack()?;
        println!("==> 4/5 ministack on port {}", self.port);
        let ministack = self.ministack(&tools);
        ministack.start()?;
        println!("==> 5/5 sam deploy, with its output in {}", self.file("deploy.log").display());
        for stack in [TEST, LIVE] {
            self.sam(&tools, &stack, &[])?;
        }
        match Chain::installed(&self.folder, self.chain_port) {
            Some(chain) => self.deploy_on(&chain, &tools)?,
            None => println!("no stack has a chain: `cargo xtask test` installs anvil"),
        }
        http::get(self.port, &format!("{}/health", self.api_path()?))?;
        println!("deployed in {} s", begun.elapsed().as_secs());
        Ok(())
    }

    /// The stack whose money is on this chain, and whose model is on another port.
    fn deploy_on(&self, chain: &Chain, tools: &Path) -> Result<(), String> {
        println!("    and a stack on anvil, on port {}, that asks a model on port {}", chain.port, self.model_port);
        chain.start()?;
        let model = format!("127.0.0.1:{}", self.model_port);
        let (script, contracts) = (place::root().join(PARAMETERS), place::root().join(CONTRACTS));
        let told = self.aws(tools.join("bin/python")).args([script]).args([ON_CHAIN.name, &chain.url()]);
        let parameters = told.args([format!("http://{model}/v1")]).args([contracts]).read()?;
        self.sam(tools, &ON_CHAIN, &parameters.lines().collect::<Vec<_>>())?;
        write(&self.file("chain"), &chain.url())?;
        write(&self.file("model"), &model)
    }

    /// Ends it. What it held is gone; what it wrote is kept beside its folder.
    pub(crate) fn stop(&self) -> Result<(), String> {
        if !self.folder.exists() {
            return Ok(());
        }
        self.ministack(&venv::ready("aws")?).stop()?;
        if let Some(chain) = Chain::installed(&self.folder, self.chain_port) {
            chain.stop()?;
        }
        let kept = self.folder.with_extension("log");
        if fs::rename(ministack::log(&self.folder, self.port), &kept).is_ok() {
            println!("its logs are kept in {}", kept.display());
        }
        fs::remove_dir_all(&self.folder).map_err(|error| format!("{}: {error}", self.folder.display()))
    }

    fn ministack(&self, tools: &Path) -> Ministack {
        Ministack { tools: tools.to_owned(), folder: self.folder.clone(), port: self.port }
    }

    /// The template, and beside it each function where the template looks for it. Without symbols: a zip
    /// is made of it each time.
    fn pack(&self) -> Result<(), String> {
        write(&self.file("template.yaml"), &read(&place::root().join("template.yaml"))?)?;
        for function in place::functions()? {
            let built = place::target().join("debug").join(&function);
            let packed = self.file("target/lambda").join(&function).join("bootstrap");
            if is_newer(&built, &packed) {
                create(packed.parent().unwrap_or(&packed))?;
                program("strip").args([Path::new("-o"), &packed, &built]).run()?;
            }
        }
        Ok(())
    }

    /// Deploys a stack, with parameters that are known only now.
    fn sam(&self, tools: &Path, stack: &Stack, parameters: &[&str]) -> Result<(), String> {
        let hash = self.admin_key_sha256(tools)?;
        let architecture = if cfg!(target_arch = "aarch64") { "arm64" } else { "x86_64" };
        let clerk_key = read(&place::root().join(CLERK_KEY))?.trim().replace('\n', "\\n");
        let of_both = [
            format!("AdminKeys=admin:{hash}"),
            format!("Architecture={architecture}"),
            format!("CallbackPublicKey={}", self.callback_public_key(tools)?),
            format!("PushPublicKey={}", self.push_public_key(tools)?),
            "PushContact=mailto:nobody@example.com".to_owned(),
            format!("ClerkJwtKey=\"{clerk_key}\""),
        ];
        let own = stack.parameters.iter().map(|(name, value)| format!("{name}={value}"));
        let own = own.chain(parameters.iter().map(ToString::to_string));
        let options = ["deploy", "--stack-name", stack.name, "--resolve-s3", "--capabilities", "CAPABILITY_IAM"];
        let answers = ["--no-confirm-changeset", "--no-fail-on-empty-changeset", "--no-progressbar"];
        let deploy = self.aws(tools.join("bin/sam")).args(options).args(answers).args(["--template-file"]);
        let deploy = deploy.args([self.file("template.yaml")]).args(["--parameter-overrides"]);
        deploy.args(of_both.into_iter().chain(own)).run_into(&self.file("deploy.log"))?;
        let grant = [place::root().join(GRANT), stack.name.into(), self.file(CALLBACK_KEY), self.file(PUSH_KEY)];
        self.aws(tools.join("bin/python")).args(grant).run()?;
        let list = ["list", "stack-outputs", "--stack-name", stack.name, "--output", "json"];
        write(&self.file(stack.outputs), &self.aws(tools.join("bin/sam")).args(list).read()?)?;
        write(&self.file("endpoint"), &format!("http://127.0.0.1:{}", self.port))
    }

    /// A program that takes this deployment for AWS, and cannot see any other account.
    fn aws(&self, file: PathBuf) -> Program {
        let program = program(file).without_env("AWS_").env("SAM_CLI_TELEMETRY", "0");
        let settings = [
            ("AWS_ENDPOINT_URL", format!("http://127.0.0.1:{}", self.port)),
            ("AWS_ACCESS_KEY_ID", "test".to_owned()),
            ("AWS_SECRET_ACCESS_KEY", "test".to_owned()),
            ("AWS_DEFAULT_REGION", "us-east-1".to_owned()),
            ("AWS_CONFIG_FILE", "/dev/null".to_owned()),
            ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null".to_owned()),
        ];
        settings.into_iter().fold(program, |program, (name, value)| program.env(name, value))
    }

    /// Of the key in the file `admin-key`, which is made once.
    fn admin_key_sha256(&self, tools: &Path) -> Result<String, String> {
        let code = "import hashlib, pathlib, secrets, sys\n\
            file = pathlib.Path(sys.argv[1])\n\
            file.exists() or file.write_text(secrets.token_urlsafe(32))\n\
            print(hashlib.sha256(file.read_bytes()).hexdigest(), end='')";
        program(tools.join("bin/python")).args(["-c", code]).args([self.file("admin-key")]).read()
    }

    /// Of the pair whose private key is in the file `callback-key`, which is made once.
    fn callback_public_key(&self, tools: &Path) -> Result<String, String> {
        let code = "import base64, pathlib, sys\n\
            from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey as Key\n\
            file = pathlib.Path(sys.argv[1])\n\
            text = lambda raw: base64.urlsafe_b64encode(raw).decode().rstrip('=')\n\
            file.exists() or file.write_text(text(Key.generate().private_bytes_raw()))\n\
            key = Key.from_private_bytes(base64.urlsafe_b64decode(file.read_text() + '='))\n\
            print(text(key.public_key().public_bytes_raw()), end='')";
        program(tools.join("bin/python")).args(["-c", code]).args([self.file(CALLBACK_KEY)]).read()
    }

    /// The same of the pair on P-256 whose private key is in the file `push-key`.
    fn push_public_key(&self, tools: &Path) -> Result<String, String> {
        let code = "import base64, pathlib, sys\n\
            from cryptography.hazmat.primitives import serialization as s\n\
            from cryptography.hazmat.primitives.asymmetric import ec\n\
            file = pathlib.Path(sys.argv[1])\n\
            form = (s.Encoding.PEM, s.PrivateFormat.PKCS8, s.NoEncryption())\n\
            file.exists() or file.write_bytes(ec.generate_private_key(ec.SECP256R1()).private_bytes(*form))\n\
            key = s.load_pem_private_key(file.read_bytes(), None).public_key()\n\
            point = key.public_bytes(s.Encoding.X962, s.PublicFormat.UncompressedPoint)\n\
            print(base64.urlsafe_b64encode(point).decode().rstrip('='), end='')";
        program(tools.join("bin/python")).args(["-c", code]).args([self.file(PUSH_KEY)]).read()
    }

    /// Where API Gateway answers. By path, because a host name below `localhost` does not resolve everywhere.
    fn api_path(&self) -> Result<String, String> {
        let id = output(&read(&self.file(TEST.outputs))?, "ApiId").ok_or("the stack has no output ApiId")?;
        Ok(format!("/_aws/execute-api/{id}/$default/api/v1"))
    }

    /// Says how to use it: an address, a key, a command. Quoted, as the address has a `$` in it.
    fn greet(&self) -> Result<(), String> {
        let path = self.api_path()?;
        let agent = http::post(self.port, &format!("{path}/agents/register"), REGISTER)?;
        let key = text_of(&agent, "api_key").ok_or_else(|| format!("no key in {agent}"))?;
        let base = format!("http://127.0.0.1:{}{path}", self.port);
        println!("\nAPI        {base}");
        println!("API key    {key}");
        println!("Admin key  {}", read(&self.file("admin-key"))?);
        println!("\n  curl -s '{base}/agents/balance' -H 'X-API-Key: {key}'\n");
        println!("The README's first task runs here too, with BASE='{base}'");
        println!(
            "The logs are in {}; the end is `cargo xtask deploy-local --stop`",
            ministack::log(&self.folder, self.port).display()
        );
        Ok(())
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

/// The value of an output in what `sam list stack-outputs` prints.
fn output(outputs: &str, name: &str) -> Option<String> {
    let (_, rest) = outputs.split_once(&format!("\"OutputKey\": \"{name}\""))?;
    text_of(rest, "OutputValue")
}

/// Whether the first file was written after the second, or there is no second.
fn is_newer(first: &Path, second: &Path) -> bool {
    let written = |file: &Path| fs::metadata(file).and_then(|metadata| metadata.modified());
    match (written(first), written(second)) {
        (Ok(first), Ok(second)) => second < first,
        (Ok(_), Err(_)) | (Err(_), _) => true,
    }
}

fn create(folder: &Path) -> Result<(), String> {
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))
}

fn read(file: &Path) -> Result<String, String> {
    fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))
}

fn write(file: &Path, text: &str) -> Result<(), String> {
    create(file.parent().unwrap_or(file))?;
    fs::write(file, text).map_err(|error| format!("{}: {error}", file.display()))
}
