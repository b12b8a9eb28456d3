"""The process says that it lives without touching anything, and names what it misses."""

import httpx
from pydantic import SecretStr

from api.app import Api, create_app
from deploy.postgres import EmbeddedPostgres
from models.session import Database
from settings import Settings
from tests.api.conftest import visitor
from tests.conftest import free_port
from workflows.client import connect


async def test_health_needs_nothing_at_all() -> None:
    async with visitor(create_app(Settings())) as browser:  # never started: no database, no services
        answer = await browser.get("/health")
        assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


async def test_ready_when_everything_answers(app: Api, nobody: httpx.AsyncClient) -> None:
    answer = await nobody.get("/ready")
    assert (answer.status_code, answer.json()) == (200, {"missing": [], "degraded": []})


async def test_without_temporal_the_api_still_serves(settings: Settings, database: Database) -> None:
    nowhere = settings.model_copy(update={"temporal_address": f"127.0.0.1:{free_port()}"})
    app = create_app(nowhere, database=database, temporal=await connect(nowhere, lazy=True))
    async with app.router.lifespan_context(app), visitor(app) as browser:
        answer = await browser.get("/ready")
        assert (answer.status_code, answer.json()) == (200, {"missing": [], "degraded": ["workflows"]})


async def test_without_its_database_it_is_not_ready(
    settings: Settings, database: Database, postgres: EmbeddedPostgres
) -> None:
    empty = postgres.dsn("thread_app", "postgres")
    nowhere = f"postgresql://thread_app@127.0.0.1:{free_port()}/thread"
    for url, missing in ((nowhere, ["database"]), (empty, ["database schema"])):
        wrong = settings.model_copy(update={"database_url": SecretStr(url)})
        app = create_app(wrong, database=database)
        async with app.router.lifespan_context(app), visitor(app) as browser:
            answer = await browser.get("/ready")
            assert (answer.status_code, answer.json()["missing"]) == (503, missing)


async def test_a_database_that_is_gone_is_503_and_not_a_crash(settings: Settings, app: Api) -> None:
    url = f"postgresql://thread_app@127.0.0.1:{free_port()}/thread"
    gone = create_app(settings, database=Database(url, url, url))
    gone.state.services = app.state.services.__class__(
        **vars(app.state.services) | {"database": Database(url, url, url)}
    )
    async with visitor(gone) as browser:
        answer = await browser.get("/api/session", headers={"Cookie": "__Host-thread_session=" + "x" * 43})
        assert (answer.status_code, answer.json()["reason"]) == (503, "database_unavailable")
