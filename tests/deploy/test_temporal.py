"""The packaged Temporal server starts durable, with Thread's search attributes, and says clearly when it cannot."""

import socket
from datetime import timedelta
from pathlib import Path

import pytest
from temporalio.client import Client
from temporalio.common import SearchAttributeKey, SearchAttributePair, TypedSearchAttributes

from deploy import temporal
from deploy.temporal import SEARCH_ATTRIBUTES, TemporalError, TemporalServer
from tests.integrations.servers import free_port


async def _start(server: TemporalServer, workflow_id: str) -> None:
    client = await Client.connect(server.address)
    pairs = [SearchAttributePair(SearchAttributeKey.for_keyword(name), "value") for name in SEARCH_ATTRIBUTES]
    await client.start_workflow(
        "Nothing",
        id=workflow_id,
        task_queue="nobody",
        search_attributes=TypedSearchAttributes(pairs),
        rpc_timeout=timedelta(seconds=10),
    )


async def _status(server: TemporalServer, workflow_id: str) -> str:
    client = await Client.connect(server.address)
    description = await client.get_workflow_handle(workflow_id).describe(rpc_timeout=timedelta(seconds=10))
    assert description.status is not None
    return description.status.name


async def test_workflows_survive_a_kill(tmp_path: Path) -> None:
    with TemporalServer(tmp_path, free_port(), free_port(), fast_timers=True) as server:
        await _start(server, "account/a/1")
        server._process.kill()  # type: ignore[union-attr]  # as a power cut would
        server.stop()
        assert server.pid is None
        server.start()
        assert await _status(server, "account/a/1") == "RUNNING"
    assert server.pid is None
    assert (tmp_path / "temporal.db-wal").exists() or (tmp_path / "temporal.db").stat().st_size > 0


async def test_a_database_of_an_older_version_gets_the_new_attributes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.setattr(temporal, "SEARCH_ATTRIBUTES", SEARCH_ATTRIBUTES[:1])
        with TemporalServer(tmp_path, free_port()):
            pass
    with TemporalServer(tmp_path, free_port()) as server:
        await _start(server, "account/a/1")


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(TemporalError, match=str(port)):
            TemporalServer(tmp_path, port).start()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "temporal.db").mkdir()
    with pytest.raises(TemporalError, match="ended while starting"):
        TemporalServer(tmp_path, free_port()).start()
