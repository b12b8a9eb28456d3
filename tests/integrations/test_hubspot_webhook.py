"""Only HubSpot's own requests pass, and one bad event spoils no other."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.hubspot_webhook import BadEvent, WebhookEvent, parse_events, sign, signature_ok

SECRET = "s3cret-é"
URL = "https://thread.example/api/webhooks/hubspot/a(b)?x=1%2BB"
BODY = b'[{"eventId":1,"objectId":77}]'
SENT = 1_790_000_000_000
SIGNATURE = "lpk0cumYQR/qL9vJ6klV5ohMFcO3e5jF3bqv2oOV57Q="  # by `openssl dgst -sha256 -hmac`


def check(**changed: Any) -> bool:
    given_: dict[str, Any] = {
        "secret": SECRET,
        "method": "POST",
        "public_url": URL,
        "body": BODY,
        "timestamp": str(SENT),
        "signature": SIGNATURE,
        "now_ms": SENT,
    }
    return signature_ok(**(given_ | changed))


def event(**changed: Any) -> dict[str, Any]:
    return {
        "eventId": 3181526809,
        "subscriptionId": 2208112,
        "portalId": 62515,
        "appId": 54321,
        "occurredAt": SENT,
        "subscriptionType": "deal.propertyChange",
        "attemptNumber": 0,
        "objectId": 101,
        "propertyName": "dealstage",
        "propertyValue": "closedwon",
    } | changed


def parse_one(element: Any) -> WebhookEvent | BadEvent:
    (parsed,) = parse_events(json.dumps([element]).encode())
    return parsed


def test_hubspots_own_request_passes() -> None:
    assert check()


def test_escapes_hubspot_decodes_are_decoded_and_no_others() -> None:
    assert check(public_url=URL.replace("(", "%28").replace(")", "%29").replace("/a", "%2fa"))
    assert not check(public_url=URL.replace("%2B", "+"))


@pytest.mark.parametrize("skew", [300_000, -300_000])
def test_five_minutes_early_or_late_pass(skew: int) -> None:
    assert check(now_ms=SENT + skew)


@pytest.mark.parametrize(
    "changed",
    [
        {"signature": None},
        {"signature": ""},
        {"signature": SIGNATURE.replace("l", "L", 1)},
        {"signature": SIGNATURE + "é"},
        {"signature": "ÿ" * 44},
        {"timestamp": None},
        {"timestamp": ""},
        {"timestamp": "-1"},
        {"timestamp": "abc"},
        {"timestamp": "1" * 5000},
        {"timestamp": "١٧٩٠٠٠٠٠٠٠٠٠٠"},
        {"timestamp": str(SENT) + ".0"},
        {"now_ms": SENT + 300_001},
        {"now_ms": SENT - 300_001},
        {"body": BODY + b" "},
        {"method": "PUT"},
        {"public_url": URL + "&y=1"},
        {"secret": "another"},
        {"secret": "", "signature": sign("", "POST", URL, BODY, str(SENT))},
    ],
)
def test_anything_else_is_refused(changed: dict[str, Any]) -> None:
    assert not check(**changed)


_texts = st.text(st.characters(exclude_categories=()), max_size=40)


@given(_texts, _texts, _texts, st.binary(max_size=60), st.none() | _texts, st.none() | _texts, st.integers())
def test_the_check_never_raises(
    secret: str, method: str, url: str, body: bytes, timestamp: str | None, signature: str | None, now_ms: int
) -> None:
    assert signature_ok(secret, method, url, body, timestamp, signature, now_ms) is False


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, True),
        ({"subscriptionType": "object.propertyChange", "objectTypeId": "0-3"}, True),
        ({"subscriptionType": "object.propertyChange", "objectTypeId": "0-1"}, False),
        ({"subscriptionType": "deal.creation", "propertyName": ""}, False),
        ({"propertyName": "amount"}, False),
        ({"subscriptionType": "contact.propertyChange"}, False),
    ],
)
def test_which_events_are_deal_stage_changes(changed: dict[str, Any], expected: bool) -> None:
    parsed = parse_one(event(**changed))
    assert isinstance(parsed, WebhookEvent)
    assert parsed.is_deal_stage_change is expected


def test_a_redelivery_has_the_same_key_and_another_event_another() -> None:
    first, again = parse_one(event()), parse_one(event(attemptNumber=3, propertyValue="other"))
    other = parse_one(event(occurredAt=SENT + 1))
    assert first.key == again.key == "62515:2208112:101:3181526809:1790000000000"
    assert first.key != other.key


def test_unknown_fields_are_kept_in_raw() -> None:
    parsed = parse_one(event(isSensitive=False, somethingNew={"a": [1]}))
    assert isinstance(parsed, WebhookEvent)
    assert parsed.raw["somethingNew"] == {"a": [1]}


def test_a_bad_event_is_kept_with_its_reason_and_the_others_are_read() -> None:
    bad: list[Any] = [event(objectId="abc"), 7, None, event(occurredAt=10**20), {"eventId": 1}, event(portalId=-1)]
    parsed = parse_events(json.dumps([event(), *bad, event(eventId=2)]).encode())
    assert [type(one) for one in parsed] == [WebhookEvent, *[BadEvent] * len(bad), WebhookEvent]
    refused = [one for one in parsed if isinstance(one, BadEvent)]
    assert [one.index for one in refused] == [1, 2, 3, 4, 5, 6]
    assert refused[0].raw["objectId"] == "abc"
    assert "objectId" in refused[0].reason
    assert len({one.key for one in refused}) == len(bad)


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[NaN]", b"[" * 100_000, b"[" + b"9" * 5000 + b"]"])
def test_a_body_that_is_no_json_is_one_bad_event(body: bytes) -> None:
    (parsed,) = parse_events(body)
    assert isinstance(parsed, BadEvent)
    assert parsed.key.startswith("bad:")


def test_an_object_in_place_of_the_array_is_one_bad_event() -> None:
    (parsed,) = parse_events(json.dumps(event()).encode())
    assert isinstance(parsed, BadEvent)
    assert "array" in parsed.reason


def test_what_jsonb_cannot_hold_is_replaced() -> None:
    (parsed,) = parse_events(rb'[{"eventId": "\u0000", "\ud800": "\udfff"}]')
    assert isinstance(parsed, BadEvent)
    assert json.dumps(parsed.raw, ensure_ascii=False).encode() == '{"eventId": "\ufffd", "?": "?"}'.encode()
