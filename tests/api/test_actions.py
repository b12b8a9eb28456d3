"""The inbox and the decisions taken from it, on the product's own workflow."""

import asyncio
from uuid import uuid4

from sqlalchemy import text
from sqlmodel import select
from temporalio.client import Client

from api.app import Api, create_app
from domain.plan import Manual
from domain.state import ActionStatus
from models.actions import Action
from models.drafts import Draft
from models.session import Database
from settings import Settings
from tests.api.conftest import Opens, People, Person, decide, path, ready, shown, two_emails, visitor
from tests.conftest import free_port
from tests.domain.plans import email, plan
from tests.rows import make_account
from tests.workflows.running import Running, start
from workflows.client import connect


async def test_the_inbox_shows_what_waits(people: People, opens: Opens) -> None:
    person = await people()
    running = await opens(person)
    page = (await person.browser.get("/api/actions", params={"status": "READY"})).json()
    assert page["counts"] == {"ready": 1, "uncertain": 0, "failed": 0}
    assert page["next_cursor"] is None
    (item,) = page["items"]
    assert item["account_id"] == str(running.account_id)
    assert (item["company_name"], item["label"], item["milestone_name"]) == ("Blue Fern", "Welcome", "Milestone 0")
    assert item["subject"] == "Hello Blue Fern"
    assert item["trigger"] == "when Milestone 0 starts"
    every = (await person.browser.get("/api/actions")).json()["items"]
    assert {i["key"]: (i["status"], i["trigger"]) for i in every} == {
        "welcome": ("READY", "when Milestone 0 starts"),
        "check_in": ("SCHEDULED", "48 h after Milestone 0 starts"),
        "thanks": ("PENDING", "when Welcome is completed"),
    }


async def test_mine_are_the_actions_of_my_accounts(people: People, opens: Opens, database: Database) -> None:
    person = await people()
    running = await opens(person)
    assert len((await person.browser.get("/api/actions", params={"mine": True})).json()["items"]) == 3
    async with database.org(person.org_id) as session:
        await session.execute(text("UPDATE accounts SET csm_id = NULL WHERE id = :id"), {"id": running.account_id})
    page = (await person.browser.get("/api/actions", params={"mine": True})).json()
    assert page["items"] == []
    assert page["counts"]["ready"] == 0


async def test_pages_go_on_where_the_last_ended(people: People, opens: Opens) -> None:
    person = await people()
    await opens(person)
    seen, cursor = [], None
    for _ in range(3):
        params = {"limit": 1} | ({"cursor": cursor} if cursor else {})
        page = (await person.browser.get("/api/actions", params=params)).json()
        seen += [item["key"] for item in page["items"]]
        cursor = page["next_cursor"]
    assert sorted(seen) == ["check_in", "thanks", "welcome"]
    assert cursor is None


async def test_an_action_the_workflow_has_not_recorded_yet_is_read_from_the_plan(
    people: People, database: Database
) -> None:
    person = await people()
    of = plan([email("welcome", Manual(on="manual"))])
    account_id = await make_account(database, person.tenant, of)
    action = (await person.browser.get(f"/api/accounts/{account_id}/actions/welcome")).json()
    assert (action["status"], action["draft"], action["updated_at"]) == ("PENDING", None, None)
    assert action["why"] == "It comes due when a CSM starts it."
    assert (await person.browser.get(f"/api/accounts/{account_id}/actions/other")).status_code == 404


async def test_an_approval_is_answered_by_its_receipt(people: People, opens: Opens) -> None:
    person = await people()
    running = await opens(person)
    row = await running.until("welcome", ActionStatus.READY)
    decision_id = str(uuid4())
    answer = await decide(person, running, "approve", **shown(row), decision_id=decision_id)
    assert answer.status_code == 200
    receipt = answer.json()
    assert (receipt["decision_id"], receipt["accepted"]) == (decision_id, True)
    approved = await running.until("welcome", ActionStatus.APPROVED)
    assert approved.decided_by == "Robin"
    assert approved.send_at is not None


async def test_a_double_click_is_one_approval(people: People, opens: Opens) -> None:
    person = await people()
    running = await opens(person)
    row = await running.until("welcome", ActionStatus.READY)
    body = {**shown(row), "decision_id": str(uuid4())}
    answers = await asyncio.gather(*(decide(person, running, "approve", **body) for _ in range(5)))
    assert {answer.status_code for answer in answers} == {200}
    approved = await running.until("welcome", ActionStatus.APPROVED)
    again = await decide(person, running, "approve", **body)
    assert {answer.content for answer in answers} == {again.content}
    assert again.json()["accepted"] is True
    assert (await running.until("welcome", ActionStatus.APPROVED)).revision == approved.revision


async def test_the_second_person_to_approve_learns_who_was_first(people: People, opens: Opens) -> None:
    person = await people()
    running = await opens(person)
    row = await running.until("welcome", ActionStatus.READY)
    assert (await decide(person, running, "approve", **shown(row))).status_code == 200
    late = await decide(person, running, "approve", **shown(row))
    assert late.status_code == 409
    assert late.json()["reason"] == "wrong_state"
    assert "Robin" in late.json()["detail"]


async def test_a_stale_approval_is_refused_and_names_who_changed_the_draft(people: People, opens: Opens) -> None:
    person = await people()
    running = await opens(person)
    row = await running.until("welcome", ActionStatus.READY)
    await decide(person, running, "edit", revision=1, subject="New", body="New")
    await running.until_fits("welcome", lambda row: row is not None and row.draft_revision == 2)
    stale = await decide(person, running, "approve", **shown(row))
    assert stale.status_code == 409
    problem = stale.json()
    assert (problem["reason"], problem["status"]) == ("stale_draft", 409)
    assert problem["detail"].startswith("Robin changed this draft")
    assert (await running.action("welcome")).status == ActionStatus.READY  # type: ignore[union-attr]


async def test_a_read_model_that_lags_behind_refuses_nothing(people: People, opens: Opens, database: Database) -> None:
    person = await people()
    running = await opens(person)
    await decide(person, running, "edit", revision=1, subject="New", body="New")
    row = await running.until_fits("welcome", lambda row: row is not None and row.draft_revision == 2)
    async with database.org(person.org_id) as session:
        older = (await session.exec(select(Draft).where(Draft.revision == 1))).one()
        lag = text("UPDATE actions SET draft_revision = 1, draft_id = :id WHERE key = 'welcome'")
        await session.execute(lag, {"id": older.id})
    assert (await decide(person, running, "approve", **shown(row))).status_code == 200


async def test_an_approval_can_be_recalled(people: People, opens: Opens) -> None:
    person = await people()
    running = await opens(person)
    row = await running.until("welcome", ActionStatus.READY)
    await decide(person, running, "approve", **shown(row))
    await running.until("welcome", ActionStatus.APPROVED)
    assert (await decide(person, running, "recall", revision=1)).status_code == 200
    await running.until("welcome", ActionStatus.READY)


async def test_what_did_not_fail_cannot_be_retried_nor_resolved(people: People, opens: Opens) -> None:
    person = await people()
    running = await opens(person)
    for answer in (await decide(person, running, "retry"), await decide(person, running, "resolve", sent=True)):
        assert answer.status_code == 409
        assert answer.json()["reason"] == "wrong_state"


async def test_a_workflow_that_is_gone_takes_no_decision(people: People, opens: Opens) -> None:
    person = await people()
    running = await opens(person)
    row = await running.until("welcome", ActionStatus.READY)
    await running.handle.terminate()
    gone = await decide(person, running, "approve", **shown(row))
    assert gone.status_code == 409
    assert gone.json()["reason"] == "not_running"


async def test_without_a_worker_a_decision_is_kept(people: People, client: Client, database: Database) -> None:
    person = await people()
    row, deaf = await without_a_worker(person, client, database)
    answer = await person.browser.post(f"{path(deaf)}/approve", json={"decision_id": str(uuid4()), **shown(row)})
    assert answer.status_code == 202
    assert "kept" in answer.json()["detail"]
    assert await signals(deaf) == ["approve_action"]


async def test_without_a_worker_what_is_known_to_be_stale_is_refused(
    people: People, client: Client, database: Database
) -> None:
    person = await people()
    row, deaf = await without_a_worker(person, client, database)
    async with database.org(person.org_id) as session:
        (await session.get_one(Action, (person.org_id, row.account_id, row.key))).draft_revision = 2
    answer = await person.browser.post(f"{path(deaf)}/approve", json={"decision_id": str(uuid4()), **shown(row)})
    assert (answer.status_code, answer.json()["reason"]) == (409, "stale_draft")
    assert await signals(deaf) == []


async def without_a_worker(person: Person, client: Client, database: Database) -> tuple[Action, Running]:
    """An action that waits for approval, in an account whose workflow nobody works on."""
    of = two_emails()
    account_id = await make_account(database, person.tenant, of)
    row = await ready(database, person.tenant, account_id)
    return row, await start(client, database, person.tenant, account_id, of, "nobody-works-here", taken_over=False)


async def signals(running: Running) -> list[str]:
    """The names of the signals its workflow has been sent."""
    events = (await running.handle.fetch_history()).events
    names = [event.workflow_execution_signaled_event_attributes.signal_name for event in events]
    return [name for name in names if name]


async def test_with_temporal_down_nothing_is_pretended(
    people: People, opens: Opens, settings: Settings, database: Database
) -> None:
    person = await people()
    running = await opens(person)
    row = await running.until("welcome", ActionStatus.READY)
    nowhere = settings.model_copy(update={"temporal_address": f"127.0.0.1:{free_port()}"})
    app: Api = create_app(nowhere, database=database, temporal=await connect(nowhere, lazy=True))
    async with app.router.lifespan_context(app), visitor(app) as browser:
        browser.cookies = person.browser.cookies
        answer = await browser.post(f"{path(running)}/approve", json={"decision_id": str(uuid4()), **shown(row)})
        assert answer.status_code == 503
        assert answer.json()["reason"] == "workflows_unavailable"
        assert "retry-after" in answer.headers
        assert (await browser.get("/api/actions")).status_code == 200
