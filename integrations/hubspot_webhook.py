"""Is this request really HubSpot's, and what does it say? Pure functions over the raw request."""

import base64
import hashlib
import hmac
import json
import re
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

# HubSpot signs the address it called with exactly these escapes decoded, and no others.
_DECODED = {f"{ord(sign):02X}": sign for sign in ":/?@!$'()*,;"}
_ESCAPE = re.compile("%(" + "|".join(_DECODED) + ")", re.IGNORECASE)
_MAX_AGE_MS = 300_000
_MAX_BIGINT = 2**63 - 1
_LAST_MOMENT_MS = 253_402_300_799_999  # the end of year 9999, where datetime ends
_DEALS = "0-3"  # HubSpot's object type id of deals


def signature_ok(
    secret: str,
    method: str,
    public_url: str,
    body: bytes,
    timestamp: str | None,
    signature: str | None,
    now_ms: int,
) -> bool:
    """Whether `signature` (X-HubSpot-Signature-v3) is HubSpot's for this request, at most 300 s old or early.

    `public_url` is the address HubSpot was told to call, built from settings and not from the request.
    Total: any input gives an answer, never an exception.
    """
    if not secret or not timestamp or not signature:
        return False
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 19 and signature.isascii()):
        return False
    if abs(now_ms - int(timestamp)) > _MAX_AGE_MS:
        return False
    expected = sign(secret, method, public_url, body, timestamp)
    return hmac.compare_digest(expected.encode(), signature.encode())


def sign(secret: str, method: str, public_url: str, body: bytes, timestamp: str) -> str:
    """The value HubSpot sends as X-HubSpot-Signature-v3."""
    url = _ESCAPE.sub(lambda found: _DECODED[found[1].upper()], public_url)
    signed = _bytes(method) + _bytes(url) + body + _bytes(timestamp)
    return base64.b64encode(hmac.new(_bytes(secret), signed, hashlib.sha256).digest()).decode()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")  # a lone surrogate is a wrong signature, not a crash


_Id = Annotated[int, Field(ge=0, le=_MAX_BIGINT)]


class WebhookEvent(BaseModel):
    """One event of a delivery. Fields HubSpot adds later are kept in `raw` and otherwise ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore", alias_generator=to_camel, populate_by_name=True)

    event_id: _Id
    subscription_id: _Id
    portal_id: _Id
    object_id: _Id
    occurred_at: Annotated[int, Field(ge=0, le=_LAST_MOMENT_MS)]
    subscription_type: Annotated[str, Field(min_length=1)]
    attempt_number: _Id = 0
    object_type_id: str = ""
    property_name: str = ""
    property_value: str = ""
    raw: dict[str, Any] = Field(default_factory=dict)

    @property
    def key(self) -> str:
        """The same for every delivery of this event. `eventId` alone is not unique, says HubSpot."""
        parts = (self.portal_id, self.subscription_id, self.object_id, self.event_id, self.occurred_at)
        return ":".join(str(part) for part in parts)

    @property
    def occurred(self) -> datetime:
        """When it happened at HubSpot, in UTC."""
        return datetime.fromtimestamp(self.occurred_at / 1000, UTC)

    @property
    def is_deal_stage_change(self) -> bool:
        """Whether a deal moved to another stage, in either of HubSpot's two spellings."""
        if self.property_name != "dealstage":
            return False
        if self.subscription_type == "object.propertyChange":
            return self.object_type_id == _DEALS
        return self.subscription_type == "deal.propertyChange"


class BadEvent(BaseModel):
    """An element of a delivery that is no event: kept with its place and the reason. `raw` fits a jsonb column."""

    model_config = ConfigDict(frozen=True)

    index: int
    raw: Any
    reason: str

    @property
    def key(self) -> str:
        """The same whenever the same element arrives again."""
        text = json.dumps(self.raw, sort_keys=True).encode()
        return "bad:" + hashlib.sha256(text).hexdigest()


def parse_events(body: bytes) -> list[WebhookEvent | BadEvent]:
    """The events of a delivery in its order. A body that is no JSON array is one bad event."""
    try:
        elements = json.loads(body, parse_constant=_refuse_constant)
        if not isinstance(elements, list):
            return [BadEvent(index=0, raw=_storable(elements), reason="the body is not an array of events")]
        return [_parse(index, element) for index, element in enumerate(elements)]
    except (ValueError, RecursionError):  # also of JSON that is fine but for its depth
        text = body[:1000].decode("utf-8", "replace")
        return [BadEvent(index=0, raw=_storable(text), reason="the body is not JSON")]


def _parse(index: int, element: Any) -> WebhookEvent | BadEvent:
    raw = _storable(element)
    if not isinstance(raw, dict):
        return BadEvent(index=index, raw=raw, reason="the event is not an object")
    try:
        return WebhookEvent.model_validate({**raw, "raw": raw})
    except ValidationError as error:
        reasons = (f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()[:5])
        return BadEvent(index=index, raw=raw, reason="; ".join(reasons))


def _refuse_constant(name: str) -> None:
    msg = f"{name} is not JSON"
    raise ValueError(msg)


def _storable(value: Any) -> Any:
    """The same JSON without what PostgreSQL's jsonb cannot hold: NUL and lone surrogates."""
    if isinstance(value, str):
        return value.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, dict):
        return {_storable(key): _storable(item) for key, item in value.items()}
    return value
