"""The account list, its pages and filters, and one account before and after its workflow's first record."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from domain.state import ActionStatus
from models.session import Database
from tests.api.conftest import Opens, People, Person, ready, two_emails
from tests.rows import make_account


async def several(database: Database, person: Person, count: int) -> list[UUID]:
    """Accounts of which the last changed last; the middle two at the same moment."""
    plans = [two_emails() for _ in range(count)]
    ids = [await make_account(database, person.tenant, of, company_name=f"C{n}") for n, of in enumerate(plans)]
    async with database.org(person.org_id) as session:
        for number, account_id in enumerate(ids):
            minutes = 2 if number == 1 else number
            change = (
                "UPDATE accounts SET updated_at = timestamptz '2026-01-01' + :m * interval '1 minute' WHERE id = :id"
            )
            await session.execute(text(change), {"m": minutes, "id": account_id})
    return ids


async def test_pages_show_every_account_once_the_latest_first(people: People, database: Database) -> None:
    person = await people()
    ids = await several(database, person, 5)
    seen, cursor = [], None
    while True:
        params = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = (await person.browser.get("/api/accounts", params=params)).json()
        seen += [item["id"] for item in page["items"]]
        if not (cursor := page["next_cursor"]):
            break
    assert seen == [str(ids[n]) for n in (4, 3)] + sorted(str(ids[n]) for n in (1, 2)) + [str(ids[0])]


@pytest.mark.parametrize("change", ["", "x", "é", "=" * 5, "A" * 64, "\x00", "flip", "cut", "listing"])
async def test_a_cursor_that_was_edited_is_refused(people: People, database: Database, change: str) -> None:
    person = await people()
    await several(database, person, 2)
    cursor = (await person.browser.get("/api/accounts", params={"limit": 1})).json()["next_cursor"]
    edits = {"flip": cursor[:-1] + ("A" if cursor[-1] != "A" else "B"), "cut": cursor[:-4], "listing": cursor}
    path = "/api/actions" if change == "listing" else "/api/accounts"
    answer = await person.browser.get(path, params={"cursor": edits.get(change, change)})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["cursor"]


async def test_another_organisations_cursor_is_refused(people: People, database: Database) -> None:
    mine, theirs = await people(), await people()
    await several(database, theirs, 2)
    cursor = (await theirs.browser.get("/api/accounts", params={"limit": 1})).json()["next_cursor"]
    assert (await mine.browser.get("/api/accounts", params={"cursor": cursor})).status_code == 422


@pytest.mark.parametrize(
    ("params", "field"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": -1}, "limit"),
        ({"limit": 10**9}, "limit"),
        ({"limit": "ten"}, "limit"),
        ({"status": "NONE"}, "status"),
        ({"mine": "perhaps"}, "mine"),
    ],
)
async def test_a_bad_parameter_is_named(people: People, params: dict[str, str | int], field: str) -> None:
    person = await people()
    for path in ("/api/accounts", "/api/actions"):
        answer = await person.browser.get(path, params=params)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"].startswith(field)


async def test_status_and_mine_narrow_the_list(people: People, database: Database) -> None:
    person = await people()
    ids = await several(database, person, 3)
    async with database.org(person.org_id) as session:
        await session.execute(text("UPDATE accounts SET status = 'LIVE' WHERE id = :id"), {"id": ids[0]})
        await session.execute(text("UPDATE accounts SET csm_id = NULL WHERE id = :id"), {"id": ids[1]})

    async def listed(**params: str | bool) -> set[str]:
        page = (await person.browser.get("/api/accounts", params=params)).json()
        return {item["company_name"] for item in page["items"]}

    assert await listed(status="LIVE") == {"C0"}
    assert await listed(mine=True) == {"C0", "C2"}
    assert await listed(mine=True, status="SETUP") == {"C2"}


async def test_the_list_says_what_comes_next(people: People, opens: Opens) -> None:
    person = await people()
    running = await opens(person)
    await running.until("check_in", ActionStatus.SCHEDULED)
    (item,) = (await person.browser.get("/api/accounts")).json()["items"]
    assert (item["status"], item["milestone_key"], item["milestone_name"]) == ("ACTIVE", "m0", "Milestone 0")
    assert item["csm"] == {"id": str(person.tenant.member_id), "name": "Robin"}
    assert (item["to_review"], item["progress"]) == (1, 0)
    assert item["next_action"] == {"key": "welcome", "label": "Welcome", "status": "READY", "due_at": None}


async def test_what_needs_a_person_comes_before_what_is_due_soon(people: People, database: Database) -> None:
    person = await people()
    account_id = await make_account(database, person.tenant, two_emails())
    await ready(database, person.tenant, account_id)
    await ready(database, person.tenant, account_id, "check_in")
    async with database.org(person.org_id) as session:
        change = "UPDATE actions SET status = :status, due_at = now() WHERE key = :key"
        await session.execute(text(change), {"status": "FAILED", "key": "check_in"})
    (item,) = (await person.browser.get("/api/accounts")).json()["items"]
    assert (item["next_action"]["key"], item["to_review"]) == ("check_in", 1)


async def test_an_account_is_read_from_its_plan_before_the_first_record(people: People, database: Database) -> None:
    person = await people()
    account_id = await make_account(database, person.tenant, two_emails(), arr_minor=1_200_000, custom={"a": "b"})
    account = (await person.browser.get(f"/api/accounts/{account_id}")).json()
    assert (account["status"], account["progress"], account["arr_minor"]) == ("SETUP", 0, 1_200_000)
    assert (account["custom"], account["contact_email"]) == ({"a": "b"}, "dana@bluefern.example")
    assert account["template"]["number"] == 1
    assert account["workflow_url"] is None
    (milestone,) = account["milestones"]
    assert (milestone["name"], milestone["status"], milestone["started_at"]) == ("Milestone 0", "NOT_STARTED", None)
    assert [(a["key"], a["status"]) for a in milestone["actions"]] == [
        ("welcome", "PENDING"),
        ("check_in", "PENDING"),
        ("thanks", "PENDING"),
    ]


async def test_an_account_shows_what_its_workflow_recorded(people: People, opens: Opens) -> None:
    person = await people(role="admin")
    running = await opens(person)
    account = (await person.browser.get(f"/api/accounts/{running.account_id}")).json()
    (milestone,) = account["milestones"]
    assert (account["status"], milestone["status"]) == ("ACTIVE", "IN_PROGRESS")
    assert milestone["started_at"] is not None
    assert [a["status"] for a in milestone["actions"]] == ["READY", "SCHEDULED", "PENDING"]
    workflow_id = f"account%2F{person.org_id}%2F{running.account_id}"
    assert account["workflow_url"] == f"http://localhost:8833/namespaces/default/workflows/{workflow_id}"


async def test_there_is_no_such_account(people: People) -> None:
    person = await people()
    assert (await person.browser.get(f"/api/accounts/{uuid4()}")).status_code == 404
    answer = await person.browser.get("/api/accounts/not-an-id")
    assert (answer.status_code, answer.json()["errors"]) == (
        422,
        [{"field": "account_id", "message": "must be a UUID"}],
    )
