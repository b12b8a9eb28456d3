"""What needs a person is listed, and tried again once for each time it is asked for."""

from uuid import uuid4

from sqlmodel import select

from models.connections import Connection
from models.events import LiveEvent
from models.session import Database
from models.webhook_events import WebhookEvent
from models.work import Work
from tests.api.conftest import People, Person


async def kept(database: Database, person: Person, *statuses: str) -> list[WebhookEvent]:
    connection = Connection(org_id=person.org_id, provider="hubspot", endpoint_id=uuid4().hex)
    events = [
        WebhookEvent(
            org_id=person.org_id,
            connection_id=connection.id,
            event_key=str(number),
            body={"objectId": number},
            body_hash=b"",
            status=status,
            reason="The deal has no contact." if status == "attention" else "",
            attempts=1,
        )
        for number, status in enumerate(statuses)
    ]
    async with database.org(person.org_id) as session:
        session.add_all([connection, *events])
    return events


async def test_the_list_says_what_and_why(people: People, database: Database) -> None:
    person = await people()
    events = await kept(database, person, "done", "attention", "pending", "rejected", "ignored")
    (item,) = (await person.browser.get("/api/attention")).json()["items"]
    assert item == {
        "id": str(events[1].id),
        "provider": "hubspot",
        "reason": "The deal has no contact.",
        "object_id": "1",
        "received_at": item["received_at"],
        "attempts": 1,
    }


async def test_a_retry_gives_the_event_back_to_its_handler(people: People, database: Database) -> None:
    person = await people()
    (event,) = await kept(database, person, "attention")
    for _ in range(2):
        answer = await person.browser.post(f"/api/attention/{event.id}/retry")
        assert answer.status_code == 202
    assert (await person.browser.get("/api/attention")).json()["items"] == []
    async with database.org(person.org_id) as session:
        assert (await session.get_one(WebhookEvent, (person.org_id, event.id))).status == "pending"
        (work,) = (await session.exec(select(Work))).all()
        assert (work.kind, work.id) == ("webhook_event", event.id)
        (told,) = (await session.exec(select(LiveEvent))).all()
        assert (told.entity, told.entity_id) == ("webhook_event", str(event.id))


async def test_what_is_done_is_not_tried_again(people: People, database: Database) -> None:
    person = await people()
    for event in await kept(database, person, "done", "ignored", "rejected"):
        answer = await person.browser.post(f"/api/attention/{event.id}/retry")
        assert (answer.status_code, answer.json()["reason"]) == (409, "wrong_state")
    assert (await person.browser.post(f"/api/attention/{uuid4()}/retry")).status_code == 404
