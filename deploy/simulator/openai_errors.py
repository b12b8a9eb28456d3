"""What does the stand-in OpenAI refuse, and in which words?

Written against OpenAI's documentation and not against our own schema check, so that the two check each other.
"""

from typing import Any

_UNKNOWN_TO_STRICT = {"minLength", "maxLength", "default", "allOf", "oneOf", "not", "uniqueItems", "patternProperties"}


class OpenAIError(Exception):
    """An error in OpenAI's own words."""

    def __init__(
        self, status: int, message: str, code: str, type_: str = "invalid_request_error", *, headers: Any = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.headers: dict[str, str] = headers or {}
        self.body = {"error": {"message": message, "type": type_, "param": None, "code": code}}


def refuse_loose_schema(format_: dict[str, Any]) -> None:
    """Strict output takes a part of JSON Schema only; 400 for the rest."""
    if format_.get("strict") is True:
        _refuse(format_["schema"])


def _refuse(schema: object) -> None:
    if isinstance(schema, list):
        for one in schema:
            _refuse(one)
    if not isinstance(schema, dict):
        return
    if found := _UNKNOWN_TO_STRICT & schema.keys():
        raise _invalid(f"'{sorted(found)[0]}' is not permitted.")
    if schema.get("type") == "object":
        if schema.get("additionalProperties") is not False:
            raise _invalid("'additionalProperties' is required to be supplied and to be false.")
        if set(schema.get("required", ())) != set(schema.get("properties", {})):
            raise _invalid("'required' is required to be supplied and to be an array including every key.")
    # The names of properties are no keywords.
    named = [*schema.get("properties", {}).values(), *schema.get("$defs", {}).values()]
    _refuse([*named, schema.get("items"), schema.get("anyOf")])


def _invalid(what: str) -> OpenAIError:
    return OpenAIError(400, f"Invalid schema for response_format: {what}", "invalid_json_schema")
