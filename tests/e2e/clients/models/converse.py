"""boto3 before a played model: `python converse.py ENDPOINT REGION ID SECRET MODEL WRONG RIGHT...`.

WRONG is a JPEG that must not be taken, RIGHT are good ones. The first five good calls suffer what `models.rs` says.
"""

import json
import pathlib
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

endpoint, region, key_id, secret, model, wrong, *right = sys.argv[1:]
SEEN = {
    "type": "object",
    "properties": {"requirement": {"type": "string"}, "verdict": {"enum": ["met", "not_met"]}},
    "required": ["requirement", "verdict"],
    "additionalProperties": False,
}
SCHEMA = {
    "type": "object",
    "properties": {"seen": {"type": "array", "items": SEEN}},
    "required": ["seen"],
    "additionalProperties": False,
}


def client(key_id=key_id, secret=secret):
    once = Config(region_name=region, retries={"total_max_attempts": 1, "mode": "standard"})
    keys = {"aws_access_key_id": key_id, "aws_secret_access_key": secret}
    return boto3.client("bedrock-runtime", endpoint_url=endpoint, config=once, **keys)


def ask(files=right, client=client(), model=model, schema=SCHEMA):
    images = [{"image": {"format": "jpeg", "source": {"bytes": pathlib.Path(path).read_bytes()}}} for path in files]
    definition = {"name": "observation", "schema": json.dumps(schema)}
    return client.converse(
        modelId=model,
        system=[{"text": "Look."}],
        messages=[{"role": "user", "content": [{"text": "a storefront"}, *images]}],
        inferenceConfig={"maxTokens": 800, "temperature": 0},
        outputConfig={"textFormat": {"type": "json_schema", "structure": {"jsonSchema": definition}}},
    )


def fails(code, **asked):
    try:
        ask(**asked)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error
    else:
        raise AssertionError(f"{code} was not raised")


# In the order of the faults.
for reason in ["refusal", "max_tokens", "guardrail_intervened"]:
    assert ask()["stopReason"] == reason
fails("ThrottlingException")
fails("500")

fails("InvalidSignatureException", client=client(secret="other"))
fails("UnrecognizedClientException", client=client(key_id="AKIDOTHER"))
fails("ValidationException", model="amazon.other-v1:0")
fails("ValidationException", files=[wrong])
fails("ValidationException", schema={"type": "object"})

answer = ask()
assert answer["stopReason"] == "end_turn", answer
(text,) = [block["text"] for block in answer["output"]["message"]["content"]]
(seen,) = json.loads(text)["seen"]
print(seen["requirement"], seen["verdict"], answer["usage"]["inputTokens"], answer["usage"]["outputTokens"])
