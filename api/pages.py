"""How does a list go on? By a cursor that holds the place after the last item, and is refused once edited."""

import base64
import hashlib
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from api.problems import invalid

_DIGEST = 12


class Place(BaseModel):
    """The last item of a page: when it changed, and its key."""

    at: datetime
    id: UUID
    key: str = ""


def cursor_after(place: Place | None, listing: str, org_id: UUID) -> str | None:
    """The cursor of what follows `place` in that listing of that organisation; None where nothing does."""
    if place is None:
        return None
    body = place.model_dump_json().encode()
    return _encoded(_digest(body, listing, org_id) + body)


def place_of(cursor: str | None, listing: str, org_id: UUID) -> Place | None:
    """Where to go on; raises 422 naming `cursor` for one that this listing did not give."""
    if cursor is None:
        return None
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        if _encoded(raw) == cursor and raw[:_DIGEST] == _digest(raw[_DIGEST:], listing, org_id):
            return Place.model_validate_json(raw[_DIGEST:])
    except ValueError:
        pass
    raise invalid("cursor", "was not given by this list")


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _digest(body: bytes, listing: str, org_id: UUID) -> bytes:
    # Not a secret: a forged place shows nothing that the list itself does not.
    return hashlib.blake2b(body, digest_size=_DIGEST, key=org_id.bytes, person=listing.encode()[:16]).digest()
