"""The official client of OpenAI before a played model: `python chat.py BASE KEY MODEL WRONG RIGHT...`.

WRONG is a JPEG that must not be taken, RIGHT are good ones. The first six good calls suffer what `models.rs` says.
"""

import base64
import pathlib
import sys
from enum import Enum

import openai
from pydantic import BaseModel

base, key, model, wrong, *right = sys.argv[1:]


class Verdict(Enum):
    met = "met"
    not_met = "not_met"


class Seen(BaseModel):
    """With what pydantic makes of lists, enums and inner models: `$defs`, `$ref`, `title`."""

    requirement: str
    verdict: Verdict


class Observation(BaseModel):
    seen: list[Seen]


def client(key=key):
    return openai.OpenAI(base_url=base, api_key=key, max_retries=0)


def ask(files=right, client=client(), model=model, **more):
    def image(path):
        data = base64.b64encode(pathlib.Path(path).read_bytes()).decode()
        return {"type": "image_url", "image_url": {"url": f"data:image/jpeg;base64,{data}"}}

    parts = [{"type": "text", "text": "a storefront"}, *map(image, files)]
    messages = [{"role": "system", "content": "Look."}, {"role": "user", "content": parts}]
    more = {"max_tokens": 800, "response_format": Observation} | more
    return client.chat.completions.parse(model=model, messages=messages, temperature=0, **more)


def fails(kind, code=None, **asked):
    try:
        ask(**asked)
    except kind as error:
        assert code is None or error.code == code, error
    else:
        raise AssertionError(f"{kind} was not raised")


# In the order of the faults.
assert ask().choices[0].message.refusal
fails(openai.LengthFinishReasonError)
fails(openai.ContentFilterFinishReasonError)
fails(openai.RateLimitError, "rate_limit_exceeded")
fails(openai.InternalServerError)
fails(openai.APIConnectionError)

fails(openai.AuthenticationError, "invalid_api_key", client=client("sk-other"))
fails(openai.NotFoundError, "model_not_found", model="other")
fails(openai.BadRequestError, "invalid_value", files=[wrong])
fails(openai.BadRequestError, "invalid_value", max_tokens=openai.omit)
fails(openai.BadRequestError, "invalid_value", response_format={"type": "json_object"})

answer = ask(max_tokens=openai.omit, max_completion_tokens=800)
(choice,) = answer.choices
assert (choice.finish_reason, choice.message.refusal) == ("stop", None)
(seen,) = choice.message.parsed.seen
print(seen.requirement, seen.verdict.value, answer.usage.prompt_tokens, answer.usage.completion_tokens)
