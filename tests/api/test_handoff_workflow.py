"""A handoff on the product's own workflow: handed over once, accepted or returned, answers written again."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID, uuid4

import httpx
import pytest
from temporalio.client import Client

from api.app import Api
from domain.handoffs import default_questions
from integrations.fakes import FakeMailer, FakeWriter
from models.handoffs import Handoff
from models.session import Database
from tests.api.conftest import People, Person, two_emails
from tests.api.doors import account_with_handoff, as_executive
from tests.rows import make_account
from tests.workflows.running import Running, start, worker

ANSWERS = {q.key: {"answer": f"About {q.key}.", "sources": ["Notes from sales"]} for q in default_questions()}


async def save(browser: httpx.AsyncClient, question: str, value: object, revision: int) -> httpx.Response:
    return await browser.put(f"/handoff-api/answers/{question}", json={"value": value, "revision": revision})


async def submit(browser: httpx.AsyncClient, csm_id: UUID, decision_id: UUID | None = None) -> httpx.Response:
    body = {"decision_id": str(decision_id or uuid4()), "csm_id": str(csm_id)}
    return await browser.post("/handoff-api/submit", json=body)


Opened = Callable[..., Awaitable[tuple[Running, httpx.AsyncClient]]]


@pytest.fixture
async def person(people: People) -> Person:
    return await people()


@pytest.fixture
async def opened(app: Api, client: Client, database: Database, person: Person, queue: str) -> Opened:
    """Opens an account whose handoff waits for its AE: `running, browser = await opened()`."""

    async def make(on: str = queue) -> tuple[Running, httpx.AsyncClient]:
        ae = f"{uuid4().hex}@sales.example"
        account_id = await make_account(database, person.tenant, two_emails(), ae_name="Ada", ae_email=ae)
        running = await start(client, database, person.tenant, account_id, two_emails(), on, taken_over=False)
        await until(running, "OPEN")
        return running, await as_executive(app, database, person.tenant, account_id)

    return make


async def handoff_of(running: Running) -> Handoff | None:
    async with running.database.org(running.tenant.org_id) as session:
        return await session.get(Handoff, (running.tenant.org_id, running.account_id))


async def until(running: Running, status: str) -> Handoff:
    async with asyncio.timeout(20):
        while (handoff := await handoff_of(running)) is None or handoff.status != status:
            await asyncio.sleep(0.05)
    return handoff


async def test_handed_over_accepted_and_under_way(opened: Opened, person: Person) -> None:
    running, ada = await opened()
    decision_id, csm_id = uuid4(), person.tenant.member_id
    handed = await submit(ada, csm_id, decision_id)
    assert (handed.status_code, handed.json()["accepted"]) == (200, True)
    again = await submit(ada, csm_id, decision_id)
    assert (again.status_code, again.content) == (200, handed.content), "a double click is one handover"
    other = await submit(ada, csm_id)
    assert (other.status_code, other.json()["reason"]) == (409, "wrong_state")
    await until(running, "SUBMITTED")
    address = f"/api/accounts/{running.account_id}"
    page = (await person.browser.get(f"{address}/handoff")).json()
    assert (page["status"], page["submitted_by"], page["csm"]["id"]) == ("SUBMITTED", "Ada", str(csm_id))
    assert page["submitted_at"] is not None
    accepted = await person.browser.post(f"{address}/handoff/accept", json={"decision_id": str(uuid4())})
    assert (accepted.status_code, accepted.json()["accepted"]) == (200, True)
    await until(running, "ACCEPTED")
    account = (await person.browser.get(address)).json()
    assert (account["status"], account["handoff_status"]) == ("ACTIVE", "ACCEPTED")
    assert [contact["name"] for contact in account["contacts"]] == ["Dana Reyes"]
    assert (await ada.get("/handoff-api/handoff")).json()["status"] == "ACCEPTED"


async def test_returned_with_a_question_and_handed_over_again(
    opened: Opened, person: Person, database: Database
) -> None:
    running, ada = await opened()
    address = f"/api/accounts/{running.account_id}/handoff"
    early = await person.browser.post(f"{address}/return", json={"decision_id": str(uuid4()), "text": "Who?"})
    assert (early.status_code, early.json()["reason"]) == (409, "wrong_state")
    assert (await submit(ada, person.tenant.member_id)).status_code == 200
    body = {"decision_id": str(uuid4()), "text": "  Who signs?  "}
    assert (await person.browser.post(f"{address}/return", json=body)).status_code == 200
    await until(running, "RETURNED")
    page = (await ada.get("/handoff-api/handoff")).json()
    assert (page["status"], page["reason"]) == ("RETURNED", "Who signs?")
    answers = {answer["question"]: answer for answer in page["answers"]}
    assert (await save(ada, "stakeholders", "Dana signs.", answers["stakeholders"]["revision"])).status_code == 200
    assert (await submit(ada, person.tenant.member_id)).status_code == 200


async def test_of_two_aes_at_once_one_hands_over(app: Api, opened: Opened, person: Person, database: Database) -> None:
    running, ada = await opened()
    bob = await as_executive(app, database, person.tenant, running.account_id)
    answers = await asyncio.gather(*(submit(who, person.tenant.member_id) for who in (ada, bob, ada, bob)))
    assert sum(answer.status_code == 200 for answer in answers) <= 1
    assert {answer.status_code for answer in answers} <= {200, 202, 409}
    await until(running, "SUBMITTED")
    late = await submit(bob, person.tenant.member_id)
    assert (late.status_code, "Ada" in late.json()["detail"]) == (409, True)


async def test_without_a_worker_the_handover_is_kept(
    app: Api, client: Client, database: Database, person: Person
) -> None:
    account_id = await account_with_handoff(database, person.tenant)
    await start(client, database, person.tenant, account_id, two_emails(), "nobody-works-here", taken_over=False)
    ada = await as_executive(app, database, person.tenant, account_id)
    answer = await submit(ada, person.tenant.member_id)
    assert (answer.status_code, "kept" in answer.json()["detail"]) == (202, True)
    asked = await ada.post("/handoff-api/answers/goals/again", json={"decision_id": str(uuid4())})
    assert asked.status_code == 202
    answers = (await ada.get("/handoff-api/handoff")).json()["answers"]
    assert [answer["question"] for answer in answers if answer["pending"]] == ["goals"]
    await save(ada, "goals", "What I typed", 1)
    goals = await goals_of(ada)
    assert (goals["value"], goals["pending"]) == ("What I typed", False)


async def test_an_answer_is_written_again_as_instructed(
    app: Api, client: Client, database: Database, opened: Opened
) -> None:
    writer = FakeWriter(answers=[ANSWERS, {"goals": {"answer": "Short.", "sources": []}}])
    async with worker(client, database, FakeMailer(), writer) as own:
        _, ada = await opened(own)
        body = {"decision_id": str(uuid4()), "instruction": "Shorter, please"}
        assert (await ada.post("/handoff-api/answers/goals/again", json=body)).status_code == 202
        async with asyncio.timeout(20):
            while (goals := await goals_of(ada))["value"] != "Short." or goals["pending"]:
                await asyncio.sleep(0.1)
        assert goals["origin"] == "ai"
        assert "Shorter, please" in writer.requests[-1].context
        count = len(writer.requests)
        assert (await ada.post("/handoff-api/answers/goals/again", json=body)).status_code == 202
        await asyncio.sleep(0.5)
        assert ((await goals_of(ada))["pending"], len(writer.requests)) == (False, count), "asked once is asked once"


async def goals_of(browser: httpx.AsyncClient) -> dict[str, object]:
    answers = (await browser.get("/handoff-api/handoff")).json()["answers"]
    return next(answer for answer in answers if answer["question"] == "goals")
