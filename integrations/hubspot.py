"""How does HubSpot tell us about a deal? `Crm` over the official client, which blocks and so runs in threads."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

import urllib3
from hubspot import Client  # type: ignore[import-untyped]  # the client ships no types
from urllib3.util.retry import Retry

from integrations.errors import NeedsReconnect, NotFound, Refused, TryLater, VendorError
from integrations.hubspot_webhook import BadEvent, WebhookEvent, parse_events, signature_ok
from integrations.ports import Company, Contact, Deal, Person
from integrations.retry_after import as_seconds, retry_after

__all__ = ["BadEvent", "HubSpot", "WebhookEvent", "parse_events", "signature_ok"]

_TIMEOUT = (5, 30)  # connect, read; the client's own default is to wait for ever
_BATCH = 100  # the most objects HubSpot reads in one request
_MAX_BIGINT = 2**63 - 1
# ISO 4217 currencies whose minor unit is not a hundredth, by the decimals they have.
_DECIMALS = {0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF", 3: "BHD IQD JOD KWD LYD OMR TND"}
_DEAL_TERMS = ["dealname", "amount", "deal_currency_code", "closedate", "description"]
_DEAL = [*_DEAL_TERMS, "dealstage", "pipeline", "hubspot_owner_id"]
_COMPANY = ["name", "domain", "website", "industry", "numberofemployees"]
_CONTACT = ["firstname", "lastname", "email", "jobtitle"]


class HubSpot:
    """`Crm` for one HubSpot account. `connection` is the name used when the authorisation is refused."""

    def __init__(self, access_token: str, base_url: str, connection: str = "HubSpot") -> None:
        # Retries are the caller's: the client's own would sleep inside a thread and hide the vendor's wishes.
        client = Client(access_token=access_token, host=base_url.rstrip("/"), retry=Retry(total=0))
        self._connection = connection
        # Each access of such a property opens a connection pool of its own, so they are kept.
        self._deals = client.crm.deals.basic_api
        self._companies = client.crm.companies.basic_api
        self._contacts = client.crm.contacts.batch_api
        self._associations = client.crm.associations.v4.basic_api
        self._pipelines = client.crm.pipelines.pipelines_api
        self._owners = client.crm.owners.owners_api

    async def deal(self, deal_id: str) -> Deal:
        """The deal with its owner, company and contacts; NotFound when HubSpot no longer has it."""
        if not (deal_id.isascii() and deal_id.isdigit()):
            raise NotFound(f"HubSpot has no deal {deal_id!r}")
        found = await self._ask(self._deals.get_by_id, deal_id, properties=_DEAL)
        fields = _fields(found)
        stage = (fields["pipeline"], fields["dealstage"])
        currency = _currency(fields["deal_currency_code"])
        return Deal(
            id=str(found.id),
            name=fields["dealname"],
            amount_minor=_minor_units(fields["amount"], currency),
            currency=currency,
            close_date=_date(fields["closedate"]),
            pipeline=stage[0],
            stage=stage[1],
            is_won=stage in await self.won_stages(),
            owner=await self._owner(fields["hubspot_owner_id"]),
            company=await self._company(deal_id),
            contacts=await self._contacts_of(deal_id),
            notes=fields["description"],
        )

    async def won_stages(self) -> set[tuple[str, str]]:
        """Closed stages with probability 1, whatever their ids: custom pipelines number theirs."""
        pipelines = await self._ask(self._pipelines.get_all, "deals")
        return {
            (str(pipeline.id), str(stage.id))
            for pipeline in pipelines.results
            for stage in pipeline.stages or []
            if _means_won(stage.metadata or {})
        }

    async def _owner(self, owner_id: str) -> Person | None:
        if not owner_id:
            return None
        try:
            owner = await self._ask(self._owners.get_by_id, owner_id)
        except NotFound:  # owners leave; their deals stay
            return None
        email = owner.email or ""
        return Person(name=_name(owner.first_name, owner.last_name) or email, email=email)

    async def _company(self, deal_id: str) -> Company | None:
        for company_id in await self._associated(deal_id, "companies"):
            try:
                found = await self._ask(self._companies.get_by_id, company_id, properties=_COMPANY)
            except NotFound:  # deleted since we read the association
                continue
            fields = _fields(found)
            return Company(
                id=company_id,
                name=fields["name"],
                website=fields["website"] or fields["domain"],
                industry=fields["industry"],
                size=fields["numberofemployees"],
            )
        return None

    async def _contacts_of(self, deal_id: str) -> tuple[Contact, ...]:
        """The deal's contacts: those labelled primary first, then those who can be written to."""
        primary = await self._associated(deal_id, "contacts")
        wanted = list(primary)
        found: dict[str, Contact] = {}
        for start in range(0, len(wanted), _BATCH):
            inputs = [{"id": contact_id} for contact_id in wanted[start : start + _BATCH]]
            request = {"inputs": inputs, "properties": _CONTACT, "propertiesWithHistory": []}
            page = await self._ask(self._contacts.read, request)
            found |= {str(one.id): _contact(str(one.id), _fields(one)) for one in page.results}
        contacts = [found[contact_id] for contact_id in wanted if contact_id in found]
        return tuple(sorted(contacts, key=lambda one: (not primary[one.id], not one.email)))

    async def _associated(self, deal_id: str, kind: str) -> dict[str, bool]:
        """Ids of what hangs on the deal and whether each is labelled primary; the primary ones first."""
        found: dict[str, bool] = {}
        after: str | None = None
        while True:
            paging = {"after": after} if after else {}
            page = await self._ask(self._associations.get_page, "deals", deal_id, kind, limit=500, **paging)
            found |= {str(one.to_object_id): _is_primary(one.association_types) for one in page.results}
            after = page.paging.next.after if page.paging and page.paging.next else None
            if not after:
                return dict(sorted(found.items(), key=lambda one: not one[1]))

    async def _ask(self, call: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        try:
            answer = await asyncio.to_thread(call, *args, _request_timeout=_TIMEOUT, **kwargs)
        except urllib3.exceptions.HTTPError as error:  # also MaxRetryError, which is how time-outs arrive
            cause = getattr(error, "reason", None) or error
            raise TryLater(reason=f"HubSpot did not answer: {type(cause).__name__}") from error
        except Exception as error:
            raise self._meaning(error) from error
        # Of a body that is no JSON the client makes an object with nothing in it.
        if getattr(answer, "id", None) is None and getattr(answer, "results", None) is None:
            raise TryLater(reason="HubSpot's answer makes no sense")
        return answer

    def _meaning(self, error: Exception) -> VendorError:
        # Each sub-package of the client has an ApiException of its own; what they share is `status`.
        status = getattr(error, "status", None)
        if not isinstance(status, int):
            return TryLater(reason=f"HubSpot's answer makes no sense: {type(error).__name__}")
        headers = getattr(error, "headers", None) or {}
        body = str(getattr(error, "body", None) or getattr(error, "reason", "") or "")[:300]
        reason = f"HubSpot answered {status}: {body}"
        if status == 404:
            return NotFound(reason)
        if status in (401, 403):
            return NeedsReconnect(self._connection, reason)
        if status in (408, 423, 429, 477) or status >= 500 or status < 400:
            return TryLater(_wait(status, headers, body), reason)
        return Refused(reason)


def _fields(found: Any) -> defaultdict[str, str]:
    """The object's properties as text; empty where HubSpot has null or nothing."""
    return defaultdict(str, {name: str(value) for name, value in (found.properties or {}).items() if value})


def _contact(contact_id: str, fields: Mapping[str, str]) -> Contact:
    email = fields["email"]
    name = _name(fields["firstname"], fields["lastname"]) or email
    return Contact(id=contact_id, name=name, email=email, title=fields["jobtitle"])


def _name(first: str | None, last: str | None) -> str:
    return " ".join(part for part in (first, last) if part)


def _is_primary(types: Any) -> bool:
    return any("primary" in (one.label or "").lower() for one in types or [])


def _means_won(metadata: Mapping[str, str]) -> bool:
    try:
        certain = float(metadata.get("probability") or 0) == 1
    except ValueError:
        return False
    return certain and str(metadata.get("isClosed", "")).lower() == "true"


def _currency(code: str) -> str:
    # HubSpot leaves the code out in accounts with one currency; the dollar is its default.
    return code.upper() if len(code) == 3 and code.isascii() and code.isalpha() else "USD"


def _minor_units(amount: str, currency: str) -> int | None:
    try:
        decimals = next((number for number, codes in _DECIMALS.items() if currency in codes), 2)
        minor = Decimal(amount).scaleb(decimals).to_integral_value(ROUND_HALF_EVEN)
        return int(minor) if abs(minor) <= _MAX_BIGINT else None
    except (ArithmeticError, ValueError):  # empty, words, NaN, infinity, far too much
        return None


def _date(text: str) -> date | None:
    """The UTC day: HubSpot sends ISO 8601 and, from some sources, milliseconds since 1970."""
    try:
        if text.isascii() and text.isdigit():
            return datetime.fromtimestamp(int(text) / 1000, UTC).date()
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo is None else moment.astimezone(UTC)).date()
    except (ValueError, OverflowError, OSError):
        return None


def _wait(status: int, headers: Mapping[str, str], body: str) -> timedelta | None:
    """How long HubSpot wants us to wait: Retry-After as number or date, else its limit's interval."""
    asked = retry_after(headers.get("Retry-After"))
    if asked is not None:
        return asked
    if status == 423:
        return timedelta(seconds=2)  # "locked": HubSpot asks for at least two seconds
    if status == 429 and '"DAILY"' in body:
        return timedelta(hours=1)  # until midnight in the portal's time zone, which we do not know
    interval = as_seconds(headers.get("X-HubSpot-RateLimit-Interval-Milliseconds", ""))
    return timedelta(milliseconds=min(interval, 60_000)) if status == 429 and interval else None
