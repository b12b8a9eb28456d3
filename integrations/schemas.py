"""Which JSON Schemas may we ask a model to follow, and did it? The subset that strict structured output takes.

Every object lists all its properties as required and allows no other. Lengths of text are checked here only: vendors
refuse a schema that has them.
"""

import json
import math
import re
from collections.abc import Iterator
from typing import Any, NoReturn

from integrations.errors import BadAnswer

JSON_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}
_NOTES = {"title", "description", "$defs"}
_OURS = {"minLength", "maxLength", "default"}
_CHECKED = {"type", "enum", "const", "anyOf", "$ref", "properties", "required", "additionalProperties", "items"}
_BOUNDS = {"minItems", "maxItems", "minimum", "maximum", "pattern"}
_REFERENCE = "#/$defs/"

Schema = dict[str, Any]


def for_vendor(schema: Schema) -> Schema:
    """The schema as vendors take it; ValueError when it is beyond the subset, which is a mistake of the caller."""
    if schema.get("type") != "object":
        raise ValueError("the schema of an answer is an object's")
    return _strict(schema, schema, "answer")


def _strict(schema: Schema, root: Schema, place: str) -> Schema:
    unknown = schema.keys() - _NOTES - _OURS - _CHECKED - _BOUNDS
    if unknown:
        raise ValueError(f"{place}: the schema says {sorted(unknown)}, which is not in the strict subset")
    if "$ref" in schema:
        _referred(schema, root)
    elif not schema.keys() & {"type", "enum", "const", "anyOf"}:
        raise ValueError(f"{place}: the schema says neither type, enum, const, anyOf nor $ref")
    properties = schema.get("properties", {})
    if "type" in schema and "object" in _types(schema):
        if set(schema.get("required", ())) != properties.keys():
            raise ValueError(f"{place}: strict output requires every property: allow null instead")
        if schema.get("additionalProperties") is not False:
            raise ValueError(f"{place}: strict output needs additionalProperties: false")
    kept = {key: value for key, value in schema.items() if key not in _OURS}
    for key in ("properties", "$defs"):
        if key in kept:
            kept[key] = {name: _strict(one, root, f"{place}.{name}") for name, one in kept[key].items()}
    if "items" in kept:
        kept["items"] = _strict(kept["items"], root, f"{place}[]")
    if "anyOf" in kept:
        kept["anyOf"] = [_strict(one, root, place) for one in kept["anyOf"]]
    return kept


def _types(schema: Schema) -> list[str]:
    wanted: str | list[str] = schema.get("type", list(JSON_TYPES))
    return [wanted] if isinstance(wanted, str) else wanted


def mismatch(schema: Schema, data: object) -> str | None:
    """The first place where the data is not as the schema says, in words; None when it is."""
    return _mismatch(schema, data, schema, "answer")


def _mismatch(schema: Schema, data: object, root: Schema, place: str) -> str | None:
    if "$ref" in schema:
        return _mismatch(_referred(schema, root), data, root, place)
    if "anyOf" in schema:
        found = [_mismatch(one, data, root, place) for one in schema["anyOf"]]
        return found[0] if all(found) else None
    if not any(_is(name, data) for name in _types(schema)):
        return f"{place} is not {' or '.join(_types(schema))}"
    allowed = schema.get("enum", [schema["const"]] if "const" in schema else None)
    if allowed is not None and not any(type(one) is type(data) and one == data for one in allowed):
        return f"{place} is none of the values allowed"
    if isinstance(data, str):
        return _text(schema, data, place)
    if isinstance(data, list):
        return _list(schema, data, root, place)
    if isinstance(data, dict):
        return _object(schema, data, root, place)
    return _number(schema, data, place)


def _is(name: str, data: object) -> bool:
    # In Python a bool is an int.
    return isinstance(data, JSON_TYPES[name]) and (name == "boolean") == isinstance(data, bool)


def _text(schema: Schema, data: str, place: str) -> str | None:
    if len(data) < schema.get("minLength", 0):
        return f"{place} is shorter than {schema['minLength']}"
    if len(data) > schema.get("maxLength", len(data)):
        return f"{place} is longer than {schema['maxLength']}"
    if "pattern" in schema and not re.search(schema["pattern"], data):
        return f"{place} does not match its pattern"
    return None


def _number(schema: Schema, data: object, place: str) -> str | None:
    if isinstance(data, int | float) and not isinstance(data, bool):
        if data < schema.get("minimum", data):
            return f"{place} is below {schema['minimum']}"
        if data > schema.get("maximum", data):
            return f"{place} is above {schema['maximum']}"
    return None


def _list(schema: Schema, data: list[object], root: Schema, place: str) -> str | None:
    if not schema.get("minItems", 0) <= len(data) <= schema.get("maxItems", len(data)):
        return f"{place} has {len(data)} items"
    found = (_mismatch(schema.get("items", {}), one, root, f"{place}[{at}]") for at, one in enumerate(data))
    return next(filter(None, found), None)


def _object(schema: Schema, data: dict[str, object], root: Schema, place: str) -> str | None:
    properties = schema.get("properties", {})
    for name in properties:
        if name not in data:
            return f"{place}.{name} is missing"
    if data.keys() - properties.keys():
        return f"{place} has properties that nobody asked for"
    found = (_mismatch(one, data[name], root, f"{place}.{name}") for name, one in properties.items())
    return next(filter(None, found), None)


def _referred(schema: Schema, root: Schema) -> Schema:
    name = str(schema["$ref"]).removeprefix(_REFERENCE)
    try:
        found: Schema = root["$defs"][name]
    except KeyError:
        raise ValueError(f"the schema refers to {schema['$ref']}, which it does not define") from None
    return found


def read_object(text: str, schema: dict[str, Any]) -> dict[str, Any]:
    """The written object; `BadAnswer` when it is not what was asked for."""
    if not text.strip():
        raise BadAnswer("the answer is empty")
    try:
        data = json.loads(text, parse_constant=_not_json, parse_float=_finite)
        wrong = mismatch(schema, data)
    except RecursionError as error:
        raise BadAnswer("the answer is nested too deeply") from error
    except ValueError as error:  # also a number of too many digits
        raise BadAnswer("the answer is not JSON") from error
    if wrong is not None or not isinstance(data, dict):
        raise BadAnswer(f"the answer does not match its schema: {wrong}")
    if not all(_is_text(one) for one in _texts(data)):
        raise BadAnswer("the answer has characters that no text has")
    return data


def _not_json(name: str) -> NoReturn:
    raise ValueError(name)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def _texts(data: object) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for one in data.values() if isinstance(data, dict) else data:
            yield from _texts(one)


def _is_text(text: str) -> bool:
    """Whether PostgreSQL can keep it: JSON can spell a NUL and half of a character, which are neither."""
    try:
        return b"\x00" not in text.encode()
    except UnicodeEncodeError:
        return False
