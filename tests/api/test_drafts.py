"""Drafts: what is shown is what is sent, and an edit becomes the next revision once."""

import asyncio
from uuid import uuid4

import pytest
from sqlmodel import select

from models.drafts import Draft
from models.session import Database
from tests.api.conftest import Opens, People, decide, path, shown


async def test_an_action_shows_exactly_what_would_be_sent(people: People, opens: Opens) -> None:
    person = await people()
    running = await opens(person)
    action = (await person.browser.get(path(running))).json()
    assert action["why"] == "It came due when Milestone 0 started."
    draft = action["draft"]
    assert (draft["subject"], draft["source_subject"]) == ("Hello Blue Fern", "Hello {{company_name}}")
    assert (draft["body"], draft["text"]) == ("Hi {{contact_first_name|there}}", "Hi Dana\n")
    assert draft["to"] == ["dana@bluefern.example"]
    assert (draft["origin"], draft["author"], draft["revision"]) == ("template", None, 1)
    assert [version["id"] for version in action["versions"]] == [draft["id"]]
    preview = await person.browser.get(f"{path(running)}/drafts/{draft['id']}/preview")
    assert preview.text == draft["html"]
    assert preview.headers["content-security-policy"] == (
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
    )
    assert (await person.browser.get(f"{path(running, 'thanks')}/drafts/{draft['id']}/preview")).status_code == 404


async def test_an_edit_becomes_the_next_revision(people: People, opens: Opens) -> None:
    person = await people()
    running = await opens(person)
    words = {"subject": "Welcome, {{company_name}}", "body": "Dear **{{contact_name}}**"}
    assert (await decide(person, running, "edit", revision=1, **words)).status_code == 200
    row = await running.until_fits("welcome", lambda row: row is not None and row.draft_revision == 2)
    action = (await person.browser.get(path(running))).json()
    assert action["draft"]["content_hash"] == row.content_hash
    assert (action["draft"]["subject"], action["draft"]["text"]) == ("Welcome, Blue Fern", "Dear Dana Reyes\n")
    assert (action["draft"]["author"], action["draft"]["origin"]) == ("Robin", "csm")
    assert [(v["revision"], v["origin"]) for v in action["versions"]] == [(2, "csm"), (1, "template")]
    assert (await decide(person, running, "approve", **shown(row))).status_code == 200


async def test_a_double_click_on_save_stores_one_draft(people: People, opens: Opens, database: Database) -> None:
    person = await people()
    running = await opens(person)
    body = {"revision": 1, "subject": "New", "body": "New", "decision_id": str(uuid4())}
    answers = await asyncio.gather(*(decide(person, running, "edit", **body) for _ in range(5)))
    assert {answer.status_code for answer in answers} == {200}
    await running.until_fits("welcome", lambda row: row is not None and row.draft_revision == 2)
    assert (await decide(person, running, "edit", **body)).json()["accepted"] is True
    async with database.org(person.org_id) as session:
        assert len((await session.exec(select(Draft))).all()) == 2


async def test_a_decision_id_cannot_stand_for_two_edits(people: People, opens: Opens) -> None:
    person = await people()
    running = await opens(person)
    decision_id = str(uuid4())
    await decide(person, running, "edit", revision=1, subject="One", body="One", decision_id=decision_id)
    other = await decide(person, running, "edit", revision=9, subject="Two", body="Two", decision_id=decision_id)
    assert other.status_code == 409
    assert other.json()["reason"] == "decision_reused"


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"subject": " \r\n ", "body": "x"}, "subject"),
        ({"subject": "x", "body": " \n "}, "body"),
        ({"subject": "{{", "body": "x"}, "subject"),
        ({"subject": "x", "body": "Hi {{nobody}}"}, "body"),
        ({"subject": "x" * 301, "body": "x"}, "subject"),
        ({"subject": "x", "body": "x" * 50_001}, "body"),
        ({"subject": "x", "body": 7}, "body"),
    ],
)
async def test_an_edit_that_can_not_be_sent_names_the_field(
    people: People, opens: Opens, words: dict[str, str], field: str
) -> None:
    person = await people()
    running = await opens(person)
    answer = await decide(person, running, "edit", revision=1, **words)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_line_breaks_do_not_get_into_a_subject(people: People, opens: Opens) -> None:
    person = await people()
    running = await opens(person)
    assert (await decide(person, running, "edit", revision=1, subject="a\r\nBcc: x@y.z", body="b")).status_code == 200
    await running.until_fits("welcome", lambda row: row is not None and row.draft_revision == 2)
    assert (await person.browser.get(path(running))).json()["draft"]["subject"] == "a Bcc: x@y.z"
