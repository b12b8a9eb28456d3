"""How does the stand-in HubSpot tell the world? Signed webhook batches, retried until a 2xx, as HubSpot does it.

Written against HubSpot's documentation and not against our own verifier, so that the two check each other.
"""

import asyncio
import base64
import hashlib
import hmac
import json
import re
import time
from typing import Any
from urllib.parse import unquote

import urllib3
from pydantic import BaseModel, Field

from deploy.simulator.state import State

# HubSpot tries ten times over a day; a demo should not take that long.
_PAUSES = (1, 2, 5, 10, 15, 30, 60, 60, 60, 60)
_TIMEOUT = urllib3.Timeout(connect=2, read=5)  # HubSpot gives a receiver five seconds
_KEPT = 200
# What HubSpot decodes in the address before it signs it.
_DECODED = re.compile("%(3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)", re.IGNORECASE)


class Switches(BaseModel):
    """What to do wrong on purpose."""

    copies: int = Field(default=1, ge=1, le=200, description="Send the same delivery this often, in parallel.")
    age_seconds: int = Field(default=0, description="Stamp the delivery as this old; negative: from the future.")
    wrong_secret: bool = Field(default=False, description="Sign with a secret HubSpot never had.")
    bad_event: bool = Field(default=False, description="Put a malformed event into the batch.")
    new_spelling: bool = Field(default=False, description="`object.propertyChange` instead of `deal.propertyChange`.")

    @property
    def honest(self) -> bool:
        """Whether a good receiver should accept the delivery, so that a refusal is worth a retry."""
        return not self.wrong_secret and self.age_seconds == 0


class Emitter:
    """Delivers batches of events to the configured address. Undelivered ones are in the state file."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._http = urllib3.PoolManager(maxsize=32, retries=False)

    async def stage_changed(self, deal: dict[str, Any], switches: Switches) -> dict[str, Any]:
        """Tell that a deal moved to another stage; the delivery with the answer to its first attempt."""
        batch: list[Any] = [self._event(deal, switches.new_spelling)]
        if switches.bad_event:
            batch.append({**self._event(deal, switches.new_spelling), "objectId": "not a number"})
        return await self.deliver(batch, switches)

    async def deliver(self, batch: list[Any], switches: Switches) -> dict[str, Any]:
        """Post a batch, `copies` times at once; a failed one is tried again later."""
        delivery: dict[str, Any] = {"id": self._state.new_id(), "batch": batch, "attempts": 0, "due": 0.0}
        delivery |= {"status": "pending", "answers": []}
        deliveries = self._state.data["deliveries"]
        deliveries.append(delivery)
        del deliveries[:-_KEPT]
        await asyncio.gather(*(self._attempt(delivery, switches) for _ in range(switches.copies)))
        return delivery

    async def run(self) -> None:
        """Retry what is due, for ever."""
        while True:
            now = time.time()
            waiting = [one for one in self._state.data["deliveries"] if one["status"] == "pending"]
            for delivery in waiting:
                if delivery["attempts"] and delivery["due"] <= now:
                    await self._attempt(delivery, Switches())
            await asyncio.sleep(0.5)

    async def _attempt(self, delivery: dict[str, Any], switches: Switches) -> None:
        for event in delivery["batch"]:
            event["attemptNumber"] = delivery["attempts"] if switches.copies == 1 else 0
        answer = await asyncio.to_thread(self._post, json.dumps(delivery["batch"]).encode(), switches)
        delivery["attempts"] += 1
        delivery["answers"] = [*delivery["answers"], answer][-12:]
        if answer.startswith("2"):
            delivery["status"] = "delivered"
        elif delivery["status"] == "pending":
            again = switches.honest and delivery["attempts"] < len(_PAUSES)
            delivery["status"] = "pending" if again else "given up"
            delivery["due"] = time.time() + _PAUSES[min(delivery["attempts"], len(_PAUSES)) - 1]
        self._state.save()

    def _post(self, body: bytes, switches: Switches) -> str:
        settings = self._state.data["settings"]
        url = settings["target_url"]
        if not url:
            return "no address to call is configured"
        stamp = str(int((time.time() - switches.age_seconds) * 1000))
        secret = "not the secret" if switches.wrong_secret else settings["client_secret"]
        called = _DECODED.sub(lambda found: unquote(found[0]), url)
        signed = b"POST" + called.encode() + body + stamp.encode()
        mac = hmac.new(secret.encode(), signed, hashlib.sha256).digest()
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "HubSpot Connect 2.0 (stand-in)",
            "X-HubSpot-Request-Timestamp": stamp,
            "X-HubSpot-Signature-v3": base64.b64encode(mac).decode(),
            "X-HubSpot-Signature-Version": "v3",
        }
        try:
            answer = self._http.request("POST", url, body=body, headers=headers, timeout=_TIMEOUT)
        except urllib3.exceptions.HTTPError as error:
            return f"no answer: {type(error).__name__}"
        return f"{answer.status} {answer.data[:200].decode('utf-8', 'replace')}".strip()

    def _event(self, deal: dict[str, Any], new_spelling: bool) -> dict[str, Any]:
        settings = self._state.data["settings"]
        kind = {"subscriptionType": "deal.propertyChange", "subscriptionId": 2208112}
        if new_spelling:
            kind = {"subscriptionType": "object.propertyChange", "subscriptionId": 2208113, "objectTypeId": "0-3"}
        return {
            "eventId": self._state.new_id(),
            "portalId": settings["portal_id"],
            "appId": settings["app_id"],
            "occurredAt": int(time.time() * 1000),
            "attemptNumber": 0,
            "objectId": int(deal["id"]),
            "propertyName": "dealstage",
            "propertyValue": deal["properties"]["dealstage"],
            "changeSource": "CRM_UI",
            "sourceId": "userId:2345",
            **kind,
        }
