"""Is this body JSON that Thread can store? A gate in front of every route that takes one.

JSON allows what PostgreSQL, JavaScript or the reader of the next log line can't hold: NUL, lone surrogates, numbers
without end, the same key twice. Each is refused with the path of the field it stands in.
"""

import json
import math
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from api.problems import invalid

MAX_DEPTH = 32
_MIN_INTEGER, _MAX_INTEGER = -(2**63), 2**63 - 1


class StrictJsonRoute(APIRoute):
    """A route whose JSON body passes the gate first."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The usual handler, given a request that reads JSON strictly."""
        handler = super().get_route_handler()

        async def strict(request: Request) -> Response:
            return await handler(StrictRequest(request.scope, request.receive))

        return strict


class StrictRequest(Request):
    """A request that raises a problem document for JSON that is not quite right."""

    async def json(self) -> Any:
        """The body as Python values."""
        return parse(await self.body())


class _Refused:
    """Stands in the parsed tree where something can't be accepted, until its path is known."""

    def __init__(self, message: str) -> None:
        self.message = message


def parse(body: bytes) -> Any:
    """The value of a JSON text in UTF-8; raises a 422 naming the field for anything that could do harm later."""
    try:
        value = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_constant=lambda name: _Refused(f"{name} is not JSON"),
        )
    except (ValueError, RecursionError):
        raise invalid("body", "must be JSON in UTF-8") from None
    for path, message in _problems(value):
        raise invalid(path, message)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        found[key] = _Refused("is given twice") if key in found else value
    return found


def _integer(digits: str) -> Any:
    return int(digits) if len(digits) <= 20 else _Refused("is too large a number")


def _problems(root: Any) -> Iterator[tuple[str, str]]:
    pending = [("", root, 0)]
    while pending:
        path, value, depth = pending.pop()
        message = "is nested too deeply" if depth > MAX_DEPTH else _problem(value)
        if message:
            yield path or "body", message
        elif isinstance(value, dict):
            for key, item in value.items():
                name = key if _is_storable(key) else "key"
                message = None if name == key else "has a name with a character that can't be stored"
                pending.append((_join(path, name), _Refused(message) if message else item, depth + 1))
        elif isinstance(value, list):
            pending.extend((_join(path, str(index)), item, depth + 1) for index, item in enumerate(value))


def _join(path: str, name: str) -> str:
    return (f"{path}.{name}" if path else name)[:120]


def _problem(value: Any) -> str | None:
    match value:
        case _Refused():
            return value.message
        case bool():
            return None
        case int() if not _MIN_INTEGER <= value <= _MAX_INTEGER:
            return "is too large a number"
        case float() if not math.isfinite(value):
            return "is too large a number"
        case str() if not _is_storable(value):
            return "holds a character that can't be stored"
        case _:
            return None


def _is_storable(text: str) -> bool:
    """Without NUL and lone surrogates: neither fits PostgreSQL or UTF-8."""
    return "\x00" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)
