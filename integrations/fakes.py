"""Vendors in memory, shipped beside the real ones and held to the same contract suite (tests/integrations)."""

import json
from dataclasses import dataclass, field
from typing import Any

from integrations import schemas
from integrations.errors import BadAnswer, NotFound, VendorError
from integrations.mime import mime
from integrations.ports import Deal, Email, WriteRequest, Written


@dataclass
class FakeCrm:
    """`Crm` over a dict of deals. `failures` are raised one by one, before anything else is done."""

    deals: dict[str, Deal] = field(default_factory=dict)
    won: set[tuple[str, str]] = field(default_factory=lambda: {("default", "closedwon")})
    failures: list[VendorError] = field(default_factory=list)

    def add(self, deal: Deal) -> None:
        """Have this deal from now on, in place of one with the same id."""
        self.deals[deal.id] = deal

    async def deal(self, deal_id: str) -> Deal:
        """The deal as it was added; NotFound without one."""
        self._fail()
        if deal_id not in self.deals:
            raise NotFound(f"no deal {deal_id!r}")
        return self.deals[deal_id]

    async def won_stages(self) -> set[tuple[str, str]]:
        """The (pipeline, stage) ids given as `won`."""
        self._fail()
        return set(self.won)

    def _fail(self) -> None:
        if self.failures:
            raise self.failures.pop(0)


@dataclass
class FakeMailer:
    """`Mailer` that keeps what it gets in `sent`, refusing what the real one refuses.

    `failures` are raised one by one before anything is sent, `late_failures` after: the message is in `sent`
    although the caller got an error, as with a lost reply.
    """

    sent: list[Email] = field(default_factory=list)
    failures: list[VendorError] = field(default_factory=list)
    late_failures: list[VendorError] = field(default_factory=list)

    async def send(self, email: Email) -> str:
        """Keep the message; the reference is its number."""
        mime(email)
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append(email)
        if self.late_failures:
            raise self.late_failures.pop(0)
        return f"kept as {len(self.sent)}"


@dataclass
class FakeWriter:
    """`Writer` that gives its `answers` one by one, the last one again and again, and keeps the requests.

    `failures` are raised one by one, before anything is written.
    """

    answers: list[dict[str, Any]] = field(default_factory=list)
    failures: list[VendorError] = field(default_factory=list)
    requests: list[WriteRequest] = field(default_factory=list)
    model: str = "fake"

    async def write(self, request: WriteRequest) -> Written:
        """The next answer; BadAnswer when it does not match the schema, or there is none."""
        schemas.for_vendor(request.schema)
        self.requests.append(request)
        if self.failures:
            raise self.failures.pop(0)
        if not self.answers:
            raise BadAnswer("the answer is empty")
        data = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        read = schemas.read_object(json.dumps(data), request.schema)
        return Written(data=read, model=self.model, tokens_in=len(request.context), tokens_out=len(str(data)))
