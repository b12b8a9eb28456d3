"""What a request has to be, and what every answer says to the browser."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from api.app import Api, create_app
from api.shield import MAX_BODY
from settings import Settings
from tests.api.conftest import People, visitor
from tests.api.routes import routes_of

EVERYWHERE = {
    "strict-transport-security": "max-age=31536000; includeSubDomains",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
SAME, CROSS = "https://localhost:8400", "https://evil.example"


@pytest.mark.parametrize(
    ("headers", "passes"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": SAME}, False),
        ({"Origin": "http://localhost:8400"}, True),  # the configured address
        ({"Origin": SAME}, True),  # the address it was called at
        ({"Origin": CROSS}, False),
        ({"Origin": "null"}, False),
        ({"Origin": SAME + ".evil.example"}, False),
        ({}, False),
    ],
)
async def test_only_our_own_pages_may_change_anything(app: Api, headers: dict[str, str], *, passes: bool) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=SAME, headers=headers) as browser:
        answer = await browser.delete("/api/session")
        assert answer.status_code == (204 if passes else 403)
        if not passes:
            assert answer.json()["reason"] == "cross_site"
        assert (await browser.get("/api/session")).status_code == 401, "reading is for the cookie to decide"


async def test_every_route_that_changes_something_is_behind_that_check(app: Api, nobody: httpx.AsyncClient) -> None:
    del nobody.headers["Sec-Fetch-Site"]
    for route in routes_of(app):
        for method in (route.methods or set()) - {"GET", "HEAD"}:
            answer = await nobody.request(method, route.path, json={})
            assert answer.status_code == (401 if route.name == "receive_hubspot" else 403), route.path


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
async def test_a_body_that_does_not_say_it_is_json_is_refused(nobody: httpx.AsyncClient, media_type: str) -> None:
    answer = await nobody.post("/api/session", content=b"{}", headers={"Content-Type": media_type})
    assert answer.status_code == 415


@pytest.mark.parametrize("media_type", ["application/json", "application/json; charset=utf-8", "Application/JSON"])
async def test_json_by_any_of_its_names_is_read(nobody: httpx.AsyncClient, media_type: str) -> None:
    answer = await nobody.post("/api/session", content=b"{}", headers={"Content-Type": media_type})
    assert answer.status_code == 422


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "", "[::1", "10.0.0.1", "a@localhost.x"])
async def test_other_hosts_are_not_answered(nobody: httpx.AsyncClient, host: str) -> None:
    answer = await nobody.get("/api/session", headers={"Host": host})
    assert answer.status_code == 400
    assert (await nobody.get("/health", headers={"Host": host})).status_code == 200


@pytest.mark.parametrize("host", ["localhost", "localhost:1", "127.0.0.1:8400", "LOCALHOST"])
async def test_our_own_names_are(nobody: httpx.AsyncClient, host: str) -> None:
    assert (await nobody.get("/api/session", headers={"Host": host})).status_code == 401


@pytest.mark.parametrize("path", ["/api/session", "/api/none", "/", "/assets/console-1a2b3c.js", "/health", "/login"])
async def test_every_answer_carries_the_security_headers(nobody: httpx.AsyncClient, path: str) -> None:
    answer = await nobody.get(path)
    assert {name: answer.headers[name] for name in EVERYWHERE} == EVERYWHERE
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "cache-control" in answer.headers


async def test_a_crash_is_a_problem_document_with_those_headers_and_no_inside(
    app: Api, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = await people()

    def crash(*_: object, **__: object) -> None:
        raise KeyError("the password is swordfish")

    monkeypatch.setattr("api.accounts.place_of", crash)
    answer = await person.browser.get("/api/accounts")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert {name: answer.headers[name] for name in EVERYWHERE} == EVERYWHERE
    assert "swordfish" not in answer.text
    assert answer.json()["reason"] == "internal"


async def test_the_api_is_not_cached(people: People) -> None:
    person = await people()
    assert (await person.browser.get("/api/accounts")).headers["cache-control"] == "no-store"


async def test_the_console_answers_every_address_that_is_not_the_apis(nobody: httpx.AsyncClient) -> None:
    for path in ("/", "/login", "/accounts/7", "/console.html"):
        page = await nobody.get(path)
        assert "<title>Thread</title>" in page.text
        assert page.headers["cache-control"] == "no-store"
        assert "script-src 'self'" in page.headers["content-security-policy"]
    script = await nobody.get("/assets/console-1a2b3c.js")
    assert script.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert "connect-src 'self'" in script.headers["content-security-policy"], "a worker lives by its own policy"


@pytest.mark.parametrize("path", ["/api/nothing", "/api", "/webhooks/other", "/assets/old-1.js", "/openapi.json"])
async def test_what_is_not_there_is_404(nobody: httpx.AsyncClient, path: str) -> None:
    answer = await nobody.get(path)
    if path == "/openapi.json":
        assert "<title>Thread</title>" in answer.text, "the document is for builds, not for visitors"
    else:
        assert (answer.status_code, answer.json()["reason"]) == (404, "not_found")


@pytest.mark.parametrize("path", ["/..%2f..%2fpyproject.toml", "/assets/..%2f..%2f..%2fetc/passwd", "/%00", "/a%00b"])
async def test_nothing_outside_of_the_build_is_served(nobody: httpx.AsyncClient, path: str) -> None:
    answer = await nobody.get(path)
    assert answer.status_code in (200, 404)
    assert "root:" not in answer.text
    assert "[project]" not in answer.text


async def test_a_console_that_is_not_built_says_so(settings: Settings, tmp_path: Path) -> None:
    unbuilt = create_app(settings, dist=tmp_path)
    async with visitor(unbuilt) as browser:
        answer = await browser.get("/")
        assert answer.status_code == 503
        assert "make run" in answer.text


async def test_large_bodies_are_refused(nobody: httpx.AsyncClient) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(3):
            yield b" " * (MAX_BODY // 2)

    declared = await nobody.post(
        "/api/session", content=b" " * (MAX_BODY + 1), headers={"Content-Type": "application/json"}
    )
    chunked = await nobody.post("/api/session", content=chunks(), headers={"Content-Type": "application/json"})
    for answer in (declared, chunked):
        assert answer.status_code == 413
        assert answer.headers["content-type"] == "application/problem+json"


async def test_the_wrong_method_is_405(nobody: httpx.AsyncClient) -> None:
    answer = await nobody.put("/api/session", json={})
    assert (answer.status_code, answer.json()["reason"]) == (405, "method_not_allowed")
