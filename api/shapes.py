"""What every request and answer has in common, and the problem document all errors are told with."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from domain.plan import KEY

ActionKey = Annotated[str, StringConstraints(pattern=KEY)]
Revision = Annotated[int, Field(strict=True, ge=1, le=1_000_000)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Asked(BaseModel):
    """A request body: unknown fields are refused, so that nothing is set that was not meant to be settable."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Told(BaseModel):
    """A part of an answer."""

    model_config = ConfigDict(frozen=True)


class Named(Told):
    """A thing with the name people know it by."""

    id: UUID
    name: str


class FieldProblem(Told):
    """What is wrong with one field: `field` is its path in the body, query or address, such as `subject`."""

    field: str
    message: str


class Problem(Told):
    """An RFC 9457 problem document. `reason` is a stable word for code, `detail` a sentence for a person."""

    type: str
    title: str
    status: int
    detail: str
    reason: str
    errors: list[FieldProblem]


class ChooseOrganization(Problem):
    """The log-in is right but belongs to several organisations: ask again with one of them."""

    organizations: list[Named]
