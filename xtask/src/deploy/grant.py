"""Mends the two rules of the template that cannot hold on ministack; every other rule of who may do what holds.

AWS asks for sqs:SendMessage when a batch is sent, which the template grants; ministack asks for
sqs:SendMessageBatch, which AWS does not know. And the bucket's policy refuses requests without TLS, which here is all
of them, and by two conditions that ministack does not know (s3:if-none-match, s3:signatureAge).

Then it puts the private keys of callbacks and notifications, from the files that it is given, in their places in the stack
that it is told, as docs/RUNBOOK.md has it.
"""

import json
import pathlib
import sys

import boto3

SENDERS = ("RelayRole", "SweeperRole")
STATEMENT = {"Effect": "Allow", "Action": "sqs:SendMessageBatch", "Resource": "*"}
POLICY = json.dumps({"Version": "2012-10-17", "Statement": [STATEMENT]})

iam = boto3.client("iam")
for page in iam.get_paginator("list_roles").paginate():
    for role in page["Roles"]:
        if any(sender in role["RoleName"] for sender in SENDERS):
            iam.put_role_policy(RoleName=role["RoleName"], PolicyName="ministack", PolicyDocument=POLICY)

stack = boto3.client("cloudformation").describe_stacks(StackName=sys.argv[1])["Stacks"][0]
outputs = {it["OutputKey"]: it["OutputValue"] for it in stack["Outputs"]}
boto3.client("s3").delete_bucket_policy(Bucket=outputs["ProofBucket"])

for output, file in zip(("CallbackKey", "PushKey"), sys.argv[2:]):
    key = pathlib.Path(file).read_text()
    boto3.client("secretsmanager").put_secret_value(SecretId=outputs[output], SecretString=key)
