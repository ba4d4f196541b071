"""Lints template.yaml, and what SAM makes of it; fails if SAM adds permissions that the source does not show.

    python3 -m venv .tools/lint && .tools/lint/bin/pip install -r infra/lint/requirements.txt
    .tools/lint/bin/python infra/lint/template.py

Who may touch what is checked on the source, by tests/tidy/template.rs: that is enough only because of the last rule.
"""

import copy
import json
import os
import pathlib
import subprocess
import sys
import tempfile

os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
from samtranslator.translator.transform import transform  # noqa: E402
from samtranslator.yaml_helper import yaml_parse  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-0000-0000-000000000000"
KEY = {"AdminKeySha256": "0" * 64}
DEPLOYMENTS = {
    "test": KEY,
    "live": KEY
    | {
        "Mode": "live",
        "Canary": "true",
        "DomainName": "api.example.com",
        "CertificateArn": CERTIFICATE,
        "WebOrigins": "https://app.example.com",
    },
}
# CodeDeploy's own role, which shifts the traffic of a canary.
GENERATED = {"test": set(), "live": {"CodeDeployServiceRole"}}
POLICIES = ("AWS::IAM::", "AWS::SQS::QueuePolicy", "AWS::S3::BucketPolicy")


class NoManagedPolicies:
    """The translator asks for the list of AWS's policies; the template names none."""

    def load(self):
        return {}


def translated(source, parameters):
    template = copy.deepcopy(source)
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = "s3://code/function.zip"
    defaults = {name: parameter.get("Default") for name, parameter in source["Parameters"].items()}
    return transform(template, defaults | parameters, NoManagedPolicies())


def lint(path, *ignored):
    command = [pathlib.Path(sys.executable).with_name("cfn-lint"), "--regions", "us-east-1", "--template", str(path)]
    if ignored:
        command += ["--ignore-checks", *ignored]
    return subprocess.run(command, check=False).returncode == 0


def powers(template):
    """What gives permissions, by logical id, with aliases named as SAM names them."""
    found = {name: it for name, it in template["Resources"].items() if it["Type"].startswith(POLICIES)}
    return {name: json.dumps(it, sort_keys=True).replace("Function.Alias", "FunctionAliaslive") for name, it in found.items()}


def main():
    path = ROOT / "template.yaml"
    fine = lint(path)
    source = yaml_parse(path.read_text())
    with tempfile.TemporaryDirectory() as folder:
        for deployment, parameters in DEPLOYMENTS.items():
            made = translated(source, parameters)
            file = pathlib.Path(folder, f"{deployment}.json")
            file.write_text(json.dumps(made, indent=1))
            # SAM has used up the parameter `Canary`.
            fine &= lint(file, "W2001")
            added = powers(made).keys() - powers(source).keys() - GENERATED[deployment]
            changed = [name for name, it in powers(source).items() if powers(made).get(name) != it]
            for name in [*added, *changed]:
                print(f"{deployment}: SAM makes or changes {name}, which template.yaml must show")
                fine = False
            deploys = [n for n, it in made["Resources"].items() if it["Type"].startswith("AWS::CodeDeploy::")]
            if bool(deploys) != (parameters.get("Canary") == "true"):
                print(f"{deployment}: canaries are made by {deploys}")
                fine = False
    print("template.yaml: lint clean" if fine else "template.yaml: see above")
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
