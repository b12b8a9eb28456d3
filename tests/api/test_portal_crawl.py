"""Two accounts of one organisation: a session of the one opens nothing of the other, and no other kind of session."""

from typing import Any, NamedTuple
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text

from api.app import Api
from api.sessions import COOKIE
from api.visitors import COOKIES, HANDOFF, PORTAL
from domain.handoffs import Question, default_questions
from models.forms import FormDraft, Submission
from models.session import Database
from tests.api.conftest import People, Person
from tests.api.doors import (
    account_with_handoff,
    add_contact,
    as_customer,
    as_executive,
    open_form,
    record_portal,
    stranger,
)
from tests.api.routes import routes_of

CANARY = "canary-of-the-other-account"
TABLES = ("handoffs", "handoff_answers", "portal_requests", "form_drafts", "submissions", "contacts", "portal_sessions")
DECISION: dict[str, object] = {"decision_id": str(uuid4())}
HANDOFF_CALLS: dict[str, dict[str, object]] = {
    "save_answer": {"value": "taken over", "revision": 1},
    "ask_answer_again": DECISION,
}
PORTAL_CALLS: dict[str, dict[str, object] | None] = {
    "read_form": None,
    "save_form": {"values": {"seats": 5}, "revision": 0},
    "submit_form": DECISION | {"values": {"seats": 5}},
}


class Both(NamedTuple):
    """Two accounts of one organisation; only the second has the form and the question `theirs`."""

    person: Person
    mine: UUID
    theirs: UUID


@pytest.fixture
async def both(people: People, database: Database) -> Both:
    person = await people()
    mine = await account_with_handoff(database, person.tenant)
    await open_form(database, person.tenant, mine)
    await record_portal(database, person.tenant, mine)
    questions = [*default_questions(), Question(key="theirs", label=CANARY, help=CANARY)]
    theirs = await account_with_handoff(
        database, person.tenant, forms=("details", "theirs"), questions=questions, company_name=CANARY
    )
    await record_portal(database, person.tenant, theirs, next=CANARY)
    await add_contact(database, person.tenant, theirs, name=CANARY)
    for key in ("details", "theirs"):
        action = await open_form(database, person.tenant, theirs, key)
        assert action.draft_id is not None
        place: dict[str, Any] = {"org_id": person.org_id, "account_id": theirs, "action_key": key}
        typed = FormDraft(**place, values={"seats": CANARY})
        sent = Submission(**place, values={"seats": CANARY}, values_hash="-", draft_id=action.draft_id)
        async with database.portal(person.org_id, theirs) as session:
            session.add_all([typed, sent])
    return Both(person, mine, theirs)


async def rows_of(database: Database, org_id: UUID, account_id: UUID) -> list[list[str]]:
    found = []
    async with database.org(org_id) as session:
        for table in TABLES:
            query = text(f"SELECT t::text FROM {table} t WHERE account_id = :id ORDER BY 1")
            found.append(list((await session.execute(query, {"id": account_id})).scalars()))
    return found


async def call(browser: httpx.AsyncClient, app: Api, name: str, body: object, **ids: str) -> httpx.Response:
    route = next(route for route in routes_of(app) if route.name == name)
    method = next(iter(route.methods or ()))
    return await browser.request(method, route.path.format(**ids), json=body)


def test_the_crawl_covers_every_route_of_visitors_that_names_something(app: Api) -> None:
    named = {route.name for route in routes_of(app) if "-api/" in route.path and "{" in route.path}
    assert named == set(HANDOFF_CALLS) | set(PORTAL_CALLS)


@pytest.mark.parametrize("name", PORTAL_CALLS)
@pytest.mark.parametrize("kind", ["portal_admin", "portal_member"])
async def test_a_form_of_another_account_does_not_exist(
    app: Api, database: Database, both: Both, name: str, kind: str
) -> None:
    browser = await as_customer(app, database, await add_contact(database, both.person.tenant, both.mine, role=kind))
    before = await rows_of(database, both.person.org_id, both.theirs)
    answer = await call(browser, app, name, PORTAL_CALLS[name], action_key="theirs")
    assert (answer.status_code, answer.json()["reason"]) == (404, "not_found")
    assert await rows_of(database, both.person.org_id, both.theirs) == before


@pytest.mark.parametrize("name", HANDOFF_CALLS)
async def test_a_question_of_another_account_does_not_exist(
    app: Api, database: Database, both: Both, name: str
) -> None:
    browser = await as_executive(app, database, both.person.tenant, both.mine)
    before = await rows_of(database, both.person.org_id, both.theirs)
    answer = await call(browser, app, name, HANDOFF_CALLS[name], question="theirs")
    assert (answer.status_code, answer.json()["reason"]) == (404, "not_found")
    assert await rows_of(database, both.person.org_id, both.theirs) == before


async def test_nothing_of_the_other_account_is_in_any_answer(app: Api, database: Database, both: Both) -> None:
    contact = await add_contact(database, both.person.tenant, both.mine)
    customer = await as_customer(app, database, contact)
    executive = await as_executive(app, database, both.person.tenant, both.mine)
    before = await rows_of(database, both.person.org_id, both.theirs)
    answers = [
        await customer.get("/portal-api/portal"),
        await customer.get("/portal-api/forms/details"),
        await customer.put("/portal-api/forms/details", json={"values": {"seats": 7}, "revision": 0}),
        await customer.get("/portal-api/forms/details"),
        await executive.get("/handoff-api/handoff"),
        await executive.put("/handoff-api/answers/goals", json={"value": "mine", "revision": 1}),
        await executive.get("/handoff-api/handoff"),
    ]
    assert [answer.status_code for answer in answers] == [200] * len(answers)
    assert not [answer.url for answer in answers if CANARY in answer.text]
    assert await rows_of(database, both.person.org_id, both.theirs) == before


async def test_no_session_opens_the_doors_of_another_kind(app: Api, database: Database, both: Both) -> None:
    customer = await as_customer(app, database, await add_contact(database, both.person.tenant, both.mine))
    executive = await as_executive(app, database, both.person.tenant, both.mine)
    doors = {COOKIE: "/api/accounts", COOKIES[HANDOFF]: "/handoff-api/handoff", COOKIES[PORTAL]: "/portal-api/portal"}
    keys = {
        COOKIE: both.person.token,
        COOKIES[HANDOFF]: executive.cookies[COOKIES[HANDOFF]],
        COOKIES[PORTAL]: customer.cookies[COOKIES[PORTAL]],
    }
    for own, key in keys.items():
        for name, address in doors.items():
            async with stranger(app) as browser:
                answer = await browser.get(address, headers={"Cookie": f"{name}={key}"})
                assert answer.status_code == (200 if name == own else 401), f"the key of {own} at {address}"


@pytest.mark.parametrize("name", ["save_form", "submit_form"])
async def test_a_viewer_may_look_and_change_nothing(app: Api, database: Database, both: Both, name: str) -> None:
    contact = await add_contact(database, both.person.tenant, both.mine, role="portal_viewer")
    browser = await as_customer(app, database, contact)
    before = await rows_of(database, both.person.org_id, both.mine)
    answer = await call(browser, app, name, PORTAL_CALLS[name], action_key="details")
    assert (answer.status_code, answer.json()["reason"]) == (403, "not_allowed")
    assert await rows_of(database, both.person.org_id, both.mine) == before
    assert (await browser.get("/portal-api/forms/details")).status_code == 200
    assert (await browser.get("/portal-api/portal")).json()["me"]["role"] == "portal_viewer"
