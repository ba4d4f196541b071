"""Says whether the PyPI package `standardwebhooks` takes the callback of the argument."""

import json
import sys

from standardwebhooks import Webhook, WebhookVerificationError

given = json.loads(sys.argv[1])
try:
    Webhook(given["secret"]).verify(given["body"], given["headers"])
    print("true")
except WebhookVerificationError:
    print("false")
