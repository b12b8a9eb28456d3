"""A customer's answers on the product's own workflow: sent, read, returned, sent again, accepted."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

import httpx
import pytest
from sqlmodel import select
from temporalio.client import Client

from activities.responses import CUSTOMER_RESPONSE, Responses
from api.app import Api
from domain.events import CustomerResponded
from domain.state import ActionStatus
from integrations.fakes import FakeMailer
from models.contacts import Contact
from models.forms import Submission
from models.session import Database
from models.work import Work, WorkItem
from tests.api.conftest import People, Person
from tests.api.doors import add_contact, as_customer, open_form, record_portal
from tests.domain.plans import form, plan
from tests.rows import make_account
from tests.workflows.running import Running, start, worker
from workflows.client import account_handle

PLAN = plan([form("details")])


@dataclass
class Scene:
    """An account whose customer was sent a form, and the two who deal with it."""

    person: Person
    running: Running
    dana: httpx.AsyncClient

    @property
    def address(self) -> str:
        return f"/api/accounts/{self.running.account_id}/actions/details/response"

    async def submit(self, seats: object, decision_id: UUID | None = None) -> httpx.Response:
        body = {"decision_id": str(decision_id or uuid4()), "values": {"seats": seats}}
        return await self.dana.post("/portal-api/forms/details/submit", json=body)

    async def page(self) -> dict[str, object]:
        page: dict[str, object] = (await self.dana.get("/portal-api/forms/details")).json()
        return page

    async def read(self) -> dict[str, object]:
        answer = await self.person.browser.get(self.address)
        assert answer.status_code == 200
        read: dict[str, object] = answer.json()
        return read

    async def decide(self, verb: str, submission_id: object, **more: object) -> httpx.Response:
        body = {"decision_id": str(uuid4()), "submission_id": submission_id, **more}
        return await self.person.browser.post(f"{self.address}/{verb}", json=body)

    async def until(self, response: str) -> dict[str, object]:
        async with asyncio.timeout(20):
            while (read := await self.read())["status"] != response:
                await asyncio.sleep(0.05)
        return read

    async def submission_id(self) -> str:
        submission = (await self.until("submitted"))["submission"]
        assert isinstance(submission, dict)
        return str(submission["id"])


@pytest.fixture
async def scene(app: Api, people: People, database: Database, client: Client, queue: str) -> AsyncIterator[Scene]:
    person = await people()
    account_id = await make_account(database, person.tenant, PLAN)
    running = await start(client, database, person.tenant, account_id, PLAN, queue)
    await running.approve(await running.until("details", ActionStatus.READY))
    await running.until("details", ActionStatus.EXECUTED)
    async with database.org(person.org_id) as session:
        contact = (await session.exec(select(Contact))).one()
    async with aclosing(await as_customer(app, database, contact)) as browser:
        yield Scene(person, running, browser)


async def test_from_the_form_to_live(scene: Scene) -> None:
    read = await scene.read()
    assert (read["status"], read["submission"], read["earlier"]) == ("awaiting", None, [])
    action = (await scene.person.browser.get(scene.address.removesuffix("/response"))).json()
    assert (action["response"], action["submission_id"]) == ("awaiting", None)
    assert [field["key"] for field in action["draft"]["form"]["fields"]] == ["seats"]
    sent = await scene.submit(60)
    assert (sent.status_code, sent.json()["accepted"]) == (200, True)
    first = await scene.submission_id()
    assert (await scene.page())["status"] == "sent"
    returned = await scene.decide("return", first, text="Only sixty?")
    assert returned.status_code == 200
    await scene.until("returned")
    page = await scene.page()
    assert (page["status"], page["note"], page["values"]) == ("returned", "Only sixty?", {"seats": 60})
    home = (await scene.dana.get("/portal-api/portal")).json()
    assert [(task["status"], task["note"]) for task in home["view"]["todo"]] == [("returned", "Only sixty?")]
    assert (await scene.submit(65)).status_code == 200
    second = await scene.submission_id()
    read = await scene.read()
    assert [one["id"] for one in read["earlier"]] == [first]  # type: ignore[attr-defined]
    assert read["submission"] == {
        "id": second,
        "values": {"seats": 65},
        "submitted_by": "Dana Reyes",
        "submitted_at": read["submission"]["submitted_at"],  # type: ignore[index]
    }
    stale = await scene.decide("accept", first)
    assert (stale.status_code, stale.json()["reason"]) == (409, "stale_response")
    assert (await scene.decide("accept", second)).status_code == 200
    await scene.running.until("details", ActionStatus.COMPLETED)
    assert (await scene.page())["status"] == "done"
    account = (await scene.person.browser.get(f"/api/accounts/{scene.running.account_id}")).json()
    assert account["status"] == "LIVE"
    assert (await scene.dana.get("/portal-api/portal")).json()["view"]["progress"] == 100
    late = await scene.submit(70)
    assert (late.status_code, late.json()["reason"]) == (409, "wrong_state")


async def test_a_double_click_is_one_answer_and_one_receipt(scene: Scene, database: Database) -> None:
    decision_id = uuid4()
    answers = await asyncio.gather(*(scene.submit(60, decision_id) for _ in range(4)))
    assert {answer.status_code for answer in answers} <= {200, 202}
    await scene.until("submitted")
    again = await scene.submit(60, decision_id)
    assert (again.status_code, again.json()["decision_id"]) == (200, str(decision_id))
    assert {answer.content for answer in answers if answer.status_code == 200} <= {again.content}
    async with database.org(scene.person.org_id) as session:
        assert len((await session.exec(select(Submission))).all()) == 1


async def test_of_two_colleagues_at_once_one_answers(scene: Scene, app: Api, database: Database) -> None:
    colleague = await add_contact(database, scene.person.tenant, scene.running.account_id, name="Lee")
    async with aclosing(await as_customer(app, database, colleague)) as lees:
        theirs = Scene(scene.person, scene.running, lees)
        answers = await asyncio.gather(scene.submit(60), theirs.submit(70))
    assert {answer.status_code for answer in answers} <= {200, 202, 409}
    assert sum(answer.status_code == 200 for answer in answers) <= 1
    first = await scene.submission_id()
    await scene.decide("return", first, text="Who is right?")
    await scene.until("returned")
    assert (await scene.page())["status"] == "returned", "the one that came second is not on its way for ever"
    assert (await scene.submit(65)).status_code == 200


async def test_nothing_can_be_decided_on_before_it_was_sent(scene: Scene) -> None:
    for verb, more in (("accept", {}), ("return", {"text": "Why?"})):
        answer = await scene.decide(verb, str(uuid4()), **more)
        assert (answer.status_code, answer.json()["reason"]) == (409, "wrong_state")
    for text_ in ("", " ", "x" * 2001):
        answer = await scene.decide("return", str(uuid4()), text=text_)
        assert [error["field"] for error in answer.json()["errors"]] == ["text"]


async def test_an_action_without_a_form_has_no_response(scene: Scene) -> None:
    address = scene.address.replace("/details/", "/welcome/")
    assert (await scene.person.browser.get(address)).status_code == 404


async def test_answers_sent_while_no_worker_runs_are_kept(
    app: Api, people: People, database: Database, client: Client
) -> None:
    person = await people()
    account_id = await make_account(database, person.tenant, PLAN)
    await record_portal(database, person.tenant, account_id)
    await open_form(database, person.tenant, account_id)
    queue = f"later-{uuid4().hex}"
    running = await start(client, database, person.tenant, account_id, PLAN, queue, taken_over=False)
    contact = await add_contact(database, person.tenant, account_id)
    async with aclosing(await as_customer(app, database, contact)) as browser:
        scene = Scene(person, running, browser)
        kept = await scene.submit(60)
        assert (kept.status_code, "kept" in kept.json()["detail"]) == (202, True)
        assert (await scene.page())["status"] == "sent"
        assert (await scene.submit(61)).json()["reason"] == "wrong_state"
        async with database.org(person.org_id) as session:
            assert (await session.exec(select(Work))).all() == [], "its workflow was told"


async def test_answers_whose_sender_was_cut_off_reach_the_workflow_all_the_same(
    scene: Scene, database: Database, client: Client, app: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def dies(*_: object, **__: object) -> None:
        raise RuntimeError("killed")

    monkeypatch.setattr("api.portal_forms.send", dies)
    assert (await scene.submit(60)).status_code == 500
    async with database.org(scene.person.org_id) as session:
        (work,) = (await session.exec(select(Work))).all()
    assert (work.kind, work.due > datetime.now(UTC)) == (CUSTOMER_RESPONSE, True)

    async def signal(submission: Submission, decision: CustomerResponded) -> None:
        handle = account_handle(client, submission.org_id, submission.account_id)
        await handle.signal("customer_responded", decision)

    handler = Responses(database, signal)
    for _ in range(2):
        await handler.tell(WorkItem(work.org_id, work.kind, work.id, work.due, 1))
    assert await scene.submission_id() == str(work.id)
    assert (await scene.page())["status"] == "sent"
    await handler.tell(WorkItem(work.org_id, work.kind, uuid4(), work.due, 1))  # never stored: nobody's answer


async def test_a_viewer_cannot_send(scene: Scene, app: Api, database: Database) -> None:
    viewer = await add_contact(database, scene.person.tenant, scene.running.account_id, role="portal_viewer")
    async with aclosing(await as_customer(app, database, viewer)) as browser:
        looking = Scene(scene.person, scene.running, browser)
        assert (await looking.page())["status"] == "open"
        assert (await looking.submit(60)).status_code == 403


async def test_a_form_can_be_edited_like_any_draft_and_stays_a_form(
    people: People, database: Database, client: Client, queue: str
) -> None:
    person = await people()
    account_id = await make_account(database, person.tenant, PLAN)
    running = await start(client, database, person.tenant, account_id, PLAN, queue, recall_seconds=600)
    await running.until("details", ActionStatus.READY)
    address = f"/api/accounts/{account_id}/actions/details"
    body = {"decision_id": str(uuid4()), "revision": 1, "subject": "Two questions", "body": "Please"}
    assert (await person.browser.post(f"{address}/edit", json=body)).status_code == 200
    await running.until_fits("details", lambda row: row is not None and row.draft_revision == 2)
    draft = (await person.browser.get(address)).json()["draft"]
    assert (draft["subject"], [field["key"] for field in draft["form"]["fields"]]) == ("Two questions", ["seats"])
    preview = await person.browser.get(f"{address}/drafts/{draft['id']}/preview")
    assert "Please" in preview.text


async def test_with_its_worker_gone_the_portal_shows_the_last_state_and_the_answers_as_sent(
    app: Api, people: People, database: Database, client: Client
) -> None:
    person = await people()
    account_id = await make_account(database, person.tenant, PLAN)
    async with worker(client, database, FakeMailer()) as queue:
        running = await start(client, database, person.tenant, account_id, PLAN, queue)
        await running.approve(await running.until("details", ActionStatus.READY))
        await running.until("details", ActionStatus.EXECUTED)
    async with database.org(person.org_id) as session:
        contact = (await session.exec(select(Contact))).one()
    async with aclosing(await as_customer(app, database, contact)) as browser:
        scene = Scene(person, running, browser)
        assert (await scene.submit(60)).status_code == 202
        assert (await scene.page())["status"] == "sent"
        home = (await browser.get("/portal-api/portal")).json()
        assert (home["live"], home["view"]["todo"][0]["status"]) == (False, "open")
        assert (await scene.read())["status"] == "awaiting"
