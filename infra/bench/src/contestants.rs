//! Who is measured, and with which environment each is started.

use crate::Failure;
use crate::world::{Endpoints, World};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Ours, by the names of their folders, and who they are measured against.
pub(crate) struct Contestants {
    pub(crate) ours: Vec<Contestant>,
    /// The least that such a function can be.
    pub(crate) floor: Contestant,
    /// The same handlers with everybody's defaults.
    pub(crate) naive: Contestant,
    /// What most teams would ship.
    pub(crate) node: Contestant,
}

/// How a contestant reaches the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Transport {
    /// Over loopback as it is.
    Plain,
    /// As on AWS.
    Tls,
}

/// Something that can be started.
#[derive(Clone, Debug)]
pub(crate) struct Contestant {
    pub(crate) name: String,
    /// The file that is deployed.
    pub(crate) package: PathBuf,
    interpreter: Option<&'static str>,
    endpoints: Endpoints,
    variables: Vec<(&'static str, String)>,
}

impl Contestants {
    /// From the folders `functions/`, what cargo and cargo-lambda have built, and the bundle for Node.js.
    pub(crate) fn of(root: &Path, target: &Path, bundle: &Path, world: &World) -> Result<Self, Failure> {
        let (ours, floor) = Self::ours_and_floor(root, target, world)?;
        let mut node = Contestant::new("Node.js", bundle.to_owned(), &world.all_roots, &world.endpoints);
        node.interpreter = Some("node");
        node.variables.push(("NODE_EXTRA_CA_CERTS", world.own_root.display().to_string()));
        let naive = target.join("naive/release/naive");
        let naive = Contestant::new("naive", naive, &world.all_roots, &world.endpoints);
        let all = Self { ours, floor, naive, node };
        all.iter().try_for_each(Contestant::built)?;
        Ok(all)
    }

    /// Without the others.
    pub(crate) fn ours_and_floor(
        root: &Path,
        target: &Path,
        world: &World,
    ) -> Result<(Vec<Contestant>, Contestant), Failure> {
        let mut names = Vec::new();
        for entry in std::fs::read_dir(root.join("functions"))? {
            names.extend(entry?.file_name().into_string().ok().filter(|name| !name.starts_with('.')));
        }
        names.sort();
        let packed = |name: &str| Contestant::packed(name, target, &world.few_roots, &world.endpoints);
        let ours = names.iter().map(|name| packed(name)).collect::<Result<Vec<_>, _>>()?;
        Ok((ours, packed("floor")?))
    }

    /// Ours, in the order of their names, then the others.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Contestant> {
        self.ours.iter().chain([&self.floor, &self.naive, &self.node])
    }

    /// One of ours.
    pub(crate) fn ours(&self, name: &str) -> Result<&Contestant, Failure> {
        self.ours.iter().find(|it| it.name == name).ok_or_else(|| format!("there is no functions/{name}").into())
    }
}

impl Contestant {
    fn new(name: &str, package: PathBuf, roots: &Path, endpoints: &Endpoints) -> Self {
        let (endpoints, variables) = (endpoints.clone(), variables(roots));
        Self { name: name.to_owned(), package, interpreter: None, endpoints, variables }
    }

    /// What cargo-lambda has built of a package. Fails where it has not.
    pub(crate) fn packed(name: &str, target: &Path, roots: &Path, endpoints: &Endpoints) -> Result<Self, Failure> {
        let contestant = Self::new(name, target.join("lambda").join(name).join("bootstrap"), roots, endpoints);
        contestant.built().map(|()| contestant)
    }

    /// With these variables beside those that all have.
    pub(crate) fn with(mut self, variables: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        self.variables.extend(variables);
        self
    }

    fn built(&self) -> Result<(), Failure> {
        if self.package.is_file() { Ok(()) } else { Err(format!("{} is not built", self.package.display()).into()) }
    }

    /// The command that starts it with a Runtime API at this address, and no other variables than a
    /// function has.
    pub(crate) fn command(&self, runtime_api: &str, transport: Transport) -> Command {
        let mut command = match self.interpreter {
            Some(interpreter) => {
                let mut command = Command::new(interpreter);
                command.arg(&self.package);
                command
            }
            None => Command::new(&self.package),
        };
        let path = std::env::var_os("PATH").unwrap_or_default();
        command.env_clear().env("PATH", path).envs(self.variables.iter().map(|(name, value)| (name, value)));
        let endpoint = match transport {
            Transport::Plain => &self.endpoints.plain,
            Transport::Tls => &self.endpoints.tls,
        };
        command.env("AWS_LAMBDA_RUNTIME_API", runtime_api).env("AWS_ENDPOINT_URL", endpoint);
        command
    }
}

/// What Lambda and the template give to a function, and whom it may trust.
fn variables(roots: &Path) -> Vec<(&'static str, String)> {
    let given = [
        ("AWS_LAMBDA_FUNCTION_NAME", "bench"),
        ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256"),
        ("AWS_REGION", "local"),
        ("AWS_ACCESS_KEY_ID", "embedded"),
        ("AWS_SECRET_ACCESS_KEY", "embedded"),
        ("AWS_SESSION_TOKEN", "embedded"),
        ("HUMANOPS_METRICS_NAMESPACE", "HumanOps"),
        ("HUMANOPS_MODE", "test"),
        ("HUMANOPS_CORE_TABLE", "humanops-core"),
        ("HUMANOPS_LEDGER_TABLE", "humanops-ledger"),
        ("HUMANOPS_EDGE_TABLE", "humanops-edge"),
        ("HUMANOPS_ADMIN_KEYS", "admin:c6ca503725a92593be7466efff973b44d4cdd20d5e0884fce9a22de0f73f97fb"),
        ("HUMANOPS_PROOF_BUCKET", "humanops-proofs"),
        ("HUMANOPS_CALLBACK_PUBLIC_KEY", "6dRB0Saa_JMmJFpvzZAC0hk2gK-3pII691PsBxR-hDQ"),
        ("HUMANOPS_API_URLS", "https://api.local.example.com"),
        ("HUMANOPS_JUDGE_QUEUE_URL", "https://sqs.local.example.com/judge"),
        ("HUMANOPS_DELIVER_QUEUE_URL", "https://sqs.local.example.com/deliver"),
        ("HUMANOPS_PAY_QUEUE_URL", "https://sqs.local.example.com/pay"),
        ("HUMANOPS_PUSH_QUEUE_URL", "https://sqs.local.example.com/push"),
    ];
    let mut variables: Vec<_> = given.into_iter().map(|(name, value)| (name, value.to_owned())).collect();
    variables.push(("SSL_CERT_FILE", roots.display().to_string()));
    variables
}
