"""Bodies that are not quite JSON, or not what a route takes: never a 5xx, and the field is named."""

import json
from uuid import uuid4

import httpx
import pytest

from api.app import Api
from api.strict_json import parse
from models.session import Database
from tests.api.conftest import People, ready, two_emails
from tests.api.doors import account_with_handoff, add_contact, as_customer, as_executive, open_form
from tests.api.routes import routes_of
from tests.rows import make_account

DECISION_ID = str(uuid4())
GOOD: dict[str, dict[str, object]] = {
    "log_in": {"email": "a@example.com", "password": "x"},
    "approve_action": {"decision_id": DECISION_ID, "revision": 1, "content_hash": "0" * 64},
    "edit_draft": {"decision_id": DECISION_ID, "revision": 1, "subject": "x", "body": "y"},
    "recall_action": {"decision_id": DECISION_ID, "revision": 1},
    "retry_action": {"decision_id": DECISION_ID},
    "resolve_action": {"decision_id": DECISION_ID, "sent": True},
    "accept_handoff": {"decision_id": DECISION_ID},
    "return_handoff": {"decision_id": DECISION_ID, "text": "Who signs?"},
    "accept_response": {"decision_id": DECISION_ID, "submission_id": DECISION_ID},
    "return_response": {"decision_id": DECISION_ID, "submission_id": DECISION_ID, "text": "Which?"},
    "open_handoff": {"token": "x"},
    "ask_for_handoff_link": {"token": "x"},
    "save_answer": {"value": "x", "revision": 1},
    "ask_answer_again": {"decision_id": DECISION_ID, "instruction": "Shorter"},
    "submit_handoff": {"decision_id": DECISION_ID, "csm_id": DECISION_ID},
    "ask_for_portal_link": {"token": "x"},
    "open_portal": {"token": "x"},
    "save_form": {"values": {"seats": 5}, "revision": 0},
    "submit_form": {"decision_id": DECISION_ID, "values": {"seats": 5}},
}
# Not bad where they are put.
GOOD_THERE = {
    ("resolve_action", "sent", "true"),
    ("save_answer", "value", "null"),  # no answer
    ("save_answer", "value", "array"),
    ("save_form", "values", "object"),
}
# What an answer is called where it is the answer that is wrong.
ANSWER = {("save_answer", "value"): "goals"}
# Without the one field they were sent with, nobody is named.
NOBODY = {("ask_for_handoff_link", "token", "null"), ("ask_for_portal_link", "token", "null")}
# Each stands in for the value of one field.
VALUES = {
    "NUL": r'"a\u0000b"',
    "raw NUL": '"a\x00b"',
    "lone surrogate": r'"\ud800"',
    "reversed surrogates": r'"\udc00\ud800"',
    "NaN": "NaN",
    "Infinity": "-Infinity",
    "1e400": "1e400",
    "2**63": str(2**63),
    "-2**63-1": str(-(2**63) - 1),
    "5000 digits": "9" * 5000,
    "true": "true",
    "1.0": "1.0",
    "null": "null",
    "array": "[]",
    "object": "{}",
    "proto": '{"__proto__": {"a": 1}}',
    "deep": "[" * 100_000 + "]" * 100_000,
    "deep but finite": "[" * 200 + "]" * 200,
    "long": '"' + "x" * 500_000 + '"',
    "half an escape": r'"\u12"',
}
# Each is a whole body.
BODIES = {
    "empty": b"",
    "null": b"null",
    "array": b"[]",
    "text": b'"x"',
    "number": b"7",
    "unfinished": b'{"email": ',
    "comment": b"{} // x",
    "not UTF-8": b'{"email": "\xff"}',
    "overlong": b'{"email": "\xc0\x80"}',
    "UTF-16": '{"email": "a"}'.encode("utf-16"),
    "BOM": b"\xef\xbb\xbf{}",
    "many keys": json.dumps({f"k{n}": n for n in range(60_000)}).encode(),
}


class Sender:
    """Sends bodies to one route, as somebody who may use it."""

    def __init__(self, browser: httpx.AsyncClient, method: str, path: str) -> None:
        self.browser, self.method, self.path = browser, method, path

    async def send(self, body: bytes) -> httpx.Response:
        headers = {"Content-Type": "application/json"}
        return await self.browser.request(self.method, self.path, content=body, headers=headers)


async def sender(app: Api, database: Database, people: People, name: str) -> Sender:
    person = await people()
    account_id = await account_with_handoff(database, person.tenant)
    await ready(database, person.tenant, account_id)
    await open_form(database, person.tenant, account_id)
    route = next(route for route in routes_of(app) if route.name == name)
    key = "details" if "/response" in route.path else "welcome"
    path = route.path.format(account_id=account_id, key=key, question="goals", action_key="details")
    method = next(iter(route.methods or ()))
    browser = person.browser
    if path.startswith("/handoff-api"):
        browser = await as_executive(app, database, person.tenant, account_id)
    elif path.startswith("/portal-api"):
        browser = await as_customer(app, database, await add_contact(database, person.tenant, account_id))
    return Sender(browser, method, path)


def test_every_route_with_a_body_is_tried(app: Api) -> None:
    assert {route.name for route in routes_of(app) if route.body_field} == set(GOOD)


@pytest.mark.parametrize("name", GOOD)
async def test_a_bad_value_names_its_field(app: Api, database: Database, people: People, name: str) -> None:
    to = await sender(app, database, people, name)
    for field in GOOD[name]:
        for what, value in VALUES.items():
            if (name, field, what) in GOOD_THERE:
                continue
            rest = {key: value for key, value in GOOD[name].items() if key != field}
            body = json.dumps(rest)[:-1] + (", " if rest else "") + f'"{field}": {value}}}'
            answer = await to.send(body.encode())
            problem = answer.json()
            assert answer.status_code == 422, f"{field}: {what}: {answer.text}"
            named = {error["field"].partition(".")[0] for error in problem["errors"]}
            called = {field, ANSWER.get((name, field), field)}
            assert named <= called | {"body"}, f"{field}: {what}: {answer.text}"
            if what not in {"raw NUL", "deep", "half an escape"} and (name, field, what) not in NOBODY:
                assert named <= called, f"{field}: {what}: {answer.text}"  # else there is no tree, so no field
            assert len(answer.content) < 2000, "the answer must not repeat what was sent"


@pytest.mark.parametrize("name", GOOD)
async def test_a_bad_body_is_422(app: Api, database: Database, people: People, name: str) -> None:
    to = await sender(app, database, people, name)
    for what, body in BODIES.items():
        answer = await to.send(body)
        assert answer.status_code == 422, f"{what}: {answer.text}"
        assert answer.json()["errors"], what
        assert len(answer.content) < 4000, what


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize("extra", ["org_id", "is_admin", "__proto__", "by", ""])
async def test_unknown_and_repeated_keys_are_refused(
    app: Api, database: Database, people: People, name: str, extra: str
) -> None:
    to = await sender(app, database, people, name)
    key = extra or next(iter(GOOD[name]))
    body = json.dumps(GOOD[name])[:-1] + f', "{key}": "x"}}'
    answer = await to.send(body.encode())
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error == {"field": key, "message": "is not a field" if extra else "is given twice"}


@pytest.mark.parametrize("value", [r"\u202eabc", "é" * 100, "👩‍👩‍👧", "x\u2028y", "\u200b", "́" * 200])
async def test_strange_text_is_still_text(app: Api, database: Database, people: People, value: str) -> None:
    to = await sender(app, database, people, "edit_draft")
    body = GOOD["edit_draft"] | {"subject": value, "body": value, "decision_id": str(uuid4())}
    answer = await to.send(json.dumps(body).encode())
    assert answer.status_code in (409, 422), "the account has no workflow, so nothing may come of it but a refusal"


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/api/accounts/%00", "account_id"),
        ("/api/accounts/{0}/actions/%00", "key"),
        ("/api/accounts/{0}/actions/UPPER", "key"),
        ("/api/accounts/{0}/actions/" + "x" * 10_000, "key"),
        ("/api/accounts/{0}/actions/welcome/drafts/7/preview", "draft_id"),
        ("/api/actions?status=NONE", "status.0"),
        ("/api/actions?cursor=%00", "cursor"),
        ("/api/actions?limit=" + "9" * 5000, "limit"),
    ],
)
async def test_a_bad_address_names_its_part(people: People, path: str, field: str) -> None:
    person = await people()
    answer = await person.browser.get(path.format(uuid4()))
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert len(answer.content) < 2000


async def test_ids_in_other_spellings_are_the_same_id(people: People, database: Database) -> None:
    person = await people()
    account_id = await make_account(database, person.tenant, two_emails())
    for spelling in (str(account_id).upper(), f"{{{account_id}}}", account_id.hex):
        assert (await person.browser.get(f"/api/accounts/{spelling}")).status_code == 200


def test_good_json_is_read_as_it_is() -> None:
    text = '{"a": [1, -9223372036854775808, 1.5, true, null, "\\ud83d\\ude00"], "b": {"c": "é"}}'
    assert parse(text.encode()) == json.loads(text)
