"""What did the model write, and is it all of it? Reads the answers of OpenAI's two APIs, and believes neither.

Status and refusal are looked at before the text: that of a truncated answer may well be valid JSON.
"""

from typing import NoReturn

from pydantic import BaseModel

from integrations.errors import BadAnswer, Refused, TryLater


class _Usage(BaseModel):
    # The two APIs name them differently.
    input_tokens: int = 0
    output_tokens: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0


class _Answer(BaseModel):
    model: str | None = None
    usage: _Usage | None = None

    @property
    def tokens(self) -> tuple[int, int]:
        """Tokens read and written, as far as the server says."""
        usage = self.usage or _Usage()
        return usage.input_tokens or usage.prompt_tokens, usage.output_tokens or usage.completion_tokens


class _Reason(BaseModel):
    reason: str | None = None


class _Failure(BaseModel):
    code: str | None = None
    message: str | None = None


class _Part(BaseModel):
    type: str = ""
    text: str | None = None
    refusal: str | None = None


class _Item(BaseModel):
    type: str = ""
    phase: str | None = None
    content: list[_Part] | None = None


class Response(_Answer):
    """An answer of `/responses`."""

    status: str | None = None
    error: _Failure | None = None
    incomplete_details: _Reason | None = None
    output: list[_Item] = []

    def text(self) -> str:
        """What was written; `BadAnswer` when that is not all of it."""
        if self.status == "failed":
            _raise_failure(self.error or _Failure())
        if self.status == "incomplete":
            _raise_unfinished(self.incomplete_details.reason if self.incomplete_details else None)
        if self.status != "completed":
            raise BadAnswer(f"the answer is {plain(self.status or 'of no known status')}")
        # What a model says on the way to its answer is no part of it.
        items = [item for item in self.output if item.type == "message" and item.phase != "commentary"]
        parts = [part for item in items for part in item.content or []]
        _raise_refusal(next((part.refusal or "no reason given" for part in parts if part.type == "refusal"), None))
        return "".join(part.text or "" for part in parts if part.type == "output_text")


class _Message(BaseModel):
    content: str | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    finish_reason: str | None = None
    message: _Message


class Completion(_Answer):
    """An answer of `/chat/completions`."""

    choices: list[_Choice] = []

    def text(self) -> str:
        """What was written; `BadAnswer` when that is not all of it."""
        if not self.choices:
            return ""
        choice = self.choices[0]
        if choice.finish_reason == "length":
            _raise_unfinished("max_output_tokens")
        if choice.finish_reason == "content_filter":
            _raise_unfinished("content_filter")
        _raise_refusal(choice.message.refusal)
        return choice.message.content or ""


def plain(text: str, longest: int = 300) -> str:
    """What a stranger said, fit to be shown and stored: one line, no control characters, not long."""
    return "".join(letter if letter.isprintable() else " " for letter in text[:longest])


def _raise_unfinished(reason: str | None) -> NoReturn:
    if reason == "content_filter":
        raise BadAnswer("refused by a content filter")
    raise BadAnswer(f"truncated: {plain(reason or 'no reason given')}")


def _raise_refusal(refusal: str | None) -> None:
    if refusal:
        raise BadAnswer(f"the model refused: {plain(refusal)}")


def _raise_failure(failure: _Failure) -> NoReturn:
    reason = plain(f"{failure.code}: {failure.message}")
    if failure.code in ("server_error", "rate_limit_exceeded"):
        raise TryLater(reason=reason)
    raise Refused(reason)
