"""Puts a chain and a model behind a stack: a double of USDC and one of the list of sanctions on the node, the treasury's key in
KMS with a float of tokens, and the secrets that the template takes by their ARNs. What is there already stays.

Told the stack's name, the URLs of the node and of the model, and the folder of the contracts; prints the stack's parameters.
"""

import json
import pathlib
import sys
import time
import urllib.request

import boto3

STACK, NODE, MODEL, CONTRACTS = *sys.argv[1:4], pathlib.Path(sys.argv[4])
# What everybody knows of every anvil, as in infra/anvil/src/accounts.rs.
DEPLOYER, RELAYER = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266", "0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc"
RELAYER_KEY = "0x5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a"
DEPOSIT_FINGERPRINT = "6110fec1"
DEPOSIT_XPUB = (
    "xpub6Ce9NcJvTk372KjsGfWqbcex5DumjpNquQLApoeQUavSCjEc823BV1tb4rXUuPuht8h2hSxkg2EXUaKUJmniJvRZAELxypsCzBFdtosmV76"
)
# Where the first two contracts of an account stand.
TOKEN, ORACLE = "0x5fbdb2315678afecb367f032d93f642f64180aa3", "0xe7f1725e7734ce288f8367e1bb143e90bb3f0512"
FLOAT_MICROS = 1_000_000_000_000
POINT_BYTES = 64
MINED_MAX_S = 20
# Whom infra/models plays, and whom it lets in.
MODEL_NAME, MODEL_KEY = "sees-1", "sk-played-4f1d"


def ask(method, *params):
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode()
    request = urllib.request.Request(NODE, body, {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        answer = json.load(answer)
    if "error" in answer:
        raise SystemExit(f"{method}: {answer['error']['message']}")
    return answer["result"]


def keccak(data):
    return ask("web3_sha3", "0x" + data.hex())[2:]


def send(**transaction):
    """Answers when the transaction is in a block."""
    sent = ask("eth_sendTransaction", {"from": DEPLOYER} | transaction)
    end = time.monotonic() + MINED_MAX_S
    while (receipt := ask("eth_getTransactionReceipt", sent)) is None:
        if time.monotonic() > end:
            raise SystemExit(f"{sent} is in no block")
        time.sleep(0.05)
    if receipt["status"] != "0x1":
        raise SystemExit(f"{sent} failed")
    return receipt


def stand(contract, address):
    """Puts the contract where it belongs, unless something stands there."""
    if ask("eth_getCode", address, "latest") == "0x":
        made = send(data=json.loads((CONTRACTS / f"{contract}.json").read_text())["bytecode"])["contractAddress"]
        if made.lower() != address:
            raise SystemExit(f"{contract} stands at {made}, not at {address}")


def call(function, *words):
    return "0x" + keccak(function.encode())[:8] + "".join(words)


def word(number):
    return f"{number:064x}"


def key(name):
    """The ARN of the key with this alias, and its address."""
    kms, alias = boto3.client("kms"), f"alias/{name}"
    if alias not in {it["AliasName"] for page in kms.get_paginator("list_aliases").paginate() for it in page["Aliases"]}:
        made = kms.create_key(KeySpec="ECC_SECG_P256K1", KeyUsage="SIGN_VERIFY", Description=name)["KeyMetadata"]
        kms.create_alias(AliasName=alias, TargetKeyId=made["KeyId"])
    arn = kms.describe_key(KeyId=alias)["KeyMetadata"]["Arn"]
    point = kms.get_public_key(KeyId=arn)["PublicKey"][-POINT_BYTES:]
    return arn, "0x" + keccak(point)[-40:]


def secret(name, text):
    secrets, name = boto3.client("secretsmanager"), f"{STACK}/{name}"
    try:
        return secrets.put_secret_value(SecretId=name, SecretString=text)["ARN"]
    except secrets.exceptions.ResourceNotFoundException:
        return secrets.create_secret(Name=name, SecretString=text)["ARN"]


stand("TestUSDC", TOKEN)
stand("SanctionsOracle", ORACLE)
treasury_key, treasury = key(f"{STACK}-treasury")
held = ask("eth_call", {"to": TOKEN, "data": call("balanceOf(address)", word(int(treasury, 16)))}, "latest")
if int(held, 16) == 0:
    send(to=TOKEN, data=call("mint(address,uint256)", word(int(treasury, 16)), word(FLOAT_MICROS)))
parameters = {
    "ChainId": int(ask("eth_chainId"), 16),
    "ChainToken": TOKEN,
    "ChainOracle": ORACLE,
    "RpcSecretArn": secret("nodes", NODE),
    "Treasury": treasury,
    "TreasuryKmsKeyArn": treasury_key,
    "Relayer": RELAYER,
    "RelayerKeySecretArn": secret("relayer-key", RELAYER_KEY),
    "DepositKeySecretArn": secret("deposit-key", DEPOSIT_XPUB),
    "DepositKeyFingerprint": DEPOSIT_FINGERPRINT,
    "GuardianModel": MODEL_NAME,
    "GuardianEndpoint": MODEL,
    "GuardianKeyArn": secret("model-key", MODEL_KEY),
}
print("\n".join(f"{name}={value}" for name, value in parameters.items()))
