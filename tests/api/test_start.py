"""`python -m api`: serves, stops when told to, and otherwise says in one line why it can't."""

import asyncio
import signal
import socket
import subprocess
import sys
import time

import httpx
import pytest
from pydantic import SecretStr

from deploy.postgres import EmbeddedPostgres
from settings import Settings, environment
from tests.conftest import free_port


def launch(settings: Settings) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "api"]
    return subprocess.Popen(command, env=environment(settings), stderr=subprocess.PIPE, text=True)


@pytest.fixture
def own(settings: Settings) -> Settings:
    return settings.model_copy(update={"api_port": free_port(), "log_level": "warning"})


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_it_serves_until_it_is_told_to_stop(own: Settings, number: signal.Signals) -> None:
    with launch(own) as process:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{own.api_port}") as browser:
            async with asyncio.timeout(20):
                while True:
                    try:
                        answer = await browser.get("/ready")
                        break
                    except httpx.TransportError:
                        assert process.poll() is None
                        await asyncio.sleep(0.05)
            assert answer.status_code == 200
            assert "server" not in answer.headers
        began = time.monotonic()
        process.send_signal(number)
        code = await asyncio.to_thread(process.wait, 15)
        assert (code, process.stderr.read() if process.stderr else "") == (0, "")
        assert time.monotonic() - began < 5


async def refused(settings: Settings) -> str:
    process = launch(settings)
    _, said = await asyncio.to_thread(process.communicate, None, 30)
    assert process.returncode == 1
    assert said.count("\n") == 1, said
    return said


async def test_a_privileged_database_role_is_refused(own: Settings, postgres: EmbeddedPostgres) -> None:
    for role in ("postgres", "thread_migrate"):
        said = await refused(own.model_copy(update={"database_url": SecretStr(postgres.dsn(role))}))
        assert f"the database role {role}" in said


async def test_a_database_that_does_not_answer_is_named(own: Settings) -> None:
    url = SecretStr(f"postgresql://thread_app:secret@127.0.0.1:{free_port()}/thread")
    said = await refused(own.model_copy(update={"database_url": url}))
    assert "the database does not answer" in said
    assert "secret" not in said


async def test_a_port_that_is_taken_is_named(own: Settings) -> None:
    with socket.create_server(("127.0.0.1", own.api_port)):
        said = await refused(own)
    assert f"can't listen on 127.0.0.1:{own.api_port}: Address already in use" in said


async def test_missing_vault_keys_are_named(own: Settings) -> None:
    said = await refused(own.model_copy(update={"vault_keys": SecretStr("")}))
    assert said.startswith("The API can't run: ")
