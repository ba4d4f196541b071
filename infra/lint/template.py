"""Lints template.yaml, and what SAM makes of it, which stays in a folder for checkov and tests/tidy.

    cargo xtask lint

Needs neither an account nor a network. What the lines of the template grant is not judged here.
"""

import copy
import json
import os
import pathlib
import subprocess
import sys

os.environ["AWS_DEFAULT_REGION"] = "us-east-1"
from samtranslator.translator.transform import transform  # noqa: E402
from samtranslator.yaml_helper import yaml_parse  # noqa: E402

CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-0000-0000-000000000000"
TOPIC = "arn:aws:sns:us-east-1:123456789012:alarms"
KMS = "arn:aws:kms:us-east-1:123456789012:key/00000000-0000-0000-0000-00000000000"
SECRET = "arn:aws:secretsmanager:us-east-1:123456789012:secret:"
KEY = {"AdminKeys": "admin:" + "0" * 64, "CallbackPublicKey": "0" * 43, "Mode": "test"}
# The least that a deployment says, and the most.
DEPLOYMENTS = {
    "test": KEY,
    "live": KEY
    | {
        "Mode": "live",
        "Stage": "live",
        "Canary": "true",
        "ClerkIssuer": "https://clerk.example.com",
        "ClerkAuthorizedParties": "https://app.example.com",
        "DomainName": "api.example.com",
        "CertificateArn": CERTIFICATE,
        "WebOrigins": "https://app.example.com",
        "PushPublicKey": "0" * 87,
        "PushContact": "mailto:operations@example.com",
        "AlarmTopicArn": TOPIC,
        "ChainId": "8453",
        "RpcSecretArn": SECRET + "nodes-AAAAAA",
        "Treasury": "0x" + "1" * 40,
        "Relayer": "0x" + "2" * 40,
        "TreasuryKmsKeyArn": KMS + "1",
        "RelayerKmsKeyArn": KMS + "2",
        "DepositKeySecretArn": SECRET + "deposits-AAAAAA",
        "DepositKeyFingerprint": "0" * 8,
        "DlocalAccountArn": SECRET + "dlocal-AAAAAA",
        "PayoneerAccountArn": SECRET + "payoneer-AAAAAA",
    },
}


class NoManagedPolicies:
    """The translator asks for the list of AWS's policies; the template names none."""

    def load(self):
        return {}


def translated(source, parameters):
    template = copy.deepcopy(source)
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = "s3://code/" + resource["Properties"]["CodeUri"]
    defaults = {name: parameter.get("Default") for name, parameter in source["Parameters"].items()}
    return transform(template, defaults | parameters, NoManagedPolicies())


def lint(path, *ignored):
    program = pathlib.Path(sys.executable).with_name("cfn-lint")
    command = [program, "--regions", "us-east-1", "--template", str(path)]
    if ignored:
        command += ["--ignore-checks", *ignored]
    return subprocess.run(command, check=False).returncode == 0


def main(path, folder):
    text = path.read_text()
    source = yaml_parse(text)
    fine = lint(path)
    folder.mkdir(parents=True, exist_ok=True)
    for deployment, parameters in DEPLOYMENTS.items():
        made = translated(source, parameters)
        file = folder / f"{deployment}.json"
        file.write_text(json.dumps(made, indent=1))
        # SAM has used up the parameter `Canary`.
        fine &= lint(file, "W2001")
        deploys = [name for name, it in made["Resources"].items() if it["Type"].startswith("AWS::CodeDeploy::")]
        if bool(deploys) != (parameters.get("Canary") == "true"):
            print(f"{deployment}: canaries are made by {deploys}")
            fine = False
    # By this tests/tidy sees that the translations are those of the template as it stands.
    (folder / "template.yaml").write_text(text)
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main(*map(pathlib.Path, sys.argv[1:])))
