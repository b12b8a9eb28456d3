"""How is the stand-in HubSpot told what to do? Its own control routes, which the real one does not have."""

from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel, Field

from deploy.simulator.demo import MARK, OWNERS, demo_deal
from deploy.simulator.emitter import Emitter, Switches
from deploy.simulator.state import CUSTOM_WON, WON, State


class Settings(BaseModel):
    """The account: which token it accepts, whom it calls, and with which secret it signs."""

    token: str
    target_url: str
    client_secret: str
    portal_id: int = 62515
    app_id: int = 54321


class Failure(BaseModel):
    """An answer to give in place of the right one."""

    status: int = Field(ge=200, le=599)
    headers: dict[str, str] = {}
    body: str = '{"status":"error","message":"A failure asked for by the control API.","category":"TEST"}'
    times: int = Field(default=1, ge=1)
    delay_seconds: float = Field(default=0, ge=0, le=60)


class Closing(Switches):
    """How to close a deal."""

    custom_pipeline: bool = Field(default=False, description="Win it in the pipeline with numbered stages.")
    without_contact: bool = Field(default=False, description="A deal that nobody can be written to about.")


class Failures:
    """The queue of failures to give; not kept over a restart."""

    def __init__(self) -> None:
        self._queue: list[Failure] = []

    def add(self, failure: Failure) -> None:
        """Fail the next `times` calls of the CRM API like this."""
        self._queue += [failure] * failure.times

    def next(self) -> Failure | None:
        """The failure for this call, if any."""
        return self._queue.pop(0) if self._queue else None

    def clear(self) -> None:
        """Behave from now on."""
        self._queue.clear()


def control_routes(state: State, emitter: Emitter, failures: Failures) -> APIRouter:
    """Everything under `/_control`."""
    routes = APIRouter(prefix="/_control")

    @routes.get("/health")
    async def health() -> dict[str, Any]:
        configured = bool(state.data["settings"]["target_url"])
        return {"stand_in": "hubspot", "configured": configured, "deals": len(state.data["objects"]["deals"])}

    @routes.put("/settings")
    async def configure(settings: Settings) -> None:
        state.data["settings"] = settings.model_dump()
        state.save()

    @routes.post("/fail-next")
    async def fail_next(failure: Failure) -> None:
        failures.add(failure)

    @routes.post("/reset")
    async def reset() -> None:
        failures.clear()
        state.reset()

    @routes.get("/deliveries")
    async def deliveries() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = state.data["deliveries"]
        return found

    @routes.post("/emit")
    async def emit(batch: list[Any], copies: int = 1) -> dict[str, Any]:
        return await emitter.deliver(batch, Switches(copies=copies))

    @routes.post("/deals/close-next")
    async def close_next(closing: Closing) -> dict[str, Any]:
        deal = new_deal(state, closing)
        return await _close(state, emitter, deal, closing)

    @routes.post("/deals/{deal_id}/close")
    async def close(deal_id: str, closing: Closing) -> dict[str, Any]:
        deal = state.find("deals", deal_id)
        if deal is None:
            raise HTTPException(404, "no such deal")
        return await _close(state, emitter, deal, closing)

    return routes


async def _close(state: State, emitter: Emitter, deal: dict[str, Any], closing: Closing) -> dict[str, Any]:
    pipeline, stage = CUSTOM_WON if closing.custom_pipeline else WON
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    state.update(deal, {"pipeline": pipeline, "dealstage": stage, "closedate": now})
    state.save()
    delivery = await emitter.stage_changed(deal, closing)
    return {"deal": deal, "people": _people(state, deal["id"]), "delivery": delivery}


def new_deal(state: State, closing: Closing) -> dict[str, Any]:
    """A fresh open deal with company, contacts and owner; each call gives the next demo company."""
    number = state.data["next_demo"]
    state.data["next_demo"] += 1
    demo = demo_deal(number)
    properties = {
        "dealname": f"{demo.company}: {demo.product}",
        "amount": demo.amount,
        "deal_currency_code": "USD",
        "pipeline": "default",
        "dealstage": "contractsent",
        "hubspot_owner_id": OWNERS[number % len(OWNERS)]["id"],
        "description": f"{demo.note}\n\n({MARK})",
    }
    deal = state.create("deals", properties)
    site = f"{demo.domain}.example"
    company = {"name": demo.company, "domain": site, "website": f"https://www.{site}", "industry": demo.industry}
    made = state.create("companies", company | {"numberofemployees": demo.employees})
    state.associate(deal["id"], "companies", made["id"], 341, None)
    state.associate(deal["id"], "companies", made["id"], 5, "Primary")
    for place, (first, last, title) in enumerate(() if closing.without_contact else reversed(demo.people)):
        email = f"{first}.{last}@{site}".lower()
        person = state.create("contacts", {"firstname": first, "lastname": last, "jobtitle": title, "email": email})
        state.associate(deal["id"], "contacts", person["id"], 3, None)
        if place == len(demo.people) - 1:  # the primary one comes last, so that nobody can rely on the order
            state.associate(deal["id"], "contacts", person["id"], 9001, "Primary contact")
    state.save()
    return deal


def _people(state: State, deal_id: str) -> list[str]:
    links = [one for one in state.data["associations"] if one["deal"] == deal_id and one["kind"] == "contacts"]
    found = [state.find("contacts", contact_id) for contact_id in dict.fromkeys(one["id"] for one in links)]
    named = [one["properties"] for one in found if one is not None]
    return [f"{one['firstname']} {one['lastname']} <{one['email']}>" for one in reversed(named)]  # primary first
