"""The AE's page: answers kept as typed, written again on request, handed over once, to somebody who can take it."""

from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text
from sqlmodel import select

from api.app import Api
from domain.forms import FieldType, ShowIf
from domain.handoffs import Question, default_questions
from models.accounts import Account
from models.events import LiveEvent
from models.handoffs import HandoffAnswer
from models.identities import Identity
from models.members import Member
from models.session import Database
from tests.api.conftest import People, Person, two_emails
from tests.api.doors import account_with_handoff, as_executive, stranger
from tests.conftest import OrgFactory
from tests.rows import make_account


@pytest.fixture
async def person(people: People) -> Person:
    return await people()


@pytest.fixture
async def account_id(database: Database, person: Person) -> UUID:
    return await account_with_handoff(database, person.tenant, arr_minor=4_200_000, currency="EUR")


@pytest.fixture
async def ada(app: Api, database: Database, person: Person, account_id: UUID) -> httpx.AsyncClient:
    return await as_executive(app, database, person.tenant, account_id)


async def save(browser: httpx.AsyncClient, question: str, value: object, revision: int = 1) -> httpx.Response:
    return await browser.put(f"/handoff-api/answers/{question}", json={"value": value, "revision": revision})


async def submit(browser: httpx.AsyncClient, csm_id: UUID, decision_id: UUID | None = None) -> httpx.Response:
    body = {"decision_id": str(decision_id or uuid4()), "csm_id": str(csm_id)}
    return await browser.post("/handoff-api/submit", json=body)


def problems(answer: httpx.Response) -> dict[str, str]:
    return {error["field"]: error["message"] for error in answer.json()["errors"]}


async def add_member(database: Database, person: Person, name: str, *, role: str = "csm", active: bool = True) -> UUID:
    email = f"{uuid4().hex}@example.com"
    async with database.router(email=email) as session:
        identity = Identity(email_norm=email, name=name, password_hash="-")
        session.add(identity)
    async with database.org(person.org_id) as session:
        member = Member(
            org_id=person.org_id, identity_id=identity.id, email_norm=email, name=name, role=role, active=active
        )
        session.add(member)
    return member.id


async def test_the_page_shows_the_handoff_and_who_can_take_it(ada: httpx.AsyncClient, person: Person) -> None:
    page = (await ada.get("/handoff-api/handoff")).json()
    assert page["organization"] == {"name": "Acme", "brand_color": "#444bb5"}
    assert (page["company_name"], page["ae_name"], page["status"]) == ("Blue Fern", "Ada Kim", "OPEN")
    assert page["deal"] == {"amount_minor": 4_200_000, "currency": "EUR", "close_date": None}
    assert [question["key"] for question in page["questions"]] == [q.key for q in default_questions()]
    assert "fallback" not in page["questions"][0]
    assert [answer["question"] for answer in page["answers"]] == [q.key for q in default_questions()]
    assert page["roster"] == [
        {"id": str(person.tenant.member_id), "name": "Robin", "accounts": 1, "time_zone": "UTC"},
    ]
    assert page["csm_id"] == str(person.tenant.member_id)


async def test_the_roster_is_active_csms_with_their_open_accounts(
    database: Database, people: People, app: Api, org: OrgFactory
) -> None:
    admin = await people(role="admin")
    busy, free = await add_member(database, admin, "Mara"), await add_member(database, admin, "Noor")
    await add_member(database, admin, "Gone", active=False)
    await add_member(database, admin, "Boss", role="admin")
    await org()  # with a CSM of its own
    for status in ("ACTIVE", "PENDING_HANDOFF", "LIVE", "CANCELLED"):
        account = await make_account(database, admin.tenant, two_emails(), csm_id=busy)
        async with database.org(admin.org_id) as session:
            (await session.get_one(Account, (admin.org_id, account))).status = status
    unowned = await account_with_handoff(database, admin.tenant, csm_id=None)
    page = (await (await as_executive(app, database, admin.tenant, unowned)).get("/handoff-api/handoff")).json()
    assert [(entry["id"], entry["accounts"]) for entry in page["roster"]] == [(str(free), 0), (str(busy), 2)]
    assert page["csm_id"] is None


async def test_where_there_is_no_csm_everybody_can_take_it(app: Api, database: Database, people: People) -> None:
    admin = await people(role="admin")
    unowned = await account_with_handoff(database, admin.tenant, csm_id=None)
    page = (await (await as_executive(app, database, admin.tenant, unowned)).get("/handoff-api/handoff")).json()
    assert [entry["id"] for entry in page["roster"]] == [str(admin.tenant.member_id)]


async def test_an_answer_is_kept_and_seen_on_another_device(
    app: Api, database: Database, person: Person, account_id: UUID, ada: httpx.AsyncClient
) -> None:
    saved = await save(ada, "goals", "  Live by May.\nFive teams. ")
    assert (saved.status_code, saved.json()["revision"], saved.json()["overwrote"]) == (200, 2, False)
    phone = await as_executive(app, database, person.tenant, account_id)
    for browser in (ada, phone):
        answers = {a["question"]: a for a in (await browser.get("/handoff-api/handoff")).json()["answers"]}
        goals = answers["goals"]
        assert (goals["value"], goals["origin"], goals["updated_by"]) == ("Live by May.\nFive teams.", "ae", "Ada Kim")
        assert (goals["revision"], goals["updated_at"]) == (2, saved.json()["updated_at"])
    seen = (await person.browser.get(f"/api/accounts/{account_id}/handoff")).json()["answers"]
    assert {a["question"]: a["value"] for a in seen}["goals"] == "Live by May.\nFive teams."
    async with database.org(person.org_id) as session:
        assert (await session.exec(select(LiveEvent.kind))).all() == ["handoff.changed"]


async def test_of_two_aes_the_last_one_stands_and_learns_of_the_other(
    app: Api, database: Database, person: Person, account_id: UUID, ada: httpx.AsyncClient
) -> None:
    bob = await as_executive(app, database, person.tenant, account_id)
    await save(ada, "goals", "Ada's")
    saved = await save(bob, "goals", "Bob's", revision=1)
    assert (saved.status_code, saved.json()["overwrote"], saved.json()["revision"]) == (200, True, 3)
    assert (await save(bob, "goals", "Bob's again", revision=3)).json()["overwrote"] is False


async def test_an_answer_can_be_taken_back(ada: httpx.AsyncClient) -> None:
    nothings: list[object] = [None, "", "   ", []]
    for revision, nothing in enumerate(nothings, start=1):
        assert (await save(ada, "goals", nothing, revision)).json()["overwrote"] is False
    answers = {a["question"]: a for a in (await ada.get("/handoff-api/handoff")).json()["answers"]}
    assert answers["goals"]["value"] is None


ODD = [
    Question(key="name", label="Name", type=FieldType.TEXT),
    Question(key="seats", label="Seats", type=FieldType.NUMBER, required=False),
    Question(key="day", label="Day", type=FieldType.DATE, required=False),
    Question(key="plan", label="Plan", type=FieldType.SELECT, options=("S", "M")),
    Question(key="teams", label="Teams", type=FieldType.MULTI_SELECT, options=("Sales", "Ops"), required=False),
    Question(key="signed", label="Signed?", type=FieldType.YES_NO),
    Question(key="when", label="When?", type=FieldType.DATE, show_if=ShowIf(field="signed", equals=True)),
]


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("name", 5),
        ("name", "x" * 301),
        ("name", ["x"]),
        ("seats", "five"),
        ("seats", True),
        ("seats", 10**16),
        ("day", "tomorrow"),
        ("day", "2026-02-30"),
        ("plan", "XL"),
        ("teams", "Sales"),
        ("teams", ["Sales", "HR"]),
        ("signed", "yes"),
        ("signed", {"x": 1}),
    ],
)
async def test_an_answer_that_does_not_fit_names_its_question(
    app: Api, database: Database, person: Person, question: str, value: object
) -> None:
    account_id = await account_with_handoff(database, person.tenant, questions=ODD)
    browser = await as_executive(app, database, person.tenant, account_id)
    before = (await browser.get("/handoff-api/handoff")).json()["answers"]
    answer = await save(browser, question, value)
    assert (answer.status_code, list(problems(answer))) == (422, [question])
    assert (await browser.get("/handoff-api/handoff")).json()["answers"] == before


async def test_a_question_with_a_condition_can_be_answered_by_itself(
    app: Api, database: Database, person: Person
) -> None:
    account_id = await account_with_handoff(database, person.tenant, questions=ODD)
    browser = await as_executive(app, database, person.tenant, account_id)
    assert (await save(browser, "when", "2026-05-01")).status_code == 200


async def test_unknown_questions_and_ended_handoffs_take_no_answer(
    database: Database, person: Person, ada: httpx.AsyncClient
) -> None:
    assert (await save(ada, "nothing", "x")).status_code == 404
    for status in ("SUBMITTED", "ACCEPTED"):
        async with database.org(person.org_id) as session:
            await session.execute(text("UPDATE handoffs SET status = :status"), {"status": status})
        answer = await save(ada, "goals", "late")
        assert (answer.status_code, answer.json()["reason"]) == (409, "wrong_state")
        again = await ada.post("/handoff-api/answers/goals/again", json={"decision_id": str(uuid4())})
        assert again.status_code == 409
        assert (await ada.get("/handoff-api/handoff")).json()["status"] == status


async def test_what_is_missing_is_named_before_anything_is_handed_over(
    app: Api, database: Database, person: Person
) -> None:
    account_id = await account_with_handoff(database, person.tenant, questions=ODD)
    browser = await as_executive(app, database, person.tenant, account_id)
    async with database.org(person.org_id) as session:
        await session.execute(text("UPDATE handoff_answers SET value = 'null'"))
    await save(browser, "signed", True, 1)
    answer = await submit(browser, uuid4())
    assert answer.status_code == 422
    assert set(problems(answer)) == {"csm_id", "name", "plan", "when"}


@pytest.mark.parametrize("who", ["unknown", "deactivated", "elsewhere", "admin"])
async def test_who_cannot_take_it_is_refused_by_name_of_the_field(
    database: Database, person: Person, ada: httpx.AsyncClient, org: OrgFactory, who: str
) -> None:
    ids = {
        "unknown": uuid4(),
        "deactivated": await add_member(database, person, "Gone", active=False),
        "elsewhere": (await org()).member_id,
        "admin": await add_member(database, person, "Boss", role="admin"),
    }
    answer = await submit(ada, ids[who])
    assert (answer.status_code, list(problems(answer))) == (422, ["csm_id"])
    assert (await ada.get("/handoff-api/handoff")).json()["status"] == "OPEN"


@pytest.mark.parametrize("text_", ["", "   ", "x" * 2001])
async def test_a_question_back_has_words(person: Person, account_id: UUID, text_: str) -> None:
    body = {"decision_id": str(uuid4()), "text": text_}
    answer = await person.browser.post(f"/api/accounts/{account_id}/handoff/return", json=body)
    assert (answer.status_code, list(problems(answer))) == (422, ["text"])


async def test_a_request_that_is_refused_leaves_nothing_pending(
    database: Database, person: Person, ada: httpx.AsyncClient
) -> None:
    answer = await ada.post("/handoff-api/answers/goals/again", json={"decision_id": str(uuid4())})
    assert (answer.status_code, answer.json()["reason"]) == (409, "not_running")
    async with database.org(person.org_id) as session:
        assert set(await session.exec(select(HandoffAnswer.pending))) == {False}


async def test_who_has_answers_written_without_end_has_to_wait(
    app: Api, ada: httpx.AsyncClient, account_id: UUID
) -> None:
    for _ in range(20):
        app.state.services.rewrites.take(str(account_id))
    answer = await ada.post("/handoff-api/answers/goals/again", json={"decision_id": str(uuid4())})
    assert (answer.status_code, answer.json()["reason"]) == (429, "too_many_attempts")


async def test_the_console_reads_a_handoff_that_is_not_there_yet(person: Person, database: Database) -> None:
    account_id = await make_account(database, person.tenant, two_emails())
    page = (await person.browser.get(f"/api/accounts/{account_id}/handoff")).json()
    assert (page["status"], page["questions"], page["answers"]) == ("PREPARING", [], [])
    assert (await person.browser.get(f"/api/accounts/{account_id}")).json()["handoff_status"] is None


async def test_nobody_reads_a_handoff_without_a_link(app: Api) -> None:
    async with stranger(app) as browser:
        assert (await browser.get("/handoff-api/handoff")).json()["reason"] == "logged_out"
