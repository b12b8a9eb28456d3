"""What keeps the local stack from running is one clear line."""

import json
import os
import shutil
import socket
import subprocess
import sys
from collections import namedtuple
from pathlib import Path
from typing import Any

import pytest

from deploy.local_checks import (
    refuse_full_disk,
    refuse_taken_ports,
    running_alone,
    running_here,
    shifted,
    stop_running,
)
from deploy.supervisor import StackError
from settings import LocalPorts
from tests.integrations.servers import free_port


def free_ports() -> LocalPorts:
    ports: dict[str, Any] = {name: free_port() for name in LocalPorts.model_fields}
    return LocalPorts(**ports)


def test_a_taken_port_is_named_with_its_use_and_a_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        ports = free_ports().model_copy(update={"mailbox_port": port})
        with pytest.raises(
            StackError, match=rf"port {port} \(Local mailbox, web page\) .*THREAD_MAILBOX_PORT"
        ) as caught:
            refuse_taken_ports(ports)
    assert "\n" not in str(caught.value)


def test_free_ports_pass() -> None:
    refuse_taken_ports(free_ports())


def test_an_offset_moves_every_port() -> None:
    assert shifted(LocalPorts(), 100).model_dump() == {
        name: port + 100 for name, port in LocalPorts().model_dump().items()
    }
    with pytest.raises(StackError, match="no such port"):
        shifted(LocalPorts(), 60_000)


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(1, 1, 5 << 20))
    with pytest.raises(StackError, match=r"no disk space: .* has 5 MB free"):
        refuse_full_disk(tmp_path)


def test_one_stack_a_folder(tmp_path: Path) -> None:
    ports = free_ports()
    assert running_here(tmp_path) is None
    with running_alone(tmp_path, ports):
        assert running_here(tmp_path) == {"pid": os.getpid(), "ports": ports.model_dump()}
        with (
            pytest.raises(StackError, match=rf"already running .*process {os.getpid()}.*make stop"),
            running_alone(tmp_path, ports),
        ):
            pass
    assert running_here(tmp_path) is None


def test_a_note_of_a_killed_stack_counts_for_nothing(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text(json.dumps({"pid": os.getpid(), "ports": {}}))
    assert running_here(tmp_path) is None
    assert "not running" in stop_running(tmp_path)


def test_stop_ends_the_stack_and_waits_for_it(tmp_path: Path) -> None:
    code = (
        "import time; from pathlib import Path\n"
        "from deploy.local_checks import running_alone; from deploy.supervisor import Stopped, raise_on_signals\n"
        "from settings import LocalPorts\n"
        f"with running_alone(Path({str(tmp_path)!r}), LocalPorts()):\n"
        "    raise_on_signals()\n"
        "    try:\n"
        "        print('running', flush=True); time.sleep(60)\n"
        "    except Stopped:\n"
        "        pass\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as stack:
        assert stack.stdout is not None
        assert stack.stdout.readline() == "running\n"
        assert "is stopped" in stop_running(tmp_path, 10)
        assert stack.wait(10) == 0
