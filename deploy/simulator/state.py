"""What does the stand-in HubSpot remember? One JSON file, saved at every change."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from deploy.simulator.demo import OWNERS

KINDS = ("deals", "companies", "contacts")
WON = ("default", "closedwon")
CUSTOM_WON = ("82915511", "158723334")  # custom pipelines number their stages

_STAGES = (
    ("default", "appointmentscheduled", "Appointment scheduled", "0.2"),
    ("default", "contractsent", "Contract sent", "0.9"),
    ("default", "closedwon", "Closed won", "1.0"),
    ("default", "closedlost", "Closed lost", "0.0"),
    ("82915511", "158723331", "Proposal", "0.5"),
    ("82915511", "158723334", "Signed", "1.0"),
    ("82915511", "158723335", "Declined", "0.0"),
)
_PIPELINES = {"default": "Sales pipeline", "82915511": "Partner pipeline"}
_MADE = "2026-01-05T08:00:00.000Z"


class State:
    """The stand-in's memory. Change `data`, then `save()`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.data: dict[str, Any] = json.loads(path.read_text()) if path.exists() else _empty()

    def save(self) -> None:
        """Write the whole file beside the old one, then put it in its place."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_suffix(".new")
        # The token and the client secret are in it.
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(self.data, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._path)

    def reset(self) -> None:
        """Forget everything but the settings."""
        self.data = _empty() | {"settings": self.data["settings"]}
        self.save()

    def new_id(self) -> int:
        """The next object or event id."""
        self.data["next_id"] += 1
        return int(self.data["next_id"])

    def find(self, kind: str, object_id: str) -> dict[str, Any] | None:
        """The object, or None when there is none or it was deleted."""
        found: dict[str, Any] | None = self.data["objects"][kind].get(object_id)
        return found

    def create(self, kind: str, properties: dict[str, Any]) -> dict[str, Any]:
        """A new object with HubSpot's own properties added; values become text."""
        object_id, now = str(self.new_id()), now_iso()
        own = {"hs_object_id": object_id, "createdate": now, "hs_lastmodifieddate": now}
        made: dict[str, Any] = {"id": object_id, "properties": {**_as_text(properties), **own}}
        made |= {"createdAt": now, "updatedAt": now, "archived": False}
        self.data["objects"][kind][object_id] = made
        return made

    def update(self, found: dict[str, Any], properties: dict[str, Any]) -> None:
        """Change properties, as a person or an API call would."""
        now = now_iso()
        found["properties"].update(_as_text(properties), hs_lastmodifieddate=now)
        found["updatedAt"] = now

    def associate(self, deal_id: str, kind: str, object_id: str, type_id: int, label: str | None) -> None:
        """Hang an object on a deal; once per pair and type."""
        link = {"deal": deal_id, "kind": kind, "id": object_id, "typeId": type_id, "label": label}
        if link not in self.data["associations"]:
            self.data["associations"].append(link)


def pipelines() -> list[dict[str, Any]]:
    """Every pipeline of deals as HubSpot shows them: numbers and booleans in metadata are text."""
    made = {"createdAt": _MADE, "updatedAt": _MADE, "archived": False}
    return [
        {"id": pipeline, "label": label, "displayOrder": order, "stages": _stages(pipeline, made), **made}
        for order, (pipeline, label) in enumerate(_PIPELINES.items())
    ]


def _stages(pipeline: str, made: dict[str, Any]) -> list[dict[str, Any]]:
    own = [stage for stage in _STAGES if stage[0] == pipeline]
    return [
        {
            "id": stage,
            "label": label,
            "displayOrder": order,
            "metadata": {"isClosed": str(probability in ("0.0", "1.0")).lower(), "probability": probability},
            "writePermissions": "CRM_PERMISSIONS_ENFORCEMENT",
            **made,
        }
        for order, (_, stage, label, probability) in enumerate(own)
    ]


def owner(owner_id: str) -> dict[str, Any] | None:
    """A person who sells, as HubSpot shows owners."""
    for one in OWNERS:
        if one["id"] == owner_id:
            made = {"createdAt": _MADE, "updatedAt": _MADE, "archived": False}
            number = int(owner_id)
            return {**one, "type": "PERSON", "userId": number, "userIdIncludingInactive": number, "teams": [], **made}
    return None


def now_iso() -> str:
    """The time as HubSpot writes it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _as_text(properties: dict[str, Any]) -> dict[str, str | None]:
    return {name: None if value is None else str(value) for name, value in properties.items()}


def _empty() -> dict[str, Any]:
    return {
        "settings": {"token": "", "target_url": "", "client_secret": "", "portal_id": 62515, "app_id": 54321},
        "objects": {kind: {} for kind in KINDS},
        "associations": [],
        "next_id": 100_000,
        "next_demo": 0,
        "deliveries": [],
    }
