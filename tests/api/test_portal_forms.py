"""Forms: kept as typed, resumed elsewhere, sent once, and open again only when they come back."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text
from sqlmodel import select

from api.app import Api
from domain.forms import FieldType, Form, FormField, ShowIf
from models.contacts import Contact
from models.forms import PortalRequest, Submission
from models.session import Database
from models.work import Work
from tests.api.conftest import People, Person
from tests.api.doors import account_with_handoff, add_contact, as_customer, open_form

PAGE = "/portal-api/forms/details"
FIELDS = Form(
    intro="Five minutes",
    fields=(
        FormField(key="name", label="Name"),
        FormField(key="seats", label="Seats", type=FieldType.NUMBER),
        FormField(key="day", label="Day", type=FieldType.DATE, required=False),
        FormField(key="source", label="Source", type=FieldType.SELECT, options=("Sheets", "Other")),
        FormField(key="other", label="Which?", show_if=ShowIf(field="source", equals="Other")),
        FormField(key="teams", label="Teams", type=FieldType.MULTI_SELECT, options=("Sales", "Ops"), required=False),
        FormField(key="sso", label="SSO?", type=FieldType.YES_NO, required=False),
        FormField(key="notes", label="Notes", type=FieldType.TEXTAREA, required=False),
    ),
)
GOOD: dict[str, Any] = {"name": "Blue Fern", "seats": 60, "source": "Sheets"}


@pytest.fixture
async def person(people: People) -> Person:
    return await people()


@pytest.fixture
async def account_id(database: Database, person: Person) -> UUID:
    account_id = await account_with_handoff(database, person.tenant, "ACCEPTED")
    await open_form(database, person.tenant, account_id)
    async with database.org(person.org_id) as session:
        request = await session.get_one(PortalRequest, (person.org_id, account_id, "details"))
        request.content = FIELDS.model_dump(mode="json")
    return account_id


@pytest.fixture
async def contact(database: Database, person: Person, account_id: UUID) -> Contact:
    return await add_contact(database, person.tenant, account_id)


@pytest.fixture
async def dana(app: Api, database: Database, contact: Contact) -> httpx.AsyncClient:
    return await as_customer(app, database, contact)


async def save(browser: httpx.AsyncClient, values: dict[str, Any], revision: int = 0) -> httpx.Response:
    return await browser.put(PAGE, json={"values": values, "revision": revision})


async def submit(browser: httpx.AsyncClient, values: dict[str, Any], decision_id: UUID | None = None) -> httpx.Response:
    return await browser.post(f"{PAGE}/submit", json={"decision_id": str(decision_id or uuid4()), "values": values})


def named(answer: httpx.Response) -> set[str]:
    return {error["field"] for error in answer.json()["errors"]}


async def count(database: Database, org_id: UUID) -> int:
    async with database.org(org_id) as session:
        return len((await session.exec(select(Submission))).all())


async def test_a_form_is_shown_as_approved_and_empty(dana: httpx.AsyncClient) -> None:
    page = (await dana.get(PAGE)).json()
    assert (page["label"], page["form"]["intro"]) == ("Tell us: details", "Five minutes")
    assert [field["key"] for field in page["form"]["fields"]] == [field.key for field in FIELDS.fields]
    assert page["form"]["fields"][4]["show_if"] == {"field": "source", "equals": "Other"}
    assert (page["values"], page["revision"], page["saved_at"]) == ({}, 0, None)
    assert (page["status"], page["note"], page["submission"]) == ("open", "", None)


async def test_what_was_typed_on_the_phone_is_there_on_the_desk(
    app: Api, database: Database, contact: Contact, dana: httpx.AsyncClient
) -> None:
    first = await save(dana, {"name": "Blue", "seats": None})
    assert (first.status_code, first.json()["revision"], first.json()["overwrote"]) == (200, 1, False)
    desk = await as_customer(app, database, contact)
    page = (await desk.get(PAGE)).json()
    assert (page["values"], page["revision"]) == ({"name": "Blue"}, 1)
    assert page["saved_at"] == first.json()["saved_at"]
    second = await save(desk, {"name": "Blue Fern", "seats": 60}, 1)
    assert (second.json()["revision"], second.json()["overwrote"]) == (2, False)
    late = await save(dana, {"name": "Blue F"}, 1)
    assert (late.status_code, late.json()["revision"], late.json()["overwrote"]) == (200, 3, True)


async def test_many_who_save_at_once_lose_nothing_but_the_race(dana: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(save(dana, {"seats": n}) for n in range(8)))
    assert sorted(answer.json()["revision"] for answer in answers) == list(range(1, 9))
    assert sum(not answer.json()["overwrote"] for answer in answers) == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", 5),
        ("name", "x" * 301),
        ("seats", "sixty"),
        ("seats", True),
        ("day", "31.3.2026"),
        ("source", "Nowhere"),
        ("teams", "Sales"),
        ("teams", ["Sales", "Sales", "HR"]),
        ("sso", "yes"),
        ("notes", "x" * 10_001),
        ("other", {"x": 1}),
        ("unknown", "x"),
        ("org_id", str(uuid4())),
        ("__proto__", {}),
        ("k" * 500, "x"),
    ],
)
async def test_what_does_not_fit_is_named_and_nothing_else_changes(
    dana: httpx.AsyncClient, database: Database, person: Person, field: str, value: Any
) -> None:
    await save(dana, {"name": "kept"})
    bad = GOOD | {"source": "Other", "other": "Excel"} | {field: value}
    for answer in (await save(dana, bad, 1), await submit(dana, bad)):
        assert answer.status_code == 422
        assert named(answer) >= {f"values.{field}"[:120]}
        assert len(answer.content) < 2000
    page = (await dana.get(PAGE)).json()
    assert (page["values"], page["revision"], page["status"]) == ({"name": "kept"}, 1, "open")
    assert await count(database, person.org_id) == 0


async def test_every_wrong_field_is_named_at_once(dana: httpx.AsyncClient) -> None:
    answer = await submit(dana, {"name": " ", "seats": "x", "source": "Other", "more": 1})
    assert named(answer) == {"values.name", "values.seats", "values.other", "values.more"}


async def test_a_required_field_that_is_not_shown_is_not_asked_for(
    dana: httpx.AsyncClient, database: Database, person: Person
) -> None:
    answer = await submit(dana, GOOD | {"other": "typed before changing my mind"})
    assert (answer.status_code, answer.json()["reason"]) == (409, "not_running"), "it got past the form"
    async with database.org(person.org_id) as session:
        stored = (await session.exec(select(Submission))).one()
    assert stored.values == GOOD
    assert (stored.submitted_name, stored.action_key) == ("Dana Reyes", "details")


@pytest.mark.parametrize("key", ["welcome", "nothing", "details2"])
async def test_a_form_that_was_not_opened_does_not_exist(dana: httpx.AsyncClient, key: str) -> None:
    address = f"/portal-api/forms/{key}"
    body = {"decision_id": str(uuid4()), "values": GOOD}
    for answer in (
        await dana.get(address),
        await dana.put(address, json={"values": GOOD, "revision": 0}),
        await dana.post(f"{address}/submit", json=body),
    ):
        assert (answer.status_code, answer.json()["reason"]) == (404, "not_found")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE portal_requests SET closed_at = now()",
        "UPDATE accounts SET plan = jsonb_set(plan, '{milestones,0,actions,1,portal_visible}', 'false')",
    ],
)
async def test_a_form_that_is_closed_or_hidden_does_not_exist(
    dana: httpx.AsyncClient, database: Database, person: Person, change: str
) -> None:
    assert (await dana.get(PAGE)).status_code == 200
    async with database.org(person.org_id) as session:
        await session.execute(text(change))
    assert (await dana.get(PAGE)).status_code == 404
    assert (await save(dana, GOOD)).status_code == 404


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ("status = 'EXECUTED', response = 'awaiting'", "open"),
        ("status = 'EXECUTED', response = 'submitted'", "sent"),
        ("status = 'EXECUTED', response = 'returned', reason = 'Which year?'", "returned"),
        ("status = 'COMPLETED', response = 'submitted', reason = ''", "done"),
        ("status = 'SKIPPED', reason = 'not needed'", "done"),
        ("status = 'EXECUTING', response = ''", "open"),
        ("status = 'FAILED', response = '', reason = 'mailbox full'", "open"),
    ],
)
async def test_the_page_says_who_has_the_ball(
    dana: httpx.AsyncClient, database: Database, person: Person, change: str, status: str
) -> None:
    async with database.org(person.org_id) as session:
        await session.execute(text(f"UPDATE actions SET {change} WHERE key = 'details'"))
    page = (await dana.get(PAGE)).json()
    assert (page["status"], page["note"]) == (status, "Which year?" if status == "returned" else "")
    closed = status in ("sent", "done")
    assert (await save(dana, {"name": "x"})).status_code == (409 if closed else 200)
    answer = await submit(dana, GOOD)
    assert (answer.status_code, answer.json()["reason"]) == (409, "wrong_state" if closed else "not_running")
    assert await count(database, person.org_id) == (0 if closed else 1)


async def test_answers_on_their_way_count_as_sent_until_they_are_refused(
    dana: httpx.AsyncClient, database: Database, person: Person
) -> None:
    await submit(dana, GOOD)  # stored; this account has no workflow to be told
    page = (await dana.get(PAGE)).json()
    assert (page["status"], page["submission"]["values"], page["submission"]["submitted_by"]) == (
        "sent",
        GOOD,
        "Dana Reyes",
    )
    assert (await submit(dana, GOOD | {"seats": 61})).json()["reason"] == "wrong_state"
    async with database.org(person.org_id) as session:
        assert [work.kind for work in await session.exec(select(Work))] == ["customer_response"], "someone will tell it"
        await session.execute(text("UPDATE actions SET updated_at = now(), response = 'returned', reason = 'Again'"))
    page = (await dana.get(PAGE)).json()
    assert (page["status"], page["values"]) == ("returned", GOOD), "what was sent is there to go on with"


async def test_one_decision_sends_one_set_of_answers(
    dana: httpx.AsyncClient, database: Database, person: Person
) -> None:
    decision_id = uuid4()
    await asyncio.gather(*(submit(dana, GOOD, decision_id) for _ in range(5)))
    assert await count(database, person.org_id) == 1
    other = await submit(dana, GOOD | {"seats": 61}, decision_id)
    assert (other.status_code, other.json()["reason"]) == (409, "decision_reused")
    assert await count(database, person.org_id) == 1
