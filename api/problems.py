"""How every error becomes an RFC 9457 problem document: the one place where errors are mapped to answers.

No answer repeats what was sent, and none tells more of the inside than its `reason`.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import psycopg
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from temporalio.service import RPCError, RPCStatusCode

from api.shapes import ChooseOrganization, FieldProblem, Problem
from domain.errors import ContentInvalid, DomainError, PlanInvalid

MEDIA_TYPE = "application/problem+json"
_MAX_FIELD = 120


class ApiError(HTTPException):
    """An answer that is not the one hoped for, raised anywhere below a route."""

    def __init__(
        self,
        status: int,
        reason: str,
        detail: str,
        *,
        errors: list[FieldProblem] | None = None,
        headers: Mapping[str, str] | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(status, detail, headers)
        self.reason = reason
        self.errors = errors or []
        self.extra = extra or {}

    def response(self) -> JSONResponse:
        """The problem document as an answer."""
        content = {
            "type": f"urn:thread:problem:{self.reason}",
            "title": HTTPStatus(self.status_code).phrase,
            "status": self.status_code,
            "detail": self.detail,
            "reason": self.reason,
            "errors": [error.model_dump() for error in self.errors],
            **self.extra,
        }
        return JSONResponse(content, self.status_code, self.headers, MEDIA_TYPE)


def not_found(what: str = "page") -> ApiError:
    """404: it does not exist, or is another organisation's; nobody can tell which."""
    return ApiError(404, "not_found", f"There is no such {what}.")


def invalid(field: str, message: str) -> ApiError:
    """422 naming one field."""
    return ApiError(
        422, "invalid", "Something in the request is not right.", errors=[FieldProblem(field=field, message=message)]
    )


def unavailable(reason: str, detail: str) -> ApiError:
    """503: nothing was done, and the same request may work in a moment."""
    return ApiError(503, reason, detail, headers={"Retry-After": "2"})


def workflows_unavailable() -> ApiError:
    """503: Temporal is out of reach, or refuses more."""
    return unavailable("workflows_unavailable", "The workflow server does not take requests. Try again in a moment.")


def described(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The `responses=` of a route that may answer with these problems; every route with input may answer 422."""
    return {status: {"model": Problem, "description": HTTPStatus(status).phrase} for status in (*statuses, 422)}


def as_problems(schema: dict[str, Any]) -> dict[str, Any]:
    """The OpenAPI document with the errors' own media type."""
    answers = (
        (int(status), answer)
        for path in schema["paths"].values()
        for operation in path.values()
        for status, answer in operation["responses"].items()
    )
    for status, answer in answers:
        if status >= 400:
            answer["content"] = {MEDIA_TYPE: next(iter(answer["content"].values()))}
    return schema


CHOOSE: dict[int | str, dict[str, Any]] = {409: {"model": ChooseOrganization, "description": "Choose an organization"}}


MAPPED = (
    ApiError,
    RequestValidationError,
    HTTPException,
    DomainError,
    DBAPIError,
    PoolTimeout,
    psycopg.Error,
    RPCError,
)


def install(app: FastAPI) -> None:
    """Teach the application all of the mapping."""
    app.add_exception_handler(Exception, _answer)
    for kind in MAPPED:
        app.add_exception_handler(kind, _answer)


async def _answer(_request: Request, error: Exception) -> JSONResponse:
    return as_api_error(error).response()


def as_api_error(error: Exception) -> ApiError:
    """The answer an error deserves."""
    match error:
        case ApiError():
            return error
        case RequestValidationError():
            return _validation(error)
        case HTTPException():
            return _http(error)
        case DomainError():
            return _domain(error)
        case DBAPIError(orig=psycopg.DataError()) | psycopg.DataError():
            return ApiError(422, "invalid", "A value in the request can't be stored.")
        case DBAPIError(orig=psycopg.OperationalError()) | PoolTimeout() | psycopg.OperationalError():
            return unavailable("database_unavailable", "The database does not answer. Try again in a moment.")
        case RPCError(status=RPCStatusCode.NOT_FOUND):
            return ApiError(409, "not_running", "The onboarding of this account is not running.")
        case RPCError():
            return workflows_unavailable()
        case _:
            return ApiError(500, "internal", "Something went wrong on our side.")


def _validation(error: RequestValidationError) -> ApiError:
    problems = [FieldProblem(field=_path(one["loc"]), message=_message(one)) for one in error.errors()[:20]]
    return ApiError(422, "invalid", "Something in the request is not right.", errors=problems)


def _path(location: tuple[int | str, ...]) -> str:
    # The first part says where it was (body, query, path, header); an index there is a position in broken JSON.
    parts = location[1:] if len(location) > 1 and not isinstance(location[1], int) else location[:1]
    return ".".join(str(part) for part in parts)[:_MAX_FIELD]


def _message(one: dict[str, Any]) -> str:
    # pydantic's own words for these quote the input
    quoting = {"uuid_parsing": "must be a UUID", "extra_forbidden": "is not a field", "json_invalid": "must be JSON"}
    return quoting.get(one["type"], str(one["msg"]))


def _http(error: HTTPException) -> ApiError:
    reasons = {404: "not_found", 405: "method_not_allowed", 413: "too_large"}
    details = {404: "There is no such page.", 413: "The request is too large."}
    detail = details.get(error.status_code, HTTPStatus(error.status_code).description or str(error.detail))
    return ApiError(error.status_code, reasons.get(error.status_code, "refused"), detail, headers=error.headers)


def _domain(error: DomainError) -> ApiError:
    match error:
        case ContentInvalid():
            return invalid(error.field, error.message)
        case PlanInvalid():
            problems = [FieldProblem(field=one.field, message=one.message) for one in error.problems]
            return ApiError(422, "invalid", "The plan breaks a rule.", errors=problems)
        case _:
            return ApiError(422, "invalid", str(error))
