"""How does a model write for us? `Writer` over the official client, for OpenAI and any server that speaks its API.

The client is asked for raw answers, which are read here: its own reading of a truncated or malformed one raises before
anyone can see what it was.
"""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, TypeVar

import openai
from openai import AsyncOpenAI
from pydantic import ValidationError

from integrations import schemas
from integrations.errors import BadAnswer, NeedsReconnect, Refused, TryLater, VendorError
from integrations.openai_answers import Completion, Response, plain
from integrations.ports import WriteRequest, Written
from integrations.retry_after import as_seconds, retry_after

_NO_SUCH_PATH = (404, 405)
_OUT_OF_MONEY = "insufficient_quota"

_Answer = TypeVar("_Answer", Response, Completion)


class OpenAIWriter:
    """`Writer` for one key, server and model; `timeout_seconds` bounds the whole of a call.

    Servers without `/responses` are asked through `/chat/completions` instead.
    """

    def __init__(self, api_key: str, base_url: str, model: str, timeout_seconds: float) -> None:
        self._key = api_key.strip()
        if not self._key:
            raise ValueError("no key: without one, the templates' text serves")
        self._model = model
        self._timeout_seconds = timeout_seconds
        # Retries are the caller's: the client's own would sleep for minutes inside of one call.
        self._client = AsyncOpenAI(
            api_key=self._key, base_url=base_url.rstrip("/"), timeout=timeout_seconds, max_retries=0
        )
        # The client takes these from the environment, which only the settings may read.
        self._client.organization = self._client.project = None
        self._has_responses = True

    async def write(self, request: WriteRequest) -> Written:
        """One answer to one request, checked against its schema."""
        schema = schemas.for_vendor(request.schema)
        if not (self._key.isascii() and self._key.isprintable()):
            raise NeedsReconnect("OpenAI", "the key has characters that no key has")
        try:
            # The client's own limit is on the silence between two bytes.
            async with asyncio.timeout(self._timeout_seconds):
                answer = await self._ask(request, schema)
        except (openai.APITimeoutError, TimeoutError) as error:
            raise TryLater(reason=f"no answer within {self._timeout_seconds:g} s") from error
        except openai.APIStatusError as error:
            raise self._meaning(error) from error
        except openai.APIConnectionError as error:
            raise TryLater(reason=f"out of reach: {type(error.__cause__ or error).__name__}") from error
        except openai.APIError as error:
            raise BadAnswer(f"the answer makes no sense: {type(error).__name__}") from error
        tokens_in, tokens_out = answer.tokens
        return Written(
            data=schemas.read_object(answer.text(), request.schema),
            model=plain(answer.model or self._model),
            tokens_in=tokens_in,
            tokens_out=tokens_out,
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def _ask(self, request: WriteRequest, schema: dict[str, Any]) -> Response | Completion:
        if self._has_responses:
            try:
                return await self._respond(request, schema)
            except openai.APIStatusError as error:
                if error.status_code not in _NO_SUCH_PATH or error.code == "model_not_found":
                    raise
        completion = await self._complete(request, schema)
        self._has_responses = False
        return completion

    async def _respond(self, request: WriteRequest, schema: dict[str, Any]) -> Response:
        raw = await self._client.responses.with_raw_response.create(
            model=self._model,
            instructions=_sendable(request.instructions),
            input=_sendable(request.context),
            text={"format": {"type": "json_schema", "name": request.name, "schema": schema, "strict": True}},
            max_output_tokens=request.max_output_tokens,
            safety_identifier=request.user,
            store=False,
        )
        return _read(Response, raw.content)

    async def _complete(self, request: WriteRequest, schema: dict[str, Any]) -> Completion:
        # Only what every such server knows: many refuse a request for a field that they do not.
        raw = await self._client.chat.completions.with_raw_response.create(
            model=self._model,
            messages=[
                {"role": "system", "content": _sendable(request.instructions)},
                {"role": "user", "content": _sendable(request.context)},
            ],
            response_format={
                "type": "json_schema",
                "json_schema": {"name": request.name, "schema": schema, "strict": True},
            },
            max_tokens=request.max_output_tokens,
        )
        return _read(Completion, raw.content)

    def _meaning(self, error: openai.APIStatusError) -> VendorError:
        status = error.status_code
        said = plain(error.message.replace(self._key, "[the key]"))
        reason = f"the server answered {status}: {said}"
        if status in (401, 403):
            return NeedsReconnect("OpenAI", reason)
        if status == 429 and _OUT_OF_MONEY in (error.code, error.type):
            return Refused(reason)
        if status in (408, 409, 425, 429) or status >= 500 or status < 400:
            return TryLater(_wait(error.response.headers), reason)
        return Refused(reason)


def _wait(headers: Mapping[str, str]) -> timedelta | None:
    """How long the server wants us to wait; OpenAI says it in milliseconds too, and more exactly."""
    exact = as_seconds(headers.get("retry-after-ms", ""))
    return retry_after(headers.get("retry-after") if exact is None else str(exact / 1000))


def _sendable(text: str) -> str:
    """The text without halves of characters, which no request can carry."""
    return text.encode("utf-8", "replace").decode()


def _read(kind: type[_Answer], body: bytes) -> _Answer:
    try:
        return kind.model_validate_json(body)
    except ValidationError as error:
        raise BadAnswer("the server's answer is not one of the API") from error
