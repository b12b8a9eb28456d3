"""A stand-in HubSpot: the part of its CRM API that Thread uses, answered as HubSpot answers it."""

import asyncio
import contextlib
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response

from deploy.simulator.control import Failures, control_routes
from deploy.simulator.emitter import Emitter, Switches
from deploy.simulator.state import KINDS, State, now_iso, owner, pipelines

_ALWAYS = {"hs_object_id", "createdate", "hs_lastmodifieddate"}


class HubSpotError(Exception):
    """An error in HubSpot's own words."""

    def __init__(self, status: int, message: str, category: str) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"status": "error", "message": message, "category": category, "correlationId": str(uuid.uuid4())}


def create_app(state_file: Path) -> FastAPI:
    """The stand-in with its memory in `state_file`."""
    state = State(state_file)
    emitter = Emitter(state)
    failures = Failures()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        retries = asyncio.create_task(emitter.run())
        yield
        retries.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await retries

    app = FastAPI(title="Stand-in HubSpot", lifespan=lifespan, docs_url=None, redoc_url=None)
    app.state.failures = failures

    @app.exception_handler(HubSpotError)
    async def answer_error(_: Request, error: HubSpotError) -> JSONResponse:
        return JSONResponse(error.body, error.status)

    @app.middleware("http")
    async def guard(request: Request, call_next: Any) -> Response:
        if not request.url.path.startswith("/crm/"):
            answer: Response = await call_next(request)
            return answer
        failure = failures.next()
        if failure is not None:
            await asyncio.sleep(failure.delay_seconds)
            return Response(failure.body, failure.status, failure.headers, media_type="application/json")
        token = state.data["settings"]["token"]
        if not token or request.headers.get("authorization") != f"Bearer {token}":
            refused = HubSpotError(401, "Authentication credentials not found.", "INVALID_AUTHENTICATION")
            return JSONResponse(refused.body, 401)
        return await call_next(request)  # type: ignore[no-any-return]  # starlette leaves call_next untyped

    _object_routes(app, state, emitter)
    _association_routes(app, state)
    _other_routes(app)
    app.include_router(control_routes(state, emitter, failures))
    return app


def _object_routes(app: FastAPI, state: State, emitter: Emitter) -> None:
    @app.post("/crm/v3/objects/{kind}", status_code=201)
    async def create(kind: str, request: Request) -> dict[str, Any]:
        made = state.create(_known(kind), (await request.json())["properties"])
        state.save()
        return made

    @app.get("/crm/v3/objects/{kind}/{object_id}")
    async def read(kind: str, object_id: str, request: Request) -> dict[str, Any]:
        return _shown(_found(state, kind, object_id), request.query_params.getlist("properties"))

    @app.patch("/crm/v3/objects/{kind}/{object_id}")
    async def update(kind: str, object_id: str, request: Request) -> dict[str, Any]:
        found = _found(state, kind, object_id)
        before = found["properties"].get("dealstage")
        state.update(found, (await request.json())["properties"])
        state.save()
        if kind == "deals" and found["properties"].get("dealstage") != before:
            await emitter.stage_changed(found, Switches())
        return found

    @app.delete("/crm/v3/objects/{kind}/{object_id}", status_code=204)
    async def delete(kind: str, object_id: str) -> None:
        state.data["objects"][_known(kind)].pop(object_id, None)
        links = state.data["associations"]
        links[:] = [one for one in links if object_id not in (one["deal"], one["id"])]
        state.save()

    @app.post("/crm/v3/objects/{kind}/batch/read")
    async def read_many(kind: str, request: Request) -> JSONResponse:
        asked = await request.json()
        wanted = [str(one["id"]) for one in asked["inputs"]]
        if len(wanted) > 100:
            raise HubSpotError(400, "The maximum batch size is 100.", "VALIDATION_ERROR")
        found = [one for one in (state.find(_known(kind), object_id) for object_id in wanted) if one is not None]
        answer: dict[str, Any] = {"status": "COMPLETE", "startedAt": now_iso(), "completedAt": now_iso()}
        answer["results"] = [_shown(one, asked.get("properties", [])) for one in reversed(found)]
        return JSONResponse(answer, 200 if len(found) == len(wanted) else 207)


def _association_routes(app: FastAPI, state: State) -> None:
    @app.get("/crm/v4/objects/deals/{deal_id}/associations/{kind}")
    async def associations(deal_id: str, kind: str, after: int = 0, limit: int = 500) -> dict[str, Any]:
        _found(state, "deals", deal_id)
        types: dict[str, list[dict[str, Any]]] = {}
        for link in state.data["associations"]:
            if link["deal"] == deal_id and link["kind"] == _known(kind):
                one = {"category": "HUBSPOT_DEFINED", "typeId": link["typeId"], "label": link["label"]}
                types.setdefault(link["id"], []).append(one)
        everything = [{"toObjectId": int(one), "associationTypes": found} for one, found in types.items()]
        answer: dict[str, Any] = {"results": everything[after : after + limit]}
        if after + limit < len(everything):
            answer["paging"] = {"next": {"after": str(after + limit), "link": None}}
        return answer

    @app.put("/crm/v4/objects/deals/{deal_id}/associations/{kind}/{object_id}", status_code=201)
    async def associate(deal_id: str, kind: str, object_id: str, request: Request) -> dict[str, Any]:
        _found(state, "deals", deal_id), _found(state, kind, object_id)
        labels = {5: "Primary", 9001: "Primary contact"}
        for one in await request.json():
            number = int(one["associationTypeId"])
            state.associate(deal_id, kind, object_id, number, labels.get(number))
        state.save()
        return {"fromObjectTypeId": "0-3", "fromObjectId": deal_id, "toObjectId": object_id, "labels": []}


def _other_routes(app: FastAPI) -> None:
    @app.get("/crm/v3/pipelines/deals")
    async def all_pipelines() -> dict[str, Any]:
        return {"results": pipelines()}

    @app.get("/crm/v3/owners/{owner_id}")
    async def one_owner(owner_id: str) -> dict[str, Any]:
        found = owner(owner_id)
        if found is None:
            raise HubSpotError(404, f"Owner {owner_id} does not exist.", "OBJECT_NOT_FOUND")
        return found


def _known(kind: str) -> str:
    if kind not in KINDS:
        raise HubSpotError(400, f"Unable to infer object type from: {kind}", "VALIDATION_ERROR")
    return kind


def _found(state: State, kind: str, object_id: str) -> dict[str, Any]:
    found = state.find(_known(kind), object_id)
    if found is None:
        raise HubSpotError(404, "resource not found", "OBJECT_NOT_FOUND")
    return found


def _shown(found: dict[str, Any], wanted: list[str]) -> dict[str, Any]:
    """The object with the properties asked for; null where it has none, as HubSpot does."""
    names = [*wanted, *sorted(_ALWAYS)]
    return {**found, "properties": {name: found["properties"].get(name) for name in names}}
